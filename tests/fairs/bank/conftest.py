"""A fair with an account, in the middle of its sale."""

from collections.abc import Iterator

import pytest

from fairs import clock
from tests import world
from tests.fairs.bank.fair import Fair


@pytest.fixture
def fair(db: None) -> Iterator[Fair]:
    """Time stands at noon of the first of September."""
    with clock.at(world.NOON):
        yield Fair()
