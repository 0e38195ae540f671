"""The finance desk in a browser: every page for everybody, on a phone too, and a payment decided with the keyboard."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from fairs import clock, live
from fairs.models import BankLine, EInvoice, VatRate
from fairs.money.actions.payments import use_payment
from fairs.money.actions.refunds import refund_payment
from tests import world
from tests.browsing import check_axe
from tests.fairs.ledger import PRICE, TODAY, Desk, fresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [("vi", 390), ("en", 1280)]
PAGES = [
    "money_desk", "bank_lines", "payments", "refunds", "outstanding", "reminders", "cash_flow", "day_close",
    "e_invoices", "support_given", "vat_rates", "bank_account",
]  # fmt: skip


@pytest.fixture
def site(site_at):
    return site_at(world.NOON)


@pytest.fixture
def desk(site, monkeypatch):
    """Something on every page: money that waits, came in, went back, and is owed."""
    monkeypatch.setattr(live, "_muted", True)  # nobody listens to this process
    with clock.at(world.NOON):
        made = Desk()
        made.cash(1_000_000)
        waiting = made.from_outside(5_000_000, "free")
        use_payment(waiting, notices=[], by=None)
        refund_payment(waiting, amount=Decimal(1_000_000), reason="Not for us", key="r", by=made.finance)
        made.credit(500_000)
        VatRate.objects.create(edition=made.edition, item="booth", percent=10)
        BankLine.objects.create(
            edition=made.edition, bin="970436", account="1", booked_on=TODAY, amount=5, currency="VND", text="CK",
            suggested=[made.notice.pk], state="waiting", outcome="uncertain", rules=["payer_unknown"],
        )  # fmt: skip
        EInvoice.objects.create(
            edition=made.edition,
            notice=made.notice,
            symbol="1C18TAA",
            number="1",
            issued_on=TODAY,
            amount=5,
            currency="VND",
        )
        made.waiting = waiting
        return made


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_every_page_of_finance_opens_to_everybody(desk, site, open_window, language, width):
    window = open_window(language, width=width)
    window.sign_in(desk.finance, site)
    line, refund = BankLine.objects.get(), desk.waiting.refunds.get()
    addresses = [reverse(f"fairs:{name}", args=["hgs-2018"]) for name in PAGES]
    for name, *keys in (
        ("bank_line", line.pk), ("payment", desk.waiting.pk), ("assign_payment", desk.waiting.pk, desk.notice.pk),
        ("refund_payment", desk.waiting.pk), ("finish_refund", refund.pk), ("notice", desk.notice.pk),
        ("credit_notice", desk.notice.pk), ("record_e_invoice", desk.notice.pk), ("set_ways", "resident"),
    ):  # fmt: skip
        addresses.append(reverse(f"fairs:{name}", args=["hgs-2018", *keys]))
    for address in [*addresses, reverse("mfa_index"), reverse("fairs:profile")]:
        window.page.goto(site + address)
        check_axe(window.page)
        assert window.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def test_free_money_is_put_onto_a_notice_with_the_keyboard(desk, site, open_window):
    window = open_window("en")
    window.sign_in(desk.finance, site)
    page = window.page
    page.goto(site + reverse("fairs:payments", args=["hgs-2018"]) + "?state=waiting")
    page.get_by_role("link", name=desk.waiting.receipt).press("Enter")
    page.get_by_role("searchbox").fill("gom giang cao")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name=f"Put here {desk.notice.number}").press("Enter")
    page.locator("#id_reason").fill("They called")
    page.locator("#id_reason").press("Enter")
    expect(page.get_by_text("They called").first).to_be_visible()
    assert fresh(desk.notice).paid == 5_000_000
    assert fresh(desk.notice).balance == PRICE - 500_000 - 5_000_000
