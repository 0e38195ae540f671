"""Letters to exhibitors who still have something to do: by the heartbeat, each reminder once."""

from collections.abc import Iterator

from django.db import IntegrityError, transaction

from booths.manual import Cell, Progress, exhibitors_with_tasks, progress_of
from booths.models import Application, ManualLetter, ManualTask, TaskReminder
from fairs import clock
from fairs.deliveries import owe
from fairs.models import Edition

BY_DAY = range(8, 18)  # nobody is written to at night
MOST_AT_ONCE = 200  # exhibitors that one beat writes to; the next goes on


def remind_of_tasks() -> int:
    """Owe each exhibitor one letter about everything of which a reminder is due today; how many were written.

    Nothing is written about what is done or with the desk. A day on which no heartbeat ran is made up for on the next.
    """
    written = 0
    for edition in Edition.objects.filter(manual_tasks__isnull=False).distinct().order_by("pk"):
        if clock.now().astimezone(edition.zone).hour in BY_DAY and _due(edition):
            for progress, cells in _to_remind(edition):
                if written >= MOST_AT_ONCE:
                    return written
                written += remind(progress.application, cells)
    return written


def remind(application: Application, cells: list[Cell]) -> bool:
    """Owe the letter about these tasks; whether it was this call that did. Of two at once one does."""
    today = clock.today(application.edition)
    try:
        with transaction.atomic():
            letter = ManualLetter.objects.create(application=application, day=today)
            TaskReminder.objects.bulk_create(
                TaskReminder(letter=letter, task=cell.task, application=application, days_before=rung)
                for cell in cells
                if (rung := cell.task.rung_on(today)) is not None
            )
            owe("booths.manual_reminder", to=application.contact, about=letter, edition=application.edition)
    except IntegrityError:
        return False
    return True


def _due(edition: Edition) -> list[ManualTask]:
    """Tasks with a reminder that is due."""
    today = clock.today(edition)
    return [task for task in ManualTask.objects.filter(edition=edition) if task.rung_on(today) is not None]


def _to_remind(edition: Edition) -> Iterator[tuple[Progress, list[Cell]]]:
    """Who has something to do of which nobody was told at this rung, and had no letter today."""
    today = clock.today(edition)
    told = {
        (task, application): days
        for task, application, days in TaskReminder.objects.filter(task__edition=edition)
        .order_by("-days_before")
        .values_list("task", "application", "days_before")
    }
    written = set(
        ManualLetter.objects.filter(application__edition=edition, day=today).values_list("application", flat=True)
    )
    for progress in progress_of(edition, exhibitors_with_tasks(edition)):
        if progress.application.pk in written:
            continue
        cells = [cell for cell in progress.to_do if _is_new(cell, told.get((cell.task.pk, progress.application.pk)))]
        if cells:
            yield progress, cells


def _is_new(cell: Cell, told: int | None) -> bool:
    """Whether a reminder is due that comes later than the last one told."""
    rung = cell.task.rung_on(cell.today)
    return rung is not None and (told is None or rung < told)
