"""Deadlines of the manual in words."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booths.manual import Cell, Progress, own_progress
from booths.models import Application, ManualTask
from fairs.templatetags.fair import day, local

register = template.Library()


@register.filter
def time_left(cell: Cell) -> str:
    """How long there still is for a task, or how late it is: “3 days left, until 12/10/2018”."""
    left, until = cell.days_left, day(cell.task.due_on)
    if left < 0:
        words = ngettext("%(days)d day late: it was due on %(day)s", "%(days)d days late: it was due on %(day)s", -left)
        return words % {"days": -left, "day": until}
    if left == 0:
        return _("Today is the last day")
    words = ngettext("%(days)d day left, until %(day)s", "%(days)d days left, until %(day)s", left)
    return words % {"days": left, "day": until}


@register.filter
def was_late(cell: Cell) -> str:
    """How late something came that is done or with the desk; nothing when it came in time."""
    if cell.is_open or not cell.late_days:
        return ""
    return ngettext("%(days)d day late", "%(days)d days late", cell.late_days) % {"days": cell.late_days}


@register.filter
def in_short(cell: Cell) -> str:
    """The state in a word or two, for a cell of a table."""
    if cell.is_late:
        return ngettext("%(days)d day late", "%(days)d days late", cell.late_days) % {"days": cell.late_days}
    words = {
        "open": _("To do"), "done": _("Done"), "handed_in": _("To check"), "accepted": _("In order"),
        "returned": _("Returned"), "not_concerned": _("Not theirs"),
    }  # fmt: skip
    return words[cell.state]


@register.filter
def audience_words(task: ManualTask) -> str:
    """Whom a task is for."""
    return local(task.booth_class, "name") if task.booth_class else str(task.get_audience_display())


@register.filter
def asks_words(task: ManualTask) -> str:
    """What a task asks for."""
    return str(task.get_form_display() if task.form else task.get_asks_display())


@register.simple_tag
def manual_of(application: Application) -> Progress:
    """How an exhibitor stands with the manual."""
    return own_progress(application)
