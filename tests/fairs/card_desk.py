"""A fair where cards are taken, with the stand-in for Stripe on the other side of the wire."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from booths.actions.cards import pay_held_by_card
from booths.actions.reservations import hold_booths
from booths.models import Application, Booth
from fairs import clock
from fairs.models import Checkout, Payment, Person
from fairs.money.actions.card import pay_notice_by_card
from fairs.money.actions.card_truth import reconcile
from fairs.stripe_standin import CardCompany, serve
from fairs.stripe_standin.company import OK
from tests import world
from tests.fairs.ledger import Desk
from tests.fairs.stripe_calls import checked_calls

__all__ = ["OK", "CardDesk", "Crash", "card_desk", "checked_calls", "company", "moment"]
KEY, SIGNS = "sk_test_only_for_tests", "whsec_only_for_tests"


class Crash(BaseException):
    """The process ends here: nothing of ours catches it."""


class Moment:
    """The time of the fair and of the card company, moved by hand."""

    def __init__(self) -> None:
        self.now: datetime = world.NOON


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest.fixture
def company(settings: Any, moment: Moment, checked_calls: list[str]) -> Iterator[CardCompany]:
    """A card company that runs; its events wait until a test tells them."""
    made = CardCompany(key=KEY, signs_with=SIGNS, now=lambda: moment.now.timestamp())
    with serve(made, tells=False) as application:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, SIGNS
        settings.STRIPE_API_BASE = made.address
        made.web = application  # type: ignore[attr-defined]
        yield made


class CardDesk(Desk):
    """Somebody who owes PRICE đồng for a booth, and pays by card."""

    def __init__(self, company: CardCompany, moment: Moment) -> None:
        super().__init__()
        self.company, self.moment = company, moment
        self.payer: Person = self.notice.company.people.get()
        self.client = Client()

    def pay(self, number: str = OK, **given: Any) -> Checkout:
        """Press the button on the notice, and type a card number on the page."""
        checkout = pay_notice_by_card(self.notice, by=self.payer, **given)
        self.company.pay(checkout.session_id, number)
        return checkout

    def holder(self, *booths: Booth) -> Application:
        """Another exhibitor, with booths on hold."""
        application: Application = world.application(self.edition, booths=len(booths))
        hold_booths(application, booths=list(booths), by=application.contact)
        return application

    def pay_held(self, application: Application, number: str = OK) -> Checkout:
        checkout = pay_held_by_card(application, by=application.contact)
        self.company.pay(checkout.session_id, number)
        return checkout

    def events(self) -> list[dict[str, Any]]:
        """What the card company has to tell by now."""
        told, self.company.waiting = self.company.waiting, []
        return told

    def tell(self, event: dict[str, Any], **given: Any) -> int:
        """Post an event to the site; the status of the answer."""
        body = json.dumps(event).encode()
        signature = given.pop("signature", None) or self.company.signature(body, **given)
        headers = {"Stripe-Signature": signature}
        answer = self.client.post("/hooks/stripe/", body, content_type="application/json", headers=headers)
        return answer.status_code

    def tell_all(self) -> list[str]:
        """Tell everything, in its order; what it was."""
        told = self.events()
        for event in told:
            assert self.tell(event) == 200
        return [event["type"] for event in told]

    def reconcile(self, later: Any = None) -> None:
        """Let the heartbeat ask, at once or later."""
        with self.at(later):
            reconcile()

    @contextmanager
    def at(self, later: Any = None) -> Iterator[None]:
        """The same for the fair and the card company."""
        before = self.moment.now
        self.moment.now = before + later if later else before
        try:
            with clock.at(self.moment.now):
                yield
        finally:
            self.moment.now = before

    @property
    def money(self) -> Payment:
        """The one payment that came."""
        return Payment.objects.get(way="card")


@pytest.fixture
def card_desk(db: None, company: CardCompany, moment: Moment) -> Iterator[CardDesk]:
    logging.getLogger("fairs.stripe").setLevel(logging.CRITICAL)
    with clock.at(world.NOON):
        yield CardDesk(company, moment)
