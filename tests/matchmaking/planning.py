"""Timetables for tests: small, and worked out the plain way where the solver is not what a test is about."""

from dataclasses import asdict
from unittest.mock import patch

from fairs import clock
from matchmaking.actions import timetables
from matchmaking.actions.meetings import slots
from matchmaking.models import MeetingRules
from matchmaking.scheduling.reading import read_problem
from matchmaking.scheduling.solve import solve
from matchmaking.timetable_problem import problem_of
from tests import world
from tests.matchmaking.wishing import maker, registered


def greedily(_module, instance, *_limit, seed, tell=None, **_more):
    """What fairs.solver_child.solve_apart answers when there is no time for a step."""
    return asdict(solve(read_problem(instance), steps=0, seed=seed))


def proposed(edition, *, by=None, **given):
    """A timetable made the plain way."""
    desk = by or world.officer(edition, "matchmaking_desk")
    begun = timetables.begin_timetable(edition, **{"seconds": 2, "by": desk} | given)
    with patch.object(timetables, "solve_apart", greedily):
        timetables.run_timetable(begun.pk)
    begun.refresh_from_db()
    return begun


def fair(importers=2, exhibitors=2):
    """An edition with half hours from nine to half past five but for lunch, and people who could meet."""
    edition = world.edition()
    MeetingRules.objects.create(edition=edition)
    makers = [maker(edition) for _one in range(exhibitors)]
    buyers = [registered(edition) for _one in range(importers)]
    return edition, makers, buyers


def part_of(registration):
    """The importer's part in the edition."""
    return registration.company.participations.get(edition=registration.edition)


def item(side, registration):
    """What a timetable calls a meeting of the two."""
    return f"e{side.part.pk}-i{part_of(registration).pk}"


def meetings_of(edition, **given):
    """The meetings of the problem as it stands, by their names."""
    return {one["id"]: one for one in problem_of(edition, **given)["meetings"]}


def sides_of(edition, **given):
    """The people of the problem as it stands, by their names."""
    return {one["id"]: one for one in problem_of(edition, **given)["participants"]}


def ahead(edition, number=0):
    """A time to meet that is still to come."""
    return [slot for slot in slots(edition) if slot.starts_at > clock.now()][number]
