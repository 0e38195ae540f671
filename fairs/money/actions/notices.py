"""Issuing notices and cancelling them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.deliveries import owe
from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Company, Edition, Instalment, Notice, NoticeLine, Person
from fairs.money.currencies import minor_units
from fairs.money.ledger import locked_notice, weigh, whom
from fairs.money.numbers import next_of, reference, written
from fairs.money.sources import dropped
from fairs.permissions import Actor, require


def issue_notice(
    edition: Edition,
    *,
    company: Company,
    currency: str,
    lines: Sequence[NoticeLine],
    due_on: date,
    contact: Person,
    by: Actor,
    balance_on: date | None = None,
    in_advance: Decimal = Decimal(100),
    release_on: date | None = None,
    ways: Mapping[str, date] | None = None,
) -> Notice:
    """Write a payment notice with its number, inside the caller's transaction, and owe it to the contact.

    The app that owns the lines' sources has asked for its own permission. Where a day for the balance comes after
    `due_on`, `in_advance` percent are due first, in whole đồng or cents. Nothing paid after `release_on` cancels it.
    `ways` are the days of each way of paying for what is due first, as whoever pays is told.
    A notice on which nothing is due is settled at once. Refuses with `residents_owe_vnd`, the rule of Circular 32/2013.
    """
    if company.resident and currency != "VND":
        raise Refused("residents_owe_vnd", _("A resident of Vietnam is charged in đồng only."))
    number = next_of(edition, "TB")
    notice = Notice.objects.create(
        edition=edition,
        company=company,
        contact=contact,
        number=written(edition, "TB", number),
        reference=reference(edition, number),
        currency=currency,
        due=sum((line.amount for line in lines), Decimal(0)),
        due_on=due_on,
        release_on=release_on,
        ways={code: day.isoformat() for code, day in (ways or {}).items()},
        issued_by=whom(by),
    )
    for line in lines:
        line.notice = notice
    NoticeLine.objects.bulk_create(lines)
    Instalment.objects.bulk_create(
        Instalment(notice=notice, due_on=day, amount=part)
        for day, part in _parts(notice, balance_on=balance_on, in_advance=in_advance)
    )
    record("issue", notice, by=by)
    owe("fairs.notice_issued", to=contact, about=notice, edition=edition)
    announce(edition, "money")
    if notice.due == 0:
        weigh(notice, by=by)
    return notice


def cancel_notice(notice: Notice, *, by: Actor) -> Notice:
    """Cancel an unpaid notice at the finance desk; the owner of its lines takes back what it was for."""
    require(by, "fairs.cancel_notice", notice)
    return drop_notice(notice, by=by)


def drop_notice(notice: Notice, *, by: Actor) -> Notice:
    """Cancel a notice whose reason is gone; the app that asks has checked its own permission.

    Refuses with `has_payments` once money came in: paper that was paid is corrected, never taken back.
    """
    with transaction.atomic():
        notice = locked_notice(notice)
        if notice.paid:
            raise Refused("has_payments", _("Money has been received for this notice, so it cannot be cancelled."))
        notice.follow("cancel", by=by)
        dropped(notice, by=by)
        announce(notice.edition, "money")
    return notice


def _parts(notice: Notice, *, balance_on: date | None, in_advance: Decimal) -> list[tuple[date, Decimal]]:
    """The days and amounts in which a notice is paid; none when all is due on one day."""
    first = minor_units(notice.due * in_advance / 100, notice.currency)
    if balance_on is None or balance_on <= notice.due_on or not 0 < first < notice.due:
        return []
    return [(notice.due_on, first), (balance_on, notice.due - first)]
