"""The demonstration's timetable: a week before the fair the desk plans what is wished for and not agreed yet."""

from collections.abc import Callable
from functools import partial

from fairs.demo.stages import moment
from fairs.demo.world import Demo
from fairs.errors import Refused
from matchmaking.actions.timetable_publishing import book_timetable, publish_timetable
from matchmaking.actions.timetables import begin_timetable, run_timetable
from matchmaking.models import Timetable

BEGUN = moment("2018-10-10 09:00")
PUBLISHED = moment("2018-10-10 15:00")
STEPS = ("--steps", "8")  # by steps, not by the clock: the same plan on every machine


def plan_wishes(demo: Demo, close: Callable[[int], None]) -> None:
    """Wishes and open requests, without further suggestions; where there are none there is no timetable.

    `close` says what becomes of a meeting when its time is over.
    """
    try:
        begun = begin_timetable(demo.edition, seconds=30, suggestions=0, by=demo.officers["director"])
    except Refused:
        return
    run_timetable(begun.pk, limit=STEPS)
    demo.timeline.at(PUBLISHED, partial(publish, demo, begun.pk, close))


def publish(demo: Demo, pk: int, close: Callable[[int], None]) -> None:
    """The director publishes it; every meeting of it is closed like the others."""
    planned = Timetable.objects.select_related("edition").get(pk=pk)
    publish_timetable(planned, seen=1, by=demo.officers["director"])
    book_timetable(pk)
    for meeting, ends_at in planned.entries.filter(changed=True).values_list("meeting", "meeting__ends_at"):
        demo.timeline.at(ends_at, partial(close, meeting))
