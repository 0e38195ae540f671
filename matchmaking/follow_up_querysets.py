"""Reads of what both sides of a pair are asked after the fair."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from matchmaking.querysets import TwoSided

if TYPE_CHECKING:
    from fairs.permissions import Actor


class FollowUpQuerySet(TwoSided):
    def visible_to(self, person: "Actor") -> Self:
        """What one's own side was asked; the organiser's director and reports desk see all, as with contracts."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "reports")
        return self.filter(self._own(person.company_ids) | Q(edition__in=run))

    def asked_of(self, company_ids: frozenset[int]) -> Self:
        """What some companies were asked, never what the other side was."""
        return self.filter(self._own(company_ids))

    def open(self) -> Self:
        """Not answered yet."""
        return self.filter(state="asked")

    def answered(self) -> Self:
        """Answered, in whatever way."""
        return self.exclude(state="asked")

    def by_rung(self) -> list[dict[str, Any]]:
        """For each rung how many questions there were, how many were answered, and with what, the first rung first."""
        answers = {
            state: Count("pk", filter=Q(state=state)) for state in ("asked", "talking", "sample", "ordered", "lost")
        }
        rows = self.order_by().values("days").annotate(questions=Count("pk"), **answers).order_by("days")
        return [row | {"answered": row["questions"] - row["asked"]} for row in rows]

    def orders(self) -> Self:
        """Orders placed, each with the number of the contract that came of it as `contract_id`, where one stands.

        It is the one recorded from the answer, else from the other side's answer at the same rung.
        """
        others = self.model._default_manager.filter(
            exhibitor=OuterRef("exhibitor"), importer=OuterRef("importer"), days=OuterRef("days"), state="ordered"
        )
        recorded = others.exclude(deal=None).exclude(deal__state="cancelled").order_by("pk").values("deal")[:1]
        own = Case(When(Q(deal__isnull=False) & ~Q(deal__state="cancelled"), then=F("deal")))
        return self.filter(state="ordered").annotate(
            contract_id=Coalesce(own, Subquery(recorded), output_field=models.BigIntegerField())
        )

    def order_counts(self) -> dict[str, int]:
        """How many orders there are, and of how many a contract came."""
        return self.aggregate(orders=Count("pk"), contracts=Count("contract_id"))

    def rungs(self) -> list[int]:
        """The rungs at which there is any, the first one first."""
        return list(self.order_by("days").values_list("days", flat=True).distinct())

    @staticmethod
    def _own(company_ids: frozenset[int]) -> Q:
        return Q(side="exhibitor", exhibitor__company_id__in=company_ids) | Q(
            side="importer", importer__company_id__in=company_ids
        )


class FollowUpRungQuerySet(models.QuerySet[Any]):
    def to_remind(self, *, asked_by: datetime) -> Self:
        """Asked by a moment, reminded never, and something of it still unanswered."""
        found = self.filter(made_at__lte=asked_by, reminded_at=None, questions__state="asked")
        return found.distinct().select_related("edition", "part__company").order_by("pk")
