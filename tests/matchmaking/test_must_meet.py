"""The exhibitors an importer comes for: listed once, up to a limit, by the importer or the desk."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from buyers.models import Registration
from fairs import clock
from fairs.actions.merging import merge_companies
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Entry
from matchmaking.actions import must_meet as module
from matchmaking.actions.must_meet import must_meet, take_off
from matchmaking.models import MustMeet
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def registration(edition):
    person = world.person("Linnea Berg", language="en")
    return Registration.objects.create(
        edition=edition, person=person, company=world.importer_company(person), registered_at=world.NOON
    )


def page(name, edition, **kwargs):
    return reverse(f"matchmaking:{name}", kwargs={"edition": edition.slug} | kwargs)


def test_an_exhibitor_is_listed_once_and_taken_off(edition, registration):
    part = world.exhibitor(edition).part
    first = must_meet(registration, exhibitor=part, by=registration.person)
    assert must_meet(registration, exhibitor=part, by=world.officer(edition, "importer_desk")) == first
    take_off(first, by=registration.person)
    assert not MustMeet.objects.exists()
    verbs = Entry.objects.filter(verb__startswith="matchmaking.mustmeet").order_by("pk")
    assert list(verbs.values_list("verb", "company")) == [
        ("matchmaking.mustmeet.add", registration.company_id), ("matchmaking.mustmeet.remove", registration.company_id)
    ]  # fmt: skip


def test_only_exhibitors_of_this_fair_are_listed_and_only_so_many(edition, registration, monkeypatch):
    by = registration.person
    monkeypatch.setattr(module, "MOST", 1)
    with pytest.raises(Invalid) as elsewhere:
        must_meet(registration, exhibitor=world.exhibitor(world.edition()).part, by=by)
    with pytest.raises(Refused) as buyer:
        must_meet(registration, exhibitor=world.importer(edition).part, by=by)
    must_meet(registration, exhibitor=world.exhibitor(edition).part, by=by)
    with pytest.raises(Refused) as full:
        must_meet(registration, exhibitor=world.exhibitor(edition).part, by=by)
    assert [one.value.code for one in (elsewhere, buyer, full)] == ["other_edition", "not_exhibiting", "list_full"]


def test_nobody_lists_for_another(edition, registration):
    with pytest.raises(Forbidden):
        must_meet(registration, exhibitor=world.exhibitor(edition).part, by=world.person())


def test_the_database_lists_an_exhibitor_once(edition, registration):
    part = world.exhibitor(edition).part
    MustMeet.objects.create(registration=registration, exhibitor=part)
    with pytest.raises(IntegrityError), transaction.atomic():
        MustMeet.objects.create(registration=registration, exhibitor=part)


def test_two_exhibitors_that_are_one_stand_on_the_list_once(edition, registration):
    keep, drop = world.exhibitor(edition).part, world.exhibitor(edition).part
    for part in (keep, drop):
        must_meet(registration, exhibitor=part, by=registration.person)
    merge_companies(keep.company, drop=drop.company, by=world.officer(edition, "booth_desk"))
    assert MustMeet.objects.get().exhibitor.company == keep.company


def test_the_importer_chooses_on_a_page(edition, registration, client):
    fits, other = world.exhibitor(edition).part, world.exhibitor(edition, name_vi="Xưởng Sơn Mài").part
    fits.company.product_groups.add(world.product_group())
    registration.product_groups.add(world.product_group())
    client.force_login(registration.person)
    assert list(client.get(page("must_meet", edition)).context["page"]) == [fits]
    assert list(client.get(page("must_meet", edition) + "?q=son mai").context["page"]) == [other]
    client.post(page("add_must_meet", edition, participation=other.pk))
    own = client.get(reverse("buyers:registration", args=[edition.slug])).content.decode()
    assert "Xưởng Sơn Mài" in own
    client.post(page("end_must_meet", edition, participation=other.pk))
    assert not MustMeet.objects.exists()


def test_whoever_is_not_registered_registers_first(edition, client):
    client.force_login(world.person())
    assert client.get(page("must_meet", edition)).url == reverse("buyers:register", args=[edition.slug])


def test_the_desk_reads_the_list(edition, registration, client):
    part = world.exhibitor(edition, name_vi="Gốm Lan").part
    must_meet(registration, exhibitor=part, by=registration.person)
    client.force_login(world.officer(edition, "importer_desk"))
    read = client.get(reverse("buyers:importer_desk", args=[edition.slug, registration.pk])).content.decode()
    assert "Gốm Lan" in read


def test_programs_list_and_take_off(edition, registration, client):
    part = world.exhibitor(edition).part
    client.force_login(registration.person)
    given = {"registration": registration.pk, "exhibitor": part.pk}
    made = client.post("/api/v1/must-meets/", given, "application/json")
    assert (made.status_code, made.json()["exhibitor"]) == (201, part.pk)
    assert client.delete(f"/api/v1/must-meets/{made.json()['id']}/").status_code == 204
    client.force_login(world.person())
    assert client.post("/api/v1/must-meets/", given, "application/json").status_code == 404


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_page_costs_the_same_however_long(edition, registration, client, rows, django_assert_num_queries):
    for _one in range(min(rows, 40)):
        world.exhibitor(edition)
    client.force_login(registration.person)
    with django_assert_num_queries(10):
        client.get(page("must_meet", edition))
