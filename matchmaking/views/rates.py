"""The exchange rates that contracts are counted by, and the contracts that still wait for one."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.views.generic import TemplateView

from fairs.models import ExchangeRate
from fairs.views.base import DeskPage
from matchmaking.models import Deal


class Rates(DeskPage, TemplateView):
    """Every rate with its source and how many contracts of this edition rest on it; currencies that miss one."""

    template_name = "matchmaking/rates.html"
    current = "fairs:report"
    roles = frozenset({"finance", "reports"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Deal.objects.filter(edition=self.edition).exclude(state=Deal.State.CANCELLED).order_by()
        resting = dict(own.filter(rate__isnull=False).values_list("rate").annotate(Count("pk")))
        waiting = own.filter(usd__isnull=True).values("currency").annotate(deals=Count("pk")).order_by("currency")
        page = Paginator(ExchangeRate.objects.all(), 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            rates=[(rate, resting.get(rate.pk, 0)) for rate in page],
            waiting=list(waiting),
            **kwargs,
        )
