"""The jury's arithmetic, against sums done by hand."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booths.scoring import Mark, Place, Share, mean, of_review, places, reaches, shares, spread

D = Decimal


def mark(points, most=10, weight=1):
    return Mark(D(str(points)), most, D(str(weight)))


@pytest.mark.parametrize(
    ("marks", "score"),
    [
        ([mark(7)], "70.00"),
        ([mark(10), mark(0)], "50.00"),
        ([mark(10, weight=3), mark(0)], "75.00"),
        ([mark(4, most=5, weight=2), mark(6)], "73.33"),  # (2 × 0.8 + 0.6) / 3 = 0.7333…
        ([mark(2, most=3)], "66.67"),
        ([mark("0.5", most=4000)], "0.01"),  # 0.0125 hundredths
        ([mark(1, most=800)], "0.13"),  # 0.125 exactly: half goes up
    ],
)
def test_a_review_is_its_weighted_part_of_the_most_possible(marks, score):
    assert of_review(marks) == D(score)
    assert str(of_review(marks)) == score


@pytest.mark.parametrize("bad", [(11, 10, 1), (-1, 10, 1), (1, 0, 1), (1, 10, 0)])
def test_impossible_marks_are_refused(bad):
    with pytest.raises(ValueError, match=r"points|criterion"):
        mark(*bad)


def test_nothing_scored_is_no_score():
    assert mean([]) is None
    with pytest.raises(ValueError, match="without a mark"):
        of_review([])


@pytest.mark.parametrize(
    ("scores", "result"), [(["70", "80"], "75.00"), (["70", "70", "71"], "70.33"), (["70.00", "70.01"], "70.01")]
)
def test_an_application_is_the_mean_of_the_reviews_as_shown(scores, result):
    assert mean([D(one) for one in scores]) == D(result)


def test_the_spread_is_highest_less_lowest():
    assert spread([D("61.50"), D("90"), D("75")]) == D("28.50")
    assert spread([D(70)]) == spread([]) == 0


@pytest.mark.parametrize(
    ("score", "least", "result"),
    [("60.00", "60", True), ("59.99", "60", False), ("0", None, True), (None, None, False), (None, "60", False)],
)
def test_the_threshold_itself_is_reached(score, least, result):
    assert reaches(D(score) if score else None, D(least) if least else None) is result


def test_equal_scores_share_a_place_and_the_next_is_passed_over():
    found = places({1: D(90), 2: D(80), 3: D(80), 4: D(70), 5: None})
    assert found == {1: Place(1, 4, 0), 2: Place(2, 4, 1), 3: Place(2, 4, 1), 4: Place(4, 4, 0)}


def test_each_gets_its_jurors_and_nobody_judges_where_they_are_partial():
    found = shares([Share(1, 2, frozenset({7})), Share(2, 2), Share(3, 2)], [7, 8, 9], {})
    assert (1, 7) not in found
    assert Counter(thing for thing, _juror in found) == {1: 2, 2: 2, 3: 2}
    assert Counter(juror for _thing, juror in found) == {7: 2, 8: 2, 9: 2}


def test_too_few_jurors_give_what_there_is():
    assert shares([Share(1, 3, frozenset({7}))], [7, 8], {}) == [(1, 8)]
    assert shares([Share(1, 3)], [], {}) == []


@given(st.integers(1, 40), st.integers(1, 6), st.integers(1, 6))
def test_without_partiality_the_work_differs_by_one_at_most(things, jurors, each):
    found = shares([Share(key, each) for key in range(things)], range(jurors), {})
    work = Counter(juror for _thing, juror in found)
    assert len(found) == things * min(each, jurors) == len(set(found))
    assert max(work.values()) - min(work[juror] for juror in range(jurors)) <= 1


def test_who_has_much_already_gets_less():
    found = shares([Share(key, 1) for key in range(4)], [1, 2], {1: 4})
    assert Counter(juror for _thing, juror in found) == {2: 4}
