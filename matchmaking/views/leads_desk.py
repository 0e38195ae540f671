"""What the organiser knows of visitors at booths: how many, on which day, for which goods; never who or what for."""

from typing import Any

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs.templatetags.fair import number
from fairs.views.base import DeskPage
from matchmaking.models import Lead, LeadVisit
from matchmaking.views.meetings_desk import DESK


class LeadsDesk(DeskPage, TemplateView):
    """Figures alone."""

    template_name = "matchmaking/leads_desk.html"
    current = "matchmaking:meetings_desk"
    roles = DESK

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = Lead.objects.filter(edition=self.edition)
        found = every.by_day(self.edition)
        days = [day.date for day in self.edition.days.all()]
        return super().get_context_data(
            figures=self._figures(every),
            days=[{"date": day, "all": 0, "named": 0} | found.get(day, {}) for day in sorted({*days, *found})],
            groups=every.by_group(),
            **kwargs,
        )

    def _figures(self, every: Any) -> list[dict[str, Any]]:
        counts, exhibitors = every.counts(), every.order_by().values("exhibitor").distinct().count()
        named = counts["all"] - counts["anonymous"]
        visits = LeadVisit.objects.filter(lead__edition=self.edition).count()
        return [
            {"label": _("Visitors noted at booths"), "value": number(counts["all"]),
             "note": _("%(n)s visits with those who came back") % {"n": number(visits)}},
            {"label": _("Handed over their details"), "value": number(named), "of": number(counts["all"])},
            {"label": _("Rated A"), "value": number(counts["A"])},
            {"label": _("Exhibitors who note visitors"), "value": number(exhibitors)},
        ]  # fmt: skip
