"""Allocation rounds: by which criteria, begun, worked out by a program of its own, stopped, dropped."""

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from booths.models import AllocationTerms, Application, Proposal, Round, Zone
from booths.round_child import allocate
from booths.round_instance import instance_of, points_of
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require
from fairs.solver_runs import SolverRun, check_seconds, give_up_overdue
from fairs.states import StateConflict


def terms_of(edition: Edition) -> AllocationTerms:
    """The edition's terms, those usual where nobody has set any."""
    return AllocationTerms.objects.filter(edition=edition).first() or AllocationTerms(edition=edition)


def set_allocation_terms(
    edition: Edition, *, by: Actor, limits: Mapping[str, tuple[Decimal | None, int | None]] | None = None, **fields: Any
) -> AllocationTerms:
    """Set what the next round goes by; `limits` are kilowatts and exhibitors at most by code of zone.

    What is not named stays. Refuses with `unknown_zone`.
    """
    require(by, "booths.decide", edition)
    with transaction.atomic():
        terms, _new = AllocationTerms.objects.update_or_create(edition=edition, defaults=fields)
        for code, (power, count) in (limits or {}).items():
            _limit(edition, code, power, count)
        record("set", terms, by=by, fields=[*fields, "limits"] if limits else fields)
    return terms


def begin_round(edition: Edition, *, seconds: int, seed: int = 0, by: Actor) -> Round:
    """Take down what goes in, and let the worker work it out; nobody's place changes before the round is signed.

    Refuses with `seconds`, `nobody_to_place`, and with `round_open` while another one is worked on.
    """
    require(by, "booths.decide", edition)
    check_seconds(seconds)
    terms = terms_of(edition)
    instance = instance_of(edition, terms)
    if len(instance["exhibitors"]) == len(instance["fixed"]):
        raise Refused("nobody_to_place", _("Everybody who is accepted has booths already: there is nobody to place."))
    try:
        with transaction.atomic():
            last = edition.rounds.aggregate(last=Max("number"))["last"] or 0
            begun = Round.objects.create(
                edition=edition, number=last + 1, seconds=seconds, seed=seed, instance=instance, begun_by=by
            )
            _count_points(edition, terms)
            record("begin", begun, by=by)
            announce(edition, "rounds")
            transaction.on_commit(lambda: _enqueue(begun.pk))
    except IntegrityError:
        sentence = _("Another round is being worked on. Sign or drop it first.")
        raise Refused("round_open", sentence) from None
    return begun


def run_round(pk: int, *, limit: tuple[str, str] | None = None) -> None:
    """Work a begun round out; a stop ends it with the best plan so far. For the worker.

    `limit` is another one than the seconds of the round, as the solver's command line takes it.
    What went wrong is raised, and the round has failed. One that was dropped or given up meanwhile stays so.
    """
    begun = Round.objects.select_related("edition", "begun_by").get(pk=pk)
    if begun.state != Round.State.RUNNING:
        return
    try:
        limit = limit or ("--seconds", str(begun.seconds))
        answer = allocate(begun.instance, *limit, seed=begun.seed, tell=_run(begun))
    except Exception:
        _run(begun).fail()
        raise
    with suppress(StateConflict), transaction.atomic():
        proposal = Proposal.objects.create(
            round=begun,
            number=1,
            how=Proposal.How.SOLVED,
            plan=answer["assignments"],
            unplaced=answer["unplaced"],
            why=answer["why"],
            **{name: answer[name] for name in ("objective", "greedy", "bound", "steps", "seconds")},
        )
        begun.follow("finish", by=None, current=proposal)
        announce(begun.edition, "rounds")


def give_up_rounds() -> None:
    """Fail the rounds whose worker died: they would be worked on for ever, and no other could begin."""
    give_up_overdue(Round.objects.all(), "rounds")


def stop_round(begun: Round, *, by: Actor) -> None:
    """End the work with the best plan so far; one that has ended already is no error."""
    require(by, "booths.decide", begun)
    _run(begun).stop()


def drop_round(begun: Round, *, by: Actor) -> Round:
    """Put a round away that was not signed."""
    require(by, "booths.decide", begun)
    _run(begun).drop(by=by)
    return begun


def progress_of(begun: Round) -> dict[str, Any]:
    """What the solver said last: steps, objective, bound, seconds; empty before its first word."""
    return _run(begun).said


def _limit(edition: Edition, code: str, power: Decimal | None, count: int | None) -> None:
    zones = Zone.objects.filter(edition=edition, code=code)
    if not zones.update(power_kw_at_most=power, exhibitors_at_most=count):
        sentence = _("There is no zone %(code)s on this floor.") % {"code": code}
        raise Invalid("unknown_zone", sentence, {"limits": [sentence]})


def _count_points(edition: Edition, terms: AllocationTerms) -> None:
    """Keep everybody's points: the waiting list goes by them."""
    counted = [Application(pk=pk, points=points) for pk, points in points_of(edition, terms).items()]
    Application.objects.bulk_update(counted, ["points"], batch_size=500)


def _run(begun: Round) -> SolverRun:
    return SolverRun(begun, "rounds")


def _enqueue(pk: int) -> None:
    from booths.tasks import work_out_round  # the tasks import this module

    work_out_round.enqueue(pk)
