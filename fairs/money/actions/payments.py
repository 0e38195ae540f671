"""Money that comes in: received first, then put onto notices; what cannot be put waits for a person."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Company, Edition, Notice, Payment
from fairs.money import ledger
from fairs.money.numbers import next_number
from fairs.money.ways import way_named
from fairs.permissions import Actor, require
from fairs.templatetags.fair import money


def record_receipt(
    notice: Notice, *, way: str, amount: Decimal, received_on: date, key: str, by: Actor, note: str = ""
) -> Payment:
    """Record money that finance has received for a notice; a balance of zero settles it.

    The same `key` again answers the payment already recorded. Refuses with `not_payable`, `not_positive`,
    `more_than_due`, `unknown_way`, `no_reason` where nothing came in, or `key_used` for another notice's key.
    """
    require(by, "fairs.record_receipt", notice)
    with transaction.atomic():
        notice = ledger.locked_notice(notice)
        known = Payment.objects.filter(key=key).first()
        if known:
            return _received_before(known, notice)
        _check(notice, way, amount, received_on, note)
        payment = take_in(
            notice.edition, way=way, amount=amount, currency=notice.currency, received_on=received_on, key=key, by=by,
            company=notice.company, note=note,
        )  # fmt: skip
        ledger.assign(payment, notice, amount, by=by)
    return payment


def take_in(
    edition: Edition,
    *,
    way: str,
    amount: Decimal,
    currency: str,
    received_on: date,
    key: str,
    by: Actor,
    company: Company | None = None,
    note: str = "",
) -> Payment:
    """Write that money came in, before anything is decided about it; the same `key` again answers what was written.

    The caller has checked that it came: by a signature, by a statement, or by the permission to record it.
    """
    with transaction.atomic():
        row = "PT" if way_named(way).brings_money else "MG"
        facts: dict[str, Any] = {
            "edition": edition, "company": company, "way": way, "amount": amount, "currency": currency,
            "received_on": received_on, "note": note, "recorded_by": ledger.whom(by),
        }  # fmt: skip
        payment, new = Payment.objects.get_or_create(
            key=key, defaults=facts | {"receipt": lambda: next_number(edition, row)}
        )
        if new:
            ledger.enter(payment, by=by)
            record("receive", payment, by=by)
            announce(edition, "money")
    return payment


def use_payment(
    payment: Payment, *, notices: list[Notice], by: Actor, reason: str = "", without: str = Payment.Question.NOT_OWED
) -> Payment:
    """Put the free money of a payment onto notices in their order, as far as each still owes; the rest stays free.

    Done twice it does nothing more. What stays says why in `question`; `without` is why when there is no notice.
    """
    with transaction.atomic():
        payment = ledger.locked_payment(payment)
        question = ""
        for notice in ledger.locked_notices(notices):
            question = _put(payment, notice, by=by, reason=reason) or question
        ask_about(payment, question or (Payment.Question.MORE_THAN_DUE if notices else without))
    return payment


def assign_payment(payment: Payment, *, notice: Notice, amount: Decimal, reason: str, by: Actor) -> Payment:
    """Put a part of a payment's free money onto a notice, as finance decides.

    Refuses with `no_reason`, `not_payable`, `wrong_currency`, `not_positive`, `more_than_free` or `more_than_due`.
    """
    require(by, "fairs.record_receipt", payment)
    require(by, "fairs.record_receipt", notice)
    given_reason(reason)
    with transaction.atomic():
        payment, notice = ledger.locked_payment(payment), ledger.locked_notice(notice)
        if payment.currency != notice.currency:
            sentence = _("This money is in %(one)s and the notice in %(other)s. Return it, and ask for the right one.")
            raise Refused("wrong_currency", sentence % {"one": payment.currency, "other": notice.currency})
        _check_amount(notice, amount)
        if amount > payment.free:
            sentence = _("Only %(free)s of this payment is free.") % {"free": money(payment.free, payment.currency)}
            raise Refused("more_than_free", sentence, {"amount": [sentence]})
        ledger.assign(payment, notice, amount, by=by, reason=reason)
        record("assign", payment, by=by, company_id=notice.company_id)
        ask_about(payment, payment.question)
    return payment


def take_off_notice(payment: Payment, *, notice: Notice, reason: str, by: Actor) -> Payment:
    """Take all of a payment off a notice on which it was put wrongly; it is free again.

    Refuses with `no_reason` and with `not_on_it`.
    """
    require(by, "fairs.record_receipt", payment)
    given_reason(reason)
    with transaction.atomic():
        payment, notice = ledger.locked_payment(payment), ledger.locked_notice(notice)
        amount = ledger.on_notice(payment, notice)
        if not amount:
            raise Refused("not_on_it", _("Nothing of this payment stands on that notice any more."))
        ledger.take_off(payment, notice, amount, by=by, reason=reason)
        record("take_off", payment, by=by, company_id=notice.company_id)
        ask_about(payment, Payment.Question.TAKEN_OFF)
    return payment


def void_payment(payment: Payment, *, reason: str, by: Actor) -> Payment:
    """Void a receipt that finance recorded by hand: its number stays, its money counts no more.

    Refuses with `no_reason`, `not_by_hand` for money that a bank or a card company reported, and `has_refunds`.
    """
    require(by, "fairs.record_receipt", payment)
    given_reason(reason)
    with transaction.atomic():
        payment = ledger.locked_payment(payment)
        if not way_named(payment.way).by_hand:
            raise Refused("not_by_hand", _("This money was reported by the bank, so it cannot be void. Return it."))
        make_void(payment, reason=reason, by=by)
    return payment


def make_void(payment: Payment, *, reason: str, by: Actor) -> None:
    """Let a locked payment count no more: off its notices, out of the ledger. Refuses with `has_refunds`."""
    if payment.returned:
        raise Refused("has_refunds", _("A part of this money has gone back, so its receipt cannot be void."))
    ledger.clear(payment, by=by, reason=reason)
    ledger.give_back(payment, payment.free, by=by, reason=reason)
    payment.follow("void", by=by, question="")
    announce(payment.edition, "money")


def given_reason(reason: str) -> None:
    """Refuse a deed with money for which no reason is given."""
    if not reason.strip():
        sentence = _("Say why: an auditor will read it.")
        raise Invalid("no_reason", sentence, {"reason": [sentence]})


def _put(payment: Payment, notice: Notice, *, by: Actor, reason: str) -> str:
    """Put what is free onto a notice as far as it owes; why nothing was put, or empty."""
    if payment.currency != notice.currency:
        return Payment.Question.WRONG_CURRENCY
    if notice.state == Notice.State.PAID:
        return "" if ledger.on_notice(payment, notice) else Payment.Question.ALREADY_PAID
    if notice.state != Notice.State.ISSUED:
        return Payment.Question.NOT_OWED
    amount = min(payment.free, notice.balance)
    if amount:
        ledger.assign(payment, notice, amount, by=by, reason=reason)
        record("assign", payment, by=by, company_id=notice.company_id)
        if payment.company_id is None:
            payment.company = notice.company
            payment.save(update_fields=["company"])
    return ""


def ask_about(payment: Payment, question: str) -> None:
    """Keep why money of a locked payment is free, as long as some is."""
    payment.question = question if payment.free else ""
    payment.save(update_fields=["question"])
    announce(payment.edition, "money")


def _check(notice: Notice, way: str, amount: Decimal, received_on: date, note: str) -> None:
    if not way_named(way).brings_money:
        given_reason(note)
    _check_amount(notice, amount)
    if received_on > clock.today(notice.edition):
        sentence = _("This day has not come yet. Enter the day the money came in.")
        raise Invalid("in_the_future", sentence, {"received_on": [sentence]})


def _check_amount(notice: Notice, amount: Decimal) -> None:
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


def _received_before(known: Payment, notice: Notice) -> Payment:
    if not known.postings.filter(notice=notice).exists():
        raise Refused("key_used", _("This form has been sent before for another notice. Open a new one."))
    return known
