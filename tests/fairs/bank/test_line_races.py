"""The same transfer told by two services at once, two matchers at one account; the controls show that this can fail."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, models

from fairs import clock
from fairs.models import BankAccount, BankLine, LineReport, Notice, Payment
from fairs.money.actions import lines, matching
from fairs.money.actions.lines import Booked, receive_lines
from fairs.money.actions.matching import match_lines
from tests import world
from tests.fairs.bank.fair import ACCOUNT, PRICE, TODAY, Fair
from tests.fairs.ledger import adds_up

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
THREADS = 8


def together(deed: Callable[[int], object]) -> list[Exception]:
    """What went wrong when eight threads do it at the same moment."""
    gate = threading.Barrier(THREADS, timeout=60)
    faults: list[Exception] = []

    def one(number: int) -> None:
        try:
            gate.wait()
            with clock.at(world.NOON):
                deed(number)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[number]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


@pytest.fixture
def race():
    with clock.at(world.NOON):
        fair = Fair()
        return fair, fair.notice()


def tell(fair: Fair, notice: Notice, number: int) -> None:
    """One transfer, told by SePay or VietQR.vn, and matched."""
    source = ("sepay", "vietqr")[number % 2]
    one = Booked(TODAY, Decimal(PRICE), text=notice.reference, transaction="FT1", told_as=f"{source}-1")
    receive_lines(ACCOUNT, [one], edition=fair.edition, source=source, by=None)
    match_lines(ACCOUNT)


def test_a_transfer_told_eight_times_at_once_is_one_line_and_one_payment(race):
    fair, notice = race
    assert together(lambda number: tell(fair, notice, number)) == []
    assert BankLine.objects.get().state == "matched"
    assert (LineReport.objects.count(), Payment.objects.count()) == (2, 1)
    notice.refresh_from_db()
    assert notice.state == "paid"
    adds_up()


@pytest.mark.postgres
def test_the_control_writes_one_transfer_twice(race, monkeypatch):
    """Without the lock of the account and the constraints; all threads look before the first one writes."""
    fair, notice = race
    looked = threading.Barrier(THREADS, timeout=60)
    read = lines._Known._read

    def read_then_wait(self, told):
        read(self, told)
        looked.wait()

    monkeypatch.setattr(lines._Known, "_read", read_then_wait)
    monkeypatch.setattr(BankAccount.objects.__class__, "select_for_update", lambda self: self.all(), raising=False)
    one = Booked(TODAY, Decimal(PRICE), text=notice.reference, transaction="FT1", told_as="1")
    with without(BankLine, "one_line_a_transaction"), without_unique(LineReport, "key"):
        together(lambda number: receive_lines(ACCOUNT, [one], edition=fair.edition, source="sepay", by=None))
        assert BankLine.objects.count() > 1
        LineReport.objects.all().delete()
        BankLine.objects.all().delete()


def test_two_matchers_at_one_account_put_each_line_once_and_name_the_second_a_duplicate(race):
    fair, notice = race
    with clock.at(world.NOON):
        fair.tell(*(fair.booked(PRICE, notice.reference) for _each in range(4)), match=False)
    assert together(lambda number: match_lines(ACCOUNT)) == []
    found = sorted(BankLine.objects.values_list("state", "outcome"))
    assert found == [("matched", "duplicate")] * 3 + [("matched", "exact")]
    assert Payment.objects.count() == 4
    adds_up()


@pytest.mark.postgres
def test_the_control_takes_one_line_in_twice(race, monkeypatch):
    """Without the lock of the line and the key of its payment; all threads read the line before one takes it in."""
    fair, notice = race
    with clock.at(world.NOON):
        fair.tell(fair.booked(PRICE, notice.reference), match=False)
    seen, counter = threading.Barrier(THREADS, timeout=60), iter(range(1_000))

    def unlocked(pk):
        line = BankLine.objects.select_related("payment").get(pk=pk)
        seen.wait()
        return line

    def kept(payment, *, notices, by):
        payment.assigned = payment.amount  # as if it stood on its notice; whether it does is the ledger's own matter
        return payment

    take_in = matching.take_in
    monkeypatch.setattr(matching, "locked_line", unlocked)
    monkeypatch.setattr(matching, "use_payment", kept)
    monkeypatch.setattr(
        matching, "take_in", lambda *args, key, **more: take_in(*args, key=f"{key}-{next(counter)}", **more)
    )
    monkeypatch.setattr(BankLine, "follow", lambda *args, **fields: None)
    assert together(lambda number: match_lines(ACCOUNT)) == []
    assert Payment.objects.count() == THREADS


@contextmanager
def without(model: type[models.Model], name: str):
    """The table without one of its constraints; what is in it is thrown away before the constraint comes back."""
    constraint = next(one for one in model._meta.constraints if one.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)


@contextmanager
def without_unique(model: type[models.Model], name: str):
    """The table with a column that need not be unique."""
    field: Any = model._meta.get_field(name)
    loose = field.clone()
    loose._unique = False
    loose.set_attributes_from_name(name)
    loose.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, field, loose)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(model, loose, field)
