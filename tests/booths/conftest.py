"""What many tests of booths begin with; a test file that needs another edition has its own."""

import pytest

from fairs import clock
from tests import world


@pytest.fixture
def edition():
    """An edition with four booths in a row, with the clock stopped."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        yield made


@pytest.fixture
def desk(edition):
    """The booth desk."""
    return world.officer(edition, "booth_desk")
