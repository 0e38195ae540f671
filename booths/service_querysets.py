"""Reads of orders of services, with names."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum

from booths.querysets import desk_editions
from fairs.text import words_of

if TYPE_CHECKING:
    from fairs.permissions import Actor


class ServiceOrderQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of one's company, and those of editions one looks after."""
        if not person.is_authenticated:
            return self.none()
        own = Q(application__company_id__in=person.company_ids)
        return self.filter(own | Q(application__edition__in=desk_editions(person)))

    def live(self) -> Self:
        """Not cancelled: they have their share of stock, load and flames."""
        return self.filter(state__in=self.model.LIVE)

    def paid(self) -> Self:
        """Paid or delivered."""
        return self.filter(state__in=self.model.PAID)

    def search(self, words: str) -> Self:
        """Those whose company or booth holds every word, whatever its accents."""
        found = self
        for word in words_of(words):
            found = found.filter(Q(application__company__folded__contains=word) | Q(booth__code__icontains=word))
        return found

    def whole(self) -> Self:
        """Together with what a list says of each: company, booth, lines; `has_booth` is false once that is gone."""
        reservations = apps.get_model("booths", "Reservation").objects.kept()
        kept = reservations.filter(booth=OuterRef("booth"), application=OuterRef("application"))
        with_names = self.select_related("application__edition", "application__company", "booth__zone", "booth__hall")
        return with_names.annotate(has_booth=Exists(kept)).prefetch_related("lines__item")


def notices_of(orders: Iterable[Any]) -> dict[int, Any]:
    """The newest notice of each order, by the order's key."""
    keys = [order.pk for order in orders]
    source = apps.get_model("booths", "ServiceOrder").SOURCE
    lines: Any = apps.get_model("fairs", "NoticeLine").objects.filter(source_kind=source, source_id__in=keys)
    return {line.source_id: line.notice for line in lines.select_related("notice").order_by("notice_id")}


def ordered_of(edition: Any) -> models.QuerySet[Any]:
    """The services of an edition, each with `ordered` and `paid`: how many units live orders and paid ones have."""
    order = apps.get_model("booths", "ServiceOrder")
    live, paid = Q(lines__order__state__in=order.LIVE), Q(lines__order__state__in=order.PAID)
    rows: models.QuerySet[Any] = apps.get_model("booths", "ServiceItem").objects.filter(edition=edition)
    return rows.annotate(
        ordered=Sum("lines__quantity", filter=live, default=0), paid=Sum("lines__quantity", filter=paid, default=0)
    )


def passes_ordered(edition: Any, company: int) -> int:
    """How many passes a company has paid for beside those of its booths."""
    lines = apps.get_model("booths", "OrderLine").objects.filter(
        order__application__edition=edition,
        order__application__company=company,
        order__state__in=apps.get_model("booths", "ServiceOrder").PAID,
    )
    return int(lines.aggregate(all=Sum(models.F("quantity") * models.F("passes"), default=0))["all"])
