"""Reads of what exhibitors sold on the spot."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Q, Sum

if TYPE_CHECKING:
    from fairs.permissions import Actor


class SpotSaleQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of one's companies; of the organiser's only the director and the reports desk see them."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "reports")
        return self.filter(Q(exhibitor__company_id__in=person.company_ids) | Q(edition__in=run))

    def with_company(self) -> Self:
        """Together with the exhibitor's company."""
        return self.select_related("exhibitor__company", "edition")

    def by_day(self) -> dict[date, dict[str, Any]]:
        """For each day how many declared, and what in đồng."""
        rows = self.order_by().values("day").annotate(declared=Count("pk"), total=Sum("amount")).order_by("day")
        return {row["day"]: row for row in rows}

    def total(self) -> Decimal:
        """All of it, in đồng."""
        return self.aggregate(total=Sum("amount"))["total"] or Decimal(0)
