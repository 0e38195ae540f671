"""What becomes of hostings: who came is noted, what they did is counted, and the benefit is paid or refused."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from buyers.actions.hosting import State
from buyers.benefits import Asked, Shown, shortfalls
from buyers.checklists import lacking
from buyers.meeting_counts import meetings_of
from buyers.models import HostedContract, Scan
from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require
from fairs.states import follow_all


def note_arrivals(edition: Edition) -> list[HostedContract]:
    """Those of whom an entry was read are at the fair; safe to do twice or late."""
    with transaction.atomic():
        going = HostedContract.objects.filter(edition=edition, state__in=HostedContract.GOING)
        entered = Scan.objects.entries().filter(
            edition=edition, badge__person=OuterRef("registration__person"), badge__edition=edition
        )
        came = list(going.filter(Exists(entered)).select_for_update(of=("self",)).order_by("pk"))
        return [one for one in follow_all(came, "arrive", by=None) if isinstance(one, HostedContract)]


def judge_hostings(edition: Edition, *, by: Actor) -> list[HostedContract]:
    """Once the fair is over: count days and meetings of everybody who came, and say who fulfilled; the rest missed it.

    Done again it takes only what is new. Refuses with `fair_runs` before the end.
    """
    require(by, "buyers.decide", edition)
    if clock.today(edition) <= edition.closes_on:
        raise Refused("fair_runs", _("The fair is not over yet; meetings and days are still counted."))
    with transaction.atomic():
        note_arrivals(edition)
        rows = HostedContract.objects.select_for_update(of=("self",)).select_related("registration").order_by("pk")
        follow_all(list(rows.filter(edition=edition, state__in=HostedContract.GOING)), "miss", by=by)
        there = list(rows.filter(edition=edition, state=State.ARRIVED))
        shown = count(edition, there)
        for one in there:
            found = shown[one.registration.person_id]
            one.meetings, one.excused, one.days = found.meetings, found.excused, found.days
        HostedContract.objects.bulk_update(there, ["meetings", "excused", "days"], batch_size=500)
        short = [one for one in there if shortfalls(_asked(one), shown[one.registration.person_id])]
        follow_all([one for one in there if one not in short], "fulfil", by=by)
        follow_all(short, "fall_short", by=by)
        announce(edition, "importers")
    return there


def count(edition: Edition, contracts: Sequence[HostedContract]) -> dict[int, Shown]:
    """What is counted of each importer by now, by person; the same queries however many."""
    people = [one.registration.person_id for one in contracts]
    meetings = meetings_of(edition, people)
    days: dict[int, set[object]] = {person: set() for person in people}
    entries = Scan.objects.entries().filter(edition=edition, badge__person__in=people)
    for person, at in entries.order_by().values_list("badge__person", "at"):
        days[person].add(at.astimezone(edition.zone).date())
    return {person: Shown(meetings[person].held, meetings[person].excused, len(days[person])) for person in days}


def release_benefit(contract: HostedContract, *, by: Actor, reason: str = "") -> HostedContract:
    """Say that what was promised is to be paid. Where the rule says no, or a proof is missing, a reason overrides it.

    Refuses with `reason_needed`.
    """
    require(by, "buyers.decide", contract)
    missing = lacking([contract.registration], contract.grade, "claim")[contract.registration_id]
    if not reason.strip() and (missing or contract.state == State.UNFULFILLED):
        sentence = _("The rule says no, or a proof is missing. Pay all the same only with a reason.")
        raise Invalid("reason_needed", sentence, {"reason": [sentence]})
    return _decide(contract, "release", "buyers.benefit_released", reason, by)


def refuse_benefit(contract: HostedContract, *, by: Actor, reason: str = "") -> HostedContract:
    """Say that nothing is paid; for somebody who did fulfil it, only with a reason (`reason_needed`)."""
    require(by, "buyers.decide", contract)
    if contract.state == State.FULFILLED and not reason.strip():
        sentence = _("They did what was asked. Refuse all the same only with a reason: they read it.")
        raise Invalid("reason_needed", sentence, {"reason": [sentence]})
    return _decide(contract, "refuse", "buyers.benefit_refused", reason, by)


def mark_paid(contract: HostedContract, *, by: Actor) -> HostedContract:
    """Everything that was released is paid; refuses with `parts_open` while a part with a cost is not."""
    require(by, "buyers.keep_travel", contract)
    with transaction.atomic():
        parts = list(contract.items.select_for_update().order_by("pk"))
        waiting = [part for part in parts if part.paid is None and part.actual]
        if waiting or not any(part.paid is not None for part in parts):
            raise Refused("parts_open", _("Note what is paid of each part first."))
        contract.follow("pay", by=by)
    return contract


def close_hosting(contract: HostedContract, *, by: Actor) -> HostedContract:
    """Nothing more is to be done."""
    require(by, "buyers.keep_travel", contract)
    with transaction.atomic():
        contract.follow("close", by=by)
    return contract


def _decide(contract: HostedContract, verb: str, letter: str, reason: str, by: Actor) -> HostedContract:
    with transaction.atomic():
        contract.follow(verb, by=by, reason=reason.strip())
        owe(letter, to=contract.registration.person, about=contract, edition=contract.edition)
        announce(contract.edition, "importers")
    return contract


def _asked(contract: HostedContract) -> Asked:
    return Asked(contract.min_meetings, contract.min_days)
