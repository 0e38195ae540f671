"""The tables where people meet, and the interpreters who help."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from booths.models import Hall
from fairs.errors import Invalid
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require
from matchmaking.actions.seats import checked_name, joined
from matchmaking.models import Interpreter, Shift, Table, codes

MOST_TABLES = 500


def add_tables(edition: Edition, *, count: int, by: Actor, hall: Hall | None = None) -> list[Table]:
    """Set up so many more tables, numbered on from the last. Refuses with `count` and `other_edition`."""
    require(by, "matchmaking.set_rules", edition)
    if hall and hall.edition_id != edition.pk:
        raise Invalid("other_edition", _("Choose a hall of this edition."))
    with transaction.atomic():
        Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        last = Table.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
        if not 1 <= count <= MOST_TABLES - last:
            sentence = _("Choose how many, up to %(most)d tables in all.") % {"most": MOST_TABLES}
            raise Invalid("count", sentence, {"count": [sentence]})
        made = Table.objects.bulk_create(
            Table(edition=edition, hall=hall, number=number) for number in range(last + 1, last + count + 1)
        )
        record("add_tables", edition, by=by)
        announce(edition, "meetings")
    return made


def use_table(table: Table, *, open: bool, by: Actor) -> Table:
    """Put a table to use, or out of it: no further meeting is agreed there, and those that are agreed stay."""
    require(by, "matchmaking.set_rules", table.edition)
    with transaction.atomic():
        if Table.objects.filter(pk=table.pk).exclude(open=open).update(open=open):
            record("use" if open else "close", table, by=by)
            announce(table.edition, "meetings")
    table.open = open
    return table


def add_interpreter(edition: Edition, *, name: str, languages: Iterable[str], by: Actor) -> Interpreter:
    """Take an interpreter onto the list. Refuses with `name`, and `languages` for fewer than two."""
    require(by, "matchmaking.set_rules", edition)
    called, spoken = checked_name(name), joined(languages)
    if len(codes(spoken)) < 2:
        sentence = _("An interpreter speaks at least two languages.")
        raise Invalid("languages", sentence, {"languages": [sentence]})
    with transaction.atomic():
        made = Interpreter.objects.create(edition=edition, name=called, languages=spoken)
        record("add", made, by=by)
        announce(edition, "meetings")
    return made


def use_interpreter(interpreter: Interpreter, *, open: bool, by: Actor) -> Interpreter:
    """Let an interpreter be booked, or not any more: bookings that are agreed stay."""
    require(by, "matchmaking.set_rules", interpreter.edition)
    with transaction.atomic():
        if Interpreter.objects.filter(pk=interpreter.pk).exclude(open=open).update(open=open):
            record("use" if open else "close", interpreter, by=by)
            announce(interpreter.edition, "meetings")
    interpreter.open = open
    return interpreter


def add_shift(interpreter: Interpreter, *, starts_at: datetime, ends_at: datetime, by: Actor) -> Shift:
    """Say when an interpreter is there; the same beginning again sets its end. Refuses with `shift`."""
    require(by, "matchmaking.set_rules", interpreter.edition)
    if ends_at <= starts_at:
        sentence = _("The end comes after the beginning.")
        raise Invalid("shift", sentence, {"ends_at": [sentence]})
    with transaction.atomic():
        shift, _made = Shift.objects.update_or_create(
            interpreter=interpreter, starts_at=starts_at, defaults={"ends_at": ends_at}
        )
        record("set_hours", interpreter, by=by)
        announce(interpreter.edition, "meetings")
    return shift
