"""Many hands at one counter and one notice: no number twice, none left out, no money counted twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from fairs import clock
from fairs.errors import DomainError
from fairs.models import Notice, NoticeLine, Payment
from fairs.money.actions.notices import issue_notice
from fairs.money.actions.payments import record_receipt
from fairs.money.numbers import next_number
from tests import world

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
THREADS = 8
TODAY = date(2018, 9, 1)


def together(deed: Callable[[int], object]) -> list[object]:
    """What each of eight threads got, all starting at the same moment."""
    gate = threading.Barrier(THREADS, timeout=60)

    def one(number: int) -> object:
        try:
            gate.wait()
            with clock.at(world.NOON):
                return deed(number)
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


@pytest.fixture
def fair():
    edition = world.edition(slug="hgs-2018")
    return edition, world.officer(edition, "finance"), world.company(world.person())


def notice(fair, amount: int = 10) -> Notice:
    edition, finance, firm = fair
    line = NoticeLine(kind="price", text_vi="a", text_en="a", unit_price=amount, amount=amount)
    with clock.at(world.NOON), transaction.atomic():
        return issue_notice(
            edition, company=firm, currency="VND", lines=[line], due_on=TODAY + timedelta(days=7),
            contact=firm.people.get(), by=finance,
        )  # fmt: skip


def test_numbers_given_at_once_have_no_gap(fair):
    def deed(number: int) -> object:
        for _turn in range(5):
            try:
                with transaction.atomic():
                    next_number(fair[0], "TB")
                    if number % 2:
                        raise RuntimeError("the paper was not written after all")
            except RuntimeError:
                continue
        return None

    together(deed)
    with transaction.atomic():
        assert next_number(fair[0], "TB") == f"HGS18-TB{THREADS // 2 * 5 + 1:05d}"


def test_notices_issued_at_once_have_numbers_in_a_row(fair):
    together(lambda number: notice(fair))
    numbers = sorted(Notice.objects.values_list("number", flat=True))
    assert numbers == [f"HGS18-TB{n:05d}" for n in range(1, THREADS + 1)]


def test_one_receipt_said_eight_times_at_once_is_one(fair):
    owed = notice(fair)
    answers = together(
        lambda number: record_receipt(owed, way="cash", amount=Decimal(10), received_on=TODAY, key="same", by=fair[1])
    )
    assert len(set(answers)) == 1
    assert Payment.objects.get().receipt == "HGS18-PT00001"


def test_money_that_comes_at_once_never_exceeds_what_is_owed(fair):
    owed = notice(fair)
    answers = together(
        lambda number: record_receipt(
            owed, way="cash", amount=Decimal(4), received_on=TODAY, key=f"k{number}", by=fair[1]
        )
    )
    assert sorted(str(answer) for answer in answers if isinstance(answer, str)) == ["more_than_due"] * (THREADS - 2)
    owed.refresh_from_db()
    assert (owed.paid, len(owed.receipts)) == (8, 2)
