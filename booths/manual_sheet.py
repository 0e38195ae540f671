"""The manual as a workbook: a line for each exhibitor and task."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from booths.manual import Cell, exhibitors_with_tasks, progress_of
from booths.templatetags.manual import in_short
from fairs.models import Edition
from fairs.sheets.columns import Column
from fairs.sheets.kinds import Date, Integer
from fairs.sheets.write import to_xlsx
from fairs.templatetags.fair import local


def manual_sheet(edition: Edition) -> bytes:
    """Everybody's tasks, by exhibitor and then by number, in the active language."""
    everybody = progress_of(edition, exhibitors_with_tasks(edition))
    return to_xlsx(_("Exhibitor manual"), _columns(), _rows([cell for one in everybody for cell in one.cells]))


def _columns() -> list[Column]:
    return [
        Column("exhibitor", (_("Exhibitor"),)),
        Column("contact", (_("Contact"),)),
        Column("phone", (_("Phone"),)),
        Column("number", (_("Number"),), Integer()),
        Column("task", (_("Task"),)),
        Column("due_on", (_("Last day"),), Date()),
        Column("state", (_("State"),)),
        Column("late", (_("Days late"),), Integer()),
        Column("reason", (_("Reason"),)),
    ]


def _rows(cells: list[Cell]) -> Iterator[list[object]]:
    for cell in sorted(cells, key=lambda one: (one.application.company.folded, one.application.pk, one.task.number)):
        company, contact, task = cell.application.company, cell.application.contact, cell.task
        reason = cell.hand_in.reason if cell.hand_in else ""
        yield [
            company.name_vi, contact.full_name, contact.phone or company.phone, task.number, local(task, "title"),
            task.due_on, in_short(cell), cell.late_days or None, reason,
        ]  # fmt: skip
