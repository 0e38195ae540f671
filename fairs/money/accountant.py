"""The accountant's file: every collection with its buyer and its VAT, and which e-invoices stand beside it.

Money collected before or during a service asks for an invoice when it is collected (domain: Decree 123/2020 and
70/2025), so there is a row for each payment on each notice and rate. Prices include VAT: of a gross amount g at r
percent the tax is g - g / (1 + r / 100), rounded half up to what the currency has. The rate is that of the day of the
collection, else of the day on which the notice was issued.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from fairs.models import Edition, EInvoice, FeeItem, Notice, NoticeLine, Payment, Posting, VatRate
from fairs.money.currencies import minor_units
from fairs.money.vat import rate_among
from fairs.money.ways import WITHOUT_MONEY, way_named
from fairs.sheets import Column, Date, Number, Page, to_csv, to_workbook
from fairs.templatetags.fair import local

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Collection:
    """What one payment brought onto one notice at one rate; `rate` is in percent, None where no VAT is charged."""

    notice: Notice
    payment: Payment
    gross: Decimal
    rate: Decimal | None

    @property
    def net(self) -> Decimal:
        """Without VAT."""
        if self.rate is None:
            return self.gross
        return minor_units(self.gross / (1 + self.rate / 100), self.notice.currency)

    @property
    def vat(self) -> Decimal:
        """The VAT in it."""
        return self.gross - self.net


@dataclass(frozen=True)
class Standing:
    """A notice with what was collected for it and what e-invoices say, both with VAT."""

    notice: Notice
    collected: Decimal
    invoiced: Decimal

    @property
    def missing(self) -> Decimal:
        """For how much an e-invoice is still to be issued; negative when there is too much."""
        return self.collected - self.invoiced


def collections(edition: Edition) -> list[Collection]:
    """Every collection of the edition, in the order in which money came."""
    rows = Posting.objects.on_notices().filter(payment__edition=edition).exclude(payment__way__in=WITHOUT_MONEY)
    sums = rows.order_by("payment__received_on", "payment", "notice").values_list("payment", "notice")
    found = [(payment, notice, amount) for payment, notice, amount in sums.annotate(sum=Sum("amount")) if amount]
    payments = Payment.objects.in_bulk({row[0] for row in found})
    notices = {
        one.pk: one
        for one in Notice.objects.filter(pk__in={row[1] for row in found})
        .select_related("company", "contact", "edition")
        .prefetch_related("lines", "e_invoices")
    }
    every = list(edition.vat_rates.all())
    rates = {fee: [one for one in every if one.item == fee] for fee in FeeItem.values}
    return [
        Collection(notices[notice], payments[payment], part, _rate(rates[fee], payments[payment], rate))
        for payment, notice, amount in found
        for (fee, rate), part in _by_rate(notices[notice], amount)
    ]


def standings(edition: Edition) -> list[Standing]:
    """The notices for which money came or an e-invoice was written down, those that lack one first."""
    collected: dict[int, Decimal] = {}
    notices: dict[int, Notice] = {}
    for one in collections(edition):
        notices[one.notice.pk] = one.notice
        collected[one.notice.pk] = collected.get(one.notice.pk, NOTHING) + one.gross
    others = Notice.objects.filter(e_invoices__edition=edition).exclude(pk__in=notices).distinct()
    for notice in others.select_related("company", "edition").prefetch_related("e_invoices"):
        notices[notice.pk] = notice
    found = [
        Standing(notice, collected.get(pk, NOTHING), sum((one.amount for one in _counted(notice)), NOTHING))
        for pk, notice in notices.items()
    ]
    return sorted(found, key=lambda one: (not one.missing, one.notice.pk))


def workbook(edition: Edition) -> bytes:
    """The file as XLSX."""
    return to_workbook([Page(_("Collections"), _columns(), _rows(edition))])


def csv(edition: Edition) -> bytes:
    """The file as CSV."""
    return to_csv(_columns(), _rows(edition))


def _counted(notice: Notice) -> list[EInvoice]:
    return [one for one in notice.e_invoices.all() if one.status != EInvoice.Status.REPLACED]


def _by_rate(notice: Notice, amount: Decimal) -> Iterator[tuple[tuple[str, Decimal | None], Decimal]]:
    """An amount parted by item and rate of the notice's prices; the last part takes what rounding leaves."""
    prices: dict[tuple[str, Decimal | None], Decimal] = {}
    for line in notice.lines.all():
        if line.kind == NoticeLine.Kind.PRICE and line.amount:
            key = (line.fee, line.vat_rate)
            prices[key] = prices.get(key, NOTHING) + line.amount
    whole, left = sum(prices.values(), NOTHING), amount
    for number, (key, price) in enumerate(prices.items(), 1):
        part = left if number == len(prices) else minor_units(amount * price / whole, notice.currency)
        left -= part
        yield key, part
    if not prices:
        yield (FeeItem.BOOTH, None), amount


def _rate(rates: list[VatRate], payment: Payment, issued: Decimal | None) -> Decimal | None:
    """The rate of the day on which money came; what was issued without VAT stays without."""
    of_the_day = rate_among(rates, payment.received_on)
    return issued if issued is None or of_the_day is None else of_the_day


def _columns() -> list[Column]:
    return [
        Column("received_on", (_("Received on"),), Date()),
        Column("receipt", (_("Receipt"),)),
        Column("notice", (_("Notice"),)),
        Column("buyer", (_("Buyer"),)),
        Column("tax_code", (_("Tax code"),)),
        Column("address", (_("Address"),)),
        Column("email", (_("E-mail"),)),
        Column("item", (_("Item"),)),
        Column("way", (_("Way of paying"),)),
        Column("currency", (_("Currency"),)),
        Column("net", (_("Without VAT"),), Number(decimals=2)),
        Column("rate", (_("VAT in percent"),), Number(decimals=2)),
        Column("vat", (_("VAT"),), Number(decimals=2)),
        Column("gross", (_("With VAT"),), Number(decimals=2)),
        Column("e_invoices", (_("E-invoices of the notice"),)),
    ]


def _rows(edition: Edition) -> list[list[object]]:
    found = collections(edition)
    return [
        [
            one.payment.received_on, one.payment.receipt, one.notice.number, one.notice.company.name_vi,
            one.notice.company.tax_code, one.notice.company.address,
            one.notice.contact.email if one.notice.contact else "",
            local(edition, "name"), str(way_named(one.payment.way).label), one.notice.currency,
            one.net, one.rate, one.vat, one.gross,
            "; ".join(f"{e.symbol} {e.number} ({e.get_status_display()})" for e in one.notice.e_invoices.all()),
        ]
        for one in found
    ]  # fmt: skip
