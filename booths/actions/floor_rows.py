"""Writing a plan's document into the rows of the floor."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from booths.floorplan import Side, is_corner
from booths.floorplan.document import Content, row_of
from booths.floorplan.findings import sides_of
from booths.models import Application, Booth, Facility, Hall, Zone
from fairs.models import Edition, ProductGroup

AT_ONCE = 500
BOOTH_FIELDS = [
    "hall_id", "zone_id", "booth_class_id", "code", "x", "y", "width", "depth", "open_sides", "corner",
]  # fmt: skip


def write_floor(edition: Edition, before: Content, after: Content) -> None:
    """Make the rows of an edition say what the plan says; called inside the transaction that publishes it.

    A booth that somebody once had is retired, as are the hall and zone it names; other rows that go away are deleted.
    """
    _retire_what_changes(edition, before, after)
    halls = _write_places(Hall, edition, before["halls"], after["halls"], _hall)
    zones = _write_places(Zone, edition, before["zones"], after["zones"], _zone)
    _write_groups(after["zones"], zones)
    _write_booths(edition, after, halls, zones)
    _write_facilities(edition, before["facilities"], after["facilities"])
    _delete_what_nobody_had(edition)


def _retire_what_changes(edition: Edition, before: Content, after: Content) -> None:
    """Codes become free first, or two rows that swap theirs would meet."""
    for model, section in ((Booth, "booths"), (Hall, "halls"), (Zone, "zones")):
        old, new = before[section], after[section]
        rows = [row_of(key) for key, thing in old.items() if thing["code"] != new.get(key, {}).get("code")]
        for start in range(0, len(rows), AT_ONCE):
            _every(model).filter(edition=edition, pk__in=rows[start : start + AT_ONCE]).update(retired=True)


def _write_places(
    model: Any, edition: Edition, before: Mapping[str, Any], after: Mapping[str, Any], columns: Any
) -> dict[str, int]:
    """Halls or zones: the row of each key, made where there is none."""
    known = {row.pk: row for row in _every(model).filter(edition=edition)}
    rows: dict[str, int] = {}
    for order, (key, thing) in enumerate(after.items(), 1):
        row = known.get(row_of(key) or 0)
        if row is None:
            row = model(edition=edition, **columns(thing, order))
            row.save()
        elif row.retired or thing != before.get(key):
            for name, value in (columns(thing, getattr(row, "order", order)) | {"retired": False}).items():
                setattr(row, name, value)
            row.save()
        rows[key] = row.pk
    return rows


def _hall(hall: Mapping[str, Any], _order: int) -> dict[str, Any]:
    return {"code": hall["code"], **_names(hall), **_place(hall)}


def _zone(zone: Mapping[str, Any], order: int) -> dict[str, Any]:
    return {"code": zone["code"], "order": order, **_names(zone)}


def _write_groups(zones: Mapping[str, Any], rows: Mapping[str, int]) -> None:
    groups = dict(ProductGroup.objects.values_list("code", "pk"))
    links = Zone.product_groups.through.objects
    wanted = {(rows[key], groups[code]) for key, zone in zones.items() for code in zone["groups"] if code in groups}
    there = set(links.filter(zone__in=rows.values()).values_list("zone_id", "productgroup_id"))
    for zone, group in there - wanted:
        links.filter(zone=zone, productgroup=group).delete()
    links.bulk_create(links.model(zone_id=zone, productgroup_id=group) for zone, group in wanted - there)


def _write_booths(edition: Edition, after: Content, halls: Mapping[str, int], zones: Mapping[str, int]) -> None:
    """Every booth with its sides as they are now; only those that differ are written."""
    known = {row.pk: row for row in Booth.every.filter(edition=edition)}
    classes = {row.code: row.pk for row in edition.booth_classes.all()}
    sides = sides_of(after)
    fresh, changed, kept = [], [], set()
    for key, booth in after["booths"].items():
        columns = {
            "hall_id": halls[booth["hall"]],
            "zone_id": zones[booth["zone"]],
            "booth_class_id": classes[booth["class"]],
            "code": booth["code"],
            "open_sides": sides[key],
            "corner": is_corner(Side(side) for side in sides[key]),
            **_place(booth),
        }
        row = known.get(row_of(key) or 0)
        if row is None:
            fresh.append(Booth(edition=edition, **columns))
            continue
        kept.add(row.pk)
        if row.retired or any(getattr(row, name) != value for name, value in columns.items()):
            changed.append(_with(row, columns | {"retired": False}))
    gone = [pk for pk, row in known.items() if pk not in kept and not row.retired]
    _retire(gone)
    Booth.every.bulk_update(changed, [name.removesuffix("_id") for name in BOOTH_FIELDS] + ["retired"], AT_ONCE)
    Booth.every.bulk_create(fresh, AT_ONCE)


def _with(row: Any, columns: Mapping[str, Any]) -> Any:
    for name, value in columns.items():
        setattr(row, name, value)
    return row


def _retire(rows: Collection[int]) -> None:
    listed = list(rows)
    for start in range(0, len(listed), AT_ONCE):
        Booth.every.filter(pk__in=listed[start : start + AT_ONCE]).update(retired=True)


def _write_facilities(edition: Edition, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    known = {row.pk: row for row in edition.facilities.all()}
    kept = {row_of(key) for key in after}
    Facility.objects.filter(pk__in=[pk for pk in known if pk not in kept]).delete()
    fresh = []
    for key, thing in after.items():
        row = known.get(row_of(key) or 0)
        columns = {"kind": thing["kind"], **_names(thing), **_place(thing)}
        if row is None:
            fresh.append(Facility(edition=edition, **columns))
        elif thing != before.get(key):
            _with(row, columns).save()
    Facility.objects.bulk_create(fresh, AT_ONCE)


def _delete_what_nobody_had(edition: Edition) -> None:
    retired = Booth.every.filter(edition=edition, retired=True)
    retired.filter(reservations=None).delete()
    booths = Booth.every.filter(hall=OuterRef("pk"))
    # What hours for vehicles name stays too.
    Hall.every.filter(~Exists(booths), edition=edition, retired=True, move_windows=None).delete()
    in_zone, wished = Booth.every.filter(zone=OuterRef("pk")), Application.objects.filter(zones=OuterRef("pk"))
    unused = Zone.every.filter(~Exists(in_zone), ~Exists(wished), edition=edition, retired=True)
    unused.filter(move_windows=None).delete()


def _every(model: Any) -> Any:
    return model.every.all()


def _names(thing: Mapping[str, Any]) -> dict[str, str]:
    """A hall or zone without a name is called by its code."""
    return {"name_vi": thing["name_vi"] or thing.get("code", ""), "name_en": thing["name_en"]}


def _place(thing: Mapping[str, Any]) -> dict[str, Decimal]:
    return {name: Decimal(f"{thing[name]:.2f}") for name in ("x", "y", "width", "depth")}
