"""Many badges printed at once: begun, drawn by the worker, stopped, forgotten after some hours."""

import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from buyers.faces import faces
from buyers.models import Badge, PrintRun
from buyers.models.printing import KEPT
from fairs import clock
from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.papers.badge import sheet_pdf
from fairs.permissions import Actor, require
from fairs.states import StateConflict

AT_ONCE = 20  # so few are drawn while the officer waits
MOST = 5000
SAID_EVERY = 0.3  # seconds between two words about the progress
REMEMBERED = 24 * 3600  # seconds
LOST_AFTER = timedelta(minutes=30)


class Stopped(Exception):
    """An officer ended the work."""


def begin_print(edition: Edition, *, badges: Iterable[int], size: str, by: Actor) -> PrintRun:
    """Have the valid ones of these badges drawn on sheets, in the order of names: a few at once, many by the worker.

    Refuses with `no_badge` and, over 5,000, with `too_many_badges`.
    """
    require(by, "buyers.give_badges", edition)
    chosen = Badge.objects.valid().filter(edition=edition, pk__in=list(badges)).order_by("person__folded", "pk")
    keys = list(chosen.values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise Refused("no_badge", _("There is no valid badge to print here. Choose others."))
    if len(keys) > MOST:
        sentence = _("At most %(most)d badges are printed at once. Choose fewer, for example one kind.")
        raise Refused("too_many_badges", sentence % {"most": MOST})
    with transaction.atomic():
        run = PrintRun.objects.create(edition=edition, size=size, badges=keys, number=len(keys), begun_by=by)
        record("begin", run, by=by)
        announce(edition, "prints")
        if len(keys) > AT_ONCE:
            transaction.on_commit(lambda: _enqueue(run.pk))
    if len(keys) <= AT_ONCE:
        print_badges(run.pk)
        run.refresh_from_db()
    return run


def print_badges(pk: int) -> None:
    """Draw a begun run. What went wrong is raised, and the run has failed; one that was stopped stays so."""
    run = PrintRun.objects.select_related("edition").get(pk=pk)
    if run.state != PrintRun.State.MAKING:
        return
    try:
        made = sheet_pdf(faces(_badges(run)), size=run.size, tell=_Teller(run))
        default_storage.save(run.file, ContentFile(made))
    except Stopped:
        return
    except Exception:
        _fail(run)
        raise
    with suppress(StateConflict), transaction.atomic():
        run.follow("finish", by=None)
        announce(run.edition, "prints")


def stop_print(run: PrintRun, *, by: Actor) -> PrintRun:
    """End the work; nothing is kept of it."""
    require(by, "buyers.give_badges", run.edition)
    cache.set(_key(run, "stop"), True, REMEMBERED)
    with transaction.atomic():
        run.follow("stop", by=by)
        announce(run.edition, "prints")
    return run


def badges_drawn(run: PrintRun) -> int:
    """How many badges a run has come to."""
    return int(cache.get(_key(run, "done"), 0))


def forget_prints() -> None:
    """Delete runs and their files after some hours, and fail those whose worker died."""
    now = clock.now()
    for run in PrintRun.objects.filter(state=PrintRun.State.MAKING, begun_at__lt=now - LOST_AFTER):
        _fail(run)
    for run in PrintRun.objects.filter(begun_at__lt=now - KEPT):
        default_storage.delete(run.file)
        run.delete()


def _badges(run: PrintRun) -> list[Badge]:
    """Those still valid, in the order they were asked for."""
    rows = Badge.objects.valid().filter(edition=run.edition).select_related("person", "company", "edition__series")
    found = rows.in_bulk(run.badges)
    return [found[pk] for pk in run.badges if pk in found]


class _Teller:
    """Says from time to time how far it is, and ends the work when an officer wants it to."""

    def __init__(self, run: PrintRun) -> None:
        self.run, self.said = run, time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.said < SAID_EVERY:
            return
        self.said = time.monotonic()
        cache.set(_key(self.run, "done"), done, REMEMBERED)
        if cache.get(_key(self.run, "stop")):
            raise Stopped


def _fail(run: PrintRun) -> None:
    with suppress(StateConflict), transaction.atomic():
        run.follow("fail", by=None)
        announce(run.edition, "prints")


def _key(run: PrintRun, what: str) -> str:
    return f"print:{run.pk}:{what}"


def _enqueue(pk: int) -> None:
    from buyers.tasks import draw_badges  # the tasks import this module

    draw_badges.enqueue(pk)
