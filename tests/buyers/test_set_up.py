"""What the buyers hand down: gates for a new edition, what waits at the desk, places in the navigation."""

import pytest

from buyers.models import Gate, Registration
from buyers.nav import waiting_importers
from buyers.set_up import copy_gates
from fairs import clock
from tests import world

pytestmark = pytest.mark.django_db


def test_a_new_edition_has_the_doors_of_the_last():
    source, target = world.edition(), world.edition()
    Gate.objects.create(edition=source, name_vi="Cổng 1", name_en="Gate 1")
    copy_gates(source, target)
    assert list(target.gates.values_list("name_vi", "name_en")) == [("Cổng 1", "Gate 1")]


def test_those_who_wait_are_told_to_whoever_decides():
    with clock.at(world.NOON):
        edition = world.edition()
        assert list(waiting_importers(edition, frozenset({"director"}))) == []
        person = world.person()
        Registration.objects.create(edition=edition, person=person, company=world.importer_company(person))
        [task] = waiting_importers(edition, frozenset({"importer_desk"}))
        assert task.url.endswith("/desk/vetting/?state=registered")
        assert list(waiting_importers(edition, frozenset({"finance"}))) == []


@pytest.mark.parametrize(
    ("role", "label"), [("gate", "buyers:gate"), ("importer_desk", "buyers:importers_desk"), ("finance", None)]
)
def test_the_desk_shows_each_officer_their_way(client, role, label):
    with clock.at(world.NOON):
        edition = world.edition()
        client.force_login(world.officer(edition, role))
        shown = client.get(f"/{edition.slug}/desk/").content.decode()
    ways = {"buyers:gate": f"/{edition.slug}/gate/", "buyers:importers_desk": f"/{edition.slug}/desk/importers/"}
    assert {name for name, url in ways.items() if f'href="{url}"' in shown} == ({label} if label else set())
