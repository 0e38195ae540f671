"""The badges of the fair: found, given by name, looked at, printed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView

from buyers.actions.desk_badges import issue_by_name
from buyers.badge_filters import BadgeFilter
from buyers.badge_forms import IssueForm
from buyers.faces import kind_words
from buyers.models import Badge, PrintRun, Registration
from buyers.views.badges import GIVING, paper_size
from fairs.models import Entry
from fairs.permissions import may
from fairs.telling import told
from fairs.templatetags.fair import language
from fairs.views.base import DeskForm, DeskPage

READING = GIVING | {"gate"}
ROWS, RUNS = 50, 3


class BadgesDesk(DeskPage, TemplateView):
    """The list with its filters, and the way to print what it has found."""

    template_name = "buyers/badges_desk.html"
    current = "buyers:badges_desk"
    roles = READING

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        all_of_them = Badge.objects.visible_to(self.person).filter(edition=self.edition)
        found = BadgeFilter(self.request.GET, all_of_them)
        page = Paginator(found.qs.select_related("person", "company"), ROWS).get_page(self.request.GET.get("page"))
        may_give = may(self.person, "buyers.give_badges", self.edition)
        counts = all_of_them.counts()
        return super().get_context_data(
            filter=found,
            page=page,
            kinds=[(kind.value, kind.label, counts[kind]) for kind in Badge.Kind],
            valid=sum(counts.values()),
            columns=_columns(may_give),
            may_give=may_give,
            may_welcome=may(self.person, "buyers.welcome", self.edition),
            sizes=PrintRun.Size.choices,
            size=paper_size(None, self.request),
            runs=PrintRun.objects.visible_to(self.person).filter(edition=self.edition)[:RUNS],
            **kwargs,
        )


class OneBadge(DeskPage, TemplateView):
    """One badge: whose, its history, and what can be done with it."""

    template_name = "buyers/badge_desk.html"
    current = "buyers:badges_desk"
    roles = READING

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visible = Badge.objects.visible_to(self.person).filter(edition=self.edition)
        badge = get_object_or_404(visible.select_related("person", "company"), pk=kwargs.pop("pk"))
        others = visible.filter(person=badge.person_id).exclude(pk=badge.pk).order_by("-pk")
        own = Registration.objects.visible_to(self.person).filter(edition=self.edition, person=badge.person_id)
        kind, kind_other = kind_words(badge, language())
        return super().get_context_data(
            badge=badge,
            kind=kind,
            kind_other=kind_other,
            others=others,
            registration=own.order_by("-pk").first(),
            entries=told(_history([badge, *others])),
            may_give=may(self.person, "buyers.end_badge", badge),
            sizes=PrintRun.Size.choices,
            size=paper_size(None, self.request),
            **kwargs,
        )


class IssueBadge(DeskPage, DeskForm):
    """A badge by name, company and kind."""

    heading = gettext_lazy("Issue a badge")
    lead = gettext_lazy(
        "For the press, speakers, delegates and all who work at the fair. Importers get theirs when they are approved, "
        "exhibitors from their company."
    )
    button = gettext_lazy("Issue the badge")
    button_icon = "plus"
    back_word = gettext_lazy("Badges")
    current = "buyers:badges_desk"
    roles = GIVING
    form_class = IssueForm

    @property
    def home(self) -> str:
        """All badges."""
        return reverse("buyers:badges_desk", args=[self.edition.slug])

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.request.GET.get("kind", "")}

    def act(self, form: BaseForm) -> str:
        """Give it, and show it."""
        badge = issue_by_name(self.edition, by=self.person, **form.cleaned_data)
        messages.success(self.request, _("The badge of %(name)s is ready to print.") % {"name": badge.person})
        return desk_url(badge, self.edition.slug)


def desk_url(badge: Badge, edition: str) -> str:
    """Where the desk looks at a badge."""
    return reverse("buyers:badge_desk", args=[edition, badge.pk])


def _columns(may_give: bool) -> list[dict[str, Any]]:
    tick = [{"label": _("Choose all on this page"), "hidden": True, "css": "tick"}]
    return [
        *(tick if may_give else []),
        {"label": _("Name"), "sort": "name"},
        {"label": _("Company or organisation")},
        {"label": _("Kind"), "sort": "kind"},
        {"label": pgettext("badge", "Issued"), "sort": "issued"},
        {"label": _("State")},
    ]


def _history(badges: list[Badge]) -> Any:
    keys = [str(badge.pk) for badge in badges]
    return Entry.objects.filter(verb__startswith="buyers.badge.", object_id__in=keys, edition=badges[0].edition_id)[:50]
