"""What the card company tells by itself: each event once, in whatever order and however often it comes."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError

from fairs import clock
from fairs.models import CardEvent, Checkout
from fairs.money.actions.card_money import hear, move, take_card_money
from fairs.money.actions.card_returns import hear_returns
from fairs.money.stripe_client import Event, Unreachable

log = logging.getLogger("fairs.cards")
NOT_PAID = "checkout.session.async_payment_failed"
SESSIONS = frozenset(
    {
        "checkout.session.completed", "checkout.session.async_payment_succeeded", NOT_PAID, "checkout.session.expired",
    }
)  # fmt: skip
RETURNS = ("refund.", "charge.refund", "charge.dispute.")
KEPT = timedelta(days=90)


def receive_event(event: Event) -> None:
    """Take in an event whose signature was checked. Money is written first, in its own transaction.

    Whatever goes wrong after that is finished by the heartbeat, so the card company need not tell it again; only money
    that could not be written is an error here.
    """
    kept, _new = CardEvent.objects.get_or_create(
        stripe_id=event.id, defaults={"type": event.type, "created": event.created, "payment_intent": event.intent}
    )
    if kept.handled:
        return
    checkout = _checkout_of(event) if event.type in SESSIONS else None
    if checkout is not None and event.session.paid:
        take_card_money(checkout, event.session)
    try:
        if _handle(event, checkout):
            handled(kept)
    except Unreachable:
        pass  # it stays unhandled, and the heartbeat asks
    except DatabaseError:
        raise
    except Exception:
        log.exception("a card event was not handled", extra={"facts": {"event": event.id, "type": event.type}})


def handled(event: CardEvent) -> None:
    """Write that nothing more follows from an event; what it was about is forgotten with it."""
    CardEvent.objects.filter(pk=event.pk).update(handled=clock.now(), payment_intent="")


def handle_late_events() -> None:
    """Ask for the truth about payments whose events could not be handled when they came; after some days give up."""
    over = clock.now() - timedelta(days=settings.CARD_DAYS)
    for event in CardEvent.objects.filter(handled=None).order_by("pk")[:200]:
        checkout = Checkout.objects.filter(payment_intent=event.payment_intent).exclude(payment_intent="").first()
        try:
            if checkout is not None and checkout.payment is not None:
                hear_returns(checkout)
                handled(event)
            elif event.type in SESSIONS or event.received < over:
                handled(event)  # of sessions the attempts themselves are asked about
        except Unreachable:
            return
        except Exception:
            log.exception("a card event was not handled", extra={"facts": {"event": event.stripe_id}})


def forget_events() -> None:
    """Drop the ids of events so old that none is told again."""
    CardEvent.objects.filter(handled__lt=clock.now() - KEPT).delete()


def _handle(event: Event, checkout: Checkout | None) -> bool:
    """Do what follows from an event; False when it is about money that has not come in yet."""
    if event.type in SESSIONS:
        if checkout is not None:
            hear(checkout, event.session)
            if event.type == NOT_PAID:
                move(checkout, "fail")  # the session in it looks like one that is still on its way
        return True
    if not event.type.startswith(RETURNS):
        return True
    found = (
        Checkout.objects.filter(payment_intent=event.intent, payment__isnull=False).first() if event.intent else None
    )
    if found is None:
        return not event.intent
    hear_returns(found)
    return True


def _checkout_of(event: Event) -> Checkout | None:
    """The attempt a session is about: by its id, or by our key in it when a crash came before we kept the id."""
    session = event.session
    by_id = Checkout.objects.filter(session_id=session.id).first()
    return by_id or Checkout.objects.filter(key=session.reference, session_id="").first()
