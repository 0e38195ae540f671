"""Lists: the best first, and an exhibitor whom nobody ranks is still seen."""

import numpy as np

from matchmaking.ranking.lists import CLOSED, fill_list, fill_lists
from matchmaking.ranking.terms import Terms
from tests.matchmaking.ranking.pairs import exhibitor, importer


def fill(scored, **numbers):
    importers = [importer(pk) for pk in range(1, len(scored) + 1)]
    exhibitors = [exhibitor(pk) for pk in range(101, 101 + len(scored[0]))]
    return fill_lists(importers, exhibitors, np.array(scored, np.float32), Terms(**numbers))


def keys(listed):
    return [one.exhibitor for one in listed]


def test_the_best_come_first_and_equals_by_their_id():
    found = fill([[50, 90, 70, 50]], listed=4, reserved=0, floor=0)
    assert keys(found.of[1]) == [102, 103, 101, 104]
    assert [one.score for one in found.of[1]] == [90, 70, 50, 50]


def test_who_is_on_no_list_gets_a_reserved_place_where_it_scores_best():
    scored = [[90, 80, 70, 5], [90, 80, 70, 8], [90, 80, 70, 7]]
    found = fill(scored, listed=3, reserved=1, floor=2)
    lifted = {pk: [one.exhibitor for one in listed if one.lifted] for pk, listed in found.of.items()}
    assert lifted == {1: [103], 2: [104], 3: [103]}
    assert found.below_floor == (104,)
    assert all(len(listed) == 3 for listed in found.of.values())


def test_the_floor_is_kept_where_there_is_room():
    rng = np.random.default_rng(1)
    found = fill((rng.random((40, 60)) ** 3 * 100).tolist(), listed=10, reserved=4, floor=2)
    seen = dict.fromkeys(range(101, 161), 0)
    for listed in found.of.values():
        assert len(listed) == 10 == len(set(keys(listed)))
        for one in listed:
            seen[one.exhibitor] += 1
    assert min(seen.values()) >= 2
    assert found.below_floor == ()


def test_the_order_in_which_they_are_given_changes_nothing():
    rng = np.random.default_rng(2)
    scored = np.round(rng.random((12, 20)) * 5).astype(np.float32) * 20  # many equals
    importers = [importer(pk) for pk in range(1, 13)]
    exhibitors = [exhibitor(pk) for pk in range(101, 121)]
    terms = Terms(listed=6, reserved=3, floor=3)
    lines, columns = rng.permutation(12), rng.permutation(20)
    other = fill_lists(
        [importers[n] for n in lines], [exhibitors[n] for n in columns], scored[np.ix_(lines, columns)], terms
    )
    assert other.of == fill_lists(importers, exhibitors, scored, terms).of


def test_a_closed_pair_is_never_listed_nor_lifted():
    found = fill([[90, CLOSED], [CLOSED, CLOSED]], listed=2, reserved=1, floor=1)
    assert (keys(found.of[1]), found.of[2], found.below_floor) == ([101], (), (102,))


def test_one_list_takes_up_whom_the_floor_lifts():
    exhibitors, score = [exhibitor(pk) for pk in (101, 102, 103)], np.array([90, 80, 1], np.float32)
    listed = fill_list(exhibitors, score, Terms(listed=2, reserved=1), frozenset({103}))
    assert [(one.exhibitor, one.lifted) for one in listed] == [(101, False), (103, True)]
    assert keys(fill_list(exhibitors, score, Terms(listed=2, reserved=1))) == [101, 102]


def test_nobody_is_no_fault():
    assert fill_lists([], [exhibitor()], np.zeros((0, 1), np.float32), Terms()).below_floor == (11,)
    assert fill_lists([importer()], [], np.zeros((1, 0), np.float32), Terms()).of == {1: ()}
