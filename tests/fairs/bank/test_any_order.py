"""Whatever order lines come in, told by whom and how often: the ledger is the same, and adds up."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairs.models import BankLine, Notice, Payment
from tests.fairs.bank.fair import PRICE, TODAY, Booked, Fair
from tests.fairs.ledger import adds_up

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SOURCES = ("statement", "sepay", "vietqr")
AMOUNTS = (PRICE, PRICE // 2, PRICE + 500, 1)
movements = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(AMOUNTS)), min_size=1, max_size=6)


class Undone(Exception):
    """Ends an attempt, so that the next begins from the same fair."""


@pytest.fixture
def owed(fair) -> list[Notice]:
    """Three notices of three exhibitors."""
    return [fair.notice() for _each in range(3)]


def told(fair: Fair, notices: list[Notice], moved: list[tuple[int, int]], order: list[tuple[int, str, bool]]) -> object:
    """What the ledger says after the movements were told in this order, some of them matched at once."""
    rows = [
        Booked(
            TODAY, Decimal(amount), text=f"TRACE{number:06d} {notices[which].reference}", transaction=f"FT{number:04d}"
        )
        for number, (which, amount) in enumerate(moved)
    ]
    for number, source, at_once in order:
        one = rows[number]
        named = one if source == "statement" else replace(one, told_as=f"{source}-{number}")
        fair.tell(named, source=source, match=at_once)
        adds_up()
    fair.tell(match=True)
    adds_up()
    paid = list(Notice.objects.order_by("pk").values_list("paid", flat=True))
    free = Payment.objects.aggregate(sum=Sum(F("amount") - F("assigned")))["sum"]
    return paid, free, BankLine.objects.count(), Payment.objects.count()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moved=movements, data=st.data())
def test_any_order_and_repetition_gives_the_same_ledger(fair, owed, moved, data):
    plain = [(number, "statement", True) for number in range(len(moved))]
    again = st.tuples(st.integers(0, len(moved) - 1), st.sampled_from(SOURCES), st.booleans())
    mixed = data.draw(st.permutations(plain + data.draw(st.lists(again, max_size=5))))
    results = []
    for order in (plain, mixed):
        try:
            with transaction.atomic():
                results.append(told(fair, owed, moved, order))
                raise Undone
        except Undone:
            pass
    assert results[0] == results[1]
