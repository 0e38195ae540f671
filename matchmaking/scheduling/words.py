"""What bounds say of a timetable, as codes with figures: whoever shows them says them in the reader's language."""

from dataclasses import dataclass
from typing import Any

from matchmaking.scheduling.problem import Problem
from matchmaking.scheduling.solve import CLOSE, Answer

SENTENCES = {
    "weight_best": "No timetable holds more of what was asked for.",
    "weight_gap": "At most %(percent)s %% more of what was asked for could be held.",
    "weight_open": "How much more could be held was not found out in this time.",
    "share_best": "The importer worst off gets %(share)s %% of its wishes; nothing that holds as much gives it more.",
    "share_gap": "The importer worst off gets %(share)s %% of its wishes; at most %(most)s %% would be possible.",
    "share_open": "The importer worst off gets %(share)s %% of its wishes; whether more is possible is open.",
    "breaks_none": "Nobody has a break between two meetings of a day.",
    "breaks_best": "There are %(breaks)s breaks; nothing that holds as much, as fairly, has fewer.",
    "breaks_gap": "There are %(breaks)s breaks; %(least)s of them at least cannot be avoided without loss.",
    "breaks_open": "There are %(breaks)s breaks; how many could be avoided was not found out in this time.",
}  # fmt: skip
"""Code and meaning; percentages are whole, or have one decimal where they are below one."""


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
    if answer.weight_bound is None:
        return Said("weight_open", {})
    if answer.weight >= answer.weight_bound - CLOSE:
        return Said("weight_best", {})
    return Said("weight_gap", {"percent": _percent(answer.weight_bound / answer.weight - 1) if answer.weight else 100})


def _share(answer: Answer) -> Said:
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
    if answer.breaks_bound is None:
        return Said("breaks_open", breaks)
    if answer.breaks <= answer.breaks_bound:
        return Said("breaks_best", breaks)
    return Said("breaks_gap", breaks | {"least": answer.breaks_bound})


def _percent(share: float) -> float | int:
    return round(100 * share) if share >= 0.01 else round(100 * share, 1)
