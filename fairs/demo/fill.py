"""Filling a demonstration's database, with its progress in a file that the server and the terminal read."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings
from django.db.models import F
from django.utils.module_loading import autodiscover_modules

from fairs.actions.reference import load_reference
from fairs.demo import network, plan, privacy, signing  # noqa: F401 - put the fairs themselves on the timeline
from fairs.demo.timeline import Timeline
from fairs.demo.world import Demo, planners
from fairs.models import Delivery

REST, WORK = 0.12, 1.0  # seconds


@dataclass(frozen=True)
class Progress:
    """How far a filling is: `part` from 0 to 1; `founded` once the edition and its logins are there."""

    part: float = 0.0
    founded: bool = False
    finished: bool = False


def fill(until: datetime, *, scale: int, part: int = 1, edition: str = "hgs") -> None:
    """Build the fair, or one `part` of it, up to a moment through the actions; that it is finished is written last."""
    autodiscover_modules("demo", "demo_network", "demo_leads", "demo_after")
    load_reference()
    demo = Demo(Timeline(until), scale, part)
    for put in planners(edition):
        put(demo)
    _write(Progress(founded=True))
    rested = monotonic()
    for done in demo.timeline.live():
        _write(Progress(part=done, founded=True))
        rested = _rest(rested)
    _send_letters_of_the_past()
    _write(Progress(part=1.0, founded=True, finished=True))


def _rest(since: float) -> float:
    """A moment for the server beside it, once a second; returns when the last one ended.

    Whoever waits for SQLite's lock looks for it ten times a second, and between two batches it is free for less:
    without the pause whoever signed in waited until it was refused.
    """
    if monotonic() - since < WORK:
        return since
    sleep(REST)
    return monotonic()


def _send_letters_of_the_past() -> None:
    """The letters of the months before were sent at their time; only those from now on are written out."""
    owed = Delivery.objects.filter(state=Delivery.State.OWED)
    owed.update(state=Delivery.State.SENT, sent_at=F("due_at"), attempts=1)


def progress(folder: Path | None = None) -> Progress:
    """What the file says; nothing there yet is no progress."""
    try:
        return Progress(**json.loads(_file(folder).read_text()))
    except (FileNotFoundError, json.JSONDecodeError):
        return Progress()


def _write(now: Progress) -> None:
    """Replaced whole: a reader never meets half a file."""
    draft = _file().with_suffix(".new")
    draft.write_text(json.dumps(now.__dict__))
    os.replace(draft, _file())


def _file(folder: Path | None = None) -> Path:
    return Path(folder or settings.DATA_DIR) / "filling.json"
