"""Rounds begun, worked out, stopped, failed, dropped; by which terms."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booths.actions import rounds
from booths.actions.rounds import (
    begin_round,
    drop_round,
    progress_of,
    run_round,
    set_allocation_terms,
    stop_round,
    terms_of,
)
from booths.models import AllocationTerms, Application, Booth, Reservation, Round, Zone
from booths.round_child import Failed
from booths.tasks import give_up_lost_rounds
from fairs import clock
from fairs.errors import Forbidden
from fairs.models import Entry
from fairs.states import StateConflict
from tests import world
from tests.booths.rounds import asking, drawn, plan, proposed, refusal, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(edition, desk):
    """A round about three booths for two."""
    asking(edition, booths=2, minutes=1), asking(edition, minutes=2)
    return begin_round(edition, seconds=2, by=desk)


def test_a_round_is_taken_down_and_handed_to_the_worker(edition, desk, django_capture_on_commit_callbacks, monkeypatch):
    one, waits = asking(edition, minutes=1), world.application(edition, state="waitlisted")
    asked = []
    monkeypatch.setattr(rounds, "_enqueue", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        begun = begin_round(edition, seconds=5, seed=7, by=desk)
    assert asked == [begun.pk]
    assert (begun.state, begun.number, begun.seconds, begun.seed, begun.begun_by) == ("running", 1, 5, 7, desk)
    assert [person["id"] for person in begun.instance["exhibitors"]] == [unit(one)]
    assert [Application.objects.get(pk=each.pk).points for each in (one, waits)] == [0, 0]
    assert Entry.objects.get(verb="booths.round.begin").subject == "1"


@pytest.mark.parametrize("seconds", [1, 601])
def test_seconds_have_limits(edition, desk, seconds):
    asking(edition)
    assert refusal(begin_round, edition, seconds=seconds, by=desk) == "seconds"


def test_with_nobody_to_place_there_is_no_round(edition, desk):
    assert refusal(begin_round, edition, seconds=5, by=desk) == "nobody_to_place"
    one = asking(edition)
    Reservation.objects.create(
        edition=edition, booth=edition.booths.all()[0], application=one, company=one.company, state="reserved",
        held_until=world.NOON,
    )  # fmt: skip
    assert refusal(begin_round, edition, seconds=5, by=desk) == "nobody_to_place"


def test_one_round_at_a_time(edition, desk, begun):
    assert refusal(begin_round, edition, seconds=5, by=desk) == "round_open"
    drop_round(begun, by=desk)
    assert begin_round(edition, seconds=5, by=desk).number == 2
    asking(other := world.edition())
    assert begin_round(other, seconds=5, by=world.officer(other, "director")).number == 1


def test_only_the_desk_has_to_do_with_rounds(edition, begun):
    reader, maker = world.officer(edition, "reports"), Application.objects.all()[0].contact
    for person in (reader, maker):
        for deed in (stop_round, drop_round):
            with pytest.raises(Forbidden):
                deed(begun, by=person)
        with pytest.raises(Forbidden):
            begin_round(edition, seconds=5, by=person)
        with pytest.raises(Forbidden):
            set_allocation_terms(edition, by=person)
    assert list(Round.objects.visible_to(reader)) == [begun]
    assert list(Round.objects.visible_to(maker)) == []


def test_the_solver_works_a_round_out(edition, begun):
    run_round(begun.pk)
    begun.refresh_from_db()
    proposal = begun.current
    assert (begun.state, proposal.number, proposal.how, proposal.by) == ("proposed", 1, "solved", None)
    two, one = (unit(application) for application in Application.objects.order_by("submitted_at"))
    assert (len(proposal.plan[two]), len(proposal.plan[one]), proposal.unplaced) == (2, 1, {})
    assert proposal.greedy <= proposal.objective <= (proposal.bound or proposal.objective) + 0.001
    assert set(proposal.why) == {one, two}
    assert progress_of(begun)["objective"] > 0
    assert Entry.objects.get(verb="booths.round.finish").actor is None
    assert Application.objects.filter(reservations__isnull=False).count() == 0
    run_round(begun.pk)  # the worker may be asked twice
    assert begun.proposals.count() == 1


def test_a_stop_ends_the_work_with_what_there_is(edition, begun, desk):
    Round.objects.filter(pk=begun.pk).update(seconds=600)
    stop_round(begun, by=desk)
    run_round(begun.pk)
    begun.refresh_from_db()
    assert begun.state == "proposed"
    assert begun.current.seconds < 300
    stop_round(begun, by=desk)  # is no error when it has ended


def test_what_the_solver_says_is_passed_on(begun, desk, monkeypatch):
    words, heard = {"steps": 4, "objective": 80.5, "bound": None, "seconds": 0.5}, []

    def listened(instance, *limit, seed, tell):
        heard.append(tell(words))
        stop_round(begun, by=desk)
        heard.append(tell(words | {"steps": 8}))  # less than half a second later: not said again
        return drawn(instance, *limit, seed=seed)

    assert progress_of(begun) == {}
    monkeypatch.setattr(rounds, "allocate", listened)
    run_round(begun.pk)
    assert heard == [True, False]
    assert progress_of(begun) == words


def test_a_child_that_fails_fails_its_round(begun, desk):
    Round.objects.filter(pk=begun.pk).update(instance={"format": "something else"})
    with pytest.raises(Failed, match="format"):
        run_round(begun.pk)
    begun.refresh_from_db()
    assert (begun.state, begun.current) == ("failed", None)
    assert begin_round(begun.edition, seconds=2, by=desk).number == 2
    assert drop_round(begun, by=desk).state == "dropped"


def test_whatever_else_goes_wrong_fails_it_too(begun, monkeypatch):
    def broken(*_args, **_kwargs):
        raise OSError("no space left")

    monkeypatch.setattr(rounds, "allocate", broken)
    with pytest.raises(OSError, match="no space"):
        run_round(begun.pk)
    begun.refresh_from_db()
    assert begun.state == "failed"


@pytest.mark.parametrize("fault", [None, OSError("no space left")])
def test_a_round_that_was_dropped_meanwhile_stays_dropped(begun, desk, monkeypatch, fault):
    def dropped(*args, tell, **kwargs):
        drop_round(Round.objects.get(pk=begun.pk), by=desk)
        assert tell({"steps": 0}) is False
        if fault:
            raise fault
        return drawn(*args, **kwargs)

    monkeypatch.setattr(rounds, "allocate", dropped)
    if fault:
        with pytest.raises(OSError, match="no space"):
            run_round(begun.pk)
    else:
        run_round(begun.pk)
    begun.refresh_from_db()
    assert (begun.state, begun.proposals.count()) == ("dropped", 0)


def test_the_heartbeat_gives_up_a_round_whose_worker_died(begun, desk):
    with clock.at(world.NOON + timedelta(seconds=122)):
        give_up_lost_rounds()
    begun.refresh_from_db()
    assert begun.state == "running"
    with clock.at(world.NOON + timedelta(seconds=123)):
        give_up_lost_rounds()
        give_up_lost_rounds()
    begun.refresh_from_db()
    assert begun.state == "failed"
    assert Entry.objects.filter(verb="booths.round.fail").count() == 1
    run_round(begun.pk)  # the worker comes back after all
    begun.refresh_from_db()
    assert begun.state == "failed"
    assert proposed(begun.edition, by=desk).state == "proposed"


def test_a_proposed_round_is_nobodys_loss(edition, desk):
    asking(edition)
    worked = proposed(edition, by=desk)
    with clock.at(world.NOON + timedelta(days=9)):
        give_up_lost_rounds()
    assert plan(worked)
    drop_round(worked, by=desk)
    with pytest.raises(StateConflict):
        drop_round(worked, by=desk)
    assert Booth.objects.free(world.NOON).count() == 4


def test_terms_are_those_usual_until_somebody_sets_them(edition, desk):
    assert (terms_of(edition).pk, terms_of(edition).in_zone, terms_of(edition).strict_zones) == (None, 100, False)
    limits = {"GS": (Decimal(30), 12)}
    set_allocation_terms(edition, by=desk, wish=Decimal(40), limits=limits)
    set_allocation_terms(edition, by=desk, corner=Decimal(7))
    terms = AllocationTerms.objects.get(edition=edition)
    assert (terms.wish, terms.corner, terms.in_zone) == (40, 7, 100)
    zone = Zone.objects.get(edition=edition)
    assert (zone.power_kw_at_most, zone.exhibitors_at_most) == (30, 12)
    entries = Entry.objects.filter(verb="booths.allocationterms.set").order_by("pk")
    assert [entry.fields for entry in entries] == [["limits", "wish"], ["corner"]]


def test_a_zone_that_there_is_not_changes_nothing(edition, desk):
    limits = {"GS": (Decimal(30), 12), "ZZ": (None, 1)}
    assert refusal(set_allocation_terms, edition, by=desk, wish=Decimal(40), limits=limits) == "unknown_zone"
    assert Zone.objects.get(edition=edition).exhibitors_at_most is None
    assert not AllocationTerms.objects.exists()


@pytest.mark.parametrize("count", [1, 3, pytest.param(300, marks=pytest.mark.once)])
def test_beginning_asks_the_same_for_any_number(edition, desk, count):
    for minutes in range(count):
        asking(edition, minutes=minutes)
    assert desk.roles_in(edition)
    with CaptureQueriesContext(connection) as asked:
        begin_round(edition, seconds=5, by=desk)
    assert len(asked) == 24
