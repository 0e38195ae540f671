"""What every test may count on: compiled sentences, no other test's left-overs, the marks obeyed."""

import shutil
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection

from config.translations import compile_catalogues
from tests.services import chromium_program
from tests.settings import DATA

pytest_plugins = ["tests.browsing"]


def pytest_configure() -> None:
    compile_catalogues()


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what would answer the same as on SQLite."""
    if connection.vendor != "postgresql":
        return
    config.hook.pytest_deselected(items=[item for item in items if not _asks_the_database(item)])
    items[:] = [item for item in items if _asks_the_database(item)]


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


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits and cached answers belong to one test."""
    yield
    cache.clear()
