"""Orders of services at the desk: the list, totals for the suppliers, the delivered tick."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths.actions.service_orders import deliver_order, undo_delivery
from booths.filters import Sorted
from booths.models import OrderLine, ServiceItem, ServiceOrder
from booths.service_filters import OrderFilter
from booths.service_querysets import notices_of, ordered_of
from fairs.downloads import file_answer
from fairs.permissions import may
from fairs.sheets import Column, Number, Page, Text, to_workbook
from fairs.templatetags.fair import local
from fairs.views.base import ActionButton, DeskPage

READERS = frozenset({"booth_desk", "finance", "reports"})
RUNNERS = frozenset({"booth_desk", "finance"})
COLUMNS = [
    {"label": gettext_lazy("Booth"), "sort": "booth"},
    {"label": gettext_lazy("Exhibitor"), "sort": "exhibitor"},
    {"label": gettext_lazy("Ordered"), "sort": "day"},
    {"label": gettext_lazy("Services"), "sort": ""},
    {"label": gettext_lazy("Amount"), "sort": "", "css": "end"},
    {"label": gettext_lazy("Status"), "sort": "status"},
    {"label": gettext_lazy("What to do"), "sort": "", "hidden": True},
]
SECTIONS = [
    ("booths:services_desk", gettext_lazy("Orders")),
    ("booths:service_totals", gettext_lazy("Totals")),
    ("booths:circuits", gettext_lazy("Power and open flames")),
    ("booths:service_catalogue", gettext_lazy("Catalogue")),
]


class ServicesSection(DeskPage, TemplateView):
    """A page of the services at the desk, with the way to the others."""

    current = "booths:services_desk"
    roles = READERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = self.request.resolver_match.view_name  # type: ignore[union-attr]
        tabs = [
            {"label": label, "url": reverse(name, args=[self.edition.slug]), "current": name == here}
            for name, label in SECTIONS
        ]
        rights = {
            "may_run": may(self.request.user, "booths.run_services", self.edition),
            "may_set_up": may(self.request.user, "booths.set_up_services", self.edition),
        }
        return super().get_context_data(tabs=tabs, **rights, **kwargs)


class ServicesDesk(ServicesSection):
    """Every order with its state and its notice."""

    template_name = "booths/services_desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = ServiceOrder.objects.filter(application__edition=self.edition)
        filters: Sorted = OrderFilter(self.request.GET, every.whole(), edition=self.edition)
        page = Paginator(filters.qs, 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            filters=filters,
            sorted=filters.sorted_by,
            columns=COLUMNS,
            statuses=ServiceOrder.State.choices,
            items=ServiceItem.objects.filter(edition=self.edition),
            page=page,
            notices=notices_of(page.object_list),
            **kwargs,
        )


class ServiceTotals(ServicesSection):
    """How many of each service were ordered, and how many are paid."""

    template_name = "booths/service_totals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=ordered_of(self.edition), **kwargs)


class ServiceSheet(DeskPage):
    """For the suppliers: totals of each service, and which booth gets how many, paid orders marked."""

    roles = READERS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        made = to_workbook([Page(_("Totals"), _total_columns(), self._totals()), self._lines()])
        return file_answer(made, f"{self.edition.slug}-services.xlsx")

    def _totals(self) -> list[list[object]]:
        return [
            [row.code, local(row, "name"), local(row, "unit"), row.ordered, row.paid, row.stock]
            for row in ordered_of(self.edition)
        ]

    def _lines(self) -> Page:
        live = OrderLine.objects.filter(order__application__edition=self.edition, order__state__in=ServiceOrder.LIVE)
        rows = live.select_related("item", "order__booth__hall", "order__application__company")
        ordered = rows.order_by("item__order", "item", "order__booth__code", "pk")
        return Page(_("By booth"), _line_columns(), [_sheet_row(line) for line in ordered])


class ServiceDeed(DeskPage, ActionButton):
    """A button on one order."""

    roles = RUNNERS

    @property
    def order(self) -> ServiceOrder:
        """The order the address names."""
        rows = ServiceOrder.objects.select_related("application__edition", "booth")
        return get_object_or_404(rows, application__edition=self.edition, pk=self.kwargs["pk"])

    @property
    def back(self) -> str:
        """The list, filtered as it was."""
        asked = self.request.POST.get("back", "")
        return reverse("booths:services_desk", args=[self.edition.slug]) + (asked if asked.startswith("?") else "")


class DeliverServices(ServiceDeed):
    """Everything of the order is at the booth."""

    done = gettext_lazy("Ticked as delivered.")

    def act(self) -> str:
        deliver_order(self.order, by=self.person)
        return self.back


class UndoDelivery(ServiceDeed):
    """Something is missing after all."""

    done = gettext_lazy("The tick is taken back.")

    def act(self) -> str:
        undo_delivery(self.order, by=self.person)
        return self.back


def _total_columns() -> list[Column]:
    return [
        Column("code", (_("code"),), Text()),
        Column("name", (_("Service"),), Text()),
        Column("unit", (_("Unit"),), Text()),
        Column("ordered", (_("Ordered"),), Number()),
        Column("paid", (_("Paid for"),), Number()),
        Column("stock", (_("Stock"),), Number()),
    ]


def _line_columns() -> list[Column]:
    return [
        Column("code", (_("code"),), Text()),
        Column("name", (_("Service"),), Text()),
        Column("booth", (_("Booth"),), Text()),
        Column("hall", (_("Hall"),), Text()),
        Column("exhibitor", (_("Exhibitor"),), Text()),
        Column("quantity", (_("Quantity"),), Number()),
        Column("state", (_("Status"),), Text()),
    ]


def _sheet_row(line: OrderLine) -> list[object]:
    item, order = line.item, line.order
    place = [order.booth.code, local(order.booth.hall, "name"), order.application.company.name_vi]
    return [item.code, local(item, "name"), *place, line.quantity, order.get_state_display()]
