"""Timetables begun, worked out, stopped, failed, dropped; pinned, repaired, compared."""

from datetime import timedelta

import pytest

from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Entry
from fairs.progress import Progress
from fairs.solver_child import Failed
from fairs.states import StateConflict
from matchmaking.actions import timetables
from matchmaking.actions.meetings import accept_meeting, cancel_meeting, request_meeting
from matchmaking.actions.seats import blocks_of, set_away
from matchmaking.actions.timetable_moves import (
    begin_repair,
    difference,
    figures_of,
    pin_meeting,
    repair_timetable,
)
from matchmaking.actions.timetables import (
    begin_timetable,
    drop_timetable,
    progress_of,
    run_timetable,
    stop_timetable,
)
from matchmaking.models import Meeting, MeetingRules, Timetable, TimetablePlan, Wish
from matchmaking.scheduling.checking import check
from matchmaking.scheduling.reading import read_problem
from matchmaking.tasks import give_up_lost_timetables
from tests import world
from tests.matchmaking.planning import ahead, fair, greedily, item, part_of, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(world.NOON):
        yield


@pytest.fixture
def small():
    return fair()


@pytest.fixture
def desk(small):
    return world.officer(small[0], "matchmaking_desk")


def refusal(deed, *args, **kwargs):
    with pytest.raises((Refused, Invalid)) as refused:
        deed(*args, **kwargs)
    return refused.value.code


def agreed(side, registration, slot):
    asked = request_meeting(
        registration.edition, exhibitor=side.part, importer=part_of(registration), person=registration.person,
        starts_at=slot.starts_at, by=registration.person,
    )  # fmt: skip
    return accept_meeting(asked, by=side.person)


def test_a_timetable_is_taken_down_and_handed_to_the_worker(
    small, desk, django_capture_on_commit_callbacks, monkeypatch
):
    asked = []
    monkeypatch.setattr(timetables, "_enqueue", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        begun = begin_timetable(small[0], seconds=5, seed=7, by=desk)
    assert asked == [begun.pk]
    assert (begun.state, begun.number, begun.seconds, begun.seed, begun.begun_by) == ("running", 1, 5, 7, desk)
    assert len(begun.problem["meetings"]) == 4
    assert Entry.objects.get(verb="matchmaking.timetable.begin").subject == "1"


@pytest.mark.parametrize("seconds", [1, 601])
def test_seconds_have_limits(small, desk, seconds):
    assert refusal(begin_timetable, small[0], seconds=seconds, by=desk) == "seconds"


@pytest.mark.parametrize("suggestions", [-1, 61])
def test_suggestions_have_limits(small, desk, suggestions):
    assert refusal(begin_timetable, small[0], seconds=5, suggestions=suggestions, by=desk) == "suggestions"


def test_without_suggestions_only_what_was_asked_for_is_planned(small, desk):
    edition, [one, _two], [buyer, _other] = small
    Wish.objects.create(registration=buyer, exhibitor=one.part, side="exhibitor", kind="like")
    begun = begin_timetable(edition, seconds=5, suggestions=0, by=desk)
    assert [row["id"] for row in begun.problem["meetings"]] == [item(one, buyer)]


def test_with_nothing_to_plan_there_is_no_timetable(desk, small):
    edition, [one, two], [buyer, other] = small
    with clock.at(world.NOON + timedelta(days=90)):
        assert refusal(begin_timetable, edition, seconds=5, by=desk) == "nothing_to_plan"
    pairs = [(one, buyer), (one, other), (two, buyer), (two, other)]
    for number, (side, registration) in enumerate(pairs):
        agreed(side, registration, ahead(edition, number))
    assert refusal(begin_timetable, edition, seconds=5, by=desk) == "nothing_to_plan"


def test_one_timetable_at_a_time(small, desk):
    begun = begin_timetable(small[0], seconds=5, by=desk)
    assert refusal(begin_timetable, small[0], seconds=5, by=desk) == "timetable_open"
    drop_timetable(begun, by=desk)
    assert begin_timetable(small[0], seconds=5, by=desk).number == 2
    other, _makers, _buyers = fair()
    assert begin_timetable(other, seconds=5, by=world.officer(other, "director")).number == 1


def test_only_the_meeting_desk_has_to_do_with_timetables(small, desk):
    begun = begin_timetable(small[0], seconds=5, by=desk)
    for person in (world.officer(small[0], "reports"), small[1][0].person, small[2][0].person):
        for deed in (stop_timetable, drop_timetable):
            with pytest.raises(Forbidden):
                deed(begun, by=person)
        with pytest.raises(Forbidden):
            begin_timetable(small[0], seconds=5, by=person)
        assert not Timetable.objects.visible_to(person).exists()
    assert Timetable.objects.visible_to(desk).get() == begun


def test_the_solver_plans_it_as_a_program_of_its_own(small, desk):
    begun = begin_timetable(small[0], seconds=2, by=desk)
    run_timetable(begun.pk, limit=("--steps", "4"))
    begun.refresh_from_db()
    assert begun.state == "proposed"
    plan = begun.current
    assert (plan.number, plan.how, len(plan.schedule), plan.unscheduled) == (1, "solved", 4, [])
    assert not check(read_problem(begun.problem), plan.schedule)
    assert plan.weight == plan.weight_bound
    assert plan.breaks == 0
    assert not Meeting.objects.exists()


def test_what_the_solver_says_is_passed_on_and_a_stop_reaches_it(small, desk, monkeypatch):
    begun = begin_timetable(small[0], seconds=2, by=desk)
    heard = []

    def solver(module, instance, *limit, seed, tell):
        heard.append(tell({"steps": 1, "weight": 3.0}))
        assert progress_of(begun)["steps"] == 1
        stop_timetable(begun, by=desk)
        heard.append(tell({"steps": 2, "weight": 4.0}))
        return greedily(module, instance, *limit, seed=seed)

    monkeypatch.setattr(timetables, "solve_apart", solver)
    assert progress_of(begun) == {}
    run_timetable(begun.pk)
    assert heard == [True, False]


@pytest.mark.parametrize("fault", ["nothing", "unsound"])
def test_without_a_sound_answer_it_has_failed(small, desk, monkeypatch, fault):
    begun = begin_timetable(small[0], seconds=2, by=desk)

    def solver(_module, instance, *_limit, seed, tell):
        if fault == "nothing":
            raise Failed("killed")
        names = [one["id"] for one in instance["meetings"]]
        return greedily(_module, instance, seed=seed) | {"schedule": dict.fromkeys(names, 0)}

    monkeypatch.setattr(timetables, "solve_apart", solver)
    with pytest.raises((Failed, timetables.NotSound)):
        run_timetable(begun.pk)
    begun.refresh_from_db()
    assert (begun.state, begun.current) == ("failed", None)


def test_one_whose_worker_died_is_given_up_and_what_comes_late_changes_nothing(small, desk, monkeypatch):
    begun = begin_timetable(small[0], seconds=30, by=desk)
    give_up_lost_timetables()
    begun.refresh_from_db()
    assert begun.state == "running"
    with clock.at(world.NOON + timedelta(minutes=3)):
        give_up_lost_timetables()
    begun.refresh_from_db()
    assert begun.state == "failed"
    assert Progress(f"timetable:{begun.pk}").stopped
    monkeypatch.setattr(timetables, "solve_apart", greedily)
    run_timetable(begun.pk)
    begun.refresh_from_db()
    assert begun.state == "failed"
    assert not TimetablePlan.objects.exists()


def test_a_pin_makes_the_next_plan(small, desk):
    planned = proposed(small[0], by=desk)
    name = item(small[1][0], small[2][0])
    plan = pin_meeting(planned, item=name, seen=1, by=desk)
    assert (plan.number, plan.how, plan.pins, plan.item, plan.before.number) == (2, "pinned", [name], name, 1)
    assert planned.current == plan
    assert refusal(pin_meeting, planned, item=name, seen=1, by=desk) == "changed_meanwhile"
    assert refusal(pin_meeting, planned, item="e0-i0", seen=2, by=desk) == "not_planned"
    assert pin_meeting(planned, item=name, seen=2, by=desk, keep=False).pins == []
    drop_timetable(planned, by=desk)
    assert refusal(pin_meeting, planned, item=name, seen=3, by=desk) == "not_open"


def test_what_is_agreed_needs_no_pin(small, desk):
    edition, [one, _two], [buyer, _other] = small
    agreed(one, buyer, ahead(edition, 3))
    planned = proposed(edition, by=desk)
    assert planned.current.schedule[item(one, buyer)] == 3
    assert refusal(pin_meeting, planned, item=item(one, buyer), seen=1, by=desk) == "not_planned"


def test_a_repair_fits_the_plan_to_what_has_changed_and_moves_little(small, desk):
    edition, [one, _two], [buyer, _other] = small
    planned = proposed(edition, by=desk)
    before = planned.current
    gone = before.schedule[item(one, buyer)]
    set_away(part_of(buyer), seat=1, blocks=[blocks_of(edition)[gone]], by=buyer.person)
    plan = repair_timetable(planned, seen=1, by=desk)
    found = difference(before, plan)
    assert item(one, buyer) in found.moved
    assert len(found.moved) <= 4
    assert (found.added, found.dropped) == ({}, {})
    assert found.figures["weight"] == (before.weight, plan.weight)
    assert plan.weight_bound is None
    planned.refresh_from_db()
    assert not check(read_problem(planned.problem), plan.schedule)


def test_a_pin_stays_through_a_repair(small, desk):
    edition, [one, _two], [buyer, other] = small
    planned = proposed(edition, by=desk)
    schedule = planned.current.schedule
    pin_meeting(planned, item=item(one, other), seen=1, by=desk)
    set_away(part_of(buyer), seat=1, blocks=[blocks_of(edition)[schedule[item(one, buyer)]]], by=buyer.person)
    plan = repair_timetable(planned, seen=2, by=desk)
    assert plan.schedule[item(one, other)] == schedule[item(one, other)]
    assert plan.pins == [item(one, other)]


def test_with_other_times_another_timetable_is_begun(small, desk):
    planned = proposed(small[0], by=desk)
    MeetingRules.objects.update(slot_minutes=60)
    assert refusal(repair_timetable, planned, seen=1, by=desk) == "times_changed"


def test_a_day_heals_what_is_agreed_stays_and_what_waits_gets_the_free_slot(small, desk):
    edition, [one, two], [buyer, _other] = small
    assert refusal(begin_repair, edition, by=desk) == "nothing_to_repair"
    kept, called_off = agreed(one, buyer, ahead(edition, 6)), agreed(two, buyer, ahead(edition, 7))
    cancel_meeting(called_off, by=buyer.person)
    Wish.objects.create(registration=buyer, exhibitor=two.part, side="importer", kind="must")
    healed = begin_repair(edition, by=desk)
    assert (healed.state, healed.heals, healed.current.how) == ("proposed", True, "repaired")
    assert healed.current.schedule[item(one, buyer)] == 6
    assert set(healed.current.schedule) == {item(one, buyer), item(two, buyer)}
    assert kept.pk in [row.get("meeting") for row in healed.problem["meetings"]]


def test_nobody_on_the_way_is_moved(small, desk):
    edition, [one, _two], [buyer, _other] = small
    agreed(one, buyer, ahead(edition, 3))  # half past ten
    with clock.at(world.FIRST_MORNING):  # ten
        healed = begin_repair(edition, by=desk)
    assert healed.current.schedule[item(one, buyer)] == 3
    assert all(slot > 3 for name, slot in healed.current.schedule.items() if name != item(one, buyer))


def test_the_figures_of_a_plan_are_counted_anew(small, desk):
    planned = proposed(small[0], by=desk)
    read = read_problem(planned.problem)
    assert figures_of(read, {})["unscheduled"] == [one.id for one in read.meetings]
    assert figures_of(read, planned.current.schedule)["weight"] == planned.current.weight


def test_a_dropped_timetable_stays_dropped(small, desk):
    planned = drop_timetable(proposed(small[0], by=desk), by=desk)
    with pytest.raises(StateConflict):
        drop_timetable(planned, by=desk)
