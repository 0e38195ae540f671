"""The tasks of the exhibitor manual, set up for an edition."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from booths.models import ManualTask
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require

MOST_TASKS = 40
FURTHEST = 180  # days before the last day on which a letter may remind
TEXTS = ("title_vi", "title_en", "text_vi", "text_en")


def set_task(edition: Edition, *, by: Actor, task: ManualTask | None = None, **given: Any) -> ManualTask:
    """Add a task to the manual, or change one; what is not named stays. It is the last one unless it has a number.

    `given` are the columns of ManualTask. Refuses with `no_text`, `bad_days`, `no_class`, `no_form`, `number_taken`,
    `too_many` and, once something was handed in for it, `handed_in` when it would ask for something else.
    """
    require(by, "booths.set_up_manual", edition)
    with transaction.atomic():
        Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)  # numbers are given one after the other
        row = task or ManualTask(edition=edition, number=_next_number(edition))
        asked = None if row._state.adding else row.asks
        for name, value in given.items():
            setattr(row, name, value.strip() if name in TEXTS else value)
        _settle(row)
        _check(row, asked)
        row.save()
        record("set", row, by=by, fields=given)
        announce(edition, "manual")
    return row


def remove_task(task: ManualTask, *, by: Actor) -> None:
    """Take a task out of the manual. Refuses with `handed_in` once somebody did something about it."""
    require(by, "booths.set_up_manual", task)
    with transaction.atomic():
        task = ManualTask.objects.select_for_update().get(pk=task.pk)
        if task.hand_ins.exists():
            raise Refused("handed_in", _("Exhibitors have answered this task, so it stays. You can change its texts."))
        record("remove", task, by=by)
        task.delete()
        announce(task.edition, "manual")


def _next_number(edition: Edition) -> int:
    last = ManualTask.objects.filter(edition=edition).aggregate(number=Max("number"))["number"]
    return int(last or 0) + 1


def _settle(row: ManualTask) -> None:
    """What does not belong to what is asked is empty; days are in order, each once."""
    if row.audience != ManualTask.Audience.CLASS:
        row.booth_class = None
    if row.asks != ManualTask.Asks.FORM:
        row.form = ""
    row.remind_days = sorted(set(row.remind_days), reverse=True)


def _check(row: ManualTask, asked: str | None) -> None:
    for name in TEXTS:
        if not getattr(row, name):
            _refuse("no_text", _("Write the task in both languages."), name)
    if not _are_days(row.remind_days):
        _refuse("bad_days", _("Reminders are whole days before the last day, such as 14, 7, 1."), "remind_days")
    if row.audience == ManualTask.Audience.CLASS and (
        row.booth_class is None or row.booth_class.edition_id != row.edition_id
    ):
        _refuse("no_class", _("Choose the class of booth it is for."), "booth_class")
    if row.asks == ManualTask.Asks.FORM and not row.form:
        _refuse("no_form", _("Choose the form that closes this task."), "form")
    if asked not in (None, row.asks) and row.hand_ins.exists():
        raise Refused("handed_in", _("Exhibitors have answered this task, so it cannot ask for something else."))
    others = ManualTask.objects.filter(edition=row.edition).exclude(pk=row.pk)
    if others.filter(number=row.number).exists():
        _refuse("number_taken", _("There is a task with this number already."), "number")
    if row._state.adding and others.count() >= MOST_TASKS:
        raise Refused("too_many", _("A manual has %(most)d tasks at most.") % {"most": MOST_TASKS})


def _are_days(days: Iterable[Any]) -> bool:
    return all(type(one) is int and 0 <= one <= FURTHEST for one in days)


def _refuse(code: str, sentence: str, name: str) -> None:
    raise Invalid(code, sentence, {name: [sentence]})
