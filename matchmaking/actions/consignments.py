"""The goods of a contract: shipped and delivered, said by either side; what came is confirmed by the other."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.live import announce
from fairs.permissions import Actor, require
from matchmaking.actions.contacts import write_about_deal
from matchmaking.actions.deal_papers import side_in
from matchmaking.actions.opportunities import restage
from matchmaking.models import Consignment, Deal


def say_shipped(deal: Deal, *, on: date, by: Actor) -> Consignment:
    """Either side says that the goods are on their way. Refuses with `not_agreed`, `no_contract` and `on`."""
    with transaction.atomic():
        row, locked = _row(deal, by=by)
        _check_day(locked, on)
        return _move(row, locked, "ship", by=by, shipped_on=on, side=side_in(locked, by))


def take_back_shipped(deal: Deal, *, by: Actor) -> Consignment:
    """They are not on their way after all."""
    with transaction.atomic():
        row, locked = _row(deal, by=by)
        return _move(row, locked, "unship", by=by, shipped_on=None, side="")


def say_delivered(deal: Deal, *, on: date, by: Actor) -> Consignment:
    """Either side says that the goods came; the other is asked. Refuses as for shipping, and `on` before that day."""
    with transaction.atomic():
        row, locked = _row(deal, by=by)
        _check_day(locked, on)
        if row.shipped_on and on < row.shipped_on:
            raise _wrong("on", _("The goods cannot come before they were shipped."))
        side = side_in(locked, by)
        row = _move(row, locked, "claim", by=by, delivered_on=on, side=side)
        write_about_deal("matchmaking.delivery_claimed", locked, side=_across(side))
    return row


def accept_delivery(deal: Deal, *, by: Actor) -> Consignment:
    """The other side says that the goods came: the contract is delivered. Refuses with `own_word`."""
    with transaction.atomic():
        row, locked = _row(deal, by=by)
        _check_other(row, locked, by)
        row = _move(row, locked, "accept", by=by)
        Deal.objects.filter(pk=locked.pk).update(delivered_at=clock.now())
        restage(locked.opportunity, by=by)
    deal.refresh_from_db(fields=["delivered_at"])
    return row


def deny_delivery(deal: Deal, *, by: Actor) -> Consignment:
    """The other side says that they have not come yet. Refuses with `own_word`."""
    with transaction.atomic():
        row, locked = _row(deal, by=by)
        _check_other(row, locked, by)
        return _move(row, locked, "deny", by=by, delivered_on=None)


def _row(deal: Deal, *, by: Actor) -> tuple[Consignment, Deal]:
    """The delivery of a contract that stands, with the contract locked."""
    require(by, "matchmaking.say_delivery", deal)
    rows = Deal.objects.select_for_update(of=("self",), no_key=True).with_sides().select_related("edition")
    locked = rows.get(pk=deal.pk)
    if not locked.is_contract:
        raise Refused("no_contract", _("A memorandum has no goods to deliver."))
    if not locked.is_agreed:
        raise Refused("not_agreed", _("Goods are delivered once both sides have confirmed the contract."))
    return Consignment.objects.get_or_create(deal=locked)[0], locked


def _move(row: Consignment, deal: Deal, verb: str, *, by: Actor, **fields: Any) -> Consignment:
    row.follow(verb, by=by, **fields)
    restage(deal.opportunity, by=by)
    announce(deal.edition, "deals")
    return row


def _check_day(deal: Deal, on: date) -> None:
    if on > clock.today(deal.edition):
        raise _wrong("on", _("This day is still to come."))
    if on < deal.signed_on:
        raise _wrong("on", _("That is before the contract was signed."))


def _check_other(row: Consignment, deal: Deal, by: Actor) -> None:
    """Somebody of the side that did not say it; one who acts for both is not the other side."""
    across = getattr(deal, _across(row.side))
    said = getattr(deal, row.side or Deal.Side.EXHIBITOR)
    if row.side and (across.company_id not in by.company_ids or said.company_id in by.company_ids):
        raise Refused("own_word", _("Your own side said so; the other side confirms it."))


def _across(side: str) -> str:
    return Deal.Side.IMPORTER if side == Deal.Side.EXHIBITOR else Deal.Side.EXHIBITOR


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(field, sentence, {field: [sentence]})
