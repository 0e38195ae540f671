"""The desk's figures of meetings: by exhibitor, importer, country, product group, day, hour; and slot by slot."""

from typing import Any

from django.views.generic import TemplateView

from fairs.views.base import DeskPage
from matchmaking.meeting_figures import ANSWERS, WAYS, map_of_slots, opinions, rows, whole
from matchmaking.views.meetings_desk import DESK

FIRST = "day"


class MeetingFigures(DeskPage, TemplateView):
    """What was asked for, agreed, held, called off, missed, and what was never booked."""

    template_name = "matchmaking/meeting_figures.html"
    current = "matchmaking:meetings_desk"
    roles = DESK

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("by", "")
        by = asked if asked in WAYS else FIRST
        days, times = map_of_slots(self.edition)
        return super().get_context_data(
            whole=whole(self.edition),
            by=by,
            title=WAYS[by].title,
            ways=[{"url": f"?by={key}", "label": way.title, "current": key == by} for key, way in WAYS.items()],
            rows=rows(self.edition, by),
            answers=[one.label for one in ANSWERS],
            opinions=opinions(self.edition),
            days=days,
            times=times,
            **kwargs,
        )
