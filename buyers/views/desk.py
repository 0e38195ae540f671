"""The importer desk: who comes, who waits for an answer."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from buyers.actions import registrations as actions
from buyers.apart import counted_apart
from buyers.companion_rows import rows_of
from buyers.filters import ImporterFilter
from buyers.forms import DecisionForm, InviteForm
from buyers.grades import PLAIN
from buyers.models import Badge, Grade, Registration
from buyers.views.vetting import READERS, OfImporter, checklist
from fairs.models import Consent, Entry
from fairs.permissions import may
from fairs.telling import told
from fairs.templatetags.fair import number
from fairs.views.base import ActionForm, DeskForm, DeskPage

KINDS = {
    "invited": "info",
    "registered": "wait",
    "more": "info",
    "approved": "ok",
    "declined": "stop",
    "withdrawn": "off",
}


class ImportersDesk(DeskPage, TemplateView):
    """The list, its counts, and one button to decide on those that are ticked."""

    template_name = "buyers/importers_desk.html"
    current = "buyers:importers_desk"
    roles = READERS

    @cached_property
    def grades(self) -> list[Grade]:
        """Those of the edition, in their order."""
        return list(self.edition.grades.all())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        all_of_them = Registration.objects.visible_to(self.person).filter(edition=self.edition)
        found = ImporterFilter(self.request.GET, all_of_them, self.edition, self.grades)
        listed = found.qs.select_related("person", "company", "grade").prefetch_related("product_groups")
        page = Paginator(listed, 50).get_page(self.request.GET.get("page"))
        counts = all_of_them.counts()
        may_decide = may(self.person, "buyers.decide", self.edition)
        return super().get_context_data(
            filter=found,
            page=page,
            rows=[(row, KINDS[row.state]) for row in page.object_list],
            counts=counts,
            figures=_figures(counts),
            apart=counted_apart(self.edition),
            states=found.state_options(counts),
            columns=_columns(may_decide),
            may_decide=may_decide,
            **kwargs,
        )


class ImporterDesk(OfImporter, ActionForm):
    """One importer: the evidence, the decision, the badge, the history."""

    template_name = "buyers/importer_desk.html"
    roles = READERS
    form_class = DecisionForm

    def get_initial(self) -> dict[str, Any]:
        grade = self.registration.grade
        return {"grade": grade.code if grade else PLAIN}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"grades": self.edition.grades.all()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.registration
        badges = list(Badge.objects.filter(edition=self.edition, person=one.person).order_by("-pk"))
        return super().get_context_data(
            registration=one,
            kind=KINDS[one.state],
            badges=badges,
            consents=Consent.objects.filter(person=one.person, edition=self.edition).order_by("given_at", "pk"),
            languages=[code for code in one.languages.split(",") if code],
            companions=rows_of(one),
            earlier=_earlier(one),
            entries=told(_history(one, badges)),
            may_decide=may(self.person, "buyers.decide", self.edition),
            **checklist(one),
            **kwargs,
        )

    def act(self, form: BaseForm) -> str:
        """Approve, decline, change the grade or withdraw."""
        given, one, by = form.cleaned_data, self.registration, self.person
        if given["verb"] == "approve":
            actions.approve_registration(one, grade=given["grade"] or PLAIN, by=by)
        elif given["verb"] == "decline":
            actions.decline_registration(one, reason=given["reason"], by=by)
        elif given["verb"] == "grade":
            actions.change_grade(one, grade=given["grade"] or PLAIN, by=by)
        else:
            actions.withdraw_registration(one, by=by)
        return self.home


class Invite(DeskPage, DeskForm):
    """Inviting somebody by their address."""

    heading = gettext_lazy("Invite an importer")
    lead = gettext_lazy("They get a letter with the address of the registration page.")
    button = gettext_lazy("Invite")
    button_icon = "mail"
    back_word = gettext_lazy("Importers")
    current = "buyers:importers_desk"
    roles = frozenset({"importer_desk"})
    form_class = InviteForm

    @property
    def home(self) -> str:
        """The list of importers."""
        return reverse("buyers:importers_desk", args=[self.edition.slug])

    def act(self, form: BaseForm) -> str:
        """Invite."""
        invited = actions.invite_newcomer(self.edition, by=self.person, **form.cleaned_data)
        messages.success(self.request, _("The invitation to %(name)s is on the way.") % {"name": invited.person})
        return reverse("buyers:importer_desk", args=[self.edition.slug, invited.pk])


def _columns(may_decide: bool) -> list[dict[str, Any]]:
    tick = [{"label": _("Choose all on this page"), "hidden": True, "css": "tick"}]
    return [
        *(tick if may_decide else []),
        {"label": _("Name"), "sort": "name"},
        {"label": _("Company"), "sort": "company"},
        {"label": _("Country"), "sort": "country"},
        {"label": _("Looks for")},
        {"label": _("Grade")},
        {"label": _("Registered"), "sort": "registered"},
        {"label": _("State")},
    ]


def _figures(counts: dict[str, int]) -> list[dict[str, Any]]:
    shown = [
        (_("Invited"), "invited", "?state=invited"),
        (_("Waiting for approval"), "registered", "?state=registered"),
        (_("Approved"), "approved", "?state=approved"),
        (_("of them hosted"), "hosted", "?state=approved&grade=hosted"),
        (_("Attended"), "attended", "?attended=yes"),
        (_("Declined"), "declined", "?state=declined"),
    ]
    return [{"label": label, "value": number(counts[key]), "url": url} for label, key, url in shown]


def _earlier(one: Registration) -> QuerySet[Registration]:
    """The person's or the company's registrations for other editions."""
    others = Registration.objects.exclude(edition=one.edition_id)
    return others.filter(Q(person=one.person_id) | Q(company=one.company_id)).select_related(
        "edition", "person", "grade"
    )[:5]


def _history(one: Registration, badges: list[Badge]) -> QuerySet[Entry]:
    of_badges = Q(verb__startswith="buyers.badge.", object_id__in=[str(badge.pk) for badge in badges])
    return Entry.objects.filter(
        Q(verb__startswith="buyers.registration.", object_id=str(one.pk)) | of_badges, edition=one.edition_id
    )[:50]
