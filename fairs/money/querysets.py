"""Reads of notices with names."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q, Sum

if TYPE_CHECKING:
    from fairs.permissions import Actor


class NoticeQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """One's company's notices, and those of editions where one handles booths or money."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "finance", "booth_desk")
        return self.filter(Q(company_id__in=person.company_ids) | Q(edition__in=run))

    def live(self) -> Self:
        """Notices that were not cancelled."""
        return self.exclude(state="cancelled")

    def unpaid(self) -> Self:
        """Notices with a balance."""
        return self.filter(state="issued")

    def sums(self) -> dict[str, dict[str, Decimal]]:
        """What is due, paid and outstanding, for each currency apart."""
        rows = self.live().order_by().values("currency").annotate(due_sum=Sum("due"), paid_sum=Sum("paid"))
        return {
            row["currency"]: {
                "due": row["due_sum"],
                "paid": row["paid_sum"],
                "outstanding": row["due_sum"] - row["paid_sum"],
            }
            for row in rows.order_by("currency")
        }
