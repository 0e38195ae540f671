"""An edition that takes exhibitors, and its desk."""

import pytest
from django.utils import translation

from booths.models import Zone
from fairs import clock
from fairs.actions.reference import load_reference
from tests import world


@pytest.fixture
def edition():
    """An edition for which booths are being sold, with the facts of the country."""
    with clock.at(world.NOON), translation.override("vi"):
        load_reference()
        edition = world.edition()
        world.booth_class(edition)
        Zone.objects.create(edition=edition, code="GS", name_vi="Gốm sứ", name_en="Ceramics")
        yield edition


@pytest.fixture
def desk(client, edition):
    """A client signed in at the booth desk."""
    officer = world.officer(edition, "booth_desk")
    client.force_login(officer)
    client.officer = officer
    client.cookies["django_language"] = "vi"
    return client
