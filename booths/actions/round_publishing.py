"""Signing a round: every place goes out as an offer, who has none waits, and the record can be worked out again."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from booths.actions.reservations import locked_booths
from booths.actions.round_moves import instance_again
from booths.allocation.moves import NotAllowed, move
from booths.allocation.problem import Problem, plan_of
from booths.allocation.reading import read_instance
from booths.allocation.solve import solve
from booths.models import Application, Booth, Offer, Proposal, Reservation, Round
from booths.round_instance import application_of
from booths.round_words import no_place
from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Refused
from fairs.journal import record_many
from fairs.live import announce
from fairs.permissions import Actor, require


def publish_round(worked: Round, *, seen: int, by: Actor) -> list[Offer]:
    """Sign the proposal that was seen: offers go out for every place, and who has none goes to the waiting list.

    All or nothing. Refuses with `changed_meanwhile` when the proposal, an application or a booth is not as it was, and
    names which.
    """
    require(by, "booths.decide", worked)
    with transaction.atomic():
        signed = Round.objects.select_for_update(of=("self",)).select_related("edition__sale_terms").get(pk=worked.pk)
        if signed.current is None or signed.current.number != seen:
            sentence = _("Somebody has changed the proposal since you looked. The page now shows how it stands.")
            raise Refused("changed_meanwhile", sentence)
        proposal = signed.current
        signed.follow("publish", by=by, signed_by=by, signed_at=clock.now())
        applications = _as_they_were(signed, proposal)
        codes = _new_places(signed, proposal)
        offers = _offer(signed, proposal, applications, codes, by=by)
        for pk in sorted(applications.keys() - codes.keys() - _fixed(signed)):
            _line_up(applications[pk], proposal, by=by)
        for topic in ("rounds", "floor", "applications"):
            announce(signed.edition, topic)
    worked.refresh_from_db()
    return offers


def _fixed(signed: Round) -> set[int]:
    return {application_of(who) for who in signed.instance["fixed"]}


def _new_places(signed: Round, proposal: Proposal) -> dict[int, list[str]]:
    """The booths that each application is to be offered. Of a group whose households have not all a place, none."""
    wanted: dict[int, list[str]] = defaultdict(list)
    short = {application_of(who) for who in proposal.unplaced}
    for who, codes in proposal.plan.items():
        if application_of(who) not in short and who not in signed.instance["fixed"]:
            wanted[application_of(who)] += codes
    return dict(wanted)


def _as_they_were(signed: Round, proposal: Proposal) -> dict[int, Application]:
    """The applications of the round, locked; refuses when one is accepted no more."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("edition", "company", "contact")
    known = {application_of(one["id"]) for one in signed.instance["exhibitors"]} - _fixed(signed)
    found = {one.pk: one for one in rows.filter(pk__in=known).order_by("pk")}
    held = set(
        Reservation.objects.live(clock.now()).filter(application__in=found).values_list("application", flat=True)
    )
    gone = [one for one in found.values() if one.state != Application.State.ACCEPTED or one.pk in held]
    if gone:
        raise _changed(one.company.name_vi for one in gone)
    return found


def _changed(names: Iterator[str]) -> Refused:
    sentence = _("Nothing was signed, because these have changed since: %(names)s. Drop this round and begin another.")
    return Refused("changed_meanwhile", sentence % {"names": ", ".join(names)})


def _offer(
    signed: Round,
    proposal: Proposal,
    applications: Mapping[int, Application],
    codes: Mapping[int, Sequence[str]],
    *,
    by: Actor,
) -> list[Offer]:
    wanted = {code for of_one in codes.values() for code in of_one}
    booths = {one.code: one for one in Booth.objects.filter(edition=signed.edition, code__in=wanted)}
    locked_booths(list(booths.values()))
    free = Booth.objects.free(clock.now()).filter(pk__in=[one.pk for one in booths.values()])
    taken = wanted - set(free.values_list("code", flat=True))
    if taken:
        raise _changed(iter(sorted(taken)))
    until = clock.now() + timedelta(hours=signed.edition.sale_terms.offer_hours)
    offers = Offer.objects.bulk_create(
        Offer(application=applications[pk], expires_at=until, round=signed, why=_whys(proposal, pk))
        for pk in sorted(codes)
    )
    holds = Reservation.objects.bulk_create(
        Reservation(
            edition=signed.edition,
            booth=booths[code],
            application=offer.application,
            company_id=offer.company_id,
            offer=offer,
            held_until=until,
        )
        for offer in offers
        for code in codes[offer.application_id]
    )
    record_many("make", offers, by=by, fields=["state"])
    record_many("hold", holds, by=by, fields=["state"])
    for offer in offers:
        owe("booths.place_offered", to=offer.application.contact, about=offer, edition=signed.edition)
    return offers


def _whys(proposal: Proposal, pk: int) -> list[dict[str, Any]]:
    return [why for who, why in proposal.why.items() if application_of(who) == pk]


def _line_up(application: Application, proposal: Proposal, *, by: Actor) -> None:
    """To the waiting list, with the rule in the way in the applicant's language."""
    rules = [rule for who, rule in proposal.unplaced.items() if application_of(who) == application.pk]
    with translation.override(application.contact.language):
        reason = str(no_place(rules[0]))
    application.follow("line_up", by=by, reason=reason)
    owe("booths.no_place", to=application.contact, about=application, edition=application.edition)


# ---- the record ----
def line_of(proposal: Proposal) -> list[Proposal]:
    """The proposals from the first to this one, each made from the one before."""
    line: list[Proposal] = []
    at: Proposal | None = proposal
    while at is not None:
        line.append(at)
        at = at.before
    return line[::-1]


def record_of(signed: Round) -> dict[str, Any]:
    """What an auditor gets: inputs, criteria, seed, and each step to the result; applicants without names.

    `digest` is the SHA-256 of all the rest as JSON with sorted keys and no spaces.
    """
    assert signed.current is not None
    rest = {
        "format": "booth-allocation-record/1",
        "edition": signed.edition.slug,
        "round": signed.number,
        "signed_at": signed.signed_at.isoformat() if signed.signed_at else None,
        "seed": signed.seed,
        "instance": signed.instance,
        "proposals": [
            {
                "how": one.how, "who": one.who, "made_at": one.made_at.isoformat(), "steps": one.steps,
                "pins": one.pins, "plan": one.plan, "unplaced": one.unplaced, "objective": one.objective,
            }
            for one in line_of(signed.current)
        ],
    }  # fmt: skip
    return rest | {"digest": digest_of(rest)}


def digest_of(rest: Mapping[str, Any]) -> str:
    """SHA-256 in hexadecimal of a record without its digest."""
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def differences(signed: Round) -> list[int]:
    """Works every step out again; the places in the line (from 1) that come out differently."""
    assert signed.current is not None
    line = line_of(signed.current)
    return [number for number, one in enumerate(line, 1) if not _comes_out(signed, one)]


def _comes_out(signed: Round, one: Proposal) -> bool:
    if one.how == Proposal.How.SOLVED:
        return solve(read_instance(signed.instance), steps=one.steps, seed=signed.seed).assignments == one.plan
    assert one.before is not None
    if one.how == Proposal.How.RESOLVED:
        again = read_instance(instance_again(signed, one.before))
        return solve(again, steps=one.steps, seed=signed.seed).assignments == one.plan
    if one.how == Proposal.How.MOVED:
        problem = Problem(read_instance(signed.instance))
        before = plan_of(problem, one.before.plan)
        booths = one.plan[one.who]
        try:
            after = move(problem, before, one.who, booths[0]).plan
        except NotAllowed:
            return False
        return after == plan_of(problem, one.plan)
    return one.plan == one.before.plan
