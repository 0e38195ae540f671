"""The meeting desk: every meeting of the edition, and asking on somebody's behalf."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs import clock
from fairs.models import Participation
from fairs.permissions import may
from fairs.text import fold
from fairs.views.base import DeskPage
from matchmaking.filters import narrow_meetings
from matchmaking.models import Meeting
from matchmaking.views.seen import see_meetings

DESK = frozenset({"matchmaking_desk", "importer_desk", "reports"})
MOST_FOUND = 12


class MeetingsDesk(DeskPage, TemplateView):
    """Figures, filters and the list."""

    template_name = "matchmaking/meetings_desk.html"
    current = "matchmaking:meetings_desk"
    roles = DESK

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}{'#list' if self.request.htmx else ''}"]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = Meeting.objects.filter(edition=self.edition)
        given = self.request.GET
        found = narrow_meetings(every, given.dict()).with_sides()
        whole = found.select_related("importer_person").prefetch_related("exhibitor__company__product_groups")
        page = Paginator(whole, 50).get_page(given.get("page"))
        return super().get_context_data(
            figures=_figures(every),
            page=page,
            seen=see_meetings(self.edition, page.object_list, self.request.user),
            states=Meeting.State.choices,
            days=[day.date for day in self.edition.days.all()],
            given=given,
            may_ask=may(self.request.user, "matchmaking.set_rules", self.edition),
            **kwargs,
        )


class AskForOthers(DeskPage, TemplateView):
    """The desk chooses who meets whom, then the time."""

    template_name = "matchmaking/ask_for_others.html"
    current = "matchmaking:meetings_desk"
    roles = frozenset({"matchmaking_desk"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        return super().get_context_data(
            given=given,
            sides=[
                self._side("importer", _("The importer who asks"), given),
                self._side("exhibitor", _("The exhibitor they want to meet"), given),
            ],
            importer=self._chosen("importer", given),
            exhibitor=self._chosen("exhibitor", given),
            **kwargs,
        )

    def _side(self, role: str, label: str, given: Any) -> dict[str, Any]:
        words = given.get(f"{role}_words", "")
        found = self._parts(role)
        for word in fold(words).split():
            found = found.filter(company__folded__contains=word)
        return {"role": role, "label": label, "words": words, "found": found[:MOST_FOUND] if words else []}

    def _chosen(self, role: str, given: Any) -> Participation | None:
        wanted = given.get(role, "")
        return self._parts(role).filter(pk=wanted).first() if wanted.isdigit() else None

    def _parts(self, role: str) -> QuerySet[Participation]:
        parts = Participation.objects.filter(edition=self.edition, role=role, state="active")
        return parts.select_related("company")


def _figures(every: Any) -> list[dict[str, Any]]:
    counts = every.counts()
    waiting = every.waiting(clock.now()).count()
    booked = counts["held"] - counts["walk_in"]
    share = 100 * booked / counts["accepted"] if counts["accepted"] else None
    return [
        {"label": _("Asked for"), "value": counts["requested"], "note": _("%(n)d wait for an answer") % {"n": waiting}},
        {"label": _("Agreed"), "value": counts["accepted"]},
        {
            "label": _("Held"),
            "value": counts["held"],
            "share": share,
            "note": _("%(n)d of them without an appointment") % {"n": counts["walk_in"]},
        },
        {"label": _("One side did not come"), "value": counts["no_show"]},
    ]
