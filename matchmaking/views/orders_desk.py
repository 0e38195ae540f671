"""The orders that were placed after the fair, as the organiser reads them on the page and as a sheet."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView

from fairs.downloads import file_answer
from fairs.permissions import may
from fairs.sheets.columns import Column
from fairs.sheets.kinds import Date, Kind, Number, Text
from fairs.sheets.write import to_xlsx
from fairs.templatetags.fair import country, local, number
from fairs.views.base import DeskPage
from matchmaking.filters import narrow_orders
from matchmaking.models import Deal, FollowUp

READERS = frozenset({"reports", "matchmaking_desk"})


class OrdersPage(DeskPage):
    """For the director, the reports and the matchmaking desk; the last sees who ordered, and never the value."""

    current = "matchmaking:meetings_desk"
    roles = READERS

    @property
    def shows_values(self) -> bool:
        """Whether this officer reads the register of contracts too."""
        return may(self.request.user, "matchmaking.read_register", self.edition)

    @property
    def every(self) -> Any:
        """All orders of the edition."""
        return FollowUp.objects.filter(edition=self.edition).orders()

    @property
    def found(self) -> Any:
        """Those that fit what the page is narrowed by, the latest answer first."""
        narrowed = narrow_orders(self.every, self.request.GET.dict())
        return narrowed.with_sides().order_by("-answered_at", "-pk")


class OrdersDesk(OrdersPage, TemplateView):
    """Who ordered from whom, at which rung, and whether a contract came of it."""

    template_name = "matchmaking/orders_desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.found, 50).get_page(self.request.GET.get("page"))
        counts = self.every.order_counts()
        return super().get_context_data(
            page=page,
            seen=_with_contracts(page),
            figures=_figures(counts),
            rungs=self.every.rungs(),
            sides=FollowUp.Side.choices,
            given=self.request.GET,
            shows_values=self.shows_values,
            **kwargs,
        )


class OrdersSheet(OrdersPage):
    """The list as XLSX, as it is narrowed on the page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        values = self.shows_values
        rows = [_sheet_row(one, deal, values=values) for one, deal in _with_contracts(list(self.found))]
        return file_answer(
            to_xlsx(_("Orders placed"), _columns(values=values), rows), f"{self.edition.slug}-orders.xlsx"
        )


def _with_contracts(orders: Any) -> list[tuple[FollowUp, Deal | None]]:
    """Each order beside the contract that came of it."""
    deals = Deal.objects.in_bulk({one.contract_id for one in orders} - {None})
    return [(one, deals.get(one.contract_id)) for one in orders]


def _figures(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"label": _("Orders placed"), "value": number(counts["orders"]),
         "note": _("One for each pair, rung and side")},
        {"label": _("Of them with a contract"), "value": number(counts["contracts"]), "of": number(counts["orders"])},
        {"label": _("No contract recorded yet"), "value": number(counts["orders"] - counts["contracts"])},
    ]  # fmt: skip


def _columns(*, values: bool) -> list[Column]:
    value: list[tuple[str, Kind]] = [(_("Value"), Number()), (_("Currency"), Text())]
    titles: list[tuple[str, Kind]] = [
        (_("Exhibitor"), Text()),
        (_("Importer"), Text()),
        (_("Country or territory"), Text()),
        (pgettext("follow-up", "Said by"), Text()),
        (_("Days after the fair"), Number()),
        (pgettext("follow-up", "Said on"), Date()),
        *(value if values else []),
        (_("Contract"), Text()),
        (_("State"), Text()),
    ]
    return [Column(f"c{place}", (title,), kind) for place, (title, kind) in enumerate(titles)]


def _sheet_row(one: FollowUp, deal: Deal | None, *, values: bool) -> list[Any]:
    buyer = one.importer.company
    return [
        one.exhibitor.company.name_vi, local(buyer, "name"), country(buyer.country), one.get_side_display(), one.days,
        localtime(one.answered_at).date(), *([one.amount, one.currency] if values else []),
        deal.number if deal else "", deal.get_state_display() if deal else "",
    ]  # fmt: skip
