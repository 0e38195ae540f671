"""Importers taken over from a sheet."""

import pytest

from buyers.actions.imports import enter_importer
from buyers.models import Registration
from fairs import clock
from fairs.errors import Forbidden
from fairs.models import Company, Consent, Delivery, Person
from tests import world

pytestmark = pytest.mark.django_db

ROW = {
    "full_name": "Daniel Brandt",
    "company": "Brandt Home GmbH",
    "country": "DE",
    "email": "daniel@brandt.example",
    "job_title": "Owner",
    "volume": "middle",
}


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def desk(edition):
    return world.officer(edition, "importer_desk")


def test_the_same_row_twice_changes_nothing(edition, desk):
    row = ROW | {"product_groups": [world.product_group()]}
    assert [enter_importer(edition, values=row, by=desk) for _twice in range(2)] == ["new", "same"]
    one = Registration.objects.get()
    assert (one.state, one.entered_by, one.volume) == ("registered", desk, "middle")
    assert (one.person.job_title, one.company.name_vi) == ("Owner", "Brandt Home GmbH")


def test_a_corrected_row_corrects(edition, desk):
    enter_importer(edition, values=ROW, by=desk)
    assert enter_importer(edition, values=ROW | {"volume": "large", "job_title": ""}, by=desk) == "changed"
    assert Registration.objects.get().volume == "large"
    assert Person.objects.get(email=ROW["email"]).job_title == "Owner"
    assert enter_importer(edition, values=ROW | {"company": "Other GmbH"}, by=desk) == "changed"
    assert Registration.objects.get().company.name_vi == "Other GmbH"


def test_companies_are_told_apart_without_accents(edition, desk):
    enter_importer(edition, values=ROW | {"company": "Maison Lefèvre"}, by=desk)
    assert enter_importer(edition, values=ROW | {"company": "MAISON LEFEVRE"}, by=desk) == "same"
    assert Company.objects.count() == 1


def test_nobody_is_said_to_have_agreed_or_written_to(edition, desk):
    enter_importer(edition, values=ROW, by=desk)
    assert not Consent.objects.exists()
    assert not Delivery.objects.exists()


def test_what_people_keep_themselves_stays_theirs(edition, desk):
    person = world.person("Daniel Brandt", email=ROW["email"], last_login=clock.now(), job_title="CEO")
    world.importer_company(person, name_vi="Brandt Home GmbH", country="DE")
    assert enter_importer(edition, values=ROW, by=desk) == "new"
    person.refresh_from_db()
    assert person.job_title == "CEO"


def test_only_the_importer_desk_imports(edition):
    with pytest.raises(Forbidden):
        enter_importer(edition, values=ROW, by=world.officer(edition, "gate"))
