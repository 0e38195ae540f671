"""Meetings given up where numbers of breaks differ by more than the rules allow: the last resort of the plain way."""

from collections.abc import Iterator, Mapping, Set

from matchmaking.scheduling.checking import breaks_of
from matchmaking.scheduling.problem import Meeting, Problem


def evened(problem: Problem, schedule: Mapping[str, int], *, last: Set[str] = frozenset()) -> dict[str, int]:
    """The schedule without the lightest meetings at the ends of days that make somebody's breaks too many.

    Required ones stay, whatever comes of it; those in `last` are given up where nothing else is left.
    """

    def loss(group: list[Meeting]) -> tuple[bool, float]:
        return any(one.id in last for one in group), sum(one.weight for one in group)

    left = dict(schedule)
    while problem.max_break_difference is not None:
        counts = breaks_of(problem, left)
        if not counts or max(counts.values()) - min(counts.values()) <= problem.max_break_difference:
            break
        who = max(counts, key=lambda who: counts[who])
        ends = [_with_waiting(problem, left, group) for group in _ends(problem, left, who)]
        ends = [group for group in ends if not any(one.must for one in group)]
        if not ends:
            break
        for one in min(ends, key=loss):
            del left[one.id]
    return left


def _ends(problem: Problem, schedule: Mapping[str, int], who: str) -> Iterator[list[Meeting]]:
    """The first and the last group of meetings of each day that has a break."""
    mine = [one for one in problem.meetings if one.id in schedule and who in one.between]
    for day in problem.days:
        today = sorted((one for one in mine if schedule[one.id] in day), key=lambda one: schedule[one.id])
        groups: list[list[Meeting]] = []
        for one in today:
            if groups and schedule[one.id] - schedule[groups[-1][-1].id] <= 1:
                groups[-1].append(one)
            else:
                groups.append([one])
        if len(groups) > 1:
            yield groups[0]
            yield groups[-1]


def _with_waiting(problem: Problem, schedule: Mapping[str, int], group: list[Meeting]) -> list[Meeting]:
    """These meetings and those that wait for one of them."""
    found = list(group)
    for sooner in found:  # it grows
        waits = [one for one in problem.meetings if one.id in schedule and sooner.id in one.after]
        found += [one for one in waits if one not in found]
    return found
