"""What a gate answers to a badge, and which readings count as entries: as static/buyers/gate/entering.js has it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple


class Window(NamedTuple):
    """A time in which a kind of badge opens the gates of an area; no area: those of the fair."""

    area: int | None
    begins: datetime
    ends: datetime


class Passage(NamedTuple):
    """A reading after which somebody walked through a door."""

    at: datetime
    key: str
    inward: bool


def entries(passages: Iterable[Passage], again_after: timedelta) -> set[str]:
    """The keys of those that count as an entry, of one badge at the gates of one area, in whatever order they come.

    A passage inward counts when the last entry is older than `again_after`, or was followed by a passage outward.
    """
    counted: set[str] = set()
    entered: datetime | None = None
    for passage in sorted(passages):
        if not passage.inward:
            entered = None
        elif entered is None or passage.at - entered > again_after:
            counted.add(passage.key)
            entered = passage.at
    return counted


def answer(windows: Sequence[Window], *, area: int | None, own_rules: bool, at: datetime, revoked: bool = False) -> str:
    """Whether a known badge opens a gate at a moment: `ok`, or why not.

    `windows` are all of its kind; `own_rules` says whether the gate's area has rules of its own. `expired` when
    nothing of it lies ahead, `wrong_zone` when another door would open now or no time was ever set for this one.
    """
    if revoked:
        return "revoked"
    here = [window for window in windows if window.area == (area if own_rules else None)]
    if any(window.begins <= at < window.ends for window in here):
        return "ok"
    if any(window.begins <= at < window.ends for window in windows) or not here:
        return "wrong_zone"
    return "wrong_day" if any(window.ends > at for window in here) else "expired"


def by_kind(rules: Iterable[tuple[str, Window]]) -> Mapping[str, list[Window]]:
    """The windows of each kind."""
    sorted_out: dict[str, list[Window]] = {}
    for kind, window in rules:
        sorted_out.setdefault(kind, []).append(window)
    return sorted_out
