"""A statement of 5,000 noisy lines: nothing is matched wrongly, and nearly all that carry a reference are matched."""

from collections import Counter
from decimal import Decimal

import pytest

from fairs.money.matching import Match, Outcome, match
from tests.fairs.matching.statement import Statement, Truth, statement

LINES = 5_000


@pytest.fixture(scope="module")
def made() -> Statement:
    return statement(2018, LINES)


@pytest.fixture(scope="module")
def found(made) -> list[tuple[Match, Truth]]:
    return list(zip(match(made.lines, made.owed), made.truths, strict=True))


def wrong(pairs: list[tuple[Match, Truth]]) -> list[tuple[Match, Truth]]:
    """Lines brought to other notices than their own."""
    return [(one, truth) for one, truth in pairs if one.certain and sorted(one.notices) != sorted(truth.notices)]


def test_nothing_is_matched_wrongly(found):
    assert len(found) == LINES
    assert wrong(found) == []


def test_nearly_all_lines_that_carry_a_reference_are_matched(found):
    carrying = [one for one, truth in found if truth.carries]
    matched = [one for one in carrying if one.certain and one.notices]
    assert (len(carrying), len(matched)) == (4_199, 4_138)
    assert len(matched) >= 0.98 * len(carrying)


def test_a_reference_without_a_slip_is_always_matched_and_named_rightly(found):
    """Whatever its spaces, marks, letters and neighbours."""
    whole = [(one, truth) for one, truth in found if truth.outcome and not truth.slip]
    assert [(one, truth) for one, truth in whole if one.outcome != truth.outcome] == []
    assert set(Counter(truth.outcome for _one, truth in whole)) == set(Outcome) - {Outcome.UNCERTAIN}


def test_every_kind_of_slip_occurs(found):
    assert set(Counter(truth.slip for _one, truth in found)) == {"", "look_alike", "wrong", "swap", "wrong twice"}


def test_whatever_is_not_simply_exact_says_why(found):
    for one, _truth in found:
        assert one.rules or one.outcome in {Outcome.EXACT, Outcome.SEVERAL}


def test_every_dong_is_accounted_for(made, found):
    paid: Counter[int] = Counter()
    for one, _truth in found:
        assert sum((part.money.amount for part in one.parts), one.rest.amount) == one.line.money.amount
        for part in one.parts:
            paid[part.key] += part.money.amount  # type: ignore[assignment]
    balances = {one.key: one.balance.amount for one in made.owed}
    assert all(Decimal(0) < amount <= balances[key] for key, amount in paid.items())


def test_read_a_second_time_nothing_is_new(made):
    again = match(made.lines, made.owed, seen={line.transaction for line in made.lines})
    assert {one.outcome for one in again} == {Outcome.DUPLICATE}
    assert not any(one.parts for one in again)


@pytest.mark.once
@pytest.mark.parametrize("seed", [1, 2])
def test_other_statements_are_matched_no_worse(seed):
    made = statement(seed, LINES)
    found = list(zip(match(made.lines, made.owed), made.truths, strict=True))
    carrying = [one for one, truth in found if truth.carries]
    assert wrong(found) == []
    assert sum(one.certain and bool(one.notices) for one in carrying) >= 0.98 * len(carrying)
