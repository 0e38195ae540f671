"""Timetables: begun, worked out by a program of its own, stopped, dropped."""

from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require
from fairs.solver_child import solve_apart
from fairs.solver_runs import SolverRun, check_seconds, give_up_overdue
from fairs.states import StateConflict
from matchmaking.models import Timetable, TimetablePlan
from matchmaking.scheduling.checking import check
from matchmaking.scheduling.reading import read_problem
from matchmaking.timetable_problem import SUGGESTED, SUGGESTED_AT_MOST, problem_of

FIGURES = ("weight", "weight_bound", "min_share", "min_share_bound", "breaks", "breaks_bound", "steps", "seconds")


class NotSound(Exception):
    """The solver answered with a timetable that breaks a rule, or with none."""


def begin_timetable(
    edition: Edition, *, seconds: int, seed: int = 0, suggestions: int = SUGGESTED, by: Actor
) -> Timetable:
    """Take down what there is to plan, and let the worker plan it; nobody is told before it is published.

    Besides wishes and requests `suggestions` for each importer are planned, none with 0. Refuses with `seconds`,
    `suggestions`, `nothing_to_plan`, and with `timetable_open` while another one is worked on.
    """
    require(by, "matchmaking.plan", edition)
    check_seconds(seconds)
    if not 0 <= suggestions <= SUGGESTED_AT_MOST:
        sentence = _("Choose up to %(most)d suggestions.") % {"most": SUGGESTED_AT_MOST}
        raise Invalid("suggestions", sentence, {"suggestions": [sentence]})
    problem = problem_of(edition, suggestions=suggestions)
    if not any("session" in one for one in problem["meetings"]) or not _ahead(problem):
        sentence = _("There is nothing to plan: no pair is left that should meet, or no time is left.")
        raise Refused("nothing_to_plan", sentence)
    with transaction.atomic():
        given = {"seconds": seconds, "seed": seed, "suggestions": suggestions}
        begun = open_timetable(edition, problem=problem, by=by, **given)
        transaction.on_commit(lambda: _enqueue(begun.pk))
    return begun


def open_timetable(edition: Edition, *, problem: dict[str, Any], by: Actor, **fields: Any) -> Timetable:
    """The next timetable of the edition. For the caller's transaction; refuses with `timetable_open`."""
    try:
        with transaction.atomic():
            last = edition.timetables.aggregate(last=Max("number"))["last"] or 0
            begun = Timetable.objects.create(edition=edition, number=last + 1, problem=problem, begun_by=by, **fields)
            record("begin", begun, by=by)
            announce(edition, "timetables")
    except IntegrityError:
        sentence = _("Another timetable is being worked on. Publish or drop it first.")
        raise Refused("timetable_open", sentence) from None
    return begun


def run_timetable(pk: int, *, limit: tuple[str, str] | None = None) -> None:
    """Work a begun timetable out; a stop ends it with the best plan so far. For the worker.

    `limit` is another one than its seconds, as the solver's command line takes it. What went wrong is raised, and the
    timetable has failed. One that was dropped or given up meanwhile stays so.
    """
    begun = Timetable.objects.select_related("edition", "begun_by").get(pk=pk)
    if begun.state != Timetable.State.RUNNING:
        return
    try:
        limit = limit or ("--seconds", str(begun.seconds))
        answer = solve_apart("matchmaking.scheduling", begun.problem, *limit, seed=begun.seed, tell=_run(begun))
        _check(begun, answer)
    except Exception:
        _run(begun).fail()
        raise
    with suppress(StateConflict), transaction.atomic():
        plan = TimetablePlan.objects.create(
            timetable=begun,
            number=1,
            how=TimetablePlan.How.SOLVED,
            schedule=answer["schedule"],
            unscheduled=answer["unscheduled"],
            **{name: answer[name] for name in FIGURES},
        )
        begun.follow("finish", by=None, current=plan)
        announce(begun.edition, "timetables")


def give_up_timetables() -> None:
    """Fail those whose worker died: they would be worked on for ever, and no other could begin."""
    give_up_overdue(Timetable.objects.all(), "timetables")


def stop_timetable(begun: Timetable, *, by: Actor) -> None:
    """End the work with the best plan so far; one that has ended already is no error."""
    require(by, "matchmaking.plan", begun)
    _run(begun).stop()


def drop_timetable(begun: Timetable, *, by: Actor) -> Timetable:
    """Put a timetable away that was not published."""
    require(by, "matchmaking.plan", begun)
    _run(begun).drop(by=by)
    return begun


def progress_of(begun: Timetable) -> dict[str, Any]:
    """What the solver said last: steps, weight, breaks, their bounds, seconds; empty before its first word."""
    return _run(begun).said


def _check(begun: Timetable, answer: dict[str, Any]) -> None:
    """The solver's word is not taken for it."""
    broken = check(read_problem(begun.problem), answer["schedule"])
    if broken:
        raise NotSound(f"{answer['status']}: {broken[0]}")


def _ahead(problem: dict[str, Any]) -> int:
    """How many slots are still to come."""
    first, last = problem["sessions"]["ahead"]
    return int(last - first)


def _run(begun: Timetable) -> SolverRun:
    return SolverRun(begun, "timetables")


def _enqueue(pk: int) -> None:
    from matchmaking.tasks import work_out_timetable  # the tasks import this module

    work_out_timetable.enqueue(pk)
