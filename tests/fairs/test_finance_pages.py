"""The finance desk: payments and their decisions, refunds, credit notes, e-invoices, on pages and for programs."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from rest_framework.test import APIClient

from fairs import clock
from fairs.errors import Forbidden, Refused
from fairs.models import CreditNote, EInvoice, Notice, Payment, Person, Posting, Refund, VatRate
from fairs.money.accountant import collections
from fairs.money.actions.invoices import record_e_invoice, set_status
from fairs.money.actions.payments import take_off_notice, use_payment
from fairs.money.actions.refunds import refund_payment
from tests import world
from tests.fairs.ledger import PRICE, TODAY, Desk, adds_up, fresh
from tests.papers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    with clock.at(world.NOON):
        yield Desk()


def browsing(person: Person) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.cookies["django_language"] = "en"
    client.force_login(person)
    return client


def address(name: str, *keys: int) -> str:
    return reverse(f"fairs:{name}", args=["hgs-2018", *keys])


def shown(client: Client, name: str, *keys: int, **query: str) -> str:
    answer = client.get(address(name, *keys), query)
    assert answer.status_code == 200
    return answer.content.decode()


# ---- payments ------------------------------------------------------------------------------------------------


def test_what_waits_for_a_decision_is_found_decided_and_gone(desk):
    payment = desk.from_outside(PRICE)
    use_payment(payment, notices=[], by=None)
    client = browsing(desk.finance)
    assert payment.receipt in shown(client, "payments", state="waiting")
    page = shown(client, "payment", payment.pk, q=desk.notice.number)
    assert address("assign_payment", payment.pk, desk.notice.pk) in page
    given = {"amount": str(PRICE), "reason": "The payer called"}
    answer = client.post(address("assign_payment", payment.pk, desk.notice.pk), given)
    assert answer.status_code == 302
    assert fresh(desk.notice).state == "paid"
    assert payment.receipt not in shown(client, "payments", state="waiting")
    assert "The payer called" in shown(client, "payment", payment.pk)
    adds_up()


def test_a_refusal_keeps_what_was_typed(desk):
    payment = desk.from_outside(10)
    use_payment(payment, notices=[], by=None)
    client = browsing(desk.finance)
    answer = client.post(address("refund_payment", payment.pk), {"amount": "11", "reason": "Too much", "key": KEY})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "of this payment is free" in page
    assert "Too much" in page
    answer = client.post(address("refund_payment", payment.pk), {"amount": "10", "reason": "", "key": KEY})
    assert answer.status_code == 422
    assert not Refund.objects.exists()


KEY = "7a1f0c9e-0000-4000-8000-000000000001"


def test_money_is_returned_by_one_button_once_and_finance_says_that_it_went(desk):
    payment = desk.from_outside(10)
    use_payment(payment, notices=[], by=None)
    client = browsing(desk.finance)
    for _twice in range(2):
        client.post(address("refund_payment", payment.pk), {"amount": "10", "reason": "Not for us", "key": KEY})
    refund = Refund.objects.get()
    assert refund.number in shown(client, "refunds")
    client.post(address("finish_refund", refund.pk), {"outside": "FT1"})
    assert (fresh(refund).state, fresh(refund).outside) == ("done", "FT1")
    client.post(address("fail_refund", refund.pk), {"reason": "Account closed"})
    assert (fresh(refund).state, fresh(payment).free) == ("failed", 10)
    assert refund.number in shown(client, "refunds", state="failed")
    adds_up()


def test_a_refund_of_which_nobody_hears_is_ended_by_hand(desk):
    """A card company sends by itself; after some days finance asks it, and says what became of the money."""
    payment = desk.from_outside(10)
    use_payment(payment, notices=[], by=None)
    refund = desk.refund(payment, 10)
    Payment.objects.update(way="card")
    Refund.objects.update(state="sent")
    client = browsing(desk.finance)
    assert address("fail_refund", refund.pk) not in shown(client, "refunds")
    with clock.at(world.NOON + timedelta(days=4)):
        assert "Takes too long" in shown(client, "refunds")
        assert "1 refund is to be sent" in shown(client, "desk")
        client.post(address("fail_refund", refund.pk), {"reason": "Stripe says that it was lost"})
        assert fresh(payment).free == 10
        assert "refund is to be sent" not in shown(client, "desk")
    adds_up()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_free_money_goes_back_by_one_button(desk, language):
    """The page has it filled in, as the page's language writes amounts."""
    payment = desk.from_outside(1_234_567)
    use_payment(payment, notices=[], by=None)
    client = browsing(desk.finance)
    client.cookies["django_language"] = language
    page = client.get(address("payment", payment.pk)).content.decode()
    form = page[page.index(address("refund_payment", payment.pk)) :]
    given = dict(re.findall(r'<input type="hidden" name="(amount|reason|key)" value="([^"]*)"', form))
    assert client.post(address("refund_payment", payment.pk), given).status_code == 302
    assert (Refund.objects.get().amount, fresh(payment).free) == (1_234_567, 0)


def test_why_money_is_free_is_proposed_as_the_reason(desk):
    desk.cash(PRICE)
    payment = desk.from_outside(PRICE)
    use_payment(payment, notices=[desk.notice], by=None)
    assert "The notice was paid already" in shown(browsing(desk.finance), "refund_payment", payment.pk)


def test_a_receipt_is_taken_off_and_void_on_pages(desk):
    payment = desk.cash(PRICE)
    client = browsing(desk.finance)
    client.post(address("take_off_notice", payment.pk, desk.notice.pk), {"reason": "Wrong firm"})
    assert fresh(payment).free == PRICE
    client.post(address("void_payment", payment.pk), {"reason": "Never came"})
    assert fresh(payment).state == "void"
    assert "Void" in shown(client, "payments", state="void")
    adds_up()


def test_a_search_ignores_accents_and_an_empty_list_says_so(desk):
    payment = desk.cash(10)
    client = browsing(desk.finance)
    assert payment.receipt in shown(client, "payments", q="gom giang cao")
    assert "No payment fits" in shown(client, "payments", q="nobody at all")
    assert "Nothing waits for a decision" in shown(client, "payments", state="waiting")


def test_who_has_no_second_factor_reads_and_decides_nothing(desk):
    payment = desk.from_outside(10)
    use_payment(payment, notices=[], by=None)
    desk.finance.authenticator_set.all().delete()
    client = browsing(Person.objects.get(pk=desk.finance.pk))
    assert address("refund_payment", payment.pk) not in shown(client, "payment", payment.pk)
    answer = client.post(address("refund_payment", payment.pk), {"amount": "10", "reason": "x", "key": KEY})
    assert answer.status_code == 422
    assert "second factor" in answer.content.decode()


@pytest.mark.parametrize("rows", world.ROWS)
@pytest.mark.parametrize(("page", "queries"), [("payments", 8), ("refunds", 8)])
def test_the_lists_ask_the_same_whatever_their_length(desk, page, queries, rows, django_assert_num_queries):
    made = Payment.objects.bulk_create(
        Payment(
            edition=desk.edition, company=desk.notice.company, way="cash", amount=5, currency="VND",
            received_on=TODAY, receipt=f"R{n}", key=f"r{n}",
        )
        for n in range(rows)
    )  # fmt: skip
    Refund.objects.bulk_create(
        Refund(edition=desk.edition, payment=one, number=f"H{n}", amount=1, currency="VND", reason="x", key=f"h{n}")
        for n, one in enumerate(made)
    )
    client = browsing(desk.finance)
    with django_assert_num_queries(queries):
        assert client.get(address(page)).status_code == 200


@pytest.mark.parametrize("rows", world.ROWS)
def test_a_payment_asks_the_same_however_often_it_moved(desk, rows, django_assert_num_queries):
    payment = desk.from_outside(PRICE)
    Posting.objects.bulk_create(
        Posting(payment=payment, notice=desk.notice, kind="assigned", amount=sign, by=desk.finance)
        for _n in range(rows)
        for sign in (1, -1)
    )
    client = browsing(desk.finance)
    with django_assert_num_queries(8):
        assert client.get(address("payment", payment.pk)).status_code == 200


# ---- papers --------------------------------------------------------------------------------------------------


def test_a_receipt_on_paper_names_number_payer_notice_and_amount_in_words(desk):
    payment = desk.cash(PRICE)
    payer = desk.notice.company.people.get()
    text = text_of(browsing(payer).get(address("receipt_pdf", payment.pk)).content)
    for part in (payment.receipt, desk.notice.company.name_vi, desk.notice.number, "13,500,000", "Thirteen million"):
        assert part in text
    stranger = browsing(world.person())
    assert stranger.get(address("receipt_pdf", payment.pk)).status_code == 404


def test_a_void_receipt_says_so_on_paper(desk):
    payment = desk.cash(PRICE)
    client = browsing(desk.finance)
    client.post(address("void_payment", payment.pk), {"reason": "Never came"})
    assert "Void" in text_of(client.get(address("receipt_pdf", payment.pk)).content)


def test_a_credit_note_on_paper_says_why_and_is_no_invoice(desk):
    paper = desk.credit(500_000)
    text = text_of(browsing(desk.finance).get(address("credit_pdf", paper.pk)).content)
    for part in (paper.number, desk.notice.number, "Smaller booth", "not a VAT invoice"):
        assert part in text


# ---- credit notes ----------------------------------------------------------------------------------------------


def test_finance_credits_a_part_or_all_of_a_notice(desk):
    client = browsing(desk.finance)
    given = {"amount": "500000", "reason": "Smaller booth", "key": KEY}
    assert client.post(address("credit_notice", desk.notice.pk), given).status_code == 302
    assert client.post(address("credit_notice", desk.notice.pk), given).status_code == 302
    assert CreditNote.objects.get().number in shown(client, "notice", desk.notice.pk)
    neither = {"reason": "x", "key": "7a1f0c9e-0000-4000-8000-000000000002"}
    answer = client.post(address("credit_notice", desk.notice.pk), neither)
    assert answer.status_code == 422
    assert client.post(address("credit_notice", desk.notice.pk), neither | {"end": "on"}).status_code == 302
    assert (fresh(desk.notice).state, desk.booth().state) == ("credited", "released")
    adds_up()


def test_the_desk_of_booths_reads_and_credits_nothing(desk):
    client = browsing(world.officer(desk.edition, "booth_desk"))
    assert client.get(address("notice", desk.notice.pk)).status_code == 200
    assert client.get(address("credit_notice", desk.notice.pk)).status_code == 404


# ---- e-invoices ----------------------------------------------------------------------------------------------


def e_invoice(desk: Desk, **given: object) -> EInvoice:
    fields = {"symbol": "1c18taa", "number": "00000012", "issued_on": TODAY, "amount": Decimal(PRICE)} | given
    return record_e_invoice(desk.notice, by=desk.finance, **fields)  # type: ignore[arg-type]


def test_an_e_invoice_is_written_down_once_and_found_beside_its_notice(desk):
    desk.cash(PRICE)
    client = browsing(desk.finance)
    assert "1 notice lacks an e-invoice" in shown(client, "e_invoices")
    given = {"symbol": "1c18taa", "number": "12", "issued_on": "2018-09-01", "amount": str(PRICE), "status": "issued"}
    for _twice in range(2):
        answer = client.post(address("record_e_invoice", desk.notice.pk), given)
        assert answer.status_code == 302, answer.content.decode()
    assert str(EInvoice.objects.get()) == "1C18TAA 12"
    assert "Every collection has its e-invoice" in shown(client, "e_invoices")
    assert "1C18TAA 12" in shown(client, "notice", desk.notice.pk)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"symbol": " "}, "incomplete"),
        ({"issued_on": TODAY.replace(year=2019)}, "in_the_future"),
        ({"amount": Decimal(0)}, "not_positive"),
    ],
)
def test_what_is_no_e_invoice(desk, given, code):
    with pytest.raises(Exception) as refusal:  # noqa: PT011
        e_invoice(desk, **given)
    assert refusal.value.code == code


def test_a_number_belongs_to_one_notice(desk):
    e_invoice(desk)
    desk.notice = desk.reserve(desk.booths[1])
    with pytest.raises(Refused) as refusal:
        e_invoice(desk)
    assert refusal.value.code == "known_number"


def test_one_that_was_replaced_counts_no_more(desk):
    desk.cash(PRICE)
    wrong = e_invoice(desk)
    set_status(wrong, status="replaced", by=desk.finance)
    assert "1 notice lacks an e-invoice" in shown(browsing(desk.finance), "e_invoices")
    e_invoice(desk, number="00000013", status="replacing")
    assert "Every collection has its e-invoice" in shown(browsing(desk.finance), "e_invoices")


def test_the_accountants_file_has_a_row_for_each_collection_with_its_vat_of_the_day(desk):
    VatRate.objects.create(edition=desk.edition, item="booth", percent=8)
    desk.notice = desk.reserve(desk.booths[1])
    VatRate.objects.create(edition=desk.edition, item="booth", percent=10, starts_on=TODAY)
    before = TODAY - timedelta(days=1)
    first = desk.cash(PRICE - 1_000_000, "a", way="bank_slip", received_on=before)
    second = desk.cash(1_000_000, "b")
    book = load_workbook(BytesIO(browsing(desk.finance).get(address("e_invoices"), {"format": "xlsx"}).content))
    head, *rows = book.active.iter_rows(values_only=True)
    table = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["Receipt"] for row in table] == [first.receipt, second.receipt]
    assert [(row["Without VAT"], row["VAT in percent"], row["VAT"], row["With VAT"]) for row in table] == [
        (11_574_074, 8, 925_926, 12_500_000),
        (909_091, 10, 90_909, 1_000_000),
    ]
    assert table[0]["Buyer"] == desk.notice.company.name_vi
    assert table[0]["E-mail"] == desk.notice.company.people.get().email


def test_each_item_of_the_fees_goes_by_its_own_rates(desk):
    VatRate.objects.create(edition=desk.edition, item="booth", percent=8)
    VatRate.objects.create(edition=desk.edition, item="service", percent=10)
    desk.notice.lines.update(fee="service", vat_rate=10)
    desk.cash(PRICE)
    [one] = collections(desk.edition)
    assert (one.rate, one.gross) == (10, PRICE)


def test_what_went_back_or_was_waived_is_no_collection(desk):
    payment = desk.cash(PRICE)
    take_off_notice(payment, notice=desk.notice, reason="x", by=desk.finance)
    desk.cash(PRICE, "w", way="waived", note="Decision 1")
    assert "Nothing was collected yet" in shown(browsing(desk.finance), "e_invoices")


@pytest.mark.parametrize("rows", world.ROWS)
def test_e_invoices_ask_the_same_whatever_their_number(desk, rows, django_assert_num_queries):
    for n in range(rows):
        notice = Notice.objects.create(
            edition=desk.edition, company=desk.notice.company, number=f"N{n}", reference=f"R{n}", currency="VND", due=5,
            paid=3, due_on=TODAY,
        )  # fmt: skip
        payment = desk.from_outside(3, f"p{n}")
        Posting.objects.create(payment=payment, notice=notice, kind="assigned", amount=3)
    client = browsing(desk.finance)
    with django_assert_num_queries(12):
        assert client.get(address("e_invoices")).status_code == 200


# ---- programs ------------------------------------------------------------------------------------------------


def program(person: Person) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def test_a_program_does_what_the_pages_do(desk):
    payment = desk.from_outside(PRICE + 10)
    use_payment(payment, notices=[], by=None)
    client, where = program(desk.finance), f"/api/v1/payments/{payment.pk}"
    assert client.get("/api/v1/payments/?waiting=true").json()["count"] == 1
    given = {"notice": desk.notice.pk, "amount": str(PRICE), "reason": "x"}
    assert client.post(f"{where}/assign/", given).json()["free"] == "10.00"
    refund = {"payment": payment.pk, "amount": "10", "reason": "x", "key": "r"}
    made = client.post("/api/v1/refunds/", refund).json()
    assert client.post("/api/v1/refunds/", refund).json()["id"] == made["id"]
    assert client.post(f"/api/v1/refunds/{made['id']}/finish/", {"outside": "FT2"}).json()["state"] == "done"
    assert client.post(f"/api/v1/refunds/{made['id']}/fail/", {"reason": "x"}).json()["state"] == "failed"
    credit = {"notice": desk.notice.pk, "amount": "7", "reason": "x", "key": "c"}
    assert client.post("/api/v1/credit-notes/", credit).status_code == 201
    assert client.post(f"{where}/take_off/", {"notice": desk.notice.pk, "reason": "x"}).json()["free"] == "13500010.00"
    invoice = {"notice": desk.notice.pk, "symbol": "1C", "number": "1", "issued_on": "2018-09-01", "amount": "5"}
    assert client.post("/api/v1/e-invoices/", invoice).status_code == 201
    cash = desk.cash(5, "cash")
    assert client.post(f"/api/v1/payments/{cash.pk}/void/", {"reason": "x"}).json()["state"] == "void"
    adds_up()


def test_a_company_reads_its_papers_and_decides_nothing(desk):
    payment, credit = desk.cash(10), desk.credit(5)
    client = program(desk.notice.company.people.get())
    assert client.get("/api/v1/payments/").json()["count"] == 1
    assert client.get(f"/api/v1/credit-notes/{credit.pk}/").status_code == 200
    given = {"payment": payment.pk, "amount": "1", "reason": "x", "key": "k"}
    assert client.post("/api/v1/refunds/", given).status_code == 403
    assert client.post(f"/api/v1/payments/{payment.pk}/void/", {"reason": "x"}).status_code == 403
    with pytest.raises(Forbidden):
        refund_payment(payment, amount=Decimal(1), reason="x", key="k", by=desk.notice.company.people.get())
    assert program(world.person()).get("/api/v1/credit-notes/").json()["count"] == 0
