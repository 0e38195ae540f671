"""Reads of opportunities and their quotations, with names."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery, Sum

from matchmaking.querysets import TwoSided

if TYPE_CHECKING:
    from fairs.permissions import Actor


class OpportunityQuerySet(TwoSided):
    def visible_to(self, person: "Actor") -> Self:
        """The exhibitor's own; for the organiser's director and reports those with a paper, else numbers alone."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "reports")
        own = Q(exhibitor__company_id__in=person.company_ids)
        return self.filter(own | (Q(edition__in=run) & self.paper()))

    @staticmethod
    def paper() -> Q:
        """Where there is a quotation, a contract or a memorandum."""
        quoted = apps.get_model("matchmaking", "Quotation").objects.filter(opportunity=OuterRef("pk"))
        dealt = apps.get_model("matchmaking", "Deal").objects.filter(opportunity=OuterRef("pk"))
        return Q(Exists(quoted)) | Q(Exists(dealt))

    def of_exhibitors(self, company_ids: frozenset[int]) -> Self:
        """Those of some companies, as one list shows them."""
        return self.filter(exhibitor__company_id__in=company_ids)

    def stages(self) -> dict[str, int]:
        """How many are at each stage; stages without any are left out."""
        return dict(self.order_by().values_list("state").annotate(Count("pk")))

    def with_papers(self) -> Self:
        """Together with both companies, the quotations and the papers that stand."""
        deals = apps.get_model("matchmaking", "Deal").objects.counted().order_by("signed_on", "pk")
        whole = self.with_sides().select_related("product_group", "edition")
        return whole.prefetch_related("quotations", Prefetch("deals", deals, to_attr="papers"))

    def sums(self) -> list[dict[str, Any]]:
        """For each stage and currency how much it is: the last quotation, the memorandum's or the contracts' value.

        What lapsed has its last quotation. Memoranda are in no stage but their own.
        """
        return [*self._quoted(), *self._papers("memorandum"), *self._papers("contract", "trial_order")]

    def _quoted(self) -> list[dict[str, Any]]:
        last = apps.get_model("matchmaking", "Quotation").objects.filter(opportunity=OuterRef("pk")).order_by("-number")
        rows = self.filter(state__in=["quoted", "lapsed"]).order_by()
        rows = rows.annotate(currency=Subquery(last.values("currency")[:1]), value=Subquery(last.values("amount")[:1]))
        sums = rows.exclude(currency=None).values("state", "currency").annotate(count=Count("pk"), total=Sum("value"))
        return list(sums.order_by("state", "currency"))

    def _papers(self, *kinds: str) -> list[dict[str, Any]]:
        stages = ["memorandum"] if kinds == ("memorandum",) else ["trial_order", "signed", "shipped", "delivered"]
        deals = apps.get_model("matchmaking", "Deal").objects.counted().filter(kind__in=kinds)
        found = deals.filter(opportunity__in=self.filter(state__in=stages)).order_by()
        sums = found.values("opportunity__state", "currency").annotate(count=Count("pk"), total=Sum("amount"))
        return [
            {"state": row.pop("opportunity__state"), **row} for row in sums.order_by("opportunity__state", "currency")
        ]


class QuotationQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of opportunities that one sees."""
        return self.filter(opportunity__in=apps.get_model("matchmaking", "Opportunity").objects.visible_to(person))
