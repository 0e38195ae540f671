"""What a solver works out for an edition: within which seconds, listened to, stopped, given up, dropped."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Invalid
from fairs.live import announce
from fairs.permissions import Actor
from fairs.progress import Progress
from fairs.states import StateConflict

LEAST_SECONDS, MOST_SECONDS = 2, 600
GRACE = timedelta(minutes=2)
"""So long after its seconds something may still be worked on: loading, queueing, writing the answer."""


def check_seconds(seconds: int) -> None:
    """Refuses with `seconds` what is too short or too long."""
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        sentence = _("Give it between %(least)d and %(most)d seconds.") % {"least": LEAST_SECONDS, "most": MOST_SECONDS}
        raise Invalid("seconds", sentence, {"seconds": [sentence]})


class SolverRun:
    """The work on one row that has `seconds`, `begun_at` and the states running, failed and dropped.

    `topic` is what open pages listen to. The worker calls it with the solver's words, as `solve_apart` tells them.
    """

    def __init__(self, begun: Any, topic: str) -> None:
        self.begun, self.topic = begun, topic
        self.progress = Progress(f"{begun._meta.model_name}:{begun.pk}")

    def __call__(self, said: dict[str, Any]) -> bool:
        """Pass words on, not more often than a person can read; whether the solver goes on."""
        if self.progress.say(said):
            announce(self.begun.edition, self.topic)
        return not self.progress.stopped

    @property
    def said(self) -> dict[str, Any]:
        """What the solver said last; empty before its first word."""
        return dict(self.progress.said or {})

    @property
    def overdue(self) -> bool:
        """Whether it should have ended long ago: its worker died."""
        return bool(self.begun.begun_at + timedelta(seconds=self.begun.seconds) + GRACE < clock.now())

    def stop(self) -> None:
        """End it with the best plan so far; one that has ended already is no error."""
        self.progress.stop()

    def fail(self) -> None:
        """It came to nothing; one that was dropped or given up meanwhile stays so."""
        with suppress(StateConflict), transaction.atomic():
            self.begun.follow("fail", by=None)
            announce(self.begun.edition, self.topic)

    def drop(self, *, by: Actor) -> None:
        """Put it away; the solver ends."""
        with transaction.atomic():
            self.begun.follow("drop", by=by)
            announce(self.begun.edition, self.topic)
        self.stop()


def give_up_overdue(rows: Any, topic: str) -> None:
    """Fail those whose worker died: they would be worked on for ever, and no other could begin."""
    for begun in rows.filter(state="running").select_related("edition"):
        run = SolverRun(begun, topic)
        if run.overdue:
            run.stop()  # if it lives after all
            run.fail()
