"""What tests of pages begin with: a fair on its first morning, and its importer desk signed in."""

import pytest

from fairs import clock
from tests import world


@pytest.fixture
def edition():
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


@pytest.fixture
def desk(edition, client):
    officer = world.officer(edition, "importer_desk")
    client.force_login(officer)
    return officer
