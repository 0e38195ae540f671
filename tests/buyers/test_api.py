"""Importers, badges and gates for programs."""

import pytest

from buyers.actions.badges import issue_badge
from buyers.actions.registrations import register_importer
from buyers.models import Badge, Gate, Registration, Scan
from fairs import clock
from fairs.models import Company, Entry, Participation, Person
from tests import world

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture
def edition():
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


@pytest.fixture
def post(client):
    def send(path, **body):
        return client.post(f"{API}/{path}/", body, "application/json", headers={"accept-language": "en"})

    return send


def newcomer(edition, **other):
    return {
        "edition": edition.slug,
        "full_name": "Keiko Morita",
        "email": "keiko@morita.example",
        "company_name": "Morita Living",
        "country": "JP",
        "consents": ["registration"],
    } | other


def registered(edition):
    person = world.person("Linnea Berg")
    company = world.importer_company(person)
    return register_importer(
        edition, person=person, company=company, consents=["registration"], language="en", by=person
    )


def test_anybody_registers_and_nobody_learns_who_is_known(edition, post):
    first = post("registrations", **newcomer(edition))
    again = post("registrations", **newcomer(edition))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.status_code == 202
    assert Registration.objects.count() == 1


def test_a_newcomer_says_all_that_is_asked(edition, post):
    answer = post("registrations", edition=edition.slug, consents=["registration"])
    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {"full_name", "email", "company_name", "country"}
    assert post("registrations", **newcomer(edition, consents=[])).json()["code"] == "consent_needed"
    assert not Person.objects.exists()


def test_who_is_signed_in_registers_themselves(edition, post, client):
    person = world.person("Linnea Berg")
    company = world.importer_company(person)
    client.force_login(person)
    answer = post("registrations", edition=edition.slug, company=company.pk, consents=["registration"], volume="large")
    assert answer.status_code == 201
    assert answer.json()["state"] == "registered"
    strange = post("registrations", edition=edition.slug, company=world.company().pk, consents=["registration"])
    assert strange.status_code == 404


def test_the_desk_approves_and_others_do_not_even_see(edition, post, client):
    one = registered(edition)
    client.force_login(world.person())
    assert post(f"registrations/{one.pk}/approve", grade="hosted").status_code == 404
    client.force_login(one.person)
    assert post(f"registrations/{one.pk}/approve", grade="hosted").status_code == 403
    client.force_login(world.officer(edition, "importer_desk"))
    assert post(f"registrations/{one.pk}/approve", grade="hosted").json()["state"] == "approved"
    assert post(f"registrations/{one.pk}/approve", grade="hosted").json()["code"] == "state_conflict"
    assert post(f"registrations/{one.pk}/grade", grade="semi").json()["grade"] == "semi"
    assert post(f"registrations/{one.pk}/withdraw").json()["state"] == "withdrawn"


def test_the_desk_declines_with_a_reason_and_invites(edition, post, client):
    one = registered(edition)
    client.force_login(world.officer(edition, "importer_desk"))
    assert post(f"registrations/{one.pk}/decline").status_code == 400
    assert post(f"registrations/{one.pk}/decline", reason="Retail only").json()["state"] == "declined"
    given = newcomer(edition)
    del given["consents"]
    linked = given | {"full_name": "See https://example.com"}
    assert post("registrations/invite", **linked).status_code == 400
    assert post("registrations/invite", **given).json()["state"] == "invited"


def test_badges_are_issued_replaced_and_revoked(edition, post, client):
    one = registered(edition)
    client.force_login(world.officer(edition, "importer_desk"))
    answer = post("badges", edition=edition.slug, person=one.person_id, company=one.company_id, kind="importer")
    assert answer.status_code == 201
    assert "token" not in answer.json()
    fresh = post(f"badges/{answer.json()['id']}/reissue")
    assert fresh.status_code == 201
    assert post(f"badges/{fresh.json()['id']}/revoke").json()["state"] == "revoked"


def test_a_company_gives_its_passes(edition, post, client):
    maker = world.person()
    firm = world.company(maker)
    Participation.objects.create(edition=edition, company=firm, role="exhibitor", pass_quota=1)
    client.force_login(maker)
    given = {"edition": edition.slug, "company": firm.pk, "full_name": "Trần Thị Mai"}
    assert post("badges/passes", **given).json()["kind"] == "exhibitor"
    assert post("badges/passes", **given).json()["code"] == "no_pass_left"
    assert Badge.objects.count() == 1


def test_a_reading_sent_twice_is_one(edition, post, client):
    desk = world.officer(edition, "importer_desk")
    badge = issue_badge(edition, person=world.person(), company=None, kind="press", by=desk)
    client.force_login(world.officer(edition, "gate"))
    gate = post("gates", edition=edition.slug, name_vi="Cổng 1", name_en="Gate 1").json()["id"]
    reading = {"gate": gate, "code": badge.qr_code, "key": "phone-1"}
    first, again = post("scans", **reading), post("scans", **reading)
    assert (first.json(), first.status_code) == (again.json(), again.status_code)
    assert first.json()["result"] == "ok"
    assert Scan.objects.count() == 1
    client.force_login(world.person())
    assert post("scans", **reading).status_code == 404


@pytest.mark.parametrize(("codes", "status"), [(["ceramics"] * 40, 202), (["ceramics"] * 10_000, 400)])
def test_many_product_groups_are_one_question_to_the_database(
    edition, post, codes, status, django_assert_max_num_queries
):
    world.product_group()
    with django_assert_max_num_queries(30):
        assert post("registrations", **newcomer(edition, product_groups=codes)).status_code == status


def test_an_unknown_product_group_is_named(edition, post):
    answer = post("registrations", **newcomer(edition, product_groups=["ceramics", "moon"]))
    assert "moon" in answer.json()["fields"]["product_groups"][0]


def test_a_draft_and_an_unknown_fair_answer_alike(edition, post, client):
    draft = world.edition(published=False)
    for slug in (draft.slug, "no-such-fair"):
        assert post("registrations", **newcomer(edition) | {"edition": slug}).status_code == 404
    client.force_login(world.officer(edition, "gate"))
    for slug in (draft.slug, "no-such-fair"):
        assert post("gates", edition=slug, name_vi="Cổng", name_en="Gate").status_code == 404


def test_badges_are_for_companies_of_the_fair(edition, post, client):
    one = registered(edition)
    elsewhere = world.exhibitor(world.edition())
    client.force_login(world.officer(edition, "importer_desk"))
    given = {"edition": edition.slug, "person": one.person_id, "kind": "press"}
    for pk in (elsewhere.part.company_id, 999_999):
        assert post("badges", **given, company=pk).status_code == 404
    assert post("badges", **given, company=one.company_id).status_code == 201


def test_who_keeps_a_gate_learns_no_codes(edition, client):
    person = world.person()
    badge = issue_badge(
        edition, person=person, company=None, kind="importer", by=world.officer(edition, "importer_desk")
    )
    colleague = world.person()
    Badge.objects.filter(pk=badge.pk).update(company=world.importer_company(person, colleague))
    told = {}
    for one in (person, colleague, world.officer(edition, "gate"), world.officer(edition, "booth_desk")):
        client.force_login(one)
        [shown] = client.get(f"{API}/badges/").json()["results"]
        told[one] = shown["short_code"]
    assert list(told.values()) == [badge.short_code, "", "", badge.short_code]
    assert not Entry.objects.filter(subject__contains=badge.short_code).exists()


@pytest.mark.parametrize(("path", "queries"), [("registrations", 9), ("badges", 6), ("scans", 4)])
@pytest.mark.parametrize("rows", world.ROWS)
def test_lists_cost_the_same_however_long(edition, client, path, queries, rows, django_assert_num_queries):
    people = Person.objects.bulk_create(Person(full_name=f"P {n}", email=f"p{n}@x.example") for n in range(rows))
    company = Company.objects.create(name_vi="C", country="FR")
    gate = Gate.objects.create(edition=edition, name_vi="Cổng", name_en="Gate")
    for number, person in enumerate(people):
        Registration.objects.create(edition=edition, person=person, company=company)
        badge = Badge.objects.create(
            edition=edition,
            person=person,
            company=company,
            kind="importer",
            token=f"t{number}",
            short_code=f"s{number}",
        )
        Scan.objects.create(
            edition=edition,
            gate=gate,
            badge=badge,
            at=clock.now(),
            direction="in",
            result="ok",
            entered=True,
            key=f"k{number}",
        )
    client.force_login(world.officer(edition, "importer_desk"))
    with django_assert_num_queries(queries):
        assert client.get(f"{API}/{path}/").json()["count"] == rows
