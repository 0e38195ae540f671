"""When the live sale opens for whom, and when a waiting room stands before it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.actions.waiting import let_in, order_anew
from booths.models import Opening, WaitingRoom
from fairs.errors import Invalid
from fairs.journal import record
from fairs.live import announce
from fairs.models import Company, Edition, ProductGroup
from fairs.permissions import Actor, require


def set_opening(edition: Edition, *, by: Actor, opening: Opening | None = None, **fields: Any) -> Opening:
    """Add a round of the sale, or change one of the edition's: when it opens, for whom, how it is called.

    Whoever waits in the waiting room is put in the order of the new times. Refuses with `unknown_form`,
    `unknown_group`, or `opening_twice` when there is one of that name at that moment.
    """
    require(by, "booths.set_up_floor", edition)
    _check_asked(fields)
    one = opening or Opening(edition=edition)
    changed = [name for name, value in fields.items() if getattr(one, name) != value]
    for name in changed:
        setattr(one, name, fields[name])
    try:
        with transaction.atomic():
            one.save()
            record("set", one, by=by, fields=changed)
            _tell(edition)
    except IntegrityError:
        sentence = _("There is a round of this name at this moment already.")
        raise Invalid("opening_twice", sentence, {"opens_at": [sentence]}) from None
    return one


def remove_opening(opening: Opening, *, by: Actor) -> None:
    """A round less; without any, everybody may choose who is accepted."""
    require(by, "booths.set_up_floor", opening.edition)
    with transaction.atomic():
        record("remove", opening, by=by)
        opening.delete()
        _tell(opening.edition)


def set_waiting_room(edition: Edition, *, by: Actor, **fields: Any) -> WaitingRoom:
    """Say from when until when a waiting room stands before the choice, and how it lets people in.

    What is not named stays. Refuses with `room_turned_round` and `room_lets_nobody_in`.
    """
    require(by, "booths.set_up_floor", edition)
    room = WaitingRoom.objects.filter(edition=edition).first() or WaitingRoom(edition=edition)
    for name, value in fields.items():
        setattr(room, name, value)
    _check_room(room)
    with transaction.atomic():
        room.save()
        record("set", room, by=by, fields=fields)
        announce(edition, "waiting_room_set")
    let_in(room)
    return room


def remove_waiting_room(room: WaitingRoom, *, by: Actor) -> None:
    """No waiting room: who waits there may choose as soon as their turn has come."""
    require(by, "booths.set_up_floor", room.edition)
    with transaction.atomic():
        room = WaitingRoom.objects.select_for_update().get(pk=room.pk)  # before its places, as who lets people in
        record("remove", room, by=by)
        room.delete()
        _tell(room.edition)


def _check_asked(fields: dict[str, Any]) -> None:
    if set(fields.get("legal_forms") or ()) - set(Company.LegalForm.values):
        sentence = _("Choose legal forms from the list.")
        raise Invalid("unknown_form", sentence, {"legal_forms": [sentence]})
    codes = set(fields.get("product_groups") or ())
    if codes - set(ProductGroup.objects.filter(code__in=codes).values_list("code", flat=True)):
        sentence = _("Choose product groups from the list.")
        raise Invalid("unknown_group", sentence, {"product_groups": [sentence]})


def _check_room(room: WaitingRoom) -> None:
    if not (room.opens_at and room.closes_at and room.opens_at < room.closes_at):
        sentence = _("A waiting room closes after it opens.")
        raise Invalid("room_turned_round", sentence, {"closes_at": [sentence]})
    for name in ("per_minute", "inside_at_most", "inside_minutes", "patience_minutes"):
        if not 1 <= getattr(room, name) <= 10_000:
            sentence = _("Write a whole number from 1 on.")
            raise Invalid("room_lets_nobody_in", sentence, {name: [sentence]})


def _tell(edition: Edition) -> None:
    order_anew(edition)
    announce(edition, "floor")
    announce(edition, "waiting_room_set")
