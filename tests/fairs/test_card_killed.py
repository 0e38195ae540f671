"""The real server on PostgreSQL, killed while a card payment comes in: nothing is lost, nothing counted twice."""

import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from fairs import clock
from fairs.models import Checkout, Notice, Payment
from fairs.money.actions.card import pay_notice_by_card
from fairs.stripe_standin import CardCompany, serve
from fairs.stripe_standin.company import OK
from tests import services, world
from tests.fairs.card_desk import KEY, SIGNS
from tests.fairs.ledger import PRICE, Desk, adds_up, fresh
from tests.settings import DATA

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def wait_for(deed, *, seconds: float = 60):
    """Ask again and again until the answer is true."""
    ends = time.monotonic() + seconds
    while not (found := deed()):
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.05)
    return found


@contextmanager
def server(company: CardCompany):
    """The site in a process of its own, that can be killed; the card company tells it."""
    port = services.free_port()
    address = f"http://127.0.0.1:{port}"
    environment = services.clean_environment(
        CHO_PHIEN_CLOCK=world.NOON.isoformat(), DATABASE_URL=services.database_url(connection.settings_dict),
        DATA_DIR=str(DATA), LOG_LEVEL="ERROR", SITE_URL=address, STRIPE_API_BASE=company.address,
        STRIPE_SECRET_KEY=KEY, STRIPE_WEBHOOK_SECRET=SIGNS,
    )  # fmt: skip
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(port), "--lifespan", "off"]
    process = subprocess.Popen([*command, "--log-level", "error"], env=environment, cwd=services.ROOT)
    try:
        wait_for(lambda: services._answers(f"{address}/healthz"))
        company.hook = f"{address}/hooks/stripe/"
        yield process
    finally:
        company.hook = ""
        process.kill()
        process.wait()


def lock_the_notice(notice: Notice, held: threading.Event, let_go: threading.Event) -> None:
    """Another hand on the notice: money can be taken in, and waits before it is put onto it."""
    try:
        with transaction.atomic():
            Notice.objects.select_for_update().get(pk=notice.pk)
            held.set()
            assert let_go.wait(60)
    finally:
        connection.close()


@pytest.fixture
def desk():
    with clock.at(world.NOON):
        yield Desk()


@pytest.mark.parametrize("again", [True, False], ids=["told again", "not told again"])
def test_a_server_killed_between_taking_money_in_and_using_it_loses_nothing(desk, settings, again):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, SIGNS
    company = CardCompany(key=KEY, signs_with=SIGNS, now=world.NOON.timestamp)
    held, let_go = threading.Event(), threading.Event()
    with serve(company, every=0.1):
        settings.STRIPE_API_BASE = company.address
        checkout = pay_notice_by_card(desk.notice, by=desk.notice.company.people.get())
        hand = threading.Thread(target=lock_the_notice, args=(desk.notice, held, let_go))
        with server(company) as process:
            hand.start()
            assert held.wait(30)
            assert company.pay(checkout.session_id, OK) == "paid"
            wait_for(lambda: fresh(checkout).state == "paid")
            process.kill()  # -9: it waits for the notice, with the money written and not used
            process.wait()
        let_go.set()
        hand.join()
        assert (Payment.objects.get().free, fresh(desk.notice).state) == (PRICE, "issued")
        if again:
            with server(company):
                wait_for(lambda: fresh(checkout).state == "settled")
        else:
            beat(company)
    assert (Payment.objects.get().free, fresh(desk.notice).state, bool(desk.booth().permit)) == (0, "paid", True)
    assert Checkout.objects.count() == 1
    adds_up()


def beat(company: CardCompany) -> None:
    """One beat of the real heartbeat, some minutes after the server is gone."""
    later = world.NOON + timedelta(minutes=5)
    environment = services.clean_environment(
        CHO_PHIEN_CLOCK=later.isoformat(), DATABASE_URL=services.database_url(connection.settings_dict),
        DATA_DIR=str(DATA), LOG_LEVEL="ERROR", STRIPE_API_BASE=company.address, STRIPE_SECRET_KEY=KEY,
        STRIPE_WEBHOOK_SECRET=SIGNS,
    )  # fmt: skip
    command = [sys.executable, str(services.ROOT / "manage.py"), "heartbeat", "--once"]
    subprocess.run(command, env=environment, check=True)
