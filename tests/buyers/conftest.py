"""What tests of pages begin with: a fair on its first morning, and its importer desk signed in."""

import pytest

from buyers.models import Gate
from fairs import clock
from tests import world
from tests.buyers.devices import quiet


@pytest.fixture
def edition():
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


@pytest.fixture
def desk(edition, client):
    officer = world.officer(edition, "importer_desk")
    client.force_login(officer)
    return officer


@pytest.fixture
def gate_fair(site_at, monkeypatch):
    """The first morning on a running site: a gate, its keeper, and an importer with a badge."""
    quiet(monkeypatch)
    with clock.at(world.FIRST_MORNING):
        edition = world.edition(slug="hgs-2018")
        person = world.person("Linnea Berg", given_name="Linnea", language="en")
        company = world.importer_company(person, name_vi="Linnea Textil AB", country="SE")
        return {
            "edition": edition,
            "gate": Gate.objects.create(edition=edition, name_vi="Cổng 1", name_en="Gate 1"),
            "keeper": world.officer(edition, "gate"),
            "badge": world.badge(edition, person, company),
            "site": site_at(world.FIRST_MORNING),
        }
