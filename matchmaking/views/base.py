"""What pages for the two sides share: their parts in the edition, and the base page that fits."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from fairs.models import Participation
from fairs.views.acting import CompanyPage
from fairs.views.base import own_shell
from matchmaking.models import Meeting
from matchmaking.querysets import parts_of


class PartyPage(CompanyPage):
    """A page for exhibitors and importers alike, each in their own shell."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        role = next((part.role for part in self.parts), None)
        self.shell = role or own_shell(self.request.user, self.edition)  # type: ignore[misc]

    @cached_property
    def parts(self) -> list[Participation]:
        """The parts the person's company plays here, as an exhibitor first."""
        return parts_of(self.acting.ids, self.edition) if self.acting.ids else []

    def part_as(self, role: str) -> Participation | None:
        """The person's part in a role."""
        return next((part for part in self.parts if part.role == role), None)

    def own_meetings(self) -> QuerySet[Meeting]:
        """The meetings of the person's company in this edition, with all that a list shows."""
        own = Meeting.objects.filter(edition=self.edition).of_companies(self.acting.ids)
        return own.with_sides().select_related("importer_person").prefetch_related("exhibitor__company__product_groups")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("base", f"base/{self.shell}.html")
        kwargs.setdefault("side", self.shell)
        return super().get_context_data(**kwargs)
