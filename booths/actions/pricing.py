"""What reservations cost: list price, and the support that comes off it, each its own line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from booths.models import Application, BoothClass, Price, Reservation
from fairs.errors import Refused
from fairs.models import NoticeLine, SupportRule

SOURCE = "booths.reservation"


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
    def support(self) -> Decimal:
        """Zero or negative."""
        return self.due - self.list_price

    @property
    def due(self) -> Decimal:
        """What the exhibitor pays."""
        return sum((line.amount for line in self.lines), Decimal(0))


def quote(application: Application, reservations: Sequence[Reservation]) -> Quote:
    """What the reservations cost the applicant: a price line for each booth, a support line when a rule applies."""
    prices = [price_of(row.booth.booth_class, resident=application.company.resident) for row in reservations]
    lines = [_line(price, row) for price, row in zip(prices, reservations, strict=True)]
    rule = support_for(application)
    return Quote(prices[0].currency, lines + ([_support(rule, lines)] if rule else []))


def price_of(booth_class: BoothClass, *, resident: bool) -> Price:
    """The list price for an audience; refuses with `no_price` where the organiser has set none."""
    audience = Price.Audience.RESIDENT if resident else Price.Audience.NON_RESIDENT
    price = booth_class.prices.filter(audience=audience).first()
    if price is None:
        raise Refused("no_price", _("This class of booth has no price for you yet. Ask the booth desk."))
    return price


def support_for(application: Application) -> SupportRule | None:
    """The first rule that fits the applicant; only residents are supported."""
    if not application.company.resident:
        return None
    rules = SupportRule.objects.filter(edition_id=application.edition_id)
    return next((rule for rule in rules if rule.legal_form in ("", application.company.legal_form)), None)


def _line(price: Price, reservation: Reservation) -> NoticeLine:
    booth = reservation.booth
    return NoticeLine(
        kind=NoticeLine.Kind.PRICE,
        text_vi=f"{booth.booth_class.name_vi}, gian {booth.code}, {booth.hall.name_vi}",
        text_en=f"{booth.booth_class.name_en}, booth {booth.code}, {booth.hall.name_en}",
        unit_price=price.amount,
        amount=price.amount,
        vat_rate=price.vat_rate,
        source_kind=SOURCE,
        source_id=reservation.pk,
    )


def _support(rule: SupportRule, lines: Sequence[NoticeLine]) -> NoticeLine:
    """The rule's percentage of the dearest booths it covers, in whole đồng."""
    covered = sorted((line.amount for line in lines), reverse=True)[: rule.booths_at_most]
    part = (sum(covered, Decimal(0)) * rule.percent / 100).quantize(Decimal(1), ROUND_HALF_UP)
    return NoticeLine(
        kind=NoticeLine.Kind.SUPPORT, text_vi=rule.name_vi, text_en=rule.name_en, unit_price=-part, amount=-part
    )
