"""Laying the floor of an edition, pricing its booths, taking one out of the sale."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from booths import floorplan
from booths.actions.classes import open_classes
from booths.models import Booth, BoothClass, Facility, Hall, Price, SaleTerms, Zone
from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, ProductGroup
from fairs.permissions import Actor, require

KINDS = {
    "foyer": Facility.Kind.FOYER,
    "gate": Facility.Kind.GATE,
    "door": Facility.Kind.DOOR,
    "fire_exit": Facility.Kind.EXIT,
    "reception": Facility.Kind.RECEPTION,
    "stage": Facility.Kind.STAGE,
    "meeting_area": Facility.Kind.AREA,
    "meeting_table": Facility.Kind.TABLE,
}


def lay_floor(edition: Edition, *, floor: floorplan.Floor, by: Actor) -> list[Booth]:
    """Write a planned floor: halls, zones, facilities, booths, and the classes with their opening prices.

    Sale terms and classes that the edition has already stay. Refuses with `floor_laid` once there are booths.
    """
    require(by, "booths.set_up_floor", edition)
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        if edition.booths.exists() or edition.halls.exists():
            raise Refused("floor_laid", _("This edition has a floor already. Change its booths one by one."))
        SaleTerms.objects.get_or_create(edition=edition)
        SaleTerms.objects.filter(edition=edition).update(floor_version=F("floor_version") + 1)
        halls = _halls(edition, floor)
        zones = _zones(edition, floor)
        _facilities(edition, floor)
        booths = _booths(edition, floor, halls, zones)
        record("lay_floor", edition, by=by, fields=["halls", "zones", "facilities", "booths"])
        announce(edition, "floor")
    return booths


def set_sale_terms(edition: Edition, *, by: Actor, **fields: Any) -> SaleTerms:
    """Set how booths are let from now on: holds and notices that stand keep their own times.

    `fields` are those of SaleTerms. Refuses with `households_turned_round` or `no_part`.
    """
    require(by, "booths.set_up_floor", edition)
    if not 0 < fields.get("in_advance", 100) <= 100:
        sentence = _("A part in advance is from 1 to 100 percent.")
        raise Invalid("no_part", sentence, {"in_advance": [sentence]})
    if fields.get("households_from", 0) > fields.get("households_to", 100):
        sentence = _("The largest group is at least as large as the smallest.")
        raise Invalid("households_turned_round", sentence, {"households_to": [sentence]})
    with transaction.atomic():
        terms, _new = SaleTerms.objects.update_or_create(edition=edition, defaults=fields)
        record("set", terms, by=by, fields=fields)
        announce(edition, "floor")
    return terms


def set_price(
    booth_class: BoothClass, *, audience: str, currency: str, amount: Decimal, by: Actor, starts_on: date | None = None
) -> Price:
    """Set what one booth of a class costs an audience, VAT included; notices already issued keep their price.

    Refuses with `residents_pay_in_vnd`, `price_below_zero` or `no_such_unit`.
    """
    require(by, "booths.set_up_floor", booth_class)
    if audience == Price.Audience.RESIDENT and currency != "VND":
        sentence = _("Residents of Vietnam pay in đồng. Choose VND.")
        raise Invalid("residents_pay_in_vnd", sentence, {"currency": [sentence]})
    if amount < 0:
        sentence = _("A price is zero or more.")
        raise Invalid("price_below_zero", sentence, {"amount": [sentence]})
    if currency == "VND" and amount != amount.to_integral_value():
        sentence = _("Write a price in whole đồng.")
        raise Invalid("no_such_unit", sentence, {"amount": [sentence]})
    with transaction.atomic():
        price, _new = Price.objects.update_or_create(
            booth_class=booth_class,
            audience=audience,
            starts_on=starts_on,
            defaults={"currency": currency, "amount": amount},
        )
        record("set", price, by=by, fields=["currency", "amount"])
        announce(booth_class.edition, "floor")
    return price


def remove_price(price: Price, *, by: Actor) -> None:
    """Take a price away: the one before it holds on. Notices already issued keep theirs."""
    require(by, "booths.set_up_floor", price.booth_class)
    with transaction.atomic():
        record("remove", price, by=by)
        price.delete()
        announce(price.booth_class.edition, "floor")


def block_booth(booth: Booth, *, reason: str, by: Actor) -> Booth:
    """Take a booth out of the sale; refuses with `no_reason`, or with `booth_in_use` while somebody has it."""
    require(by, "booths.set_up_floor", booth)
    if not reason.strip():
        sentence = _("Say why: colleagues will read it.")
        raise Invalid("no_reason", sentence, {"reason": [sentence]})
    with transaction.atomic():
        booth = _locked(booth)
        if booth.reservations.live(clock.now()).exists():
            raise Refused("booth_in_use", _("Booth %(code)s is taken. Give it back first.") % {"code": booth.code})
        return _set_blocked(booth, reason.strip()[:200], "block", by)


def unblock_booth(booth: Booth, *, by: Actor) -> Booth:
    """Let a booth again."""
    require(by, "booths.set_up_floor", booth)
    with transaction.atomic():
        return _set_blocked(_locked(booth), "", "unblock", by)


def _locked(booth: Booth) -> Booth:
    """The booth as it is now, kept from whoever would hold it meanwhile; refuses with `booth_gone`."""
    rows = Booth.objects.select_for_update(of=("self",), no_key=True).select_related("edition")
    found = rows.filter(pk=booth.pk).first()
    if found is None:
        raise Refused(
            "booth_gone",
            _("The plan has changed: there is no booth %(codes)s any more. Choose another.") % {"codes": booth.code},
        )
    return found


def _set_blocked(booth: Booth, reason: str, verb: str, by: Actor) -> Booth:
    booth.blocked = reason
    booth.save(update_fields=["blocked"])
    record(verb, booth, by=by, fields=["blocked"])
    announce(booth.edition, "floor")
    return booth


def _halls(edition: Edition, floor: floorplan.Floor) -> dict[str, Hall]:
    made = Hall.objects.bulk_create(
        Hall(edition=edition, code=hall.code, name_vi=hall.name_vi, name_en=hall.name_en, **_place(hall.rect))
        for hall in floor.halls
    )
    return {hall.code: hall for hall in made}


def _zones(edition: Edition, floor: floorplan.Floor) -> dict[str, Zone]:
    made = Zone.objects.bulk_create(
        Zone(edition=edition, code=zone.code, name_vi=zone.name_vi, name_en=zone.name_en, order=order)
        for order, zone in enumerate(floor.zones, 1)
    )
    groups = dict(ProductGroup.objects.values_list("code", "pk"))
    Zone.product_groups.through.objects.bulk_create(
        Zone.product_groups.through(zone_id=made_zone.pk, productgroup_id=groups[code])
        for made_zone, zone in zip(made, floor.zones, strict=True)
        for code in zone.product_groups
        if code in groups
    )
    return {zone.code: zone for zone in made}


def _facilities(edition: Edition, floor: floorplan.Floor) -> None:
    Facility.objects.bulk_create(
        Facility(
            edition=edition,
            kind=KINDS[facility.kind],
            name_vi=facility.name_vi,
            name_en=facility.name_en,
            **_place(facility.rect),
        )
        for facility in floor.facilities
    )


def _booths(
    edition: Edition, floor: floorplan.Floor, halls: Mapping[str, Hall], zones: Mapping[str, Zone]
) -> list[Booth]:
    classes = open_classes(edition)
    sides = {
        code: open_sides
        for hall in floor.halls
        for code, open_sides in floorplan.open_sides(floor.booths_in(hall.code), hall.rect).items()
    }
    return Booth.objects.bulk_create(
        Booth(
            edition=edition,
            hall=halls[booth.hall],
            zone=zones[booth.zone],
            booth_class=classes[f"{booth.origin}-standard"],
            code=booth.code,
            open_sides="".join(side for side in "NESW" if side in sides[booth.code]),
            corner=floorplan.is_corner(sides[booth.code]),
            **_place(booth.rect),
        )
        for booth in floor.booths
    )


def _place(rect: floorplan.Rect) -> dict[str, Decimal]:
    """A pure rectangle as the columns of a row, to the centimetre."""
    centimetre = Decimal("0.01")
    return {
        "x": Decimal(str(rect.x)).quantize(centimetre),
        "y": Decimal(str(rect.y)).quantize(centimetre),
        "width": Decimal(str(rect.width)).quantize(centimetre),
        "depth": Decimal(str(rect.height)).quantize(centimetre),
    }
