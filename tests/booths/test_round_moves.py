"""The workbench of a round: moves, pins, the rest worked out again, back and forth."""

from decimal import Decimal
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booths.actions import round_moves
from booths.actions.round_moves import changes, move_applicant, pin, redo, solve_rest, undo
from booths.actions.rounds import begin_round, set_allocation_terms
from booths.models import Booth, NeighbourWish, Reservation
from fairs import clock
from fairs.errors import Forbidden, Refused
from fairs.models import Entry
from tests import world
from tests.booths.rounds import asking, drawn, placed, plan, proposed, refusal, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition with six booths in a row, with the clock stopped."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made, 6)
        yield made


@pytest.fixture
def pair(edition):
    """An applicant for two booths."""
    return asking(edition, booths=2, minutes=1)


@pytest.fixture
def singles(edition):
    """Three applicants for one booth each."""
    return [asking(edition, minutes=minutes) for minutes in (2, 3, 4)]


@pytest.fixture
def worked(edition, desk, pair, singles):
    """A round: the pair at A01 and A02, then the three; A06 is free."""
    one, two, three = singles
    return placed(proposed(edition, by=desk), {pair: ["A01", "A02"], one: ["A03"], two: ["A04"], three: ["A05"]})


def test_a_move_to_a_free_booth_is_a_proposal_of_its_own(worked, desk, singles):
    first, one = worked.current, singles[0]
    made = move_applicant(worked, who=unit(one), booth="A06", seen=1, by=desk)
    assert (made.number, made.before, made.how, made.who, made.by) == (2, first, "moved", unit(one), desk)
    assert changes(first.plan, made.plan) == [(unit(one), ["A03"], ["A06"])]
    assert made.objective != first.objective
    assert (made.greedy, made.bound) == (first.greedy, first.bound)
    assert worked.current == made
    first.refresh_from_db()
    assert first.plan[unit(one)] == ["A03"]
    assert Entry.objects.get(verb="booths.round.moved").actor == desk
    assert not Reservation.objects.exists()


def test_who_stands_exactly_there_changes_places(worked, desk, singles):
    one, _two, three = singles
    made = move_applicant(worked, who=unit(three), booth="A03", seen=1, by=desk)
    assert (made.plan[unit(three)], made.plan[unit(one)], made.unplaced) == (["A03"], ["A05"], {})


def test_others_are_without_a_place(worked, desk, pair, singles):
    one, two, _three = singles
    made = move_applicant(worked, who=unit(pair), booth="A03", seen=1, by=desk)
    assert made.plan[unit(pair)] == ["A03", "A04"]
    assert set(made.unplaced) == {unit(one), unit(two)}
    back = move_applicant(worked, who=unit(one), booth="A01", seen=2, by=desk)
    assert (back.plan[unit(one)], set(back.unplaced)) == (["A01"], {unit(two)})


def test_a_run_that_begins_nowhere_ends_at_the_booth(worked, desk, pair):
    made = move_applicant(worked, who=unit(pair), booth="A06", seen=1, by=desk)
    assert made.plan[unit(pair)] == ["A05", "A06"]


def test_a_booth_that_is_not_to_let_or_was_chosen_before_is_closed(edition, desk, pair, singles):
    chosen = singles[0]
    booths = list(edition.booths.all())
    Reservation.objects.create(
        edition=edition, booth=booths[0], application=chosen, company=chosen.company, state="reserved",
        held_until=world.NOON,
    )  # fmt: skip
    Booth.objects.filter(pk=booths[2].pk).update(blocked="Cột")
    worked = proposed(edition, by=desk)
    for booth in ("A01", "A03"):
        assert refusal(move_applicant, worked, who=unit(singles[1]), booth=booth, seen=1, by=desk) == "closed"
    assert refusal(move_applicant, worked, who=unit(chosen), booth="A02", seen=1, by=desk) == "closed"
    assert refusal(move_applicant, worked, who=unit(pair), booth="A02", seen=1, by=desk) == "no_run"
    assert refusal(pin, worked, who=unit(chosen), seen=1, by=desk) == "unknown_applicant"
    assert worked.proposals.count() == 1


def test_rivals_do_not_come_to_touch(edition, desk, pair, singles):
    one, two, three = singles
    NeighbourWish.objects.create(application=one, company=two.company, kind="apart")
    where = {pair: ["A01", "A02"], one: ["A03"], three: ["A04"], two: ["A05"]}
    worked = placed(proposed(edition, by=desk), where)
    with pytest.raises(Refused) as refused:  # the other way round: the one displaced would touch its rival
        move_applicant(worked, who=unit(three), booth="A03", seen=1, by=desk)
    assert (refused.value.code, str(one.company.name_vi) in refused.value.message) == ("rivals", True)
    made = move_applicant(worked, who=unit(two), booth="A06", seen=1, by=desk)
    assert move_applicant(worked, who=unit(three), booth="A03", seen=made.number, by=desk).plan[unit(one)] == ["A04"]


@pytest.mark.parametrize(("limit", "code"), [((Decimal(4), None), "power"), ((None, 2), "count")])
def test_a_zone_bears_no_more_than_it_may(edition, desk, limit, code):
    other = world.Zone.objects.create(edition=edition, code="LD", name_vi="Lụa", name_en="Silk")
    edition.booths.filter(code__in=["A05", "A06"]).update(zone=other)
    set_allocation_terms(edition, by=desk, limits={"GS": limit})
    one, two, three = (asking(edition, minutes=minutes, power_kw=2) for minutes in range(3))
    worked = placed(proposed(edition, by=desk), {one: ["A01"], two: ["A02"], three: ["A05"]})
    assert refusal(move_applicant, worked, who=unit(three), booth="A04", seen=1, by=desk) == code
    assert move_applicant(worked, who=unit(three), booth="A02", seen=1, by=desk).plan[unit(two)] == ["A05"]


def test_a_group_stays_together(edition, desk):
    group = asking(edition, booths=3, is_group=True)
    worked = proposed(edition, by=desk)
    units = [unit(group, number) for number in (1, 2, 3)]
    stands = plan(worked)
    row = sorted(code for codes in stands.values() for code in codes)
    edge, middle, other_edge = (next(who for who in units if stands[who] == [code]) for code in row)
    away = "A06" if row[0] == "A01" else "A01"
    assert refusal(move_applicant, worked, who=edge, booth=away, seen=1, by=desk) == "together"
    made = move_applicant(worked, who=middle, booth=row[0], seen=1, by=desk)  # within the block they change places
    assert [made.plan[who] for who in (middle, edge, other_edge)] == [[code] for code in row]


def test_what_is_pinned_stays(worked, desk, pair, singles):
    one, two, three = singles
    pinned = pin(worked, who=unit(two), seen=1, by=desk)
    assert (pinned.number, pinned.how, pinned.pins, pinned.plan) == (
        2,
        "pinned",
        [unit(two)],
        worked.proposals.get(number=1).plan,
    )
    for who, booth in ((two, "A06"), (three, "A04"), (pair, "A04")):
        assert refusal(move_applicant, worked, who=unit(who), booth=booth, seen=2, by=desk) == "pinned"
    made = move_applicant(worked, who=unit(one), booth="A06", seen=2, by=desk)
    assert made.pins == [unit(two)]
    assert changes(pinned.plan, made.plan) == [(unit(one), ["A03"], ["A06"])]
    free = pin(worked, who=unit(two), keep=False, seen=3, by=desk)
    assert (free.how, free.pins) == ("unpinned", [])
    assert move_applicant(worked, who=unit(two), booth="A03", seen=4, by=desk).plan[unit(two)] == ["A03"]


@pytest.mark.parametrize("first", ["A01", "A02", "A03"])
def test_with_pins_a_move_changes_nothing_else(edition, desk, first):
    """With what is fixed applicants and booths stand in another order inside the solver."""
    alike = [asking(edition) for _each in range(5)]
    codes = ["A01", "A02", "A03", "A04", "A05"]
    worked = placed(proposed(edition, by=desk), dict(zip(alike, ([code] for code in codes), strict=True)))
    holder = alike[codes.index(first)]
    pinned = pin(worked, who=unit(holder), seen=1, by=desk)
    made = move_applicant(worked, who=unit(alike[4]), booth="A06", seen=2, by=desk)
    assert changes(pinned.plan, made.plan) == [(unit(alike[4]), ["A05"], ["A06"])]


def test_who_has_no_place_cannot_be_pinned(worked, desk, pair, singles):
    move_applicant(worked, who=unit(pair), booth="A03", seen=1, by=desk)
    assert refusal(pin, worked, who=unit(singles[0]), seen=2, by=desk) == "unknown_applicant"


def test_the_solver_places_the_rest_and_moves_few(worked, desk, pair, singles):
    one, two, three = singles
    move_applicant(worked, who=unit(pair), booth="A03", seen=1, by=desk)
    before = pin(worked, who=unit(pair), seen=2, by=desk)
    made = solve_rest(worked, seen=3, by=desk)
    assert (made.how, made.unplaced, made.pins, made.steps) == ("resolved", {}, [unit(pair)], round_moves.STEPS)
    assert (made.plan[unit(pair)], made.plan[unit(three)]) == (["A03", "A04"], ["A05"])
    assert [(who, was) for who, was, _now in changes(before.plan, made.plan)] == [(unit(one), []), (unit(two), [])]
    assert made.objective > before.objective
    assert made.why.keys() == made.plan.keys()


def test_what_changed_while_the_rest_was_worked_out_is_not_lost(worked, desk, singles):
    def meanwhile(instance, *limit, **kwargs):
        pin(worked, who=unit(singles[0]), seen=1, by=desk)
        return drawn(instance, *limit, **kwargs)

    with patch.object(round_moves, "allocate", meanwhile):
        assert refusal(solve_rest, worked, seen=1, by=desk) == "changed_meanwhile"
    assert [one.how for one in worked.proposals.all()] == ["solved", "pinned"]


def test_back_and_forth(worked, desk, singles):
    one, two, _three = singles
    assert refusal(undo, worked, seen=1, by=desk) == "nothing_to_undo"
    assert refusal(redo, worked, seen=1, by=desk) == "nothing_to_redo"
    move_applicant(worked, who=unit(one), booth="A06", seen=1, by=desk)
    move_applicant(worked, who=unit(two), booth="A03", seen=2, by=desk)
    assert undo(worked, seen=3, by=desk).number == 2
    assert undo(worked, seen=2, by=desk).number == 1
    assert [redo(worked, seen=seen, by=desk).number for seen in (1, 2)] == [2, 3]
    undo(worked, seen=3, by=desk)
    branch = pin(worked, who=unit(two), seen=2, by=desk)
    assert (branch.number, branch.before.number, plan(worked)[unit(two)]) == (4, 2, ["A04"])
    undo(worked, seen=4, by=desk)
    assert redo(worked, seen=2, by=desk) == branch  # the newest of the two ways on
    assert Entry.objects.filter(verb="booths.round.undo").count() == 4


def test_who_looked_at_an_older_proposal_is_told(worked, desk, singles):
    who = unit(singles[0])
    pin(worked, who=who, seen=1, by=desk)
    for deed, given in ((move_applicant, {"who": who, "booth": "A06"}), (pin, {"who": who}), (undo, {}), (redo, {})):
        assert refusal(deed, worked, seen=1, by=desk, **given) == "changed_meanwhile"


def test_who_and_where_must_be_known(worked, desk, singles):
    assert refusal(move_applicant, worked, who="a1", booth="A06", seen=1, by=desk) == "unknown_applicant"
    assert refusal(move_applicant, worked, who=unit(singles[0]), booth="Z1", seen=1, by=desk) == "unknown_booth"
    assert refusal(pin, worked, who="a1", seen=1, by=desk) == "unknown_applicant"


def test_only_the_desk_works_on_a_proposal_that_stands(edition, desk, pair):
    running = begin_round(edition, seconds=2, by=desk)
    assert refusal(pin, running, who=unit(pair), seen=1, by=desk) == "not_open"
    reader = world.officer(edition, "finance")
    for deed, given in (
        (move_applicant, {"who": "a1", "booth": "A06"}),
        (pin, {"who": "a1"}),
        (solve_rest, {}),
        (undo, {}),
    ):
        with pytest.raises(Forbidden):
            deed(running, seen=1, by=reader, **given)


@pytest.mark.parametrize("count", [1, 3])
def test_a_move_asks_the_same_for_any_number(edition, desk, count):
    [first, *_rest] = [asking(edition, minutes=minutes) for minutes in range(count)]
    worked = proposed(edition, by=desk)
    assert desk.roles_in(edition)
    with CaptureQueriesContext(connection) as asked:
        move_applicant(worked, who=unit(first), booth="A06", seen=1, by=desk)
    assert len(asked) == 12
