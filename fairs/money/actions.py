"""Issuing notices, recording what was paid, cancelling; who gets support, and where transfers go."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import BankAccount, Company, Edition, Notice, NoticeLine, Payment, Person, SupportRule
from fairs.money.numbers import next_number, next_of, reference, written
from fairs.money.sources import dropped, settled
from fairs.money.vietqr import is_account_number, is_bin
from fairs.money.ways import way_named
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
) -> Notice:
    """Write a payment notice with its number, inside the caller's transaction, and owe it to the contact.

    The app that owns the lines' sources has asked for its own permission. A notice on which nothing is due is
    settled at once. Refuses with `residents_owe_vnd`, the rule of Circular 32/2013.
    """
    if company.resident and currency != "VND":
        raise Refused("residents_owe_vnd", _("A resident of Vietnam is charged in đồng only."))
    number = next_of(edition, "TB")
    notice = Notice.objects.create(
        edition=edition,
        company=company,
        number=written(edition, "TB", number),
        reference=reference(edition, number),
        currency=currency,
        due=sum((line.amount for line in lines), Decimal(0)),
        due_on=due_on,
        issued_by=by if by.is_authenticated else None,
    )
    for line in lines:
        line.notice = notice
    NoticeLine.objects.bulk_create(lines)
    record("issue", notice, by=by)
    owe("fairs.notice_issued", to=contact, about=notice, edition=edition)
    announce(edition, "money")
    if notice.due == 0:
        _settle(notice, by=by)
    return notice


def record_receipt(
    notice: Notice, *, way: str, amount: Decimal, received_on: date, key: str, by: Actor, note: str = ""
) -> Payment:
    """Record money that finance has received; a balance of zero settles the notice.

    The same `key` again answers the payment already recorded. Refuses with `not_payable`, `not_positive`,
    `more_than_due`, `unknown_way`, or `key_used` when the key belongs to another notice's money.
    """
    require(by, "fairs.record_receipt", notice)
    return take_payment(notice, way=way, amount=amount, received_on=received_on, key=key, by=by, note=note)


def take_payment(
    notice: Notice, *, way: str, amount: Decimal, received_on: date, key: str, by: Actor, note: str = ""
) -> Payment:
    """The one place where a payment meets a notice, whatever the way; ways that come by themselves call it too."""
    with transaction.atomic():
        notice = Notice.objects.select_for_update(of=("self",)).select_related("edition").get(pk=notice.pk)
        known = Payment.objects.filter(key=key).first()
        if known:
            return _received_before(known, notice)
        _check(notice, way, amount, received_on)
        payment = _pay(notice, way, amount, received_on, key, by, note)
        notice.paid += amount
        notice.save(update_fields=["paid"])
        record("receive", payment, by=by, company_id=notice.company_id)
        announce(notice.edition, "money")
        if notice.balance == 0:
            _settle(notice, by=by)
    return payment


def cancel_notice(notice: Notice, *, by: Actor) -> Notice:
    """Cancel an unpaid notice at the finance desk; the owner of its lines takes back what it was for."""
    require(by, "fairs.cancel_notice", notice)
    return drop_notice(notice, by=by)


def drop_notice(notice: Notice, *, by: Actor) -> Notice:
    """Cancel a notice whose reason is gone; the app that asks has checked its own permission.

    Refuses with `has_payments` once money came in: paper that was paid is corrected, never taken back.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update(of=["self"]).select_related("edition").get(pk=notice.pk)
        if notice.paid:
            raise Refused("has_payments", _("Money has been received for this notice, so it cannot be cancelled."))
        notice.follow("cancel", by=by)
        dropped(notice, by=by)
        announce(notice.edition, "money")
    return notice


def set_support_rule(edition: Edition, *, by: Actor, **fields: Any) -> SupportRule:
    """Add a rule of support to an edition's set-up."""
    require(by, "fairs.set_up_edition", edition)
    with transaction.atomic():
        rule = SupportRule.objects.create(edition=edition, **fields)
        record("set", rule, by=by, fields=fields)
    return rule


def set_bank_account(edition: Edition, *, bin: str, bank_name: str, number: str, holder: str, by: Actor) -> BankAccount:
    """Say where the edition is paid by transfer; from now on notices in đồng show it with a code to scan.

    Spaces and marks in the numbers are dropped. Refuses with `no_bin`, `no_account` or `incomplete`.
    """
    require(by, "fairs.set_bank_account", edition)
    given = {
        "bin": _without_marks(bin),
        "bank_name": bank_name.strip(),
        "number": _without_marks(number).upper(),
        "holder": holder.strip(),
    }
    _check_account(given)
    with transaction.atomic():
        account, new = BankAccount.objects.select_for_update().get_or_create(edition=edition, defaults=given)
        changed = [name for name, value in given.items() if new or getattr(account, name) != value]
        for name in changed:
            setattr(account, name, given[name])
        if changed:
            account.save()
            record("set", account, by=by, fields=changed)
    return account


def _without_marks(typed: str) -> str:
    return "".join(character for character in typed if character not in " .-")


def _check_account(given: dict[str, str]) -> None:
    """Refuses what no bank's app would take."""
    blank = [name for name, value in given.items() if not value]
    if blank:
        sentence = _("This is needed for a transfer.")
        raise Invalid("incomplete", _("Something about the account is missing."), {name: [sentence] for name in blank})
    if not is_bin(given["bin"]):
        sentence = _("A bank’s number has six digits, such as 970436.")
        raise Invalid("no_bin", sentence, {"bin": [sentence]})
    if not is_account_number(given["number"]):
        sentence = _("An account number has at most 19 letters and digits.")
        raise Invalid("no_account", sentence, {"number": [sentence]})


def _check(notice: Notice, way: str, amount: Decimal, received_on: date) -> None:
    way_named(way)
    if notice.state != Notice.State.ISSUED:
        raise Refused("not_payable", _("Nothing is owed on this notice any more."))
    if amount <= 0:
        raise Invalid(
            "not_positive", _("The amount must be more than zero."), {"amount": [_("More than zero, please.")]}
        )
    if amount > notice.balance:
        sentence = _("Only %(balance)s %(currency)s is still owed. Enter that, or check which notice was paid.") % {
            "balance": notice.balance,
            "currency": notice.currency,
        }
        raise Refused("more_than_due", sentence, {"amount": [sentence]})
    if received_on > clock.today(notice.edition):
        sentence = _("This day has not come yet. Enter the day the money came in.")
        raise Invalid("in_the_future", sentence, {"received_on": [sentence]})


def _pay(notice: Notice, way: str, amount: Decimal, received_on: date, key: str, by: Actor, note: str) -> Payment:
    return Payment.objects.create(
        notice=notice,
        edition=notice.edition,
        way=way,
        amount=amount,
        currency=notice.currency,
        received_on=received_on,
        receipt=next_number(notice.edition, "PT"),
        note=note,
        recorded_by=by if by.is_authenticated else None,
        key=key,
    )


def _received_before(known: Payment, notice: Notice) -> Payment:
    if known.notice_id != notice.pk:
        raise Refused("key_used", _("This form has been sent before for another notice. Open a new one."))
    return known


def _settle(notice: Notice, *, by: Actor) -> None:
    notice.follow("settle", by=by)
    settled(notice, by=by)
