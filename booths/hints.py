"""What goes with a hint about the floor: its version, and which booths changed."""

from typing import Any

from booths.actions.changes import note_change
from fairs.live import versioned
from fairs.models import Edition


@versioned("floor")
def change_of_the_floor(edition_pk: int) -> dict[str, Any]:
    """The newest change of an edition's floor, or nothing: the edition may be gone by the time it is asked."""
    edition = Edition.objects.filter(pk=edition_pk).first()
    change = note_change(edition) if edition else None
    return change.told if change else {}
