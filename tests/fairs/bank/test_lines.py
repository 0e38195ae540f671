"""A movement is one line, whoever tells of it and however often."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from fairs.models import BankLine, LineReport
from fairs.money.actions.lines import Account, Booked, receive_lines
from tests import world
from tests.fairs.bank.fair import ACCOUNT, PRICE, TODAY

pytestmark = pytest.mark.django_db


def counts(received) -> tuple[int, int]:
    return len(received.new), len(received.known)


def told(fair, *rows: Booked, source: str = "statement", channel: str = "") -> tuple[int, int]:
    return counts(fair.tell(*rows, source=source, channel=channel, match=False))


def test_a_line_is_written_whole_before_anything_is_decided(fair):
    told(fair, Booked(TODAY, Decimal("13500000.50"), text="HGS", payer="BA LAN", transaction="FT1"))
    line = BankLine.objects.get()
    assert (line.state, line.amount, line.text, line.payer, line.transaction) == (
        "new", Decimal("13500000.50"), "HGS", "BA LAN", "FT1",
    )  # fmt: skip
    assert (line.bin, line.account, line.edition, line.payment) == (*(ACCOUNT.bin, ACCOUNT.number), fair.edition, None)


def test_the_same_file_again_brings_nothing_new(fair):
    rows = [fair.booked(PRICE, "a"), fair.booked(PRICE, "b"), fair.booked(-5, "phi")]
    assert told(fair, *rows) == (3, 0)
    assert told(fair, *rows) == (0, 3)
    assert told(fair, *reversed(rows), fair.booked(1, "c")) == (1, 3)
    assert LineReport.objects.count() == 4


def test_without_a_reference_equal_rows_of_one_file_are_counted(fair):
    same = Booked(TODAY, Decimal(500), text="phi")
    assert told(fair, same, same) == (2, 0)
    assert told(fair, same, same, same) == (1, 2)
    assert told(fair, Booked(TODAY, Decimal(500), text="phi", balance=Decimal(7))) == (1, 0)


def test_a_payment_and_its_return_may_share_the_banks_reference(fair):
    assert told(fair, fair.booked(PRICE, "a", transaction="FT9")) == (1, 0)
    assert told(fair, fair.booked(-PRICE, "hoan tra", transaction="FT9")) == (1, 0)


def test_what_is_the_same_on_every_row_is_no_reference(fair):
    """A column of codes such as IBFT, taken for the bank's references by mistake, swallows no money."""
    rows = [fair.booked(PRICE, f"khach {n}", transaction="IBFT", day=TODAY + timedelta(n)) for n in range(4)]
    assert told(fair, *rows, fair.booked(PRICE, "khach khac", transaction="IBFT")) == (5, 0)
    assert told(fair, *rows) == (0, 4)
    assert BankLine.objects.filter(transaction="IBFT").count() == 1
    assert told(fair, fair.booked(PRICE, "moi", transaction="IBFT", day=TODAY + timedelta(30))) == (1, 0)


@pytest.mark.parametrize("first", ["statement", "sepay"])
def test_a_statement_and_a_service_tell_of_one_line_by_the_banks_reference(fair, first):
    by_file = fair.booked(PRICE, "HGS1800001I tien gian", transaction="FT1")
    by_service = fair.booked(PRICE, "something else", transaction="FT1", told_as="92704")
    tellings = [(by_file, "statement"), (by_service, "sepay")]
    for row, source in tellings if first == "statement" else reversed(tellings):
        told(fair, row, source=source)
    assert BankLine.objects.get().reports.count() == 2
    assert told(fair, by_service, source="sepay") == (0, 1)
    assert told(fair, by_file) == (0, 1)


def test_where_the_references_differ_day_amount_and_text_tell_one_from_one(fair):
    text = "MBVCB.44 HGS1800001I tien gian hang"
    rows = [fair.booked(PRICE, text, transaction="", told_as=str(n)) for n in range(2)]
    assert told(fair, *rows, source="sepay") == (2, 0)
    later = TODAY + timedelta(1)
    as_printed = [fair.booked(PRICE, f"REM {text}/TKS", day=later) for _each in range(3)]
    assert told(fair, *as_printed) == (1, 2), "two were told of by the service, the third is new"
    assert told(fair, *as_printed) == (0, 3)


def test_two_equal_payments_of_which_each_channel_missed_one_are_two_where_the_references_are_the_same(fair):
    """Once a service has named a transfer as the statement does, another name is another transfer."""
    text = "HGS1800001I tien gian hang"
    first, second, third = (fair.booked(PRICE, text) for _each in range(3))
    told(fair, fair.booked(1, "known to both", transaction="FT-X", told_as="0"), source="sepay")
    told(fair, Booked(TODAY, Decimal(PRICE), text=text, transaction=first.transaction, told_as="1"), source="sepay")
    both = fair.booked(1, "known to both", transaction="FT-X")
    assert told(fair, second, both) == (1, 1)
    assert told(fair, third, second, first, both) == (1, 3)


@pytest.mark.parametrize(
    "other",
    [
        {"amount": PRICE + 1},
        {"text": "another text altogether"},
        {"day": TODAY + timedelta(2)},
        {"text": "HGS"},
    ],
)
def test_what_differs_is_another_line(fair, other):
    told(fair, fair.booked(PRICE, "HGS1800001I tien", transaction="", told_as="1"), source="sepay")
    row = {"amount": PRICE, "text": "HGS1800001I tien"} | other
    assert told(fair, fair.booked(row.pop("amount"), row.pop("text"), **row)) == (1, 0)


def test_a_message_sent_ten_times_is_one_line_even_months_later(fair):
    row = fair.booked(PRICE, "a", told_as="92704")
    for _again in range(10):
        told(fair, row, source="sepay")
    late = Booked(TODAY + timedelta(90), Decimal(PRICE), text="a", told_as="92704")
    assert told(fair, late, source="sepay") == (0, 1)
    assert told(fair, row, source="vietqr") == (0, 1), "the same bank's reference"
    assert told(fair, fair.booked(PRICE, "b", told_as="92704"), source="vietqr") == (0, 1), "the id of that service"
    assert BankLine.objects.count() == 1


def test_another_account_has_lines_of_its_own(fair):
    row = fair.booked(PRICE, "a")
    told(fair, row)
    other = receive_lines(Account("970415", ACCOUNT.number), [row], edition=fair.edition, source="statement", by=None)
    assert counts(other) == (1, 0)


@pytest.mark.parametrize("rows", world.ROWS)
def test_any_number_of_rows_takes_as_many_statements(fair, rows, django_assert_num_queries):
    """But for what SQLite cannot write at once."""
    booked = [fair.booked(PRICE + n, f"row {n}") for n in range(rows)]
    with django_assert_num_queries(16 if rows == 300 else 8):
        told(fair, *booked)
    with django_assert_num_queries(6):
        told(fair, *booked)


def test_no_row_can_say_a_transaction_twice(fair):
    told(fair, fair.booked(PRICE, "a", transaction="FT1"))
    line = BankLine.objects.get()
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)
