"""Many hands on one payment: it is returned once, put once, and the ledger adds up; the control can fail."""

import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import QuerySet, Sum

from fairs import clock
from fairs.models import Notice, Payment, Posting, Refund
from fairs.money.actions import refunds
from fairs.money.actions.credits import credit_notice
from fairs.money.actions.payments import assign_payment, record_receipt, take_in, take_off_notice, use_payment
from fairs.money.actions.refunds import refund_payment
from tests import world
from tests.fairs.ledger import PRICE, TODAY, Desk, adds_up, fresh
from tests.fairs.test_money_races import THREADS, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
CONSTRAINTS = ["payment_never_over_assigned", "payment_parts_not_negative"]


@pytest.fixture
def desk():
    with clock.at(world.NOON):
        made = Desk()
        assert made.finance.roles_in(made.edition)
        assert made.finance.second_factor
        return made


@pytest.fixture
def payment(desk):
    """Free money that eight hands reach for."""
    with clock.at(world.NOON):
        made = desk.from_outside(PRICE)
        use_payment(made, notices=[], by=None)
    return made


def back(payment: Payment, number: int, by) -> object:
    return refund_payment(payment, amount=Decimal(PRICE), reason="x", key=f"r{number}", by=by).amount


def test_eight_refunds_of_all_of_it_return_it_once(desk, payment):
    answers = together(lambda number: back(payment, number, desk.finance))
    assert sorted(map(str, answers)) == [str(Decimal(PRICE))] + ["more_than_free"] * (THREADS - 1)
    with clock.at(world.NOON):
        adds_up()


@pytest.mark.postgres
def test_the_control_returns_it_eight_times(desk, payment, monkeypatch):
    """Everybody looks before anybody writes, and neither a lock nor a constraint is in the way."""
    looked, check = threading.Barrier(THREADS, timeout=60), refunds._check

    def look_together(*args: object) -> None:
        check(*args)
        looked.wait()

    monkeypatch.setattr(refunds, "_check", look_together)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    with connection.schema_editor() as editor:
        for name in CONSTRAINTS:
            editor.remove_constraint(Payment, constraint(name))
    try:
        together(lambda number: back(payment, number, desk.finance))
        assert Refund.objects.aggregate(sum=Sum("amount"))["sum"] == THREADS * PRICE
    finally:
        Posting.objects.all().delete()
        Refund.objects.all().delete()
        Payment.objects.all().delete()
        with connection.schema_editor() as editor:
            for name in CONSTRAINTS:
                editor.add_constraint(Payment, constraint(name))


def test_free_money_put_onto_two_notices_at_once_stands_on_one(desk, payment):
    with clock.at(world.NOON):
        notices = [desk.notice, desk.reserve(desk.booths[1])]

    def deed(number: int) -> object:
        notice = notices[number % 2]
        return assign_payment(payment, notice=notice, amount=Decimal(PRICE), reason="x", by=desk.finance).free

    answers = together(deed)
    assert sorted(map(str, answers))[0] == "0.00"
    assert sum(not isinstance(answer, str) for answer in answers) == 1
    assert sorted(fresh(notice).state for notice in notices) == ["issued", "paid"]
    with clock.at(world.NOON):
        adds_up()


def test_a_credit_note_and_money_that_comes_at_once_add_up(desk):
    """Half of the hands pay, one credits all of it, the others take money off again."""
    with clock.at(world.NOON):
        first = desk.cash(1_000_000, "first")

    def deed(number: int) -> object:
        if number == 0:
            return credit_notice(desk.notice, amount=Decimal(0), reason="x", key="c", by=desk.finance, end=True).amount
        if number < 5:
            made = take_in(
                desk.edition, way="transfer", amount=Decimal(2_500_000), currency="VND", received_on=TODAY,
                key=f"t{number}", by=None,
            )  # fmt: skip
            return use_payment(made, notices=[desk.notice], by=None).free
        if number < 7:
            return take_off_notice(first, notice=desk.notice, reason="x", by=desk.finance).free
        return record_receipt(
            desk.notice, way="cash", amount=Decimal(5), received_on=TODAY, key="cash", by=desk.finance
        ).amount

    answers = together(deed)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    with clock.at(world.NOON):
        adds_up()
    came = Payment.objects.aggregate(sum=Sum("amount"))["sum"]
    assert Posting.objects.aggregate(sum=Sum("amount"))["sum"] == came
    assert fresh(desk.notice).state in ("credited", "issued")
    assert Notice.objects.get(pk=desk.notice.pk).paid <= PRICE


def constraint(name: str):
    return next(one for one in Payment._meta.constraints if one.name == name)
