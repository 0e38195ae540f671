"""People and meetings in an order that comes from what they are, never from their names or their order in the file.

Colour refinement: everything gets a colour from its own facts, then again and again from its colour and those around
it, until nothing more is told apart. Equals are then told apart one at a time. (Weisfeiler and Leman 1968.)
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from matchmaking.scheduling.problem import Meeting, Participant, Problem

MOST_PICKED = 100
"""So many equals are told apart at most; those beyond it keep the file's order."""
HELD_BY, COMES_AFTER, COMES_BEFORE = range(3)
Lines = Sequence[Sequence[tuple[int, int]]]
"""For each point, the kinds of its lines and the points at their other ends."""


def in_order(problem: Problem) -> tuple[list[Participant], list[Meeting]]:
    people, meetings = problem.participants, problem.meetings
    lines = _lines(problem)
    facts = [_of_person(one) for one in people] + [_of_meeting(problem, one) for one in meetings]
    colours = _told_apart(_ranked(facts), lines)
    first = len(people)
    return (
        [people[place] for place in sorted(range(first), key=colours[:first].__getitem__)],
        [meetings[place] for place in sorted(range(len(meetings)), key=colours[first:].__getitem__)],
    )


def _of_person(one: Participant) -> str:
    return repr(("person", one.capacity, one.max_per_day, one.count_breaks, sorted(one.unavailable)))


def _of_meeting(problem: Problem, one: Meeting) -> str:
    session = None if one.session is None else problem.sessions[one.session]
    return repr(("meeting", one.fixed, session))


def _lines(problem: Problem) -> Lines:
    first = len(problem.participants)
    person = {one.id: place for place, one in enumerate(problem.participants)}
    meeting = {one.id: first + place for place, one in enumerate(problem.meetings)}
    lines: list[list[tuple[int, int]]] = [[] for _point in range(first + len(meeting))]
    for one in problem.meetings:
        here = meeting[one.id]
        for key in one.between:
            lines[here].append((HELD_BY, person[key]))
            lines[person[key]].append((HELD_BY, here))
        for key in set(one.after):
            lines[here].append((COMES_AFTER, meeting[key]))
            lines[meeting[key]].append((COMES_BEFORE, here))
    return lines


def _told_apart(colours: list[int], lines: Lines) -> list[int]:
    colours = _refined(colours, lines)
    for _time in range(MOST_PICKED):
        many = Counter(colours)
        equals = [(colour, place) for place, colour in enumerate(colours) if many[colour] > 1]
        if not equals:
            break
        picked = min(equals)[1]
        apart = [(colour, place == picked) for place, colour in enumerate(colours)]
        colours = _refined(_ranked(apart), lines)
    return colours


def _refined(colours: list[int], lines: Lines) -> list[int]:
    told = len(set(colours))
    while True:
        around = [
            (colour, sorted((kind, colours[other]) for kind, other in ends))
            for colour, ends in zip(colours, lines, strict=True)
        ]
        colours = _ranked([(colour, tuple(ends)) for colour, ends in around])
        now = len(set(colours))
        if now == told:
            return colours
        told = now


def _ranked(facts: Sequence[Any]) -> list[int]:
    """Numbers for facts: the same for the same, in the order of the facts."""
    rank = {fact: place for place, fact in enumerate(sorted(set(facts)))}
    return [rank[fact] for fact in facts]
