"""Who exhibits, for everybody."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from booths.filters import ExhibitorFilter
from booths.models import Reservation
from booths.plan import plan_of, rect_of
from booths.querysets import exhibitors_of, sharing_with, stands_of
from booths.views.plan import FloorPage
from fairs import clock
from fairs.models import ProductGroup, Province


class Exhibitors(FloorPage):
    """All exhibitors of the edition, by name, group or province."""

    template_name = "booths/exhibitors.html"
    current = "booths:exhibitors"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = exhibitors_of(self.edition)
        filters = ExhibitorFilter(self.request.GET, with_stands(every, self.edition), edition=self.edition)
        page = Paginator(filters.qs, 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            filters=filters,
            page=page,
            groups=ProductGroup.objects.filter(company__participations__in=every.order_by()).distinct(),
            provinces=Province.objects.filter(participation__in=every.order_by()).distinct(),
            **kwargs,
        )


class Exhibitor(FloorPage):
    """One exhibitor: what it makes, where it stands."""

    template_name = "booths/exhibitor.html"
    current = "booths:exhibitors"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = with_stands(exhibitors_of(self.edition), self.edition)
        goods = ("company__products__product_group", "company__products__materials")
        whole = rows.prefetch_related(*goods, "company__held_certificates__certificate")
        part = get_object_or_404(whole, pk=self.kwargs["pk"])
        booths = [row.booth for row in stands_of(part)]
        return super().get_context_data(
            part=part,
            company=part.company,
            certificates=[held for held in part.company.held_certificates.all() if held.valid_on(self._day)],
            booths=booths,
            sharing=sharing_with(part),
            guests=exhibitors_of(self.edition).filter(host=part).select_related("company"),
            plan=plan_of(self.edition) if booths else None,
            rects=[rect_of(booth) for booth in booths],
            **kwargs,
        )

    @property
    def _day(self) -> date:
        """The day on which what it holds has to be valid: that of the fair, or today while it runs."""
        return max(self.edition.opens_on, clock.today(self.edition))


def with_stands(parts: Any, edition: Any) -> Any:
    """Participations with their company, its groups and, as `company.stands`, its booths in the edition."""
    kept = Reservation.objects.kept().filter(edition=edition).select_related("booth__zone", "booth__hall")
    stands = kept.order_by("booth__code")
    return parts.select_related(
        "company__craft_village", "company__province", "province", "host__company"
    ).prefetch_related(
        "company__product_groups",
        Prefetch("company__reservations", queryset=stands, to_attr="stands"),
        Prefetch("host__company__reservations", queryset=stands, to_attr="stands"),
    )
