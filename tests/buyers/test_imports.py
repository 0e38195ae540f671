"""Importers taken over from a sheet."""

import pytest

from buyers.actions.imports import enter_importer, known_companies
from buyers.imports import check
from buyers.models import Registration
from fairs import clock
from fairs.errors import Forbidden, Refused
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


def test_a_name_on_a_list_opens_no_company_that_looks_after_itself(edition, desk):
    owner = world.person(last_login=clock.now())
    theirs = world.importer_company(owner, name_vi="Brandt Home GmbH", country="DE")
    for known in (None, known_companies()):
        with pytest.raises(Refused) as refusal:
            enter_importer(edition, values=ROW, by=desk, known=known)
        assert refusal.value.code == "looks_after_itself"
    assert list(theirs.people.all()) == [owner]
    assert not Registration.objects.exists()
    assert not Person.objects.filter(email=ROW["email"]).exists()


def test_a_silent_company_takes_in_colleagues(edition, desk):
    theirs = world.importer_company(world.person(), name_vi="Brandt Home GmbH", country="DE")
    assert enter_importer(edition, values=ROW, by=desk) == "new"
    assert Registration.objects.get().company == theirs
    assert theirs.memberships.get(person__email=ROW["email"]).role == "staff"


def test_the_preview_says_that_a_company_looks_after_itself(edition, desk):
    member = world.person(email="anna@brandt.example", last_login=clock.now())
    world.importer_company(member, name_vi="Brandt Home GmbH", country="DE")
    problems = check(edition)
    assert [(one.column, one.code) for one in problems(ROW)] == [("company", "looks_after_itself")]
    assert not list(problems(ROW | {"email": member.email}))
    assert not list(problems(ROW | {"country": "AT"}))
