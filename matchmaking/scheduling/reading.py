"""Reading a timetable to be made from JSON: each fault is refused with its path inside the file and the reason."""

from collections.abc import Collection
from itertools import pairwise
from typing import Any

from fairs.solving.instances import Node, root_of
from matchmaking.scheduling.problem import EXHIBITOR, IMPORTER, OBJECTIVE, Meeting, Participant, Problem

FORMAT = "meeting-schedule/1"


def read_problem(data: Any) -> Problem:
    """The problem in what `json.load` gave. Raises BadInstance."""
    root = root_of(data, FORMAT)
    slots = root["slots"].whole(1)
    sessions = {key: _range(node, slots) for key, node in root["sessions"].items()} if root.has("sessions") else {}
    known, ids = root["participants"].ids(), root["meetings"].ids()
    return Problem(
        slots=slots,
        days=_days(root["days"], slots) if root.has("days") else (range(slots),),
        sessions=sessions,
        tables=root["tables"].whole() if root.has("tables") else None,
        participants=tuple(_participant(node, slots) for node in root["participants"].each()),
        meetings=tuple(_meeting(node, slots, known, sessions, ids) for node in root["meetings"].each()),
        max_break_difference=root["max_break_difference"].whole() if root.has("max_break_difference") else None,
        objective=_objective(root["objective"]) if root.has("objective") else OBJECTIVE,
    )


def _participant(node: Node, slots: int) -> Participant:
    return Participant(
        id=node["id"].text(),
        kind=node["kind"].one_of(("", IMPORTER, EXHIBITOR), "kind of participant") if node.has("kind") else "",
        unavailable=frozenset(_slot(one, slots) for one in node["unavailable"].each())
        if node.has("unavailable")
        else frozenset(),
        capacity=node["capacity"].whole(1) if node.has("capacity") else 1,
        max_per_day=_limit(node, "max_per_day"),
        max_total=_limit(node, "max_total"),
        count_breaks=node["count_breaks"].truth() if node.has("count_breaks") else True,
    )


def _meeting(
    node: Node, slots: int, people: Collection[str], sessions: Collection[str], meetings: Collection[str]
) -> Meeting:
    one, other = node["between"].pair()
    between = one.one_of(people, "participant"), other.one_of(people, "participant")
    if between[0] == between[1]:
        raise node["between"].refuse("names the same one twice")
    return Meeting(
        id=node["id"].text(),
        between=between,
        weight=_weight(node["weight"]) if node.has("weight") else 1,
        required=node["required"].truth() if node.has("required") else False,
        session=node["session"].one_of(sessions, "session") if node.has("session") else None,
        fixed=_slot(node["fixed"], slots) if node.has("fixed") else None,
        after=tuple(_earlier(one, node, meetings) for one in node["after"].each()) if node.has("after") else (),
    )


def _slot(node: Node, slots: int) -> int:
    if isinstance(node.value, bool) or not isinstance(node.value, int) or not 0 <= node.value < slots:
        raise node.refuse(f"must be a slot, from 0 to {slots - 1}")
    return node.value


def _range(node: Node, slots: int) -> range:
    start, end = node.pair()
    first, last = start.whole(), end.whole()
    if not first <= last <= slots:
        raise node.refuse(f"must run forward and end at {slots} at most")
    return range(first, last)


def _days(node: Node, slots: int) -> tuple[range, ...]:
    days = tuple(_range(one, slots) for one in node.each())
    for number, (before, day) in enumerate(pairwise(days), start=1):
        if day.start < before.stop:
            raise node.each()[number].refuse("begins before the day before has ended")
    return days


def _limit(node: Node, key: str) -> int | None:
    return node[key].whole() if node.has(key) else None


def _weight(node: Node) -> float | int:
    if node.number() < 0:
        raise node.refuse("must not be negative")
    return node.value  # as it was: whole numbers stay exact


def _earlier(node: Node, meeting: Node, meetings: Collection[str]) -> str:
    key = node.one_of(meetings, "meeting")
    if key == meeting["id"].value:
        raise node.refuse("cannot come before itself")
    return key


def _objective(node: Node) -> tuple[str, ...]:
    named = tuple(one.one_of(OBJECTIVE, "objective") for one in node.each())
    if named != tuple(one for one in OBJECTIVE if one in named):
        raise node.refuse(f"must keep the order {', '.join(OBJECTIVE)}")
    return named
