"""The floor as it stands, as the document that a draft begins with; and who has which of its booths."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from booths.floorplan.difference import BoothChange, booth_changes
from booths.floorplan.document import Content, empty
from booths.models import Booth, Reservation
from fairs import clock
from fairs.models import Edition


def live_content(edition: Edition) -> Content:
    """Halls, zones, booths and facilities as everybody sees them now."""
    return empty() | {
        "halls": {f"h{hall.pk}": {"code": hall.code, **_names(hall), **_place(hall)} for hall in edition.halls.all()},
        "zones": {
            f"z{zone.pk}": {
                "code": zone.code,
                **_names(zone),
                "groups": sorted(group.code for group in zone.product_groups.all()),
            }
            for zone in edition.zones.prefetch_related("product_groups")
        },
        "booths": {
            f"b{booth.pk}": as_document(booth)
            for booth in Booth.objects.filter(edition=edition).select_related("booth_class")
        },
        "facilities": {
            f"f{one.pk}": {"kind": one.kind, **_names(one), **_place(one)} for one in edition.facilities.all()
        },
    }


def as_document(booth: Booth) -> dict[str, Any]:
    """A booth as a plan's document has it."""
    return {
        "code": booth.code,
        "hall": f"h{booth.hall_id}",
        "zone": f"z{booth.zone_id}",
        "class": booth.booth_class.code,
        **_place(booth),
    }


def held_by(edition: Edition) -> dict[str, Reservation]:
    """Who has a booth at this moment, by the booth's key."""
    rows = Reservation.objects.holders(edition, clock.now())
    return {f"b{row.booth_id}": row for row in rows}


@dataclass(frozen=True)
class Touched:
    """A booth that a plan changes, and who has it."""

    change: BoothChange
    held: Reservation

    @property
    def orphans(self) -> bool:
        """Whether the holder would no longer have what they were given."""
        return self.change.orphans

    @property
    def is_told(self) -> bool:
        """Whether the holder is owed a word about it."""
        return self.change.moved or self.change.renumbered


def touched(changes: Iterable[BoothChange], held: Mapping[str, Reservation]) -> list[Touched]:
    """The changes that concern somebody who has the booth."""
    return [Touched(change, held[change.key]) for change in changes if change.key in held and change.before]


def changes_of(edition: Edition, content: Content) -> list[BoothChange]:
    """What a plan would change of the booths that stand."""
    return booth_changes(live_content(edition), content)


def _names(thing: Any) -> dict[str, str]:
    return {"name_vi": thing.name_vi, "name_en": thing.name_en}


def _place(thing: Any) -> dict[str, float]:
    return {name: float(getattr(thing, name)) for name in ("x", "y", "width", "depth")}
