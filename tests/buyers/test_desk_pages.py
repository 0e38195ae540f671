"""The desk of the importers."""

import pytest

from buyers.actions.readings import scan_badge
from buyers.models import Badge, Registration
from fairs.models import Company, Person
from tests import world
from tests.buyers.importers import gate_of, importer, page

pytestmark = pytest.mark.django_db


def test_the_desk_finds_importers_without_accents(edition, client, desk):
    importer(edition, name="Camille Lefèvre")
    importer(edition, name="Nils Sørensen", grade="hosted")
    found = client.get(page("importers_desk", edition), {"q": "lefevre camille"})
    assert [row.person.full_name for row, _kind in found.context["rows"]] == ["Camille Lefèvre"]
    hosted = client.get(page("importers_desk", edition), {"state": "approved", "grade": "hosted", "country": "FR"})
    assert [row.person.full_name for row, _kind in hosted.context["rows"]] == ["Nils Sørensen"]
    for odd in ({"state": "x", "sort": "'", "page": "zero"}, {"q": "%_'\"<script>"}, {"sort": "-country"}):
        assert client.get(page("importers_desk", edition), odd).status_code == 200


def test_the_counts_are_kept_apart(edition, client, desk):
    importer(edition)
    hosted = importer(edition, grade="hosted")
    importer(edition, grade="ordinary")
    keeper = world.officer(edition, "gate")
    badge = Badge.objects.get(person=hosted.person)
    scan_badge(gate_of(edition), code=badge.qr_code, direction="in", key="k", by=keeper)
    counts = client.get(page("importers_desk", edition)).context["counts"]
    wanted = {"invited": 0, "registered": 1, "approved": 2, "hosted": 1, "attended": 1}
    assert {name: counts[name] for name in wanted} == wanted


def test_the_desk_approves_many_at_once(edition, client, desk):
    chosen = [importer(edition) for _one in range(3)]
    nothing = client.post(page("decide_many", edition), {"verb": "approve", "grade": "semi"})
    assert nothing.status_code == 422
    client.post(
        page("decide_many", edition), {"verb": "approve", "grade": "semi", "chosen": [one.pk for one in chosen]}
    )
    assert set(Registration.objects.values_list("state", "grade__code")) == {("approved", "semi")}
    assert Badge.objects.count() == 3


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_list_costs_the_same_however_long(edition, client, desk, rows, django_assert_num_queries):
    group = world.product_group()
    people = Person.objects.bulk_create(Person(full_name=f"P {n}", email=f"p{n}@x.example") for n in range(rows))
    companies = Company.objects.bulk_create(Company(name_vi=f"C {n}", country="FR") for n in range(rows))
    made = Registration.objects.bulk_create(
        Registration(edition=edition, person=person, company=company)
        for person, company in zip(people, companies, strict=True)
    )
    for one in made:
        one.product_groups.add(group)
    with django_assert_num_queries(19):
        client.get(page("importers_desk", edition))


def test_the_desk_decides_on_one(edition, client, desk):
    one = importer(edition)
    address = page("importer_desk", edition, pk=one.pk)
    assert client.get(address).status_code == 200
    refused = client.post(address, {"verb": "decline", "reason": ""})
    assert refused.status_code == 422
    client.post(address, {"verb": "decline", "reason": "Retail only"})
    client.post(address, {"verb": "approve", "grade": "ordinary"})
    client.post(address, {"verb": "grade", "grade": "hosted"})
    one.refresh_from_db()
    assert (one.state, one.grade.code) == ("approved", "hosted")
    shown = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "2026-1" in shown
    badge = Badge.objects.get()
    client.post(page("reissue_badge", edition, pk=badge.pk))
    fresh = Badge.objects.valid().get()
    assert fresh.pk != badge.pk
    client.post(page("revoke_badge", edition, pk=fresh.pk))
    assert not Badge.objects.valid().exists()
    client.post(address, {"verb": "withdraw"})
    one.refresh_from_db()
    assert one.state == "withdrawn"


def test_the_desk_invites(edition, client, desk):
    client.post(
        page("invite", edition),
        {"full_name": "Anna Nováková", "email": "anna@x.example", "company_name": "Import", "country": "CZ"},
    )
    invited = Registration.objects.get()
    assert (invited.state, invited.person.given_name, invited.company.country) == ("invited", "Anna", "CZ")


def test_readers_of_the_list_may_not_decide(edition, client):
    one = importer(edition)
    client.force_login(world.officer(edition, "matchmaking_desk"))
    assert client.get(page("importer_desk", edition, pk=one.pk)).status_code == 200
    assert client.post(page("decide_many", edition), {"verb": "approve", "chosen": [one.pk]}).status_code == 404
    one.refresh_from_db()
    assert one.state == "registered"
