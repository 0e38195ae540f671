"""The copy of everything kept about a person; no column that points to a person is forgotten."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from buyers.actions.visas import ask_for_letter
from fairs import clock, personal
from fairs.actions import data_requests as actions
from fairs.actions.consents import give_consent
from fairs.consent_texts import VERSION, words
from fairs.exports import export_person
from fairs.models import Entry, Person
from fairs.relations import relations_to
from tests import world
from tests.buyers.importers import importer
from tests.buyers.visas import PASSPORT

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def buyer(edition):
    one = importer(edition, grade="ordinary").person
    give_consent(one, edition=edition, purpose="news", language="en", by=one)
    ask_for_letter(edition, person=one, passport=PASSPORT, consents=["passport"], language="en", by=one)
    return one


def opened(content):
    with ZipFile(BytesIO(content)) as files:
        return json.loads(files.read("data.json")), files.read("data.html").decode()


def client(person):
    visitor = Client(headers={"accept-language": "en"})
    visitor.force_login(person)
    return visitor


def test_every_column_that_points_to_a_person_is_handed_over_or_left_out_with_a_reason():
    """Whoever adds a table says in the app's privacy.py what of it is a person's own data."""
    named = [(part.model, part.column) for part in personal.parts() if "__" not in part.column]
    named += list(personal.left_out())
    pointing = {(one.related_model._meta.label_lower, one.field.name) for one in relations_to(Person)}
    assert sorted(named) == sorted(pointing)
    assert all(personal.left_out().values())


def test_every_field_that_is_handed_over_or_masked_exists():
    for part in personal.parts():
        model = apps.get_model(part.model)
        for name in (*part.fields, *part.masks):
            assert model._meta.get_field(name)


def test_the_copy_holds_what_every_app_keeps(edition, buyer):
    data, page = opened(client(buyer).get(reverse("fairs:own_copy")).content)
    assert data["fairs.person"][0]["email"] == buyer.email
    assert {row["purpose"] for row in data["fairs.consent"]} >= {"registration", "news", "passport"}
    news = next(row for row in data["fairs.consent"] if row["purpose"] == "news")
    assert news["words"] == words("news", VERSION, "en")
    assert data["buyers.registration"][0]["state"] == "approved"
    assert data["buyers.badge"][0]["kind"] == "importer"
    assert data["buyers.visaletter"][0]["passport"]["number"] == PASSPORT.number
    assert any(row["verb"] == "buyers.registration.register" for row in data["fairs.entry"])
    assert buyer.email in page
    assert PASSPORT.number in page
    assert "token" not in json.dumps(data)


def test_an_officer_makes_the_copy_without_the_passport(edition, buyer):
    officer = world.officer(edition, "privacy")
    request = actions.ask(edition, person=buyer, kind="access", by=buyer)
    answer = client(officer).get(reverse("fairs:data_request_copy", args=[edition.slug, request.pk]))
    assert "no-store" in answer["Cache-Control"]
    data, page = opened(answer.content)
    assert data["fairs.person"][0]["email"] == buyer.email
    assert "passport" not in data["buyers.visaletter"][0]
    assert PASSPORT.number not in page + json.dumps(data)
    entry = Entry.objects.get(verb="fairs.person.export")
    assert (entry.actor, entry.object_id) == (officer, str(buyer.pk))


@pytest.mark.parametrize("kind", ["correction", "restriction", "objection", "deletion"])
def test_an_officer_makes_none_that_nobody_asked_for(edition, buyer, kind):
    officer = client(world.officer(edition, "privacy"))
    other = actions.ask(edition, person=buyer, kind=kind, by=buyer)
    taken_back = actions.ask(edition, person=buyer, kind="access", by=buyer)
    actions.withdraw(taken_back, by=buyer)
    for request in (other, taken_back):
        assert officer.get(reverse("fairs:data_request_copy", args=[edition.slug, request.pk])).status_code == 404


def test_the_copy_holds_nothing_of_others(edition, buyer):
    other = importer(edition, grade="ordinary", name="Keiko Morita").person
    give_consent(other, edition=edition, purpose="directory", language="en", by=other)
    said = json.dumps(opened(export_person(buyer, by=buyer))[0])
    assert "Keiko" not in said
    assert other.email not in said
