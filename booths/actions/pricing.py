"""What booths cost: list price, and the support that comes off it, each its own line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from booths.models import Application, Booth, BoothClass, Offer, Price, Reservation
from fairs.errors import Refused
from fairs.models import Company, NoticeLine, SupportRule


@dataclass(frozen=True)
class Quote:
    """Unsaved lines of a notice, all in one currency."""

    currency: str
    lines: list[NoticeLine]

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
    """What the reservations cost the applicant: a price line for each booth, a support line when a rule applies."""
    prices = prices_for(application.company, {row.booth.booth_class_id for row in reservations})
    lines = [_line(_price(prices, row.booth), row) for row in reservations]
    rule = support_for(application)
    covered = _still_covered(application, rule, reservations) if rule else 0
    return Quote(
        currency=_price(prices, reservations[0].booth).currency,
        lines=lines + ([_support(rule, lines, covered)] if rule and covered else []),
    )


def quote_booths(application: Application, booths: Iterable[Booth]) -> Quote:
    """What booths that are merely chosen would cost the applicant."""
    return quote(application, [Reservation(application=application, booth=booth) for booth in booths])


def quote_offer(offer: Offer) -> Quote | None:
    """What the booths of an offer cost whom it is made to; None while one of their classes has no price for them."""
    rows = list(offer.reservations.with_booths().order_by("booth__code"))
    classes = {row.booth.booth_class_id for row in rows}
    if not rows or classes - prices_for(offer.application.company, classes).keys():
        return None
    return quote(offer.application, rows)


def prices_for(company: Company, booth_classes: Iterable[BoothClass | int]) -> dict[int, Price]:
    """The list prices a company is charged, by class; a class without a price for it is missing."""
    audience = Price.Audience.RESIDENT if company.resident else Price.Audience.NON_RESIDENT
    return {
        price.booth_class_id: price for price in Price.objects.filter(booth_class__in=booth_classes, audience=audience)
    }


def support_for(application: Application) -> SupportRule | None:
    """The first rule that fits the applicant as it was accepted; only residents are supported."""
    if not application.company.resident:
        return None
    form = application.legal_form or application.company.legal_form  # before the desk has decided
    rules = SupportRule.objects.filter(edition_id=application.edition_id)
    return next((rule for rule in rules if rule.legal_form in ("", form)), None)


def _price(prices: dict[int, Price], booth: Booth) -> Price:
    if booth.booth_class_id not in prices:
        raise Refused("no_price", _("This class of booth has no price for you yet. Ask the booth desk."))
    return prices[booth.booth_class_id]


def _line(price: Price, reservation: Reservation) -> NoticeLine:
    booth = reservation.booth
    return NoticeLine(
        kind=NoticeLine.Kind.PRICE,
        text_vi=f"{booth.booth_class.name_vi}, gian {booth.code}, {booth.hall.name_vi}",
        text_en=f"{booth.booth_class.name_en}, booth {booth.code}, {booth.hall.name_en}",
        unit_price=price.amount,
        amount=price.amount,
        vat_rate=price.vat_rate,
        source_kind=Reservation.SOURCE,
        source_id=reservation.pk,
    )


def _still_covered(application: Application, rule: SupportRule, reservations: Sequence[Reservation]) -> int:
    """How many booths the rule still supports, after those the application was charged for before."""
    before = application.reservations.filter(state__in=Reservation.KEPT).exclude(
        pk__in=[row.pk for row in reservations if row.pk]
    )
    return max(0, rule.booths_at_most - before.count())


def _support(rule: SupportRule, lines: Sequence[NoticeLine], covered: int) -> NoticeLine:
    """The rule's percentage of the dearest booths it covers, in whole đồng, and never more than they cost."""
    dearest = sum(sorted((line.amount for line in lines), reverse=True)[:covered], Decimal(0))
    part = min(dearest, (dearest * rule.percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
    return NoticeLine(
        kind=NoticeLine.Kind.SUPPORT, text_vi=rule.name_vi, text_en=rule.name_en, unit_price=-part, amount=-part
    )
