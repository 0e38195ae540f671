"""The contracts register of the organiser, on the page and as a sheet."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.generic import TemplateView

from fairs.downloads import file_answer
from fairs.models import ProductGroup
from fairs.models.fields import CURRENCIES
from fairs.permissions import may
from fairs.sheets.columns import Column
from fairs.sheets.kinds import Date, Kind, Number, Text
from fairs.sheets.write import to_xlsx
from fairs.templatetags.fair import country, day_range, local, money, number
from fairs.views.base import DeskPage
from matchmaking.filters import in_order, narrow_deals
from matchmaking.levels import counted_words, counts_from
from matchmaking.models import Deal
from matchmaking.twins import possible_twins
from matchmaking.views.seen import SeenDeal, letters_of

READERS = frozenset({"reports"})


class DealsDesk(DeskPage, TemplateView):
    """Figures, totals by currency, and the list with its evidence."""

    template_name = "matchmaking/deals_desk.html"
    current = "matchmaking:deals_desk"
    roles = READERS

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}{'#register' if self.request.htmx else ''}"]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every, given = Deal.objects.filter(edition=self.edition), self.request.GET
        found = in_order(narrow_deals(every, given.dict()), given.get("sort", ""))
        page = Paginator(found.with_sides().select_related("same_as"), 50).get_page(given.get("page"))
        letters = letters_of(self.edition)
        standing, memoranda = every.contracts().standing(), every.memoranda().count()
        return super().get_context_data(
            figures=figures_of(standing, memoranda),
            totals=every.contracts().totals(),
            worth=standing["worth"],
            kinds=_kinds(given.get("kind", ""), every.count(), standing["signed"], memoranda),
            page=page,
            seen=[SeenDeal(deal, self.request.user, letters.get(deal.product_group_id, "")) for deal in page],
            states=Deal.State.choices,
            currencies=CURRENCIES,
            groups=ProductGroup.objects.filter(pk__in=every.values("product_group")),
            columns=_columns(),
            given=given,
            counted=counted_words(counts_from(self.edition)),
            twice=len(possible_twins(self.edition)),
            may_record=may(self.request.user, "matchmaking.record_for_others", self.edition),
            **kwargs,
        )


class DealsSheet(DeskPage):
    """The register as XLSX, as it is filtered on the page."""

    roles = READERS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        every = Deal.objects.filter(edition=self.edition)
        found = in_order(narrow_deals(every, request.GET.dict()), request.GET.get("sort", ""))
        deals = found.with_sides().select_related("product_group", "rate", "same_as")
        made = to_xlsx(_("Contracts"), _sheet_columns(), map(_sheet_row, deals))
        return file_answer(made, f"{self.edition.slug}-contracts.xlsx")


def figures_of(standing: dict[str, Any], memoranda: int) -> list[dict[str, Any]]:
    """The strip above the register: number, worth in dollars, how many both sides confirm, memoranda apart."""
    signed, both, differ = standing["signed"], standing["both"], standing["differ"]
    return [
        {
            "label": _("Contracts signed"),
            "value": number(signed),
            "note": ngettext("of which %(n)d trial order", "of which %(n)d trial orders", standing["trial"])
            % {"n": standing["trial"]},
        },
        {"label": _("Value, US dollars"), "value": money(round(standing["worth"]), "USD"), "note": _rates(standing)},
        {
            "label": _("Confirmed by both sides"),
            "value": number(both),
            "of": number(signed),
            "share": 100 * both / signed if signed else 0,
            "note": _("%(wait)d unanswered, %(differ)d said to differ")
            % {"wait": signed - both - differ, "differ": differ},
        },
        {
            "label": _("Memoranda, kept apart"),
            "value": number(memoranda),
            "note": _("never added to contract value"),
        },
    ]


def _rates(standing: dict[str, Any]) -> str:
    """On which rates the dollars rest, and how many papers have none."""
    days = day_range(standing["first_rate"], standing["last_rate"])
    basis = _("at rates of %(days)s") % {"days": days} if days else ""
    missing = _("%(n)d without a rate are not in it") % {"n": standing["unrated"]} if standing["unrated"] else ""
    return "; ".join(filter(None, [basis, missing]))


def _kinds(chosen: str, every: int, contracts: int, memoranda: int) -> list[dict[str, Any]]:
    options = [
        ("", _("All"), every),
        ("contracts", _("Contracts"), contracts),
        ("memoranda", _("Memoranda"), memoranda),
    ]
    return [
        {"label": label, "url": f"?kind={kind}" if kind else "?", "current": kind == chosen, "count": count}
        for kind, label, count in options
    ]


def _columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Number"), "sort": "number"},
        {"label": _("Signed"), "sort": "signed"},
        {"label": pgettext("contract", "Maker")},
        {"label": pgettext("contract", "Buyer")},
        {"label": _("Kind")},
        {"label": _("Amount"), "css": "end"},
        {"label": _("US dollars"), "sort": "amount", "css": "end"},
        {"label": _("Evidence")},
    ]


def _sheet_columns() -> list[Column]:
    titles: list[tuple[str, Kind]] = [
        (_("Number"), Text()),
        (_("Kind"), Text()),
        (_("Signed on"), Date()),
        (_("Exhibitor"), Text()),
        (_("Importer"), Text()),
        (_("Country or territory"), Text()),
        (_("Product group"), Text()),
        (_("Goods"), Text()),
        (_("Value"), Number()),
        (_("Currency"), Text()),
        (_("US dollars"), Number()),
        (_("Rate"), Number(decimals=10)),
        (_("Rate of"), Date()),
        (_("Source of the rate"), Text()),
        (_("State"), Text()),
        (_("Level"), Text()),
        (_("Counts as"), Text()),
        (_("Delivery"), Text()),
        (_("Payment"), Text()),
    ]
    return [Column(f"c{place}", (title,), kind) for place, (title, kind) in enumerate(titles)]


def _sheet_row(deal: Deal) -> list[Any]:
    rate = deal.rate
    return [
        deal.number, deal.get_kind_display(), deal.signed_on, local(deal.exhibitor.company, "name"),
        local(deal.importer.company, "name"), country(deal.importer.company.country), local(deal.product_group, "name"),
        deal.goods, deal.amount, deal.currency, deal.usd if deal.is_contract else None, rate and rate.usd,
        rate and rate.date, rate and rate.source, deal.get_state_display(),
        Deal.Level(deal.level).label if deal.level else "", deal.same_as.number if deal.same_as else "",
        f"{deal.incoterm} {deal.place}".strip(), deal.payment,
    ]  # fmt: skip
