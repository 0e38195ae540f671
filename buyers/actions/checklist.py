"""Setting up the checklist of evidence of an edition."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from buyers.actions.grades import write_checked
from buyers.models import EvidenceItem, Grade
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.models import Edition
from fairs.permissions import Actor, require


def add_evidence_item(edition: Edition, *, by: Actor, grades: Iterable[Grade] = (), **fields: Any) -> EvidenceItem:
    """Put a line on the checklist, needed for some grades; refuses with `code_known` and `other_edition`."""
    require(by, "buyers.set_grades", edition)
    return _write(EvidenceItem(edition=edition), "add", grades, fields, by=by)


def edit_evidence_item(
    item: EvidenceItem, *, by: Actor, grades: Iterable[Grade] | None = None, **fields: Any
) -> EvidenceItem:
    """Change a line for decisions to come; what was ticked stays ticked."""
    require(by, "buyers.set_grades", item)
    return _write(item, "change", grades, fields, by=by)


def remove_evidence_item(item: EvidenceItem, *, by: Actor) -> None:
    """Take a line off the checklist for which nobody gave anything; refuses with `line_in_use`."""
    require(by, "buyers.set_grades", item)
    with transaction.atomic():
        if item.given.exists():
            raise Refused("line_in_use", _("Something was given for this line. Let no grade need it instead."))
        record("remove", item, by=by)
        item.delete()


def _write(item: EvidenceItem, verb: str, grades: Iterable[Grade] | None, fields: Any, *, by: Actor) -> EvidenceItem:
    needed = None if grades is None else list(grades)
    if any(grade.edition_id != item.edition_id for grade in needed or ()):
        raise Invalid("other_edition", _("This grade is of another edition."))
    with transaction.atomic():
        write_checked(item, verb, fields, by=by)
        if needed is not None:
            item.grades.set(needed)
    return item
