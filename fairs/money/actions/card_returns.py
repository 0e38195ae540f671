"""Money that goes back to cards: refunds we ask for, and what Stripe's own pages or a payer's bank took back.

Whatever an event says, the card company is asked for the truth, so the order of events cannot matter.
"""

import logging
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from fairs import clock
from fairs.models import Checkout, Payment, Refund
from fairs.money import ledger, stripe_client
from fairs.money.actions.card_money import tell_finance, use_again
from fairs.money.actions.refunds import came_back, withdraw
from fairs.money.stripe_client import Declined, Dispute, Return, Unreachable
from fairs.money.ways.card import CARD

log = logging.getLogger("fairs.cards")
ASKED_BEFORE = timedelta(minutes=5)  # a key of the card company may be forgotten a day later: look before asking again


def send_refund(pk: int) -> None:
    """Ask the card company to send a refund that is written; safe to do twice, or again after no answer.

    What it refuses for good is free again, and finance gets a letter.
    """
    refund = Refund.objects.select_related("payment", "edition").get(pk=pk)
    if refund.state != Refund.State.ASKED or refund.payment.way != CARD.code:
        return
    checkout = Checkout.objects.get(payment=refund.payment)
    if clock.now() - refund.asked_at > ASKED_BEFORE:
        hear_returns(checkout)
        refund.refresh_from_db()
        if refund.state != Refund.State.ASKED:
            return
    try:
        back = stripe_client.create_refund(
            key=_key(refund), intent=checkout.payment_intent, amount=refund.amount, currency=refund.currency
        )
    except Declined as no:
        _failed(refund, no.code)
        hear_returns(checkout)  # often because it went back already, by another way
        return
    _hear_refund(refund.payment, back)


def hear_returns(checkout: Checkout) -> None:
    """Take in everything that went back of a payment, as the card company knows it now."""
    if checkout.payment is None:
        return
    for back in stripe_client.refunds_of(checkout.payment_intent):
        _hear_refund(checkout.payment, back)
    for dispute in stripe_client.disputes_of(checkout.payment_intent):
        _hear_dispute(checkout.payment, dispute)


def _key(refund: Refund) -> str:
    return f"refund-{refund.pk}-{refund.key}"


def _hear_refund(payment: Payment, back: Return) -> None:
    """Take in how a refund stands; one that we did not ask for was made in Stripe's own pages."""
    with transaction.atomic():
        payment = ledger.locked_payment(payment)
        ours = next((one for one in payment.refunds.all() if _key(one) == back.reference), None)
        if ours is not None:
            _follow(ours, back)
        elif back.failed:
            for one in _taken(payment, back.id):
                _follow(one, back)
        else:
            reason = _("Returned in Stripe’s own pages")
            _take(payment, back.id, back.amount, reason=reason, kind=Refund.Kind.REFUND)
            for one in _taken(payment, back.id):
                _follow(one, back)


def _hear_dispute(payment: Payment, dispute: Dispute) -> None:
    """Take in how a complaint stands: the money is away until it is won, and stays away when it is lost."""
    if dispute.only_asked:
        return
    with transaction.atomic():
        payment = ledger.locked_payment(payment)
        won = False
        if dispute.status != "won":
            reason = _("Disputed at the payer’s bank")
            _take(payment, dispute.id, dispute.amount, reason=reason, kind=Refund.Kind.DISPUTE)
        for one in _taken(payment, dispute.id):
            if dispute.status == "won":
                came_back(one, reason=_("The payer’s bank decided for us"), by=None)
                won = True
            else:
                verb = "finish" if dispute.status == "lost" else "send"
                if one.can(verb):
                    one.follow(verb, by=None)
        if won:
            use_again(payment)


def _take(payment: Payment, outside: str, amount: Decimal, *, reason: str, kind: str) -> None:
    """Write what was taken back by others, as far as it is not written yet; never more than is left."""
    known = _of(payment, outside)
    missing = amount - (known.exclude(state=Refund.State.FAILED).aggregate(sum=Sum("amount"))["sum"] or 0)
    part = min(missing, payment.amount - payment.returned)
    if part > 0 and not known.filter(state=Refund.State.FAILED).exists():
        name = outside if not known.exists() else f"{outside}#{known.count()}"
        refund = withdraw(payment, part, reason=reason, key=f"stripe:{name}", outside=name, kind=kind)
        tell_finance("fairs.card_money_taken", refund)
    if part < missing:
        facts = {"payment": payment.pk, "outside": outside, "beyond": str(missing - max(part, Decimal(0)))}
        log.error("more went back than stood in the books", extra={"facts": facts})
        tell_finance("fairs.card_money_beyond", payment, once=True)


def _of(payment: Payment, outside: str) -> QuerySet[Refund]:
    return payment.refunds.filter(Q(outside=outside) | Q(outside__startswith=f"{outside}#")).order_by("pk")


def _taken(payment: Payment, outside: str) -> list[Refund]:
    return list(_of(payment, outside).exclude(state=Refund.State.FAILED))


def _follow(refund: Refund, back: Return) -> None:
    """Move a refund to where the card company says it stands; never back."""
    named = {} if refund.outside else {"outside": back.id}
    if back.failed:
        if refund.can("fail"):
            if named:
                Refund.objects.filter(pk=refund.pk).update(**named)
            _failed(refund, back.status)
    else:
        verb = "finish" if back.status == "succeeded" else "send"
        if refund.can(verb):
            refund.follow(verb, by=None, **named)


def _failed(refund: Refund, code: str) -> None:
    """The money is here again: free, and finance is told."""
    with transaction.atomic():
        ledger.locked_payment(refund.payment)
        refund.refresh_from_db()
        if refund.can("fail"):
            came_back(refund, reason=_("The card company: %(code)s") % {"code": code}, by=None)
            tell_finance("fairs.card_refund_failed", refund)


def hear_all_returns() -> None:
    """Ask what went back of any payment in the last days, so that what others returned is known without its event."""
    since = clock.now() - timedelta(days=settings.CARD_DAYS)
    intents = stripe_client.intents_returned_since(since)
    for checkout in Checkout.objects.filter(payment_intent__in=intents, payment__isnull=False).order_by("pk"):
        hear_returns(checkout)


def send_late_refunds() -> None:
    """Ask again about every refund to a card that is not through."""
    rows = Refund.objects.filter(payment__way=CARD.code, state__in=[Refund.State.ASKED, Refund.State.SENT])
    for refund in rows.select_related("payment__checkout").order_by("pk"):
        try:
            if refund.state == Refund.State.ASKED and refund.kind == Refund.Kind.REFUND:
                send_refund(refund.pk)
            else:
                hear_returns(refund.payment.checkout)
        except Unreachable:
            return  # nobody answers now: the next beat asks again
        except Exception:
            log.exception("a refund was not asked about", extra={"facts": {"refund": refund.pk}})
