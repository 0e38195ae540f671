"""Reads of meetings and deals, with names."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Q, Sum

if TYPE_CHECKING:
    from fairs.permissions import Actor


class TwoSided(models.QuerySet[Any]):
    """Rows between an exhibitor's and an importer's participation."""

    def of_companies(self, company_ids: frozenset[int]) -> Self:
        """Rows in which one of the companies is a side."""
        return self.filter(Q(exhibitor__company_id__in=company_ids) | Q(importer__company_id__in=company_ids))

    def with_sides(self) -> Self:
        """Together with both companies, in the same query."""
        return self.select_related("exhibitor__company", "importer__company")


class MeetingQuerySet(TwoSided):
    def visible_to(self, person: "Actor") -> Self:
        """Meetings of one's companies, and those of editions whose meetings one looks after."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "matchmaking_desk", "importer_desk", "reports")
        return self.filter(
            Q(exhibitor__company_id__in=person.company_ids)
            | Q(importer__company_id__in=person.company_ids)
            | Q(edition__in=run)
        )


class DealQuerySet(TwoSided):
    def visible_to(self, person: "Actor") -> Self:
        """Deals of one's companies; values are confidential, so of the organiser's only director and reports."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "reports")
        return self.filter(
            Q(exhibitor__company_id__in=person.company_ids)
            | Q(importer__company_id__in=person.company_ids)
            | Q(edition__in=run)
        )

    def contracts(self) -> Self:
        """Signed papers that bind, trial orders with them; memoranda are counted apart."""
        return self.filter(kind__in=["contract", "trial_order"]).exclude(state="cancelled")

    def memoranda(self) -> Self:
        """Papers that do not bind."""
        return self.filter(kind="memorandum").exclude(state="cancelled")

    def totals(self) -> list[dict[str, Any]]:
        """For each currency: the number of deals, the original sum, its worth in US dollars."""
        rows = self.order_by().values("currency").annotate(deals=Count("pk"), total=Sum("amount"), worth=Sum("usd"))
        return list(rows.order_by("currency"))

    def worth(self) -> Decimal:
        """US dollars of all rows that have a rate."""
        return self.aggregate(worth=Sum("usd"))["worth"] or Decimal(0)
