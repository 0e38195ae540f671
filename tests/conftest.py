"""What every test may count on: compiled sentences, no other test's left-overs, the marks obeyed."""

import gc
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection

from config.translations import compile_catalogues
from fairs import live
from tests.services import chromium_program
from tests.settings import DATA

pytest_plugins = ["tests.browsing"]


def pytest_configure() -> None:
    compile_catalogues()


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what would answer the same as on SQLite; without a key, what asks Stripe itself."""
    if not os.environ.get("STRIPE_TEST_KEY"):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("stripe")])
        items[:] = [item for item in items if not item.get_closest_marker("stripe")]
    if connection.vendor != "postgresql":
        return
    config.hook.pytest_deselected(items=[item for item in items if not _asks_the_database(item)])
    items[:] = [item for item in items if _asks_the_database(item)]


def pytest_collection_finish() -> None:
    """What was loaded until here lives as long as the tests: looking through it for garbage was a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _asks_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    fixtures = getattr(item, "fixturenames", [])
    return any(item.get_closest_marker(mark) for mark in ("django_db", "postgres")) or "db" in fixtures


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: ./run test postgresql")
    if item.get_closest_marker("browser") and chromium_program() is None:
        pytest.skip("needs Chromium: apt-get install chromium")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Each table's keys begin at a great number of their own.

    A key that is written for people to read ("1.234"), or taken for that of another table, then fails at once.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for number, model in enumerate(apps.get_models(), start=1):
            key = model._meta.pk
            if key is not None and key.get_internal_type() == "BigAutoField":
                _begin_keys(cursor, model._meta.db_table, number * 10_000)


def _begin_keys(cursor: Any, table: str, first: int) -> None:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first])
    else:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first])


@pytest.fixture(autouse=True)
def _hints_have_no_version(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding a version is work of its own after each commit, and a timer's: only tests that ask for it do it."""
    if "versions" not in request.fixturenames:
        monkeypatch.setattr(live, "_versions", {})


@pytest.fixture
def versions() -> None:
    """Hints of this test carry their version."""


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits and cached answers belong to one test."""
    yield
    cache.clear()
