"""Somebody pays a booth with a test card, from the floor plan to the permit, in Chromium."""

import secrets
from datetime import timedelta

import pytest
from django.db import connection
from playwright.sync_api import expect

from booths.actions.reservations import hold_booths
from fairs import clock, live
from fairs.models import Checkout
from fairs.stripe_standin import CardCompany, serve
from fairs.stripe_standin.company import DECLINED, OK
from tests import services, world
from tests.browsing import check_axe
from tests.fairs.card_desk import KEY, SIGNS
from tests.fairs.ledger import Desk, adds_up, fresh
from tests.settings import DATA

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(transactional_db):
    """A site that takes test cards."""
    company = CardCompany(key=KEY, signs_with=SIGNS, now=lambda: (world.NOON + timedelta(seconds=5)).timestamp())
    with serve(company, every=0.1):
        environment = services.clean_environment(
            CHO_PHIEN_CLOCK=world.NOON.isoformat(), DATABASE_URL=services.database_url(connection.settings_dict),
            DATA_DIR=str(DATA), LOG_LEVEL="WARNING", STRIPE_API_BASE=company.address, STRIPE_SECRET_KEY=KEY,
            STRIPE_WEBHOOK_SECRET=SIGNS,
            TASKS_BACKEND="django_tasks.backends.immediate.ImmediateBackend",
        )  # fmt: skip
        log = DATA / f"cards-{secrets.token_hex(4)}.log"
        with services.site(environment, log) as address:
            company.hook = f"{address}/hooks/stripe/"
            yield address
            company.hook = ""


@pytest.fixture
def desk(transactional_db, monkeypatch):
    monkeypatch.setattr(live, "_muted", True)  # nobody listens to this process
    with clock.at(world.NOON):
        yield Desk()


def test_a_booth_on_hold_is_paid_with_a_test_card(site, desk, open_window):
    application = world.application(desk.edition, booths=1)
    with clock.at(world.NOON):
        hold_booths(application, booths=[desk.booths[1]], by=application.contact)
    window = open_window("vi", width=390, height=844)
    page = window.page
    window.sign_in(application.contact, site)
    page.goto(f"{site}/hgs-2018/my-booths/")
    check_axe(page)
    page.locator("[data-pay-by-card]").click()
    window.watch.expects(422)  # a card that is declined
    expect(page.locator(".test")).to_contain_text("không phải Stripe")
    check_axe(page)
    page.fill("#number", DECLINED)
    page.locator("button").click()
    expect(page.locator(".refused")).to_be_visible()
    page.fill("#number", OK)
    page.locator("button").click()
    expect(page.locator("#checkout")).to_have_attribute("data-checkout", "settled")
    check_axe(page)
    page.goto(f"{site}/hgs-2018/my-booths/")
    expect(page.locator("a[href$='permit.pdf']").first).to_be_visible()
    assert fresh(Checkout.objects.get()).notice.state == "paid"
    adds_up()


def test_who_leaves_the_card_page_pays_nothing_and_goes_back_to_it(site, desk, open_window):
    window = open_window("en", width=1280)
    page = window.page
    window.sign_in(desk.notice.company.people.get(), site)
    page.goto(f"{site}/hgs-2018/notices/{desk.notice.pk}/")
    page.locator("[data-pay-by-card]").first.click()
    expect(page.locator(".test")).to_contain_text("not Stripe")
    page.locator(".ways a").first.click()
    expect(page.locator("#checkout")).to_have_attribute("data-checkout", "open")
    check_axe(page)
    page.locator("#card-page").click()
    page.fill("#number", OK)
    page.locator("button").click()
    expect(page.locator("#checkout")).to_have_attribute("data-checkout", "settled")
    adds_up()
