"""Badges: on the phone, on paper, and exhibitors' passes."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.db.models import Q
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView

from buyers.actions.badges import reissue_badge, revoke_badge, valid_badge
from buyers.actions.passes import issue_pass
from buyers.faces import OTHER, faces, kind_words
from buyers.forms import PassForm
from buyers.models import Badge, PrintRun, Registration
from buyers.names import below
from fairs.discovery import more_passes
from fairs.downloads import file_answer
from fairs.errors import Refused
from fairs.inputs import whole_numbers
from fairs.models import Consent, Participation
from fairs.papers import qr
from fairs.papers.badge import badge_pdf
from fairs.permissions import require
from fairs.templatetags.fair import written
from fairs.views.acting import CompanyPage
from fairs.views.base import ActionButton, ActionForm, DeskPage, SignedInPage, own_shell

SHEET_SIZE = "badge_size"  # of the session: the paper last printed on
GIVING = frozenset({"importer_desk", "booth_desk"})
WITH_TABS = frozenset({Badge.Kind.EXHIBITOR, Badge.Kind.IMPORTER})


class OwnBadge(SignedInPage, TemplateView):
    """The badge as the gate reads it from a phone."""

    for_importers = True
    template_name = "buyers/badge.html"
    current = "buyers:badge"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.badge = valid_badge(self.edition, request.user) if request.user.is_authenticated else None
        with_tabs = self.badge.kind if self.badge and self.badge.kind in WITH_TABS else None
        self.shell = with_tabs or own_shell(request.user, self.edition)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs |= {"base": f"base/{self.shell}.html", "badge": self.badge, "days": self.edition.days.all()}
        if self.badge:
            kwargs |= shown(self.badge) | {"shares_email": self._shares_email()}
        else:
            own = Registration.objects.filter(edition=self.edition, person=self.person)
            kwargs["registration"] = own.order_by("-pk").first()
        return super().get_context_data(**kwargs)

    def _shares_email(self) -> bool:
        return Consent.objects.filter(
            person=self.person, edition=self.edition, purpose="share_on_scan", withdrawn_at=None
        ).exists()


@method_decorator([xframe_options_sameorigin, csp_replace({"frame-ancestors": [SELF]})], name="dispatch")
class BadgePdf(SignedInPage):
    """One badge to print: two pages of its size, the same on both sides.

    Who keeps a gate prints what is given at the desk there, and no other. A page of ours may frame it, to print it.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visible = Badge.objects.visible_to(request.user).valid().filter(edition=self.edition)
        badge = get_object_or_404(visible.select_related("person", "company", "edition__series"), pk=kwargs["pk"])
        require(request.user, "buyers.print_badge", badge)
        size = paper_size(request.GET.get("size"), request)
        return file_answer(badge_pdf(faces([badge]), size=size), f"badge-{badge.short_code}.pdf", inline=True)


class Passes(CompanyPage, ActionForm):
    """The passes of one's company, and what is left of its quota."""

    shell = "exhibitor"
    template_name = "buyers/passes.html"
    current = "buyers:passes"
    form_class = PassForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = self._parts()
        part = self._part(parts)
        passes = Badge.objects.valid().filter(
            edition=self.edition, company=part.company_id if part else None, kind=Badge.Kind.EXHIBITOR
        )
        given = list(passes.select_related("person").order_by("issued_at", "pk")) if part else []
        quota = part.pass_quota + more_passes(self.edition, part.company_id) if part else 0
        left = max(0, quota - len(given))
        return super().get_context_data(part=part, passes=given, quota=quota, left=left, parts=parts, **kwargs)

    def act(self, form: BaseForm) -> str:
        """Issue one."""
        part = self._part(self._parts())
        if part is None:
            raise Refused("not_exhibiting", _("Passes are for companies that exhibit at this edition."))
        issue_pass(self.edition, company=part.company, by=self.person, **form.cleaned_data)
        return self.request.get_full_path()

    def _parts(self) -> list[Participation]:
        """The person's companies among the exhibitors once accepted, and the households of their blocks."""
        parts = Participation.objects.filter(
            Q(company__in=self.acting.ids) | Q(host__company__in=self.acting.ids),
            edition=self.edition,
            role=Participation.Role.EXHIBITOR,
            state=Participation.State.ACTIVE,
        )
        return sorted(parts.select_related("company"), key=lambda part: part.host_id is not None)

    def _part(self, parts: list[Participation]) -> Participation | None:
        """The one that the address names, else the first."""
        asked = self.request.GET.get("for", "")
        if asked:
            return next((part for part in parts if str(part.pk) == asked), None)
        return parts[0] if parts else None


class EndPass(SignedInPage, ActionButton):
    """Taking a pass of one's company back."""

    done = _("The pass is taken back and no longer opens any gate.")

    def act(self) -> str:
        """Revoke it."""
        visible = Badge.objects.visible_to(self.person).filter(edition=self.edition, kind=Badge.Kind.EXHIBITOR)
        revoke_badge(get_object_or_404(visible.select_related("edition"), pk=self.kwargs["pk"]), by=self.person)
        part = whole_numbers([self.request.POST.get("for", "")])
        return reverse("buyers:passes", args=[self.edition.slug]) + (f"?for={part[0]}" if part else "")


class BadgeAtTheDesk(DeskPage, ActionButton):
    """What the desk does with a badge, back to the page it was done on."""

    roles = GIVING

    def badge(self) -> Badge:
        """The badge of the address."""
        visible = Badge.objects.visible_to(self.person).filter(edition=self.edition)
        return get_object_or_404(visible.select_related("edition", "person", "company"), pk=self.kwargs["pk"])

    def back(self, badge: Badge) -> str:
        """The page of the person's registration; that of the badge where it was done there, or there is no other."""
        if "here" in self.request.POST:
            return reverse("buyers:badge_desk", args=[self.edition.slug, badge.pk])
        own = Registration.objects.filter(edition=self.edition, person=badge.person_id).order_by("-pk").first()
        if own is None:
            return reverse("buyers:badge_desk", args=[self.edition.slug, badge.pk])
        return reverse("buyers:importer_desk", args=[self.edition.slug, own.pk])


class Reissue(BadgeAtTheDesk):
    """A new badge for a lost one."""

    done = _("A new badge is issued; the old one no longer opens any gate.")

    def act(self) -> str:
        """Reissue it."""
        return self.back(reissue_badge(self.badge(), by=self.person))


class Revoke(BadgeAtTheDesk):
    """The end of a badge."""

    done = _("The badge no longer opens any gate.")

    def act(self) -> str:
        """Revoke it."""
        return self.back(revoke_badge(self.badge(), by=self.person))


def shown(badge: Badge) -> dict[str, Any]:
    """What a page shows of a badge: its picture, its code, its kind in two languages."""
    language = "vi" if (get_language() or "vi").startswith("vi") else "en"
    first, other = kind_words(badge, language)
    if written() != language:  # a language of importers alone
        first = str(badge.get_kind_display())
    return {
        "qr": qr.svg(badge.qr_code, title=str(_("QR code of your badge"))),
        "code": badge.code,
        "kind": first,
        "kind_other": other,
        "kind_other_language": OTHER[language],
        "rest_of_name": below(badge.person.badge_name, badge.person.full_name),
    }


def paper_size(asked: str | None, request: HttpRequest) -> str:
    """The size asked for, which is remembered for the next time; else the one remembered, at first A6."""
    if asked in PrintRun.Size.values:
        request.session[SHEET_SIZE] = asked
    return str(request.session.get(SHEET_SIZE, PrintRun.Size.A6))
