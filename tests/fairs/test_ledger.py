"""The ledger: whatever order money comes, goes and is corrected in, every đồng stands somewhere and once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from fairs import clock
from fairs.errors import DomainError, Forbidden, Invalid, Refused
from fairs.models import Entry, Notice, NoticeLine, Payment, Posting
from fairs.money.actions.credits import credit_notice
from fairs.money.actions.notices import cancel_notice, issue_notice
from fairs.money.actions.payments import (
    assign_payment,
    record_receipt,
    take_off_notice,
    use_payment,
    void_payment,
)
from fairs.money.actions.refunds import came_back, fail_refund, finish_refund, withdraw
from fairs.states import StateConflict
from tests import world
from tests.fairs.ledger import PRICE, TODAY, Desk, adds_up, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    with clock.at(world.NOON):
        yield Desk()


def refused(kind: type[DomainError], deed) -> str:
    before = Posting.objects.count()
    with pytest.raises(kind) as refusal:
        deed()
    assert Posting.objects.count() == before
    return refusal.value.code


# ---- in, off, on ---------------------------------------------------------------------------------------------


def test_what_is_paid_gives_the_permit_and_every_move_is_written(desk):
    payment = desk.cash(PRICE)
    assert [(row.kind, row.amount, row.notice_id) for row in payment.postings.all()] == [
        ("received", PRICE, None), ("assigned", -PRICE, None), ("assigned", PRICE, desk.notice.pk),
    ]  # fmt: skip
    assert (fresh(desk.notice).state, desk.booth().state, desk.booth().permit) == ("paid", "confirmed", "HGS18-GP00001")
    adds_up()


def test_money_taken_off_its_notice_takes_the_permit_away_and_put_back_gives_another(desk):
    payment = desk.cash(PRICE)
    take_off_notice(payment, notice=desk.notice, reason="It was for the neighbour", by=desk.finance)
    assert (fresh(desk.notice).state, desk.booth().state, desk.booth().permit) == ("issued", "reserved", "")
    assert fresh(payment).question == "taken_off"
    assert Entry.objects.get(verb="booths.reservation.withdraw_permit").subject == "HGS18-GP00001"
    adds_up()
    assign_payment(
        payment, notice=desk.notice, amount=Decimal(PRICE), reason="It was theirs after all", by=desk.finance
    )
    assert (fresh(desk.notice).state, desk.booth().permit, fresh(payment).question) == ("paid", "HGS18-GP00002", "")
    adds_up()


def test_a_permit_goes_and_comes_for_a_booth_that_was_handed_over_too(desk):
    payment = desk.cash(PRICE)
    desk.booth().follow("hand_over", by=desk.finance)
    take_off_notice(payment, notice=desk.notice, reason="Not theirs", by=desk.finance)
    assert (desk.booth().state, desk.booth().permit) == ("handed_over", "")
    use_payment(payment, notices=[desk.notice], by=desk.finance)
    assert (desk.booth().state, desk.booth().permit) == ("handed_over", "HGS18-GP00002")


def test_what_is_too_much_stays_free_and_says_why(desk):
    payment = desk.from_outside(PRICE + 5)
    for _twice in range(2):
        use_payment(payment, notices=[desk.notice], by=None)
        assert (fresh(payment).free, fresh(payment).question, fresh(desk.notice).state) == (5, "more_than_due", "paid")
        assert fresh(payment).company == desk.notice.company
        adds_up()


@pytest.mark.parametrize(
    ("before", "question"),
    [
        (lambda desk: desk.cash(PRICE), "already_paid"),
        (lambda desk: cancel_notice(desk.notice, by=desk.finance), "not_owed"),
        (lambda desk: None, "wrong_currency"),
    ],
)
def test_money_that_is_not_owed_is_kept_and_asked_about(desk, before, question):
    before(desk)
    payment = desk.from_outside(PRICE, currency="USD" if question == "wrong_currency" else "VND")
    use_payment(payment, notices=[desk.notice], by=None)
    assert (fresh(payment).free, fresh(payment).question) == (PRICE, question)
    adds_up()


def test_one_transfer_pays_several_notices_in_their_order(desk):
    other = desk.reserve(desk.booths[1])
    payment = desk.from_outside(PRICE + 1_000_000)
    use_payment(payment, notices=[other, desk.notice], by=None)
    assert (fresh(other).balance, fresh(desk.notice).balance) == (0, PRICE - 1_000_000)
    adds_up()


def test_money_said_twice_came_once(desk):
    assert desk.from_outside(5) == desk.from_outside(5)
    assert Payment.objects.count() == Posting.objects.count() == 1


def test_what_finance_may_not_put_where_it_does_not_belong(desk):
    dollars, dong = desk.from_outside(900, "a", "USD"), desk.from_outside(10, "b")

    def put(payment: Payment, amount: int, reason: str = "So it is") -> str:
        return refused(
            DomainError,
            lambda: assign_payment(payment, notice=desk.notice, amount=Decimal(amount), reason=reason, by=desk.finance),
        )

    assert put(dollars, 900) == "wrong_currency"
    assert put(dong, 11) == "more_than_free"
    assert put(dong, 0) == "not_positive"
    assert put(dong, 5, " ") == "no_reason"
    assert put(desk.from_outside(2 * PRICE, "c"), PRICE + 1) == "more_than_due"
    desk.cash(PRICE)
    assert put(dong, 5) == "not_payable"


# ---- receipts of finance -------------------------------------------------------------------------------------


def test_a_receipt_is_void_only_with_a_reason_and_keeps_its_number(desk):
    payment = desk.cash(PRICE)
    assert refused(Invalid, lambda: void_payment(payment, reason="", by=desk.finance)) == "no_reason"
    void_payment(payment, reason="Typed on the wrong notice", by=desk.finance)
    assert (fresh(payment).state, fresh(payment).receipt, desk.booth().permit) == ("void", "HGS18-PT00001", "")
    assert payment.postings.last().reason == "Typed on the wrong notice"
    adds_up()
    with pytest.raises(Refused):
        void_payment(payment, reason="Again", by=desk.finance)
    assert desk.cash(PRICE, "k2").receipt == "HGS18-PT00002"


def test_money_of_a_bank_and_money_that_went_back_cannot_be_void(desk):
    reported = desk.from_outside(10)
    assert refused(Refused, lambda: void_payment(reported, reason="x", by=desk.finance)) == "not_by_hand"
    payment = desk.cash(10)
    take_off_notice(payment, notice=desk.notice, reason="x", by=desk.finance)
    desk.refund(payment, 4)
    assert refused(Refused, lambda: void_payment(payment, reason="x", by=desk.finance)) == "has_refunds"


@pytest.mark.parametrize("way", ["support", "waived"])
def test_what_brings_no_money_needs_a_reason_has_its_own_numbers_and_never_goes_back(desk, way):
    assert refused(Invalid, lambda: desk.cash(PRICE, way=way)) == "no_reason"
    payment = desk.cash(PRICE, way=way, note="Decision 12/QĐ-SCT")
    assert (payment.receipt, fresh(desk.notice).state) == ("HGS18-MG00001", "paid")
    take_off_notice(payment, notice=desk.notice, reason="x", by=desk.finance)
    assert refused(Refused, lambda: desk.refund(payment, 1)) == "not_money"
    void_payment(payment, reason="The fund withdrew", by=desk.finance)
    adds_up()


# ---- credit notes --------------------------------------------------------------------------------------------


def test_a_credit_note_lowers_what_is_owed(desk):
    paper = desk.credit(500_000)
    assert paper == desk.credit(500_000)
    assert (paper.number, fresh(desk.notice).balance, fresh(desk.notice).due) == ("HGS18-GT00001", 13_000_000, PRICE)
    desk.cash(13_000_000)
    assert (fresh(desk.notice).state, desk.booth().state) == ("paid", "confirmed")
    adds_up()


def test_a_credit_for_what_was_paid_frees_the_money_and_keeps_the_permit(desk):
    first, second = desk.cash(PRICE - 100, "a"), desk.cash(100, "b")
    permit = desk.booth().permit
    desk.credit(500)
    assert (fresh(second).free, fresh(first).free) == (100, 400)
    assert (fresh(desk.notice).state, desk.booth().permit) == ("paid", permit)
    assert not Entry.objects.filter(verb="booths.reservation.withdraw_permit").exists()
    adds_up()


def test_a_notice_credited_whole_gives_its_booth_back(desk):
    payment = desk.cash(PRICE)
    desk.credit(end=True)
    assert (fresh(desk.notice).state, desk.booth().state, desk.booth().permit) == ("credited", "released", "")
    assert fresh(payment).free == PRICE
    adds_up()
    assert refused(Refused, lambda: desk.credit(1, "again")) == "not_payable"


def test_what_cannot_be_credited(desk):
    assert refused(Invalid, lambda: desk.credit(0)) == "not_positive"
    assert refused(Refused, lambda: desk.credit(PRICE + 1)) == "more_than_due"
    with pytest.raises(Forbidden):
        credit_notice(desk.notice, amount=Decimal(1), reason="x", key="k", by=desk.notice.company.people.first())


# ---- back ----------------------------------------------------------------------------------------------------


def test_only_free_money_goes_back_and_in_parts(desk):
    payment = desk.from_outside(PRICE + 100)
    use_payment(payment, notices=[desk.notice], by=None)
    assert refused(Refused, lambda: desk.refund(payment, 101)) == "more_than_free"
    assert desk.refund(payment, 60) == desk.refund(payment, 60)
    assert refused(Refused, lambda: desk.refund(payment, 41, "r2")) == "more_than_free"
    second = desk.refund(payment, 40, "r2")
    assert (second.number, fresh(payment).free, fresh(payment).question) == ("HGS18-HT00002", 0, "")
    finish_refund(second, outside="FT123", by=desk.finance)
    assert fresh(second).state == "done"
    adds_up()


def test_a_refund_that_did_not_arrive_is_free_again_once(desk):
    payment = desk.from_outside(100)
    use_payment(payment, notices=[], by=None)
    refund = desk.refund(payment, 100)
    finish_refund(refund, by=desk.finance)
    fail_refund(refund, reason="Account closed", by=desk.finance)
    adds_up()
    assert fresh(payment).free == 100
    with pytest.raises(StateConflict):
        came_back(fresh(refund), reason="Again", by=None)
    adds_up()


def test_a_bank_that_takes_money_back_opens_the_notice_once(desk):
    payment = desk.from_outside(PRICE + 5)
    use_payment(payment, notices=[desk.notice], by=None)
    for _twice in range(2):
        gone = withdraw(payment, Decimal(PRICE), reason="Dispute", key="dp_1", outside="dp_1", kind="dispute")
    assert (fresh(desk.notice).paid, fresh(desk.notice).state, desk.booth().permit) == (5, "issued", "")
    assert fresh(payment).free == 0
    adds_up()
    came_back(gone, reason="Won", by=None)
    use_payment(payment, notices=[desk.notice], by=None)
    assert (fresh(desk.notice).state, bool(desk.booth().permit)) == ("paid", True)
    adds_up()


# ---- what the database alone refuses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Payment, {"assigned": PRICE + 1}),
        (Payment, {"returned": 1}),
        (Payment, {"state": "void"}),
        (Notice, {"credited": 1}),
        (Notice, {"state": "issued"}),
        (Notice, {"state": "cancelled"}),
        (Notice, {"paid": 0}),
    ],
)
def test_no_row_can_say_what_cannot_be(desk, model, fields):
    desk.cash(PRICE)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**fields)


# ---- instalments ---------------------------------------------------------------------------------------------


def test_half_in_advance_and_the_balance_by_its_day(desk):

    line = NoticeLine(kind="price", text_vi="a", text_en="a", unit_price=13, amount=13)
    firm = desk.notice.company
    notice = issue_notice(
        desk.edition, company=firm, currency="VND", lines=[line], due_on=TODAY, contact=firm.people.first(),
        by=desk.finance, balance_on=TODAY + timedelta(days=30), in_advance=Decimal(50),
    )  # fmt: skip
    assert [(one.due_on, one.amount) for one in notice.instalments.all()] == [(TODAY, 7), (TODAY + timedelta(30), 6)]
    assert (notice.due_now, notice.due_on) == (7, TODAY)

    def pay(amount: int, key: str) -> Notice:
        record_receipt(notice, way="cash", amount=Decimal(amount), received_on=TODAY, key=key, by=desk.finance)
        return fresh(notice)

    assert (pay(4, "a").due_now, fresh(notice).due_on) == (3, TODAY)
    assert (pay(3, "b").due_now, fresh(notice).due_on) == (6, TODAY + timedelta(30))
    assert (pay(6, "c").state, fresh(notice).balance) == ("paid", 0)
