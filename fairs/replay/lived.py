"""A whole day, from an installation that was filled to what it came to."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

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
from fairs.replay.recount import Count, number, recount
from fairs.replay.table import Result
from fairs.replay.trial import must_be_trial, port_of
from fairs.stripe_standin import serve

FILLED_UNTIL, EVENING, BEGINS = "2018-10-19 07:30", "20:00", "08:15"
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
    day.known["cards"] = company = paying.card_company(dict(os.environ))
    installation = Installation(dict(os.environ), folder / "serve.log")
    with serve(company, port=port_of(settings.STRIPE_API_BASE), tells=False), installed(installation), ending(day):
        life = _lived(day, wish, installation, say)
        counts = _recounted(day, say)
    whose = f", one in {wish.part} of everybody" if wish.part > 1 else ""
    return Result(f"One day of the fair{whose}", _facts(day, wish, life), day.site.heard, counts, day.noted.wrong)


def _lived(day: Day, wish: Wish, installation: Installation, say: Callable[[str], None]) -> Life:
    say("starting everything")
    installation.start(day.hour(BEGINS), speed=wish.speed)
    go_wrong(day, installation)
    day.known["sockets"] = installation.sockets
    life = Life(day, wish.seconds, say)
    installation.let_run()
    if not life.live():
        day.noted.complain(f"after {wish.seconds:g} seconds {day.left:,} deeds were left undone")
    return life


def _recounted(day: Day, say: Callable[[str], None]) -> list[Count]:
    say("settling")
    if not _settled():
        day.noted.complain(f"after {SETTLES} seconds something was still under way")
    with translation.override("en"):
        return recount(day)


@contextmanager
def ending(day: Day) -> Iterator[None]:
    """What the day has opened is closed however it ends."""
    try:
        yield
    finally:
        for deed in day.ends:
            deed()


def drawn_up(wish: Wish, address: str) -> Day:
    """The day with its script, made ready the evening before."""
    autodiscover_modules("replay")
    edition = Edition.objects.select_related("series").get()
    date = datetime.fromisoformat(FILLED_UNTIL).replace(tzinfo=HANOI).date()
    day = Day(edition, date, Site(address), seed=wish.seed, part=wish.part, speed=wish.speed)
    with clock.at(day.hour(EVENING) - timedelta(days=1)), translation.override("vi"):
        draw_up(day)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what the database would soon do by itself, in the middle of the day
    return day


def _settled() -> bool:
    """Whether everything owed was done in time."""
    ends, quiet = time.monotonic() + SETTLES, 0
    while time.monotonic() < ends:
        importing = number("SELECT COUNT(*) FROM fairs_upload WHERE state = 'importing'")
        events = number("SELECT COUNT(*) FROM fairs_cardevent WHERE handled IS NULL")
        quiet = quiet + 1 if not (waiting_letters() or waiting_tasks() or importing or events) else 0
        if quiet > 2:
            return True
        time.sleep(1)
    return False


def _facts(day: Day, wish: Wish, life: Life) -> list[str]:
    late = sorted(life.late) or [0.0]
    return [
        f"- {life.done:,} deeds in {life.took:.0f} s, {wish.speed:g} times as fast as life, seed {wish.seed}.",
        f"- Begun late by {late[len(late) // 2]:.2f} s (p50), {late[int(len(late) * 0.99)]:.2f} s (p99).",
        f"- What went wrong on purpose: {'; '.join(day.faults)}.",
        *(f"- {fact}" for fact in day.facts),
    ]
