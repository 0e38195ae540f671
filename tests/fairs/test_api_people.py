"""Companies, products, people, oneself and reference facts, for programs."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from fairs.models import Company, Entry, Person, Province
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return world.person("Trần Văn Lực", email="maker@example.org")


@pytest.fixture
def firm(maker):
    return world.company(maker, name_vi="Gốm Minh Châu", tax_code="0101234567")


def program(person: Person | None = None) -> APIClient:
    """A program that signed in as somebody, or did not."""
    client = APIClient()
    client.force_authenticate(person)
    return client


def test_one_sees_ones_own_companies(firm, maker):
    world.company()
    assert [found["name_vi"] for found in program(maker).get("/api/v1/companies/").json()["results"]] == [firm.name_vi]
    assert program(world.person()).get(f"/api/v1/companies/{firm.pk}/").status_code == 404
    assert program().get("/api/v1/companies/").status_code == 401


def test_an_officer_sees_those_of_the_edition(firm):
    edition = world.edition()
    world.participation(edition, firm, "exhibitor")
    client = program(world.officer(edition, "booth_desk"))
    assert client.get(f"/api/v1/companies/?edition={edition.slug}&q=gom%20CHAU").json()["count"] == 1
    assert client.get("/api/v1/companies/?q=lua").json()["count"] == 0


def test_a_company_is_entered_and_changed(maker):
    group = world.product_group()
    client = program(maker)
    made = client.post("/api/v1/companies/", {"name_vi": "Mây Tre", "product_groups": [group.code]})
    assert (made.status_code, made.json()["product_groups"]) == (201, ["ceramics"])
    address = f"/api/v1/companies/{made.json()['id']}/"
    assert client.patch(address, {"about_en": "Rattan", "product_groups": []}).json()["product_groups"] == []
    assert Company.objects.get().about_en == "Rattan"
    assert client.patch(address, {"craft_village": "nowhere"}).status_code == 404
    assert "country" in client.post("/api/v1/companies/", {"name_vi": "X", "country": "vn"}).json()["fields"]


def test_a_taken_tax_code_is_refused_at_its_field(firm, maker):
    answer = program(maker).post("/api/v1/companies/", {"name_vi": "X", "tax_code": firm.tax_code})
    assert (answer.status_code, answer.json()["code"], list(answer.json()["fields"])) == (
        409,
        "tax_code_known",
        ["tax_code"],
    )


def test_products_come_change_and_go(firm, maker):
    group = world.product_group()
    client = program(maker)
    given = {"company": firm.pk, "name_vi": "Bình", "product_group": group.code, "hs_code": "691200"}
    made = client.post("/api/v1/products/", given).json()
    address = f"/api/v1/products/{made['id']}/"
    assert client.patch(address, {"minimum_order": 500}).json()["minimum_order"] == 500
    assert program(world.person()).patch(address, {"minimum_order": 1}).status_code == 404
    assert "hs_code" in client.patch(address, {"hs_code": "gốm"}).json()["fields"]
    assert client.get(f"/api/v1/products/?company={firm.pk}").json()["count"] == 1
    assert client.delete(address).status_code == 204
    assert not firm.products.exists()


def test_people_are_invited_by_e_mail(firm, maker):
    client = program(maker)
    given = {"company": firm.pk, "email": "Mai@example.org", "full_name": "Mai"}
    made = client.post("/api/v1/member-invitations/", given).json()
    assert (made["email"], made["role"]) == ("mai@example.org", "staff")
    assert client.post(f"/api/v1/member-invitations/{made['id']}/accept/").status_code == 403
    mai = program(Person.objects.get(email="mai@example.org"))
    assert mai.get("/api/v1/member-invitations/").json()["count"] == 1
    joined = mai.post(f"/api/v1/member-invitations/{made['id']}/accept/").json()
    assert joined["full_name"] == "Mai"
    assert client.delete(f"/api/v1/members/{joined['id']}/").status_code == 204
    own = firm.memberships.get()
    assert client.delete(f"/api/v1/members/{own.pk}/").json()["code"] == "last_member"
    assert program(world.person()).post("/api/v1/member-invitations/", given).status_code == 404
    again = client.post("/api/v1/member-invitations/", given).json()
    assert program(world.person()).delete(f"/api/v1/member-invitations/{again['id']}/").status_code == 404
    assert client.delete(f"/api/v1/member-invitations/{again['id']}/").status_code == 204


def test_oneself(firm, maker):
    edition = world.edition()
    desk = world.officer(edition, "gate")
    assert program(maker).get("/api/v1/me/").json()["companies"] == [
        {"id": firm.pk, "name_vi": firm.name_vi, "role": "admin"}
    ]
    assert program(desk).get("/api/v1/me/").json()["offices"] == [
        {"edition": edition.slug, "series": None, "role": "gate"}
    ]
    assert program(maker).patch("/api/v1/me/", {"language": "en"}).json()["language"] == "en"
    assert program(maker).patch("/api/v1/me/", {"language": "fr"}).status_code == 400
    assert program().get("/api/v1/me/").status_code == 401


def test_provinces_of_a_day():
    Province.objects.create(
        code="35", name_vi="Hà Tây", name_en="Ha Tay", kind="province", valid_from=date(1991, 8, 12),
        valid_to=date(2008, 7, 31),
    )  # fmt: skip
    Province.objects.create(code="01", name_vi="Hà Nội", name_en="Hanoi", kind="city", valid_from=date(2008, 8, 1))
    client = program()
    assert [one["code"] for one in client.get("/api/v1/provinces/?on=2018-10-18").json()["results"]] == ["01"]
    assert [one["code"] for one in client.get("/api/v1/provinces/?on=2005-01-01").json()["results"]] == ["35"]
    assert client.get("/api/v1/provinces/?q=ha").json()["count"] == 2
    assert "on" in client.get("/api/v1/provinces/?on=yesterday").json()["fields"]


def test_the_journal_is_for_officers_with_reports():
    edition = world.edition()
    Entry.objects.create(at=world.NOON, verb="fairs.edition.change", edition=edition, object_id="1", fields=["name_vi"])
    reader = program(world.officer(edition, "reports"))
    [entry] = reader.get(f"/api/v1/journal/?edition__slug={edition.slug}").json()["results"]
    assert (entry["verb"], entry["fields"]) == ("fairs.edition.change", ["name_vi"])
    assert reader.get("/api/v1/journal/?since=2018-09-02T00:00:00Z").json()["count"] == 0
    assert program(world.officer(edition, "gate")).get("/api/v1/journal/").json()["count"] == 0
    assert program(world.officer(edition, "director")).get("/api/v1/journal/").json()["count"] == 1
    assert program().get("/api/v1/journal/").status_code == 401


@pytest.mark.parametrize(
    "address",
    [
        "companies/?page=999", "companies/?page=0", "companies/?page=%00", "companies/99999999999999999999/",
        "companies/no-number/", "editions/%00/", "nothing/", "craft-villages/nowhere/", "product-groups/%F0%9F%98%80/",
        "notices/?page=-1", "journal/?page=last9", "provinces/?page_size=0&page=7",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404_in_one_shape(maker, address):
    answer = program(maker).get(f"/api/v1/{address}")
    assert answer.status_code == 404
    assert set(answer.json()) == {"code", "message", "fields"}


@pytest.mark.parametrize(
    "address",
    [
        "notices/?state=strange", "notices/?company=many", "journal/?since=yesterday", "payments/?notice=%00",
        "editions/?kind=strange", "provinces/?on=2018-13-99", "exchange-rates/?date=x", "products/?company=x",
    ],
)  # fmt: skip
def test_a_garbled_filter_is_400_in_one_shape(maker, address):
    answer = program(maker).get(f"/api/v1/{address}")
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert answer.json()["fields"]


def test_a_body_that_is_no_object_is_400(maker):
    client = program(maker)
    for body in ["[]", "5", '"x"', "null", "{", '{"name_vi": {"a": 1}}']:
        answer = client.post("/api/v1/companies/", body, content_type="application/json")
        assert (answer.status_code, set(answer.json())) == (400, {"code", "message", "fields"}), body


def companies(person: Person, rows: int) -> None:
    for n in range(rows):
        world.company(person, name_vi=f"Cơ sở {n}").product_groups.set([world.product_group()])


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_list_of_companies_asks_the_same_whatever_its_length(maker, rows, django_assert_num_queries):
    companies(maker, rows)
    with django_assert_num_queries(4):
        assert program(maker).get("/api/v1/companies/").json()["count"] == rows


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_journal_asks_the_same_whatever_its_length(maker, rows, django_assert_num_queries):
    edition = world.edition()
    Entry.objects.bulk_create(
        Entry(at=world.NOON, verb="fairs.edition.change", edition=edition, object_id=str(n), actor=maker)
        for n in range(rows)
    )
    reader = program(world.officer(edition, "reports"))
    with django_assert_num_queries(2):
        assert reader.get("/api/v1/journal/").json()["count"] == rows
