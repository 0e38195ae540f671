"""The workbench of a round: moving by hand, pinning, working out the rest, undo. Each makes a proposal of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.allocation.explain import explain_all
from booths.allocation.moves import NotAllowed, move
from booths.allocation.problem import Problem, given, plan_of
from booths.allocation.reading import read_instance
from booths.allocation.reasons import unplaced
from booths.allocation.scoring import total
from booths.models import Proposal, Round
from booths.round_child import allocate
from booths.round_instance import application_of
from booths.round_names import names_of
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.permissions import Actor, require

STAY = 60
"""What keeping a place is worth when the rest is worked out again: more than a zone wish, less than a zone."""
STEPS = 24
"""Steps of working out the rest; over in two seconds, and repeatable."""
Change = tuple[str, list[str], list[str]]
"""An applicant, its booths before and after."""

FORBIDDEN = {
    "closed": gettext_lazy("That booth is not to let, or somebody has it already."),
    "no_run": gettext_lazy("There are not enough booths of the right class side by side from there."),
    "pinned": gettext_lazy("%(name)s is pinned there. Unpin it first."),
    "rivals": gettext_lazy("%(name)s would touch somebody it must not stand beside."),
    "power": gettext_lazy("With %(name)s the zone would need more power than it has."),
    "count": gettext_lazy("With %(name)s the zone would hold more exhibitors than it may."),
    "together": gettext_lazy("%(name)s would stand apart from its group."),
}


def move_applicant(worked: Round, *, who: str, booth: str, seen: int, by: Actor) -> Proposal:
    """Put an applicant where it begins at a booth; who stands exactly there changes places with it, others lose theirs.

    `seen` is the number of the proposal that the officer saw. Refuses with `changed_meanwhile`, `unknown_applicant`,
    `unknown_booth` and with the rule in the way: `closed`, `no_run`, `pinned`, `rivals`, `power`, `count`, `together`.
    """

    def moved(current: Proposal) -> dict[str, Any]:
        problem = problem_of(worked, current)
        _check_known(problem, who, booth)
        try:
            after = move(problem, plan_of(problem, current.plan), who, booth)
        except NotAllowed as broken:
            chosen = broken.rule == "pinned" and broken.who in worked.instance["fixed"]
            raise _forbidden("closed" if chosen else broken.rule, broken.who) from None
        return figures_of(worked, given(problem, after.plan)) | {"how": Proposal.How.MOVED, "who": who}

    return _next(worked, moved, seen=seen, by=by)


def pin(worked: Round, *, who: str, seen: int, by: Actor, keep: bool = True) -> Proposal:
    """Keep an applicant where it is whatever is worked out again; with `keep` false, no more."""

    def pinned(current: Proposal) -> dict[str, Any]:
        if who not in current.plan or who in worked.instance["fixed"]:
            raise Invalid("unknown_applicant", _("It has no place that could be pinned."))
        pins = sorted({*current.pins, who} if keep else {*current.pins} - {who})
        how = Proposal.How.PINNED if keep else Proposal.How.UNPINNED
        return {"pins": pins, "how": how, "who": who}

    return _next(worked, pinned, seen=seen, by=by)


def solve_rest(worked: Round, *, seen: int, by: Actor) -> Proposal:
    """Work out again all that is not pinned, beginning from the plan as it is, so that few move."""

    def solved(current: Proposal) -> dict[str, Any]:
        answer = allocate(instance_again(worked, current), "--steps", str(STEPS), seed=worked.seed, explain=False)
        figures = figures_of(worked, answer["assignments"])
        return figures | {"how": Proposal.How.RESOLVED, "steps": answer["steps"], "seconds": answer["seconds"]}

    return _next(worked, solved, seen=seen, by=by)


def undo(worked: Round, *, seen: int, by: Actor) -> Proposal:
    """Back to the proposal from which the current one was made. Refuses with `nothing_to_undo`."""
    return _go(worked, lambda current: current.before, "nothing_to_undo", "undo", seen=seen, by=by)


def redo(worked: Round, *, seen: int, by: Actor) -> Proposal:
    """Forward again to what was undone last. Refuses with `nothing_to_redo`."""
    return _go(
        worked, lambda current: current.after.order_by("-number").first(), "nothing_to_redo", "redo", seen=seen, by=by
    )


def instance_again(worked: Round, current: Proposal) -> dict[str, Any]:
    """What working out the rest of a proposal goes by: its pins are fixed, its plan is where it begins."""
    instance = worked.instance
    return instance | {
        "fixed": instance["fixed"] | {who: current.plan[who] for who in current.pins},
        "start": current.plan,
        "weights": instance["weights"] | {"stay": STAY},
    }


def changes(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> list[Change]:
    """Who stands elsewhere in the later plan, in order of name; an applicant without a place has no booths."""
    known = {**before, **after}
    pairs = ((who, list(before.get(who, ())), list(after.get(who, ()))) for who in sorted(known, key=_by_number))
    return [(who, was, now) for who, was, now in pairs if sorted(was) != sorted(now)]


def _by_number(who: str) -> tuple[int, str]:
    return application_of(who), who


def _next(worked: Round, make: Callable[[Proposal], dict[str, Any]], *, seen: int, by: Actor) -> Proposal:
    """The next proposal, made from the one that was seen."""
    require(by, "booths.decide", worked)
    current = _seen(worked, seen)
    fields = make(current)
    with transaction.atomic():
        locked = Round.objects.select_for_update(of=("self",)).get(pk=worked.pk)
        _check_seen(locked, seen)
        kept = ("plan", "unplaced", "pins", "why", "objective", "greedy", "bound")
        last = locked.proposals.aggregate(last=Max("number"))["last"]
        made = Proposal.objects.create(
            round=locked,
            number=last + 1,
            before=current,
            by=by,
            **{name: getattr(current, name) for name in kept} | fields,
        )
        Round.objects.filter(pk=locked.pk).update(current=made)
        worked.current = made
        record(made.how, worked, by=by)
        announce(worked.edition, "rounds")
    return made


def _go(
    worked: Round, find: Callable[[Proposal], Proposal | None], code: str, verb: str, *, seen: int, by: Actor
) -> Proposal:
    require(by, "booths.decide", worked)
    with transaction.atomic():
        locked = Round.objects.select_for_update(of=("self",)).get(pk=worked.pk)
        _check_seen(locked, seen)
        assert locked.current is not None
        target = find(locked.current)
        if target is None:
            raise Refused(code, _("There is nothing more to undo or redo."))
        Round.objects.filter(pk=locked.pk).update(current=target)
        worked.current = target
        record(verb, worked, by=by)
        announce(worked.edition, "rounds")
    return target


def _seen(worked: Round, seen: int) -> Proposal:
    worked.refresh_from_db()
    _check_seen(worked, seen)
    assert worked.current is not None
    return worked.current


def _check_seen(worked: Round, seen: int) -> None:
    if worked.state != Round.State.PROPOSED:
        raise Refused("not_open", _("This round is no longer open for changes."))
    if worked.current is None or worked.current.number != seen:
        sentence = _("Somebody has changed the proposal since you looked. The page now shows how it stands.")
        raise Refused("changed_meanwhile", sentence)


def problem_of(worked: Round, current: Proposal) -> Problem:
    """The instance with the pins fixed."""
    fixed = worked.instance["fixed"] | {who: current.plan[who] for who in current.pins}
    return Problem(read_instance(worked.instance | {"fixed": fixed}))


def _check_known(problem: Problem, who: str, booth: str) -> None:
    if who not in problem.number:
        raise Invalid("unknown_applicant", _("There is no such applicant in this round."))
    if booth not in problem.booth_number:
        sentence = _("There is no booth %(codes)s on this floor.") % {"codes": booth}
        raise Invalid("unknown_booth", sentence, {"booth": [sentence]})


def _forbidden(rule: str, who: str) -> Refused:
    return Refused(rule, str(FORBIDDEN[rule]) % {"name": names_of([who])[who]})


def figures_of(worked: Round, places: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What a proposal says of a plan: the plan, who has no place and why, what it is worth, the reasons.

    By the round's own instance: with pins its booths and applicants stand in another order.
    """
    instance = read_instance(worked.instance)
    problem = Problem(instance)
    plan = plan_of(problem, places)
    return {
        "plan": given(problem, plan),
        "unplaced": unplaced(problem, plan),
        "objective": total(problem, plan),
        "why": {who: asdict(why) for who, why in explain_all(instance, places).items()},
    }
