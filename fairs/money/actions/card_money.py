"""Money that came by card: taken in first, in its own transaction, then used; else it waits for a person."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from fairs import clock
from fairs.deliveries import owe_many
from fairs.live import announce
from fairs.models import Checkout, Delivery, Notice, Payment, Person, Refund
from fairs.money import ledger
from fairs.money.actions.claiming import claimed, paid_by
from fairs.money.actions.payments import take_in, use_payment
from fairs.money.stripe_client import Session
from fairs.money.ways.card import CARD

State = Checkout.State


def hear(checkout: Checkout, session: Session) -> None:
    """Take in what the card company says of a session, in whatever order it says it.

    Money counts from any state; anything less never undoes more.
    """
    if session.paid:
        take_card_money(checkout, session)
        use_card_money(checkout)
    elif session.failed:
        move(checkout, "fail")
    elif session.status == "complete":
        move(checkout, "process", session_id=session.id, payment_intent=session.intent, look_at=clock.now())
    elif session.status == "expired":
        move(checkout, "expire")


def take_card_money(checkout: Checkout, session: Session) -> None:
    """Write that the money of a session came in, once, and nothing else: no rule of the fair can undo it."""
    with transaction.atomic():
        checkout = locked(checkout)
        if not checkout.can("pay"):
            return
        payment = take_in(
            checkout.edition, way=CARD.code, amount=session.amount, currency=session.currency,
            received_on=clock.today(checkout.edition), key=f"stripe:{session.id}", by=None, company=checkout.company,
        )  # fmt: skip
        checkout.follow(
            "pay", by=None, payment=payment, session_id=session.id, payment_intent=session.intent, url="",
            look_at=clock.now(),
        )  # fmt: skip


def use_card_money(checkout: Checkout) -> None:
    """Put money that was taken in onto what it is for, once; booths that were lost meanwhile are taken again if free.

    What cannot be used is free, says why, and finance gets a letter.
    """
    with transaction.atomic():
        found = Checkout.objects.select_related("payment").get(pk=checkout.pk)
        if found.state != State.PAID or found.payment is None:
            return
        payment = ledger.locked_payment(found.payment)  # before what it pays: one order for all
        found.refresh_from_db()
        if found.state != State.PAID:
            return
        notices, why = _what_it_pays(found)
        payment = use_payment(payment, notices=notices, by=None, without=why)
        found.follow("settle", by=None, **({"notice": notices[0]} if notices else {}))
        if payment.free:
            tell_finance("fairs.card_money_waits", payment)
        announce(found.edition, "money")


def use_again(payment: Payment) -> None:
    """Put money that is here again onto the notices on which it stood, as far as they still owe."""
    with transaction.atomic():
        payment = ledger.locked_payment(payment)
        stood = payment.postings.filter(notice__isnull=False).order_by("pk").values_list("notice", flat=True)
        found = {notice.pk: notice for notice in Notice.objects.filter(pk__in=list(stood))}
        payment = use_payment(payment, notices=[found[pk] for pk in dict.fromkeys(stood)], by=None)
        if payment.free:
            tell_finance("fairs.card_money_waits", payment)


def tell_finance(kind: str, about: Payment | Refund, *, once: bool = False) -> None:
    """Owe each finance officer of the edition a letter about money that needs a person; `once`, unless it was owed."""
    edition = about.edition
    if once and Delivery.objects.filter(kind=kind, about=f"{about._meta.label_lower}:{about.pk}").exists():
        return
    here = Q(offices__edition=edition) | Q(offices__series=edition.series_id)
    people = Person.objects.filter(here, is_active=True, offices__role="finance").distinct().order_by("pk")
    owe_many(kind, [(person, about) for person in people], edition=edition)


def move(checkout: Checkout, verb: str, **fields: Any) -> bool:
    """Follow a verb, if the table has it for where the attempt stands by now; whether it had.

    Its page is forgotten: nobody can pay there any more.
    """
    with transaction.atomic():
        checkout = locked(checkout)
        if not checkout.can(verb):
            return False
        checkout.follow(verb, by=None, url="", **fields)
        announce(checkout.edition, "money")
    return True


def locked(checkout: Checkout) -> Checkout:
    """The attempt as it is now, kept from others until the transaction ends."""
    rows = Checkout.objects.select_for_update(of=("self",)).select_related("edition", "company")
    return rows.get(pk=checkout.pk)


def _what_it_pays(checkout: Checkout) -> tuple[list[Notice], str]:
    """The notices to put the money onto; or none, and why."""
    if checkout.notice is None:
        return claimed({checkout.source_kind: checkout.source_ids})
    return paid_by(ledger.locked_notice(checkout.notice))
