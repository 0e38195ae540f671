"""Signing a round: every place goes out as an offer, who has none waits, and the record can be worked out again."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from booths.actions.endings import end_lapsed, end_ran_out
from booths.actions.reservations import locked_booths
from booths.actions.round_moves import instance_again, problem_of
from booths.actions.taking_part import leave
from booths.allocation.moves import NotAllowed, move
from booths.allocation.problem import Problem, given, plan_of
from booths.allocation.reading import read_instance
from booths.allocation.reasons import unplaced
from booths.allocation.scoring import total
from booths.allocation.solve import solve
from booths.models import Application, Booth, Offer, Proposal, Reservation, Round
from booths.round_instance import application_of
from booths.round_words import no_place
from fairs import clock
from fairs.deliveries import owe_many
from fairs.errors import Refused
from fairs.journal import record_many
from fairs.live import announce
from fairs.permissions import Actor, require

PRECISION = 0.001
"""Totals are kept to the fourth place after the point."""


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
        signed.signed_at = clock.now()
        digest = digest_of(record_of(signed))
        signed.follow("publish", by=by, signed_by=by, signed_at=signed.signed_at, digest=digest)
        applications = _as_they_were(signed, proposal)
        codes = new_places(signed, proposal)
        offers = _offer(signed, proposal, applications, codes, by=by)
        _line_up(signed, proposal, [applications[pk] for pk in sorted(applications.keys() - codes.keys())], by=by)
        for topic in ("rounds", "floor", "applications"):
            announce(signed.edition, topic)
    worked.refresh_from_db()
    return offers


def new_places(signed: Round, proposal: Proposal) -> dict[int, list[str]]:
    """The booths that each application is to be offered. Of a group whose households have not all a place, none."""
    wanted: dict[int, list[str]] = defaultdict(list)
    short = {application_of(who) for who in proposal.unplaced}
    for who, codes in proposal.plan.items():
        if application_of(who) not in short and who not in signed.instance["fixed"]:
            wanted[application_of(who)] += codes
    return dict(wanted)


def _as_they_were(signed: Round, proposal: Proposal) -> dict[int, Application]:
    """The applications of the round, locked; refuses when one is accepted no more, has booths or wants others."""
    rows = Application.objects.select_for_update(of=("self",)).select_related(
        "edition", "company", "contact", "booth_class"
    )
    wanted = _wanted(signed)
    found = {one.pk: one for one in rows.filter(pk__in=wanted).order_by("pk")}
    held = set(
        Reservation.objects.live(clock.now()).filter(application__in=found).values_list("application", flat=True)
    )
    gone = [
        one
        for one in found.values()
        if one.state != Application.State.ACCEPTED
        or one.pk in held
        or (one.booth_class.code, one.booth_count) != wanted[one.pk]
    ]
    if gone:
        raise _changed(one.company.name_vi for one in gone)
    return found


def _wanted(signed: Round) -> dict[int, tuple[str, int]]:
    """Class and number of booths that each application asked for when the round began, but those that had theirs."""
    found: dict[int, tuple[str, int]] = {}
    for one in signed.instance["exhibitors"]:
        if one["id"] not in signed.instance["fixed"]:
            pk = application_of(one["id"])
            found[pk] = (one["class"], one["booths"] + found.get(pk, ("", 0))[1])
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
    end_lapsed(locked_booths(list(booths.values())))
    end_ran_out(applications.values())
    free = Booth.objects.free(clock.now()).filter(pk__in=[one.pk for one in booths.values()])
    taken = wanted - set(free.values_list("code", flat=True))
    if taken:
        raise _changed(iter(sorted(taken)))
    until = clock.now() + timedelta(hours=signed.edition.sale_terms.offer_hours)
    whys = _whys(proposal)
    offers = Offer.objects.bulk_create(
        Offer(application=applications[pk], expires_at=until, round=signed, why=whys[pk]) for pk in sorted(codes)
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
    letters = [(offer.application.contact, offer) for offer in offers]
    owe_many("booths.place_offered", letters, edition=signed.edition)
    return offers


def _whys(proposal: Proposal) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for who, why in proposal.why.items():
        found[application_of(who)].append(why)
    return found


def _line_up(signed: Round, proposal: Proposal, applications: Sequence[Application], *, by: Actor) -> None:
    """To the waiting list, with the rule in the way in each applicant's language; who waits does not take part."""
    rules = {application_of(who): rule for who, rule in reversed(proposal.unplaced.items())}
    for application in applications:
        with translation.override(application.contact.language):
            reason = str(no_place(rules[application.pk]))
        application.follow("line_up", by=by, reason=reason)
        leave(application)
    letters = [(application.contact, application) for application in applications]
    owe_many("booths.no_place", letters, edition=signed.edition)


# ---- the record ----
def line_of(proposal: Proposal) -> list[Proposal]:
    """The proposals from the first to this one, each made from the one before, in two statements."""
    before = dict(proposal.round.proposals.values_list("pk", "before"))
    keys: list[int] = []
    at: int | None = proposal.pk
    while at is not None:
        keys.append(at)
        at = before[at]
    found = Proposal.objects.in_bulk(keys)
    line = [found[key] for key in reversed(keys)]
    for one, following in pairwise(line):
        following.before = one
    return line


def record_of(signed: Round) -> dict[str, Any]:
    """What an auditor gets: inputs, criteria, seed, and each step to the result; applicants without names."""
    assert signed.current is not None
    return {
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


def digest_of(record: Mapping[str, Any]) -> str:
    """SHA-256 in hexadecimal of a record as JSON with sorted keys and no spaces."""
    return hashlib.sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def differences(signed: Round) -> list[int]:
    """Works every step out again; the places in the line (from 1) that come out differently."""
    assert signed.current is not None
    line = line_of(signed.current)
    return [number for number, one in enumerate(line, 1) if not _comes_out(signed, one)]


def _comes_out(signed: Round, one: Proposal) -> bool:
    """Whether a step leads to the same plan, pins, total and reasons of those without a place."""
    if one.pins != _pins_again(one):
        return False
    problem = Problem(read_instance(signed.instance))
    try:
        plan = plan_of(problem, _plan_again(signed, one))
        same = plan == plan_of(problem, one.plan) and unplaced(problem, plan) == one.unplaced
    except (NotAllowed, KeyError):  # a move that no rule lets through, a booth or applicant that there is not
        return False
    return same and abs(total(problem, plan) - one.objective) < PRECISION


def _pins_again(one: Proposal) -> list[str]:
    before = one.before.pins if one.before else []
    if one.how == Proposal.How.PINNED:
        return sorted({*before, one.who})
    if one.how == Proposal.How.UNPINNED:
        return sorted({*before} - {one.who})
    return before


def _plan_again(signed: Round, one: Proposal) -> dict[str, list[str]]:
    if one.before is None:
        return solve(read_instance(signed.instance), steps=one.steps, seed=signed.seed).assignments
    if one.how == Proposal.How.RESOLVED:
        again = read_instance(instance_again(signed, one.before))
        return solve(again, steps=one.steps, seed=signed.seed).assignments
    if one.how == Proposal.How.MOVED:
        problem = problem_of(signed, one.before)
        before = plan_of(problem, one.before.plan)
        return given(problem, move(problem, before, one.who, one.plan[one.who][0]).plan)
    return dict(one.before.plan)
