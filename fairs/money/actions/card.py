"""Paying by card: an attempt is written first, then the card company is asked for its page, outside the transaction."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Refused
from fairs.journal import record
from fairs.models import Checkout, Company, Edition, Notice
from fairs.money import ledger, stripe_client
from fairs.money.actions.card_money import hear, locked, move
from fairs.money.cards import card_for
from fairs.money.stripe_client import Declined, Session, Unreachable
from fairs.permissions import Actor, require
from fairs.templatetags.fair import money

SPARE = timedelta(minutes=5)  # a page that closes sooner is not gone on with
SOON = timedelta(seconds=20)
State = Checkout.State


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to pay by card: a notice, or things on hold that their app names."""

    edition: Edition
    company: Company
    about: str
    title: str
    amount: Decimal
    currency: str
    notice: Notice | None = None
    source_kind: str = ""
    source_ids: list[int] = field(default_factory=list)


def pay_notice_by_card(notice: Notice, *, by: Actor, whole: bool = False) -> Checkout:
    """Open the card page for what is to be paid now on a notice, or for its whole balance; go on with one that is open.

    The company's own people pay. Refuses with `not_payable`, `no_card`, `over_ceiling`, `being_paid` while a payment is
    on its way, `card_unreachable` or `card_refused`.
    """
    require(by, "fairs.pay_by_card", notice)

    def wanted() -> Wanted:
        found = ledger.locked_notice(notice)
        if found.state != Notice.State.ISSUED:
            raise Refused("not_payable", _("Nothing is owed on this notice any more."))
        amount = found.balance if whole else found.due_now
        about = f"fairs.notice:{found.pk}"
        return Wanted(found.edition, found.company, about, found.number, amount, found.currency, notice=found)

    return pay_by_card(wanted, by=by)


def pay_by_card(
    wanted: Callable[[], Wanted], *, by: Actor, begun: Callable[[Checkout], None] | None = None
) -> Checkout:
    """Open the card page for what is wanted; the app that asks has checked its own permission.

    `wanted` is asked inside the transaction that writes the attempt, and locks what it is about; `begun` is called in
    the same transaction, with a new attempt or the one that is open. Refuses as `pay_notice_by_card`.
    """
    for _turn in range(2):
        with transaction.atomic():
            wish = wanted()
            checkout = Checkout.objects.select_for_update(of=("self",)).live().filter(about=wish.about).first()
            _check(wish, checkout)
            if checkout is None or _serves(checkout, wish):
                checkout = checkout or _begin(wish, by=by)
                if begun:
                    begun(checkout)
                break
        end_checkout(checkout)  # it is about another amount, or nearly over
    else:
        raise _being_paid()
    return open_page(checkout)


def open_page(checkout: Checkout) -> Checkout:
    """Ask for the page of an attempt just written, by its key: asked again after a crash, there is still one page."""
    if checkout.state != State.NEW:
        return checkout
    try:
        session = ask_for_page(checkout)
    except Unreachable:
        sentence = _("The card page does not answer now. Nothing was paid. Try again in a minute, or pay another way.")
        raise Refused("card_unreachable", sentence) from None
    except Declined:
        move(checkout, "fail")
        sentence = _("The card company does not take this payment. Nothing was paid: pay by bank transfer, please.")
        raise Refused("card_refused", sentence) from None
    return keep_page(checkout, session)


def ask_for_page(checkout: Checkout) -> Session:
    """The session of an attempt; everything that is said stands in its row, so that it is said the same again."""
    place = [checkout.edition.slug, checkout.pk]
    return stripe_client.create_session(
        key=checkout.key, title=checkout.title, amount=checkout.amount, currency=checkout.currency,
        expires_at=checkout.expires_at, language=checkout.language,
        success_url=settings.SITE_URL + reverse("fairs:checkout", args=place),
        cancel_url=settings.SITE_URL + reverse("fairs:checkout_left", args=place),
    )  # fmt: skip


def keep_page(checkout: Checkout, session: Session) -> Checkout:
    """Write where the page is; nothing if somebody did meanwhile."""
    with transaction.atomic():
        checkout = locked(checkout)
        if checkout.state == State.NEW:
            after = checkout.expires_at + SOON
            checkout.follow("open", by=None, session_id=session.id, url=session.url, look_at=after)
    return checkout


def end_checkout(checkout: Checkout) -> Checkout:
    """Close the card page of an attempt that nobody goes on with, and hear what became of it: it may be paid."""
    try:
        if checkout.state == State.NEW:
            checkout = keep_page(checkout, ask_for_page(checkout))
        if checkout.state == State.OPEN:
            hear(checkout, _closed(checkout))
    except Unreachable:
        sentence = _("The card page does not answer now. Nothing was paid. Try again in a minute, or pay another way.")
        raise Refused("card_unreachable", sentence) from None
    except Declined:  # there is no such page, and no money can come of it
        move(checkout, "fail" if checkout.state == State.NEW else "expire")
    checkout.refresh_from_db()
    return checkout


def give_up_checkout(checkout: Checkout, *, by: Actor) -> Checkout:
    """Close the card page because its payer asks for it; what was paid meanwhile stays paid."""
    require(by, "fairs.pay_by_card", checkout)
    return end_checkout(checkout)


def look_soon(checkout: Checkout) -> None:
    """Somebody came back from the card page: if no event tells what happened, ask before long. Proves nothing."""
    soon = clock.now() + SOON
    Checkout.objects.filter(pk=checkout.pk, state=State.OPEN, look_at__gt=soon).update(look_at=soon)


def _closed(checkout: Checkout) -> Session:
    """The session, closed; where it was paid or over already, as it is."""
    try:
        return stripe_client.expire_session(checkout.session_id)
    except Declined:
        return stripe_client.find_session(checkout.session_id)


def _begin(wish: Wanted, *, by: Actor) -> Checkout:
    now = clock.now()
    last = Checkout.objects.filter(about=wish.about).order_by("-attempt").values_list("attempt", flat=True).first()
    checkout = Checkout.objects.create(
        edition=wish.edition, company=wish.company, notice=wish.notice, source_kind=wish.source_kind,
        source_ids=wish.source_ids, about=wish.about, attempt=(last or 0) + 1, title=wish.title,
        language=(get_language() or "vi")[:2], amount=wish.amount, currency=wish.currency, key=secrets.token_hex(20),
        expires_at=now + timedelta(minutes=settings.CARD_MINUTES), look_at=now + SOON,
    )  # fmt: skip
    record("begin", checkout, by=by)
    return checkout


def _serves(checkout: Checkout, wish: Wanted) -> bool:
    """Whether an attempt that is open is about the same, and stays open for a while."""
    same = (checkout.amount, checkout.currency, sorted(checkout.source_ids)) == (
        wish.amount, wish.currency, sorted(wish.source_ids),
    )  # fmt: skip
    began = clock.now() - checkout.begun_at
    in_time = checkout.expires_at > clock.now() + SPARE if checkout.state == State.OPEN else began < SPARE
    return same and in_time


def _check(wish: Wanted, checkout: Checkout | None) -> None:
    paid = Checkout.objects.filter(about=wish.about, state=State.PAID).exists()
    if paid or (checkout is not None and checkout.state == State.PROCESSING):
        raise _being_paid()
    card = card_for(wish.edition, wish.company, wish.amount, wish.currency)
    if card is None:
        raise Refused("no_card", _("This cannot be paid by card."))
    if card.too_much:
        sentence = _("By card at most %(ceiling)s can be paid at once. Pay by bank transfer, please.")
        raise Refused("over_ceiling", sentence % {"ceiling": money(card.ceiling, card.currency)})


def _being_paid() -> Refused:
    sentence = _("A card payment for this is on its way. Wait for the bank’s word, so that you do not pay twice.")
    return Refused("being_paid", sentence)
