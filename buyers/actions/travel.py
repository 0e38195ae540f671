"""The journeys of hosted importers and their money: what it may cost, what it cost, what is paid of it."""

import secrets
from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from buyers.models import HostedContract, TravelItem
from fairs.downloads import drop_file
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.kept_files import kept_file
from fairs.models import Fund
from fairs.permissions import Actor, require

State = HostedContract.State
BEFORE_PAYING = (State.ACCEPTED, State.ARRANGED, State.ARRIVED, State.FULFILLED, State.UNFULFILLED, State.RELEASED)


def plan_item(
    item: TravelItem,
    *,
    by: Actor,
    estimate: Decimal | None = None,
    actual: Decimal | None = None,
    fund: Fund | None = None,
    paper_number: str = "",
    paper_on: date | None = None,
    data: bytes = b"",
) -> TravelItem:
    """Write what a part of a journey may cost, what it did cost, from which fund and on which paper.

    Refuses with `not_open` once it is paid or refused, `not_positive`, `of_another_edition` and `bad_file`.
    """
    require(by, "buyers.keep_travel", item.contract)
    if any(amount is not None and amount < 0 for amount in (estimate, actual)):
        raise Invalid("not_positive", _("An amount is not below zero."))
    if fund is not None and fund.edition_id != item.contract.edition_id:
        raise Invalid("of_another_edition", _("This fund is of another edition."))
    with transaction.atomic():
        item = _in_line(item)
        if item.contract.state not in BEFORE_PAYING or item.paid is not None:
            raise Refused("not_open", _("This part is paid, or the hosting has ended."))
        item.estimate, item.actual, item.fund = estimate, actual, fund
        item.paper_number, item.paper_on = paper_number.strip(), paper_on
        if data:
            ending, content = kept_file(data)
            drop_file(item.file)
            item.file.save(f"{secrets.token_hex(16)}{ending}", ContentFile(content), save=False)
        item.save()
        record("plan", item.contract, by=by, fields=[item.kind])
    return item


def arrange_travel(contract: HostedContract, *, by: Actor) -> HostedContract:
    """Everything is booked."""
    require(by, "buyers.keep_travel", contract)
    with transaction.atomic():
        contract.follow("arrange", by=by)
    return contract


def pay_item(item: TravelItem, *, paid: Decimal, by: Actor) -> TravelItem:
    """Note what is paid of a part, never more than was promised or than it cost.

    Refuses with `not_released`, `paid_already`, `no_paper` without actual cost, fund and paper, and `above_ceiling`.
    """
    require(by, "buyers.keep_travel", item.contract)
    with transaction.atomic():
        item = _in_line(item)
        if item.contract.state != State.RELEASED:
            raise Refused("not_released", _("Nothing is paid before it is released."))
        if item.paid is not None and item.paid != paid:
            raise Refused("paid_already", _("This part is paid already."))
        if item.actual is None or item.fund_id is None or not item.paper_number:
            raise Refused("no_paper", _("Write the actual cost, the fund and the number of the paper first."))
        most = item.actual if item.ceiling is None else min(item.actual, item.ceiling)
        if not 0 <= paid <= most:
            sentence = _("At most what was promised, and what it cost.")
            raise Invalid("above_ceiling", sentence, {"paid": [sentence]})
        item.paid = paid
        item.save(update_fields=["paid"])
        record("pay_item", item.contract, by=by, fields=[item.kind])
    return item


def _in_line(item: TravelItem) -> TravelItem:
    """The part as it is now; whoever plans or pays it stands in line here."""
    return TravelItem.objects.select_for_update(of=("self",)).select_related("contract__edition").get(pk=item.pk)
