"""The API's own description, and a machine that reads it to ask every operation what it does not expect."""

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from rest_framework.authtoken.models import Token
from schemathesis import GenerationMode

from config.api import router
from config.wsgi import application
from fairs import clock
from fairs.models import Membership, Officer
from tests import world
from tests.cast import Cast, assemble

# How many questions of the right and of the wrong shape each operation is asked: enough to meet every field, few
# enough for every run. SCHEMA_QUESTIONS=20 asks twenty times as many.
QUESTIONS = {"anonymous": (1, 0), "exhibitor": (2, 1), "officer": (2, 2)}
TIMES = int(os.environ.get("SCHEMA_QUESTIONS") or 1)


@pytest.fixture
def cast(db: Any) -> Iterator[Cast]:
    """The questions pass through the real handler, which must not end this test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with clock.at(world.NOON):
        yield assemble()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_description_has_no_fault(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(tmp_path / "schema.yml"))


@pytest.mark.postgres  # the stricter of the two: it refuses zero bytes and numbers that are too large
@pytest.mark.parametrize("who", QUESTIONS)
@pytest.mark.filterwarnings("ignore")
def test_no_operation_fails_whatever_it_is_asked(cast, who):
    headers = _headers(cast, who)
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)
    failures: list[str] = []
    right, wrong = QUESTIONS[who]
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]
        failures += _ask(operation, GenerationMode.POSITIVE, right * TIMES, headers)
        if wrong and (operation.body or operation.query):
            failures += _ask(operation, GenerationMode.NEGATIVE, wrong * TIMES, headers)
    assert not failures, "\n".join(failures)


def _ask(operation: Any, mode: GenerationMode, questions: int, headers: dict[str, str]) -> list[str]:
    """What failed; every second question names a row that exists."""
    failures: list[str] = []
    asked = iter(range(1000))

    @settings(
        max_examples=questions,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if next(asked) % 2:
            _name_a_row(case)
        cache.clear()
        answer = case.call(headers=headers)
        if answer.status_code >= 500:
            failures.append(f"{case.method} {case.formatted_path} {case.query} {case.body!r}: {answer.status_code}")

    with suppress(Unsatisfiable):  # some operations take nothing that could be wrong
        ask()
    return failures


def _name_a_row(case: Any) -> None:
    prefix = case.path.removeprefix("/api/v1/").split("/")[0]
    viewset: Any = next((found for name, found, _base in router.registry if name == prefix), None)
    row = viewset.queryset.model.objects.first() if getattr(viewset, "queryset", None) is not None else None
    for name in case.path_parameters or {}:
        if row is not None and name in {"id", viewset.lookup_field}:
            case.path_parameters[name] = getattr(row, viewset.lookup_field)


def _headers(cast: Cast, who: str) -> dict[str, str]:
    """Signed in as a director who holds every other role too, as somebody of an exhibiting company, or not at all."""
    if who == "anonymous":
        return {}
    person = cast.people["director" if who == "officer" else "exhibitor"]
    assert person is not None
    if who == "officer":
        for role in Officer.Role.values:
            Officer.objects.get_or_create(person=person, role=role, edition=cast.edition)
        Membership.objects.create(person=person, company=cast.things["company"])
    return {"Authorization": f"Token {Token.objects.create(user=person).key}"}
