"""Money that goes back: counted as gone when it is asked for, and as free again if it does not arrive."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Payment, Refund
from fairs.money import ledger
from fairs.money.actions.payments import given_reason
from fairs.money.numbers import next_number
from fairs.money.ways import way_named
from fairs.permissions import Actor, require
from fairs.templatetags.fair import money


def refund_payment(payment: Payment, *, amount: Decimal, reason: str, key: str, by: Actor) -> Refund:
    """Send free money of a payment back to its payer, by the way it came.

    What a way cannot send by itself finance sends, and says so by `finish_refund`. Money on a notice is not free: a
    credit note or `take_off_notice` frees it. The same `key` again answers the refund already asked for. Refuses with
    `no_reason`, `not_positive`, `more_than_free`, or `not_money` for what was waived or covered.
    """
    require(by, "fairs.refund_payment", payment)
    given_reason(reason)
    with transaction.atomic():
        payment = ledger.locked_payment(payment)
        known = Refund.objects.filter(key=key, payment=payment).first()
        if known:
            return known
        _check(payment, amount)
        refund = write_refund(payment, amount=amount, reason=reason, key=key, by=by)
        way_named(payment.way).send_back(refund)
    return refund


def write_refund(
    payment: Payment, *, amount: Decimal, reason: str, key: str, by: Actor, outside: str = "",
    kind: str = Refund.Kind.REFUND,
) -> Refund:  # fmt: skip
    """Write that free money of a locked payment goes back, and take it out of the ledger."""
    refund = Refund.objects.create(
        edition=payment.edition, payment=payment, number=next_number(payment.edition, "HT"), kind=kind,
        amount=amount, currency=payment.currency, reason=reason, asked_by=ledger.whom(by), key=key, outside=outside,
    )  # fmt: skip
    ledger.give_back(payment, amount, by=by, reason=reason, refund=refund)
    if not payment.free:
        Payment.objects.filter(pk=payment.pk).update(question="")
    record("ask", refund, by=by)
    announce(payment.edition, "money")
    return refund


def finish_refund(refund: Refund, *, outside: str = "", by: Actor) -> Refund:
    """Say that the money has gone back; `outside` is the bank's own number of the transfer."""
    require(by, "fairs.refund_payment", refund)
    with transaction.atomic():
        refund.follow("finish", by=by, **({"outside": outside} if outside else {}))
        announce(refund.edition, "money")
    return refund


def fail_refund(refund: Refund, *, reason: str, by: Actor) -> Refund:
    """Say that the money did not arrive and is here again: it is free, and can be sent anew."""
    require(by, "fairs.refund_payment", refund)
    given_reason(reason)
    return came_back(refund, reason=reason, by=by)


def came_back(refund: Refund, *, reason: str, by: Actor) -> Refund:
    """Count a refund's money as free again; once, however often the bank says it."""
    with transaction.atomic():
        payment = ledger.locked_payment(refund.payment)
        refund.follow("fail", by=by)
        ledger.take_back(payment, refund.amount, by=by, reason=reason, refund=refund)
        Payment.objects.filter(pk=payment.pk).update(question=payment.question or Payment.Question.NOT_OWED)
        announce(payment.edition, "money")
    return refund


def withdraw(payment: Payment, amount: Decimal, *, reason: str, key: str, outside: str, kind: str) -> Refund:
    """Write that a bank took money back by itself: off its notices where it is not free. The same `key` does it once.

    What its notices were about is unpaid again, so their permits are withdrawn.
    """
    with transaction.atomic():
        payment = ledger.locked_payment(payment)
        known = Refund.objects.filter(key=key).first()
        if known:
            return known
        for notice, part in ledger.notices_of(payment):
            off = min(part, amount - payment.free)
            if off > 0:
                ledger.take_off(payment, notice, off, by=None, reason=reason)
        return write_refund(payment, amount=amount, reason=reason, key=key, by=None, outside=outside, kind=kind)


def _check(payment: Payment, amount: Decimal) -> None:
    if not way_named(payment.way).brings_money:
        raise Refused("not_money", _("Nothing came in here, so nothing can go back. Void it instead."))
    if amount <= 0:
        sentence = _("More than zero, please.")
        raise Invalid("not_positive", _("The amount must be more than zero."), {"amount": [sentence]})
    if amount > payment.free:
        sentence = _("Only %(free)s of this payment is free.") % {"free": money(payment.free, payment.currency)}
        raise Refused("more_than_free", sentence, {"amount": [sentence]})
