"""What booths cost: list price, and the support that comes off it, each its own line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from booths.models import Application, Booth, BoothClass, Offer, Price, Reservation
from booths.price_steps import in_force
from fairs import clock
from fairs.errors import Refused
from fairs.models import Company, FeeItem, NoticeLine, SupportRule
from fairs.money.grants import Claimant, Share, granted_to, rules_for, shares
from fairs.money.offered import audience_of
from fairs.money.vat import vat_rate_on


@dataclass(frozen=True)
class Quote:
    """Unsaved lines of a notice, all in one currency."""

    currency: str
    lines: list[NoticeLine]
    shares: list[Share] = field(default_factory=list)  # the support lines with their rules
    changing: list[Price] = field(default_factory=list)  # list prices that another follows

    @property
    def list_price(self) -> Decimal:
        """Before support."""
        return sum((line.amount for line in self.lines if line.kind == NoticeLine.Kind.PRICE), Decimal(0))

    @property
    def booths(self) -> int:
        """How many it is about."""
        return sum(line.kind == NoticeLine.Kind.PRICE for line in self.lines)

    @property
    def support(self) -> Decimal:
        """Zero or negative."""
        return self.due - self.list_price

    @property
    def taken_off(self) -> Decimal:
        """The support as one says it: zero or positive."""
        return -self.support

    @property
    def due(self) -> Decimal:
        """What the exhibitor pays."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def support_lines(self) -> list[NoticeLine]:
        """The lines that take something off."""
        return [line for line in self.lines if line.kind == NoticeLine.Kind.SUPPORT]


def quote(application: Application, reservations: Sequence[Reservation]) -> Quote:
    """What the reservations cost the applicant: a price line for each booth, a support line for each rule that applies.

    Who is about to charge holds the company's allowances first: what a ceiling leaves is read here.
    """
    today = clock.today(application.edition)
    prices = prices_for(application.company, {row.booth.booth_class_id for row in reservations}, today)
    vat = vat_rate_on(application.edition, FeeItem.BOOTH, today)
    lines = [_line(_price(prices, row.booth), row, vat) for row in reservations]
    given = _support(application, reservations, [line.amount for line in lines])
    currency = _price(prices, reservations[0].booth).currency
    changing = [price for price in prices.values() if price.next]
    return Quote(currency=currency, lines=lines + [share.line for share in given], shares=given, changing=changing)


def quote_booths(application: Application, booths: Iterable[Booth]) -> Quote:
    """What booths that are merely chosen would cost the applicant."""
    return quote(application, [Reservation(application=application, booth=booth) for booth in booths])


def quote_offer(offer: Offer) -> Quote | None:
    """What the booths of an offer cost whom it is made to; None while one of their classes has no price for them."""
    rows = list(offer.reservations.with_booths().order_by("booth__code"))
    classes = {row.booth.booth_class_id for row in rows}
    today = clock.today(offer.application.edition)
    if not rows or classes - prices_for(offer.application.company, classes, today).keys():
        return None
    return quote(offer.application, rows)


def prices_for(company: Company, booth_classes: Iterable[BoothClass | int], day: date) -> dict[int, Price]:
    """The list prices a company is charged on a day, by class; a class without a price for it is missing."""
    rows = Price.objects.filter(booth_class__in=booth_classes, audience=audience_of(company))
    return {price.booth_class_id: price for price in in_force(rows, day)}


def claimant(application: Application) -> Claimant:
    """The applicant as the rules of support look at it: as it was accepted."""
    company, groups = application.company, SupportRule.Group
    named = {groups.HOUSEHOLDS: application.is_group, groups.VILLAGES: company.craft_village_id is not None}
    return Claimant(
        application.edition,
        company,
        legal_form=application.legal_form or company.legal_form,  # before the desk has decided
        groups=frozenset(group.value for group, belongs in named.items() if belongs),
    )


def _price(prices: dict[int, Price], booth: Booth) -> Price:
    if booth.booth_class_id not in prices:
        raise Refused("no_price", _("This class of booth has no price for you yet. Ask the booth desk."))
    return prices[booth.booth_class_id]


def _line(price: Price, reservation: Reservation, vat: Decimal | None) -> NoticeLine:
    booth = reservation.booth
    return NoticeLine(
        kind=NoticeLine.Kind.PRICE,
        text_vi=f"{booth.booth_class.name_vi}, gian {booth.code}, {booth.hall.name_vi}",
        text_en=f"{booth.booth_class.name_en}, booth {booth.code}, {booth.hall.name_en}",
        unit_price=price.amount,
        amount=price.amount,
        vat_rate=vat,
        source_kind=Reservation.SOURCE,
        source_id=reservation.pk,
    )


def _support(application: Application, reservations: Sequence[Reservation], prices: Sequence[Decimal]) -> list[Share]:
    """What the rules take off, each for as many booths as it still covers."""
    rules = rules_for(claimant(application), FeeItem.BOOTH)
    if not rules:
        return []
    charged = application.reservations.filter(state__in=Reservation.KEPT)
    before = charged.exclude(pk__in=[row.pk for row in reservations if row.pk]).count()
    return shares(
        rules,
        prices,
        covered={rule.pk: max(0, rule.booths_at_most - before) for rule in rules},
        granted=granted_to(application.company, application.edition, rules),
    )
