"""The reconciler: whatever is pending by card, the card company is asked for the truth, and there is a hard end."""

import logging
from datetime import timedelta

from django.conf import settings

from fairs import clock
from fairs.models import Checkout
from fairs.money import stripe_client
from fairs.money.actions.card import ask_for_page, keep_page
from fairs.money.actions.card_events import handle_late_events
from fairs.money.actions.card_money import hear, move, use_card_money
from fairs.money.actions.card_returns import send_late_refunds
from fairs.money.stripe_client import Declined, Unreachable, is_configured

log = logging.getLogger("fairs.cards")
State = Checkout.State
AGAIN = {
    State.NEW: timedelta(minutes=1), State.OPEN: timedelta(minutes=1), State.PROCESSING: timedelta(minutes=15),
    State.PAID: timedelta(minutes=1),
}  # fmt: skip


def reconcile() -> None:
    """Finish what crashes, lost events and silence left pending: attempts, events, refunds."""
    for checkout in Checkout.objects.to_look_at(clock.now()).select_related("edition")[:200]:
        later = clock.now() + AGAIN[State(checkout.state)]
        Checkout.objects.filter(pk=checkout.pk, state=checkout.state).update(look_at=later)
        try:
            look_at(checkout)
        except Exception:
            log.exception("a card payment was not looked at", extra={"facts": {"checkout": checkout.pk}})
    if is_configured():
        handle_late_events()
        send_late_refunds()


def look_at(checkout: Checkout) -> None:
    """Ask how one attempt stands, and take in the answer."""
    if checkout.state == State.PAID:
        use_card_money(checkout)
        return
    try:
        _ask(checkout)
    except Declined:  # there is no such page, and there will be none: no money can come of it
        move(checkout, "fail" if checkout.state in (State.NEW, State.PROCESSING) else "expire")
    except Unreachable:
        _end_if_over(checkout)


def _ask(checkout: Checkout) -> None:
    if checkout.state == State.NEW:
        checkout = keep_page(checkout, ask_for_page(checkout))
    session = stripe_client.find_session(checkout.session_id)
    if session.status == "open" and checkout.expires_at <= clock.now():
        session = stripe_client.expire_session(checkout.session_id)
    hear(checkout, session)
    if not session.paid:
        _end_if_over(checkout)


def _end_if_over(checkout: Checkout) -> None:
    """Give up after some days; money that comes later is taken in all the same."""
    checkout.refresh_from_db()
    if clock.now() - checkout.state_changed_at > timedelta(days=settings.CARD_DAYS):
        move(checkout, "fail")
