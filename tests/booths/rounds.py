"""Allocation rounds for tests: small, and worked out by the draw alone where the solver is not what a test is about."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from booths.actions import rounds
from booths.actions.round_moves import figures_of
from booths.allocation.explain import explain_all
from booths.allocation.reading import read_instance
from booths.allocation.solve import solve
from booths.models import Application, Proposal, Round
from booths.round_instance import instance_of
from fairs.errors import Invalid, Refused
from fairs.models import Edition, Person
from tests import world


def drawn(
    instance: Mapping[str, Any],
    *_limit: str,
    seed: int,
    explain: bool = True,
    tell: Callable[[dict[str, Any]], bool] = lambda _said: True,
) -> dict[str, Any]:
    """What booths.round_child.allocate answers when there is no time for a step."""
    read = read_instance(instance)
    answer = solve(read, steps=0, seed=seed)
    return asdict(answer) | {"why": {who: asdict(why) for who, why in explain_all(read, answer.assignments).items()}}


def proposed(edition: Edition, *, by: Person | None = None) -> Round:
    """A round that the draw has worked out; its steps can be worked out again."""
    begun = rounds.begin_round(edition, seconds=2, by=by or world.officer(edition, "booth_desk"))
    with patch.object(rounds, "allocate", drawn):
        rounds.run_round(begun.pk)
    begun.refresh_from_db()
    return begun


def placed(worked: Round, places: Mapping[Application, list[str]]) -> Round:
    """The round with another plan as the proposal that stands; who is not named has no place, what is fixed stays."""
    named = {unit(application): codes for application, codes in places.items()}
    figures = figures_of(worked, worked.instance["fixed"] | named)
    Proposal.objects.filter(round=worked).update(**figures)
    worked.refresh_from_db()
    return worked


def instance_now(edition: Edition) -> dict[str, Any]:
    """What a round of the edition would work on."""
    return instance_of(edition, rounds.terms_of(edition))


def asking(edition: Edition, booths: int = 1, minutes: int = 0, **fields: Any) -> Application:
    """An accepted application that was handed in so many minutes after noon of the day before."""
    made = world.application(edition, booths=booths)
    moment = world.NOON - timedelta(days=1) + timedelta(minutes=minutes)
    Application.objects.filter(pk=made.pk).update(submitted_at=moment, **fields)
    made.refresh_from_db()
    return made


def unit(application: Application, number: int = 0) -> str:
    """What a round calls an application, or a household of its group."""
    return f"a{application.pk}" + (f".{number}" if number else "")


def plan(worked: Round) -> dict[str, list[str]]:
    """Who stands where in the proposal that stands."""
    worked.refresh_from_db()
    assert worked.current is not None
    found: dict[str, list[str]] = Proposal.objects.get(pk=worked.current.pk).plan
    return found


def refusal(deed: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """The code with which an action refuses."""
    with pytest.raises((Refused, Invalid)) as refused:
        deed(*args, **kwargs)
    return refused.value.code
