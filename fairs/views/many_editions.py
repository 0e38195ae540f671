"""The series through the years, for everybody by what was published, for the desk as measured now."""

from typing import Any

from django.views.generic import TemplateView

from fairs import clock, many_editions
from fairs.models import Edition
from fairs.permissions import REPORT_READERS
from fairs.views.base import DeskPage, EditionPage, EditionTemplate

NEWEST = 8  # editions side by side


class Together(EditionPage):
    """The newest editions of the series that somebody sees, year by year, beside the recorded total."""

    @property
    def when(self) -> str:
        """Provinces as they were at the time of each fair, or as they are."""
        return "now" if self.request.GET.get("provinces") == "now" else "then"

    def known(self, editions: list[Edition]) -> list[many_editions.Known]:
        """What may be said of each: what was published."""
        told = many_editions.newest(editions)
        return [many_editions.published(one, told.get(one.pk), self.when) for one in editions]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visible = Edition.objects.visible_to(self.request.user).filter(series=self.edition.series, kind="own")
        known = self.known(list(visible.select_related("series").order_by("-opens_on")[:NEWEST])[::-1])
        found = many_editions.rows(self.edition.series, known)
        return super().get_context_data(
            known=known,
            rows=found,
            several=any(row.turns is not None for row in found),
            recorded=[row.recorded for row in found if row.recorded],
            provinces=many_editions.provinces(known),
            when=self.when,
            now=clock.now(),
            **kwargs,
        )


class EditionsTogether(Together, EditionTemplate):
    """By what was published of each edition."""

    template_name = "fairs/many_editions.html"


class ManyEditions(DeskPage, Together, TemplateView):
    """As the report measures them now, those whose report the person reads; the others by what was published."""

    template_name = "fairs/many_editions_desk.html"
    current = "fairs:report"
    roles = REPORT_READERS

    def known(self, editions: list[Edition]) -> list[many_editions.Known]:
        run = set(Edition.objects.run_by(self.person, *REPORT_READERS).values_list("pk", flat=True))
        told = many_editions.newest([one for one in editions if one.pk not in run])
        return [
            many_editions.measured(one, self.when)
            if one.pk in run
            else many_editions.published(one, told.get(one.pk), self.when)
            for one in editions
        ]
