"""Declaring what was sold on the spot on a day of the fair."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Participation
from fairs.permissions import Actor, require
from matchmaking.models import SpotSale, SpotSaleCorrection

LARGEST = Decimal(10) ** 12  # đồng a day; more is a slip of the finger


def declare_sales(exhibitor: Participation, *, day: date, amount: Decimal, by: Actor) -> SpotSale:
    """Declare, or put right, the turnover of one day in whole đồng; nothing sold is zero.

    The same amount again changes nothing; another is kept beside the one before. Refuses with `not_taking_part`, `day`
    and `amount`.
    """
    sale = SpotSale(edition=exhibitor.edition, exhibitor=exhibitor, day=day, amount=amount)
    require(by, "matchmaking.declare_sales", sale)
    _check(sale)
    try:
        with transaction.atomic():
            return _write(sale, by=by)
    except IntegrityError:  # a colleague declared it at this moment
        with transaction.atomic():
            return _write(sale, by=by)


def _write(sale: SpotSale, *, by: Actor) -> SpotSale:
    own = SpotSale.objects.select_for_update().filter(exhibitor=sale.exhibitor, day=sale.day)
    known = own.first()
    if known is None:
        sale.said_by, sale.said_at = by, clock.now()
        sale.save(force_insert=True)
        record("declare", sale, by=by)
    elif known.amount != sale.amount:
        SpotSaleCorrection.objects.create(sale=known, before=known.amount, after=sale.amount, by=by, at=clock.now())
        known.amount, known.said_by, known.said_at = sale.amount, by, clock.now()
        known.save(update_fields=["amount", "said_by", "said_at"])
        record("correct", known, by=by, fields=["amount"])
    announce(sale.edition, "spot_sales")
    return known or sale


def _check(sale: SpotSale) -> None:
    part = sale.exhibitor
    if part.role != Participation.Role.EXHIBITOR or part.state != Participation.State.ACTIVE:
        raise Refused("not_taking_part", _("Only a company that exhibits at this edition declares what it sold."))
    if not sale.edition.days.filter(date=sale.day).exists():
        raise _invalid("day", _("The fair is not open on this day."))
    if sale.day > clock.today(sale.edition):
        raise _invalid("day", _("This day has not come yet."))
    if not sale.amount.is_finite() or not 0 <= sale.amount < LARGEST:
        raise _invalid("amount", _("Write the turnover in đồng, 0 when nothing was sold. Check the number of zeros."))
    if sale.amount != sale.amount.to_integral_value():
        raise _invalid("amount", _("Write whole đồng, without a decimal point."))


def _invalid(code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, {code: [sentence]})
