"""Many badges printed at once: begun, drawn by the worker, stopped, forgotten after some hours."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from functools import partial

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
from fairs.models import Edition, Person
from fairs.papers.badge import sheet_pdf
from fairs.permissions import Actor, require
from fairs.progress import Progress, Stopped
from fairs.states import StateConflict

AT_ONCE = 20  # so few are drawn while the officer waits
MOST = 5000
LOST_AFTER = timedelta(minutes=30)


def begin_print(edition: Edition, *, badges: Iterable[int], size: str, by: Actor) -> PrintRun:
    """Have the valid ones of these badges drawn on sheets, in the order of names: a few at once, many by the worker.

    Asked while the officer's own run of the same is being made, it is that one. Refuses with `no_badge` and, over
    5,000, with `too_many_badges`.
    """
    require(by, "buyers.give_badges", edition)
    chosen = Badge.objects.valid().filter(edition=edition, pk__in=list(badges)).order_by("person__folded", "pk")
    keys = list(chosen.values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise Refused("no_badge", _("There is no valid badge to print here. Choose others."))
    if len(keys) > MOST:
        sentence = _("At most %(most)d badges are printed at once. Choose fewer, for example one kind.")
        raise Refused("too_many_badges", sentence % {"most": MOST})
    same = PrintRun.objects.filter(edition=edition, begun_by=by, state=PrintRun.State.MAKING, size=size, badges=keys)
    if known := same.first():
        return known
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
        made = sheet_pdf(faces(_badges(run)), size=run.size, tell=_progress(run).step)
        default_storage.save(run.file, ContentFile(made))
    except Stopped:
        return
    except Exception:
        _fail(run)
        raise
    try:
        with transaction.atomic():
            run.follow("finish", by=None)
            announce(run.edition, "prints")
    except StateConflict:  # stopped or given up meanwhile: nothing is kept of it
        default_storage.delete(run.file)


def stop_print(run: PrintRun, *, by: Actor) -> PrintRun:
    """End the work; nothing is kept of it."""
    require(by, "buyers.give_badges", run.edition)
    _progress(run).stop()
    with transaction.atomic():
        run.follow("stop", by=by)
        announce(run.edition, "prints")
    return run


def drop_prints(person: Person, *, by: Actor) -> None:
    """Keep no sheet with a badge of somebody who is erased; what is being drawn is stopped. Inside the caller's
    transaction.
    """
    own = set(Badge.objects.filter(person=person).values_list("pk", flat=True))
    for run in PrintRun.objects.filter(state__in=[PrintRun.State.MAKING, PrintRun.State.READY]):
        if own.isdisjoint(run.badges):
            continue
        if run.state == PrintRun.State.MAKING:
            _progress(run).stop()
            run.follow("stop", by=by)
        else:
            transaction.on_commit(partial(default_storage.delete, run.file))
            run.delete()


def badges_drawn(run: PrintRun) -> int:
    """How many badges a run has come to."""
    return int(_progress(run).said or 0)


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


def _fail(run: PrintRun) -> None:
    with suppress(StateConflict), transaction.atomic():
        run.follow("fail", by=None)
        announce(run.edition, "prints")


def _progress(run: PrintRun) -> Progress:
    return Progress(f"print:{run.pk}")


def _enqueue(pk: int) -> None:
    from buyers.tasks import draw_badges  # the tasks import this module

    draw_badges.enqueue(pk)
