"""A whole day, from an installation that was filled to what it came to."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.module_loading import autodiscover_modules

from fairs import clock, live
from fairs.demo.stages import HANOI
from fairs.models import Edition
from fairs.replay import paying, people  # noqa: F401 - put their parts into the day
from fairs.replay.asking import Site
from fairs.replay.day import Day, draw_up
from fairs.replay.faults import go_wrong
from fairs.replay.installed import Installation, installed
from fairs.replay.living import Life
from fairs.replay.people import waiting_letters, waiting_tasks
from fairs.replay.recount import number, recount
from fairs.replay.services import DidNotStart
from fairs.replay.table import Result
from fairs.replay.trial import must_be_trial, port_of
from fairs.stripe_standin import serve

FILLED_UNTIL, EVENING, BEGINS = "2018-10-19 07:30", "20:00", "08:15"
LEADS = (15, 45, 120)  # seconds for the programs to start before the day begins; the next where they took longer
SETTLES = 120  # seconds at most until nothing is under way any more


@dataclass(frozen=True)
class Wish:
    """How a day is to be lived: one in `part` of everybody, so many times as fast, at most so many seconds."""

    part: int
    speed: float
    seconds: float
    seed: int


def live_the_day(wish: Wish, folder: Path, say: Callable[[str], None]) -> Result:
    """Draw up the script, start everything, live it, let it settle, recount. Refuses with `no_trial`."""
    must_be_trial()
    live.mute()
    day = drawn_up(wish, settings.SITE_URL)
    say(f"the script has {day.left:,} deeds")
    environment = _environment()
    company = paying.card_company(environment)
    day.known["cards"] = company
    installation = Installation(environment, folder / "serve.log")
    with serve(company, port=port_of(settings.STRIPE_API_BASE), tells=False), installed(installation):
        course = _started(installation, day, wish, say)
        go_wrong(day, installation, speed=wish.speed)
        day.known |= {"speed": wish.speed, "sockets": installation.sockets}
        begun, life = time.monotonic(), Life(day, wish.seconds, say)
        whole = life.live(course)
        took = time.monotonic() - begun
        say("settling")
        if not _settled():
            day.noted.complain(f"after {SETTLES} seconds something was still under way")
        if not whole:
            day.noted.complain(f"after {wish.seconds:g} seconds {day.left:,} deeds were left undone")
        with translation.override("en"):
            counts = recount(day)
    return Result(
        title=f"One day of the fair, one in {wish.part} of everybody" if wish.part > 1 else "One day of the fair",
        facts=_facts(day, wish, life, took),
        heard=day.site.heard,
        counts=counts,
        wrong=day.noted.wrong,
        faults=day.known.get("faults", []),
    )


def drawn_up(wish: Wish, address: str) -> Day:
    """The day with its script, made ready the evening before."""
    autodiscover_modules("replay")
    edition = Edition.objects.select_related("series").get()
    date = datetime.fromisoformat(FILLED_UNTIL).replace(tzinfo=HANOI).date()
    day = Day(edition, date, Site(address), seed=wish.seed, part=wish.part)
    with clock.at(day.hour(EVENING) - timedelta(days=1)), translation.override("vi"):
        draw_up(day)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what the database would soon do by itself, in the middle of the day
    return day


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)


def _started(installation: Installation, day: Day, wish: Wish, say: Callable[[str], None]) -> clock.Course:
    """Everything runs by the moment at which the clock of the fair begins to run so fast."""
    for lead in LEADS:
        begins = datetime.now(UTC) + timedelta(seconds=lead)  # noqa: TID251 - the moment on the wall
        course = clock.Course(day.hour(BEGINS), begins, wish.speed)
        installation.start(course)
        if datetime.now(UTC) < begins:  # noqa: TID251
            clock.follow(course)
            return course
        say("the programs took longer to start; once more, with more time")
        installation.stop()
    raise DidNotStart("The programs take too long to start on this machine.")


def _settled() -> bool:
    """Whether everything owed was done in time."""
    ends, quiet = time.monotonic() + SETTLES, 0
    while time.monotonic() < ends:
        importing = number("SELECT COUNT(*) FROM fairs_upload WHERE state = 'importing'")
        events = number("SELECT COUNT(*) FROM fairs_cardevent WHERE handled IS NULL")
        quiet = quiet + 1 if not (waiting_letters() or waiting_tasks() or importing or events) else 0
        if quiet > 2:
            return True
        with suppress(KeyboardInterrupt):
            time.sleep(1)
    return False


def _facts(day: Day, wish: Wish, life: Life, took: float) -> list[str]:
    late = sorted(life.late) or [0.0]
    faults = "; ".join(f"{words} ({seconds:.0f} s)" if seconds else words for _at, seconds, words in _faults(day))
    return [
        f"- {life.done:,} deeds in {took:.0f} s, {wish.speed:g} times as fast as life, seed {wish.seed}; "
        f"{day.known.get('meetings', 0):,} meetings agreed, {day.known.get('plans', 0):,} open floor plans.",
        f"- Begun late by {late[len(late) // 2]:.2f} s (p50), {late[int(len(late) * 0.99)]:.2f} s (p99).",
        f"- What went wrong on purpose: {faults}; gate 4 without a network from 10:30 to 11:30.",
        f"- Floor plans: {day.known.get('told', 'none')}.",
    ]


def _faults(day: Day) -> list[Any]:
    return list(day.known.get("faults", []))
