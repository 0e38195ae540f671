"""What bounds say of a timetable, as codes with figures: `matchmaking.timetable_words` says them in words.

Percentages are whole, or have one decimal where they are below one.
"""

from dataclasses import dataclass
from typing import Any

from matchmaking.scheduling.problem import Problem
from matchmaking.scheduling.solve import CLOSE, Answer


@dataclass(frozen=True)
class Said:
    """One sentence: its code and its figures."""

    code: str
    figures: dict[str, Any]


def said(problem: Problem, answer: Answer) -> list[Said]:
    """A sentence for each objective, in their order."""
    sentences = {"weight": _weight, "min_share": _share, "breaks": _breaks}
    return [say(answer) for one, say in sentences.items() if one in problem.objective]


def _weight(answer: Answer) -> Said:
    if not answer.unscheduled:
        return Said("weight_all", {})
    if answer.weight_bound is None:
        return Said("weight_open", {})
    if answer.weight >= answer.weight_bound - CLOSE:
        return Said("weight_best", {})
    return Said("weight_gap", {"percent": _percent(answer.weight_bound / answer.weight - 1) if answer.weight else 100})


def _share(answer: Answer) -> Said:
    if answer.min_share >= 1:
        return Said("share_all", {})
    share = {"share": _percent(answer.min_share)}
    if answer.min_share_bound is None:
        return Said("share_open", share)
    if answer.min_share >= answer.min_share_bound - CLOSE:
        return Said("share_best", share)
    return Said("share_gap", share | {"most": _percent(answer.min_share_bound)})


def _breaks(answer: Answer) -> Said:
    breaks = {"breaks": answer.breaks}
    if not answer.breaks:
        return Said("breaks_none", {})
    if not answer.breaks_bound:  # at least none: nothing is known
        return Said("breaks_open", breaks)
    if answer.breaks <= answer.breaks_bound:
        return Said("breaks_best", breaks)
    return Said("breaks_gap", breaks | {"least": answer.breaks_bound})


def _percent(share: float) -> float | int:
    return round(100 * share) if share >= 0.01 else round(100 * share, 1)
