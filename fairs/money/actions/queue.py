"""What finance decides about a bank's line that waits; each decision has a reason, and can be taken back."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid, Refused
from fairs.models import BankLine, LineDecision, Notice, Payment
from fairs.money import ledger
from fairs.money.actions.matching import locked_line, payment_of
from fairs.money.actions.payments import ask_about, assign_payment, given_reason, make_void
from fairs.permissions import Actor, require

Deed = LineDecision.Deed


def put_line(line: BankLine, *, parts: Sequence[tuple[Notice, Decimal]], reason: str, by: Actor) -> BankLine:
    """Take a line's money in and put these amounts onto these notices; what stays is free and waits as a payment.

    Refuses with `no_reason`, `no_notice`, and what `assign_payment` refuses: `not_payable`, `wrong_currency`,
    `not_positive`, `more_than_free`, `more_than_due`; then nothing is done.
    """
    require(by, "fairs.decide_line", line)
    given_reason(reason)
    if not parts:
        sentence = _("Say at one notice at least how much of the money is for it.")
        raise Invalid("no_notice", sentence)
    with transaction.atomic():
        line = _open(line, "decide")
        notices = [notice for notice, _amount in parts]
        payment = ledger.locked_payment(payment_of(line, notices, by=by))
        ledger.locked_notices(notices)
        for notice, amount in sorted(parts, key=lambda part: part[0].pk):
            payment = assign_payment(payment, notice=notice, amount=amount, reason=reason, by=by)
        ask_about(payment, Payment.Question.MORE_THAN_DUE)
        return _decided(line, Deed.PUT, "decide", reason, by=by, payment=payment)


def keep_line(line: BankLine, *, reason: str, by: Actor) -> BankLine:
    """Take a line's money in without a notice: it is free, to be returned or put onto one later."""
    require(by, "fairs.decide_line", line)
    given_reason(reason)
    with transaction.atomic():
        line = _open(line, "decide")
        payment = ledger.locked_payment(payment_of(line, [], by=by))
        ask_about(payment, Payment.Question.KEPT)
        return _decided(line, Deed.KEEP, "decide", reason, by=by, payment=payment)


def set_line_aside(line: BankLine, *, reason: str, by: Actor) -> BankLine:
    """Say that a line is no money of the fair. A receipt that was given for it is void.

    Refuses with `has_refunds` when a part of it has gone back already, and with `is_used` when some is on a notice.
    """
    require(by, "fairs.decide_line", line)
    given_reason(reason)
    with transaction.atomic():
        line = _open(line, "set_aside")
        if line.payment and line.payment.state == Payment.State.RECEIVED:
            payment = ledger.locked_payment(line.payment)
            if payment.assigned:
                raise Refused("is_used", _("A part of this money is on a notice. Take it off there first."))
            make_void(payment, reason=reason, by=by)
        return _decided(line, Deed.SET_ASIDE, "set_aside", reason, by=by)


def reopen_line(line: BankLine, *, reason: str, by: Actor) -> BankLine:
    """Take back what was decided about a line, or what the matcher did: its money is off all notices, and it waits.

    Refuses with `has_refunds` when a part of the money has gone back.
    """
    require(by, "fairs.decide_line", line)
    given_reason(reason)
    with transaction.atomic():
        line = _open(line, "reopen")
        if line.payment and line.payment.state == Payment.State.RECEIVED:
            payment = ledger.locked_payment(line.payment)
            if payment.returned:
                sentence = _("A part of this money has gone back. What is left of it is decided among the payments.")
                raise Refused("has_refunds", sentence)
            ledger.clear(payment, by=by, reason=reason)
            ask_about(payment, Payment.Question.TAKEN_OFF)
        return _decided(line, Deed.REOPEN, "reopen", reason, by=by)


def _open(line: BankLine, verb: str) -> BankLine:
    """The line, locked; of two who decide at once the second is told how it stands now."""
    line = locked_line(line.pk)
    if not line.can(verb):
        sentence = _("This is already “%(state)s”, so it cannot be changed this way. The page now shows how it stands.")
        raise Refused("state_conflict", sentence % {"state": line.get_state_display()})
    return line


def _decided(
    line: BankLine, deed: str, verb: str, reason: str, *, by: Actor, payment: Payment | None = None
) -> BankLine:
    LineDecision.objects.create(line=line, deed=deed, reason=reason.strip(), by=by)
    line.follow(verb, by=by, **({"payment": payment} if payment else {}))
    return line
