"""What an officer does to a proposed timetable: pinning, repairing after a change, comparing two plans."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require
from matchmaking.actions.timetables import open_timetable
from matchmaking.models import Timetable, TimetablePlan
from matchmaking.scheduling import checking
from matchmaking.scheduling.problem import Problem
from matchmaking.scheduling.reading import read_problem
from matchmaking.scheduling.repair import repair
from matchmaking.timetable_problem import first_ahead, problem_of, starts_of

MOVED_AT_MOST = 3
"""Meetings that a repair may move for the sake of others."""
COMPARED = ("weight", "min_share", "breaks")
BOUNDS = ("weight_bound", "min_share_bound", "breaks_bound")
"""What was proven of a plan says nothing of one for other meetings."""
Schedule = Mapping[str, int]


@dataclass(frozen=True)
class Difference:
    """What a plan does otherwise than one before it; meetings by their names in the problem, with their slots."""

    moved: dict[str, tuple[int, int]]
    added: dict[str, int]
    dropped: dict[str, int]
    figures: dict[str, tuple[float, float]]


def pin_meeting(planned: Timetable, *, item: str, seen: int, by: Actor, keep: bool = True) -> TimetablePlan:
    """Keep a meeting in its slot whatever is repaired; with `keep` false, no more.

    `seen` is the number of the plan that the officer saw. Refuses with `changed_meanwhile`, `not_open`, and
    `not_planned` for what has no slot or is agreed anyway.
    """

    def pinned(current: TimetablePlan) -> dict[str, Any]:
        fixed = {one["id"] for one in planned.problem["meetings"] if "fixed" in one}
        if item not in current.schedule or item in fixed:
            raise Invalid("not_planned", _("There is no such meeting in this plan that could be pinned."))
        pins = sorted({*current.pins, item} if keep else {*current.pins} - {item})
        how = TimetablePlan.How.PINNED if keep else TimetablePlan.How.UNPINNED
        return {"pins": pins, "how": how, "item": item}

    return _next(planned, pinned, seen=seen, by=by)


def repair_timetable(planned: Timetable, *, seen: int, by: Actor) -> TimetablePlan:
    """Fit the plan to what has changed since: what can stay stays, at most three others are moved.

    Pins stay; whoever meets within half an hour is not moved. Refuses with `changed_meanwhile`, `not_open`, and
    `times_changed` when meetings have other times now.
    """
    require(by, "matchmaking.plan", planned)
    now = problem_of(planned.edition, suggestions=planned.suggestions, heals=planned.heals)
    if now["starts"] != planned.problem["starts"] or now["days"] != planned.problem["days"]:
        sentence = _("Meetings have other times than when this was begun. Drop it and begin another timetable.")
        raise Refused("times_changed", sentence)

    def repaired(current: TimetablePlan) -> dict[str, Any]:
        fields = repaired_plan(now, current.schedule, current.pins)
        Timetable.objects.filter(pk=planned.pk).update(problem=now)
        planned.problem = now
        return fields | {
            "how": TimetablePlan.How.REPAIRED,
            "weight_bound": None,
            "min_share_bound": None,
            "breaks_bound": None,
        }

    return _next(planned, repaired, seen=seen, by=by)


def begin_repair(edition: Edition, *, by: Actor) -> Timetable:
    """A timetable that only mends what is agreed: what has become impossible moves, and requests and wishes
    that wait get a free slot.

    It is proposed at once and published like any other. Refuses with `nothing_to_repair` and `timetable_open`.
    """
    require(by, "matchmaking.plan", edition)
    problem = problem_of(edition, suggestions=0, heals=True)
    before = {one["id"]: _slot_before(one) for one in problem["meetings"] if "meeting" in one}
    if not before:
        raise Refused("nothing_to_repair", _("No meeting is agreed yet, so there is nothing to repair."))
    fields = repaired_plan(problem, before, [])
    with transaction.atomic():
        begun = open_timetable(edition, problem=problem, by=by, seconds=2, suggestions=0, heals=True)
        plan = TimetablePlan.objects.create(timetable=begun, number=1, how=TimetablePlan.How.REPAIRED, by=by, **fields)
        begun.follow("finish", by=by, current=plan)
        announce(edition, "timetables")
    return begun


def repaired_plan(problem: Mapping[str, Any], before: Schedule, pins: list[str]) -> dict[str, Any]:
    """The fields of a plan that keeps as much as possible of another one, within the rules of a problem."""
    first = first_ahead(starts_of(problem))
    kept = [item for item in pins if item in before]
    read = read_problem(_pinned(problem, {item: before[item] for item in kept}))
    still = frozenset(item for item, slot in before.items() if slot < first)
    done = repair(read, before, moved_at_most=MOVED_AT_MOST, still=still)
    return {"pins": [one for one in kept if one in done.schedule]} | figures_of(read, done.schedule)


def figures_of(problem: Problem, schedule: Schedule) -> dict[str, Any]:
    """What a plan says of a schedule: it, who is left out, what it is worth."""
    return {
        "schedule": dict(schedule),
        "unscheduled": [one.id for one in problem.meetings if one.id not in schedule],
        "weight": checking.weight(problem, schedule),
        "min_share": checking.min_share(problem, schedule),
        "breaks": checking.breaks(problem, schedule),
    }


def difference(before: TimetablePlan, after: TimetablePlan) -> Difference:
    """Who meets at another time in the later plan, who only in it, who no more, and what that makes of the figures."""
    was, now = before.schedule, after.schedule
    return Difference(
        moved={item: (was[item], slot) for item, slot in now.items() if item in was and was[item] != slot},
        added={item: slot for item, slot in now.items() if item not in was},
        dropped={item: slot for item, slot in was.items() if item not in now},
        figures={name: (getattr(before, name), getattr(after, name)) for name in COMPARED},
    )


def check_seen(planned: Timetable, seen: int) -> TimetablePlan:
    """The plan that stands, if it is the one that was seen. Refuses with `not_open` or `changed_meanwhile`."""
    if planned.state != Timetable.State.PROPOSED or planned.current is None:
        raise Refused("not_open", _("This timetable is no longer open for changes."))
    if planned.current.number != seen:
        sentence = _("Somebody has changed the timetable since you looked. The page now shows how it stands.")
        raise Refused("changed_meanwhile", sentence)
    return planned.current


def _next(
    planned: Timetable, make: Callable[[TimetablePlan], dict[str, Any]], *, seen: int, by: Actor
) -> TimetablePlan:
    """The next plan, made from the one that was seen."""
    require(by, "matchmaking.plan", planned)
    with transaction.atomic():
        locked = Timetable.objects.select_for_update(of=("self",)).select_related("current").get(pk=planned.pk)
        current = check_seen(locked, seen)
        kept = (
            "schedule", "unscheduled", "pins", "weight", "weight_bound", "min_share", "min_share_bound", "breaks",
            "breaks_bound",
        )  # fmt: skip
        last = locked.plans.aggregate(last=Max("number"))["last"]
        made = TimetablePlan.objects.create(
            timetable=locked,
            number=last + 1,
            before=current,
            by=by,
            **{name: getattr(current, name) for name in kept} | make(current),
        )
        Timetable.objects.filter(pk=locked.pk).update(current=made)
        planned.current = made
        record(made.how, planned, by=by)
        announce(planned.edition, "timetables")
    return made


def _pinned(problem: Mapping[str, Any], pins: Schedule) -> dict[str, Any]:
    """The problem with the pins fixed: a pin is a rule, not a wish."""
    rows = [one | {"fixed": pins[one["id"]]} if one["id"] in pins else one for one in problem["meetings"]]
    return dict(problem) | {"meetings": rows}


def _slot_before(one: Mapping[str, Any]) -> int:
    """Where an agreed meeting stands."""
    return int(one["was"] if "was" in one else one["fixed"])
