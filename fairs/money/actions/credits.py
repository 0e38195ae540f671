"""Credit notes: what was issued is lowered by a paper of its own, and what was paid too much is free to go back."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.models import CreditNote, Notice, Payment
from fairs.money import ledger
from fairs.money.actions.payments import given_reason
from fairs.money.numbers import next_number
from fairs.permissions import Actor, require
from fairs.templatetags.fair import money


def credit_notice(
    notice: Notice, *, amount: Decimal, reason: str, key: str, by: Actor, end: bool = False
) -> CreditNote:
    """Lower what a notice asks for. Money that is too much on it then is free: to return, or for another notice.

    With `end` it is credited whole. What a notice credited whole was for is given up, such as the booths of somebody
    who withdraws. The same `key` again answers the paper already written. Refuses with `no_reason`, `not_positive`,
    `not_payable` or `more_than_due`.
    """
    require(by, "fairs.credit_notice", notice)
    return lower_notice(notice, amount=amount, reason=reason, key=key, by=by, end=end)


def lower_notice(notice: Notice, *, amount: Decimal, reason: str, key: str, by: Actor, end: bool = False) -> CreditNote:
    """As `credit_notice`, for an app whose own rules give the right: it has checked its own permission."""
    given_reason(reason)
    with transaction.atomic():
        payments = [ledger.locked_payment(one) for one in _payments_of(notice)]  # before the notice: one order for all
        notice = ledger.locked_notice(notice)
        if {one.pk for one in payments} != {one.pk for one in _payments_of(notice)}:
            sentence = _("Money came in for this notice at this moment. Look at it again, and then credit it.")
            raise Refused("changed_meanwhile", sentence)
        known = CreditNote.objects.filter(key=key, notice=notice).first()
        if known:
            return known
        amount = notice.owed if end else amount
        _check(notice, amount)
        paper = CreditNote.objects.create(
            notice=notice, edition=notice.edition, number=next_number(notice.edition, "GT"), amount=amount,
            currency=notice.currency, reason=reason, issued_by=ledger.whom(by), key=key,
        )  # fmt: skip
        record("issue", paper, by=by)
        too_much = notice.paid if end else max(Decimal(0), amount - notice.balance)
        _free(payments, notice, too_much, by=by, paper=paper)
        ledger.weigh(
            notice, by=by, paid=notice.paid - too_much, credited=notice.credited + amount, end=amount == notice.owed
        )
    return paper


def _payments_of(notice: Notice) -> list[Payment]:
    named = notice.postings.order_by().values("payment")
    return list(Payment.objects.filter(pk__in=named).order_by("pk"))


def _check(notice: Notice, amount: Decimal) -> None:
    if notice.state not in Notice.LIVE:
        raise Refused("not_payable", _("Nothing is owed on this notice any more."))
    if amount <= 0:
        sentence = _("More than zero, please.")
        raise Invalid("not_positive", _("The amount must be more than zero."), {"amount": [sentence]})
    if amount > notice.owed:
        sentence = _("The notice is about %(owed)s only.") % {"owed": money(notice.owed, notice.currency)}
        raise Refused("more_than_due", sentence, {"amount": [sentence]})


def _free(payments: list[Payment], notice: Notice, amount: Decimal, *, by: Actor, paper: CreditNote) -> None:
    """Take what is too much off the notice, the latest payment first."""
    for payment in reversed(payments):
        part = min(amount, ledger.on_notice(payment, notice))
        if part:
            ledger.free(payment, notice, part, by=by, reason=paper.number)
            payment.question = Payment.Question.MORE_THAN_DUE
            payment.save(update_fields=["question"])
            amount -= part
