"""An exhibitor's visitors on the page, in the sheet, over the API, and to the organiser as numbers."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from rest_framework.test import APIClient

from fairs import clock
from fairs.models import Product
from matchmaking.actions import leads
from matchmaking.models import Lead, Meeting
from tests import world
from tests.matchmaking.asking import agrees, page, shown, withdraws

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides()
        sides.badge = world.badge(sides.edition, sides.buyer, sides.importer.company)
        yield sides


def scan(fair, key="one", **given):
    return leads.scan_lead(fair.exhibitor, **{"code": fair.badge.short_code, "by": fair.maker, "key": key} | given)


def many(fair, number):
    for place in range(number):
        Lead.objects.create(
            edition=fair.edition, exhibitor=fair.exhibitor, visitor=str(place), kind="importer", country="FR",
            first_at=clock.now(), last_at=clock.now(), handed_at=clock.now(), means="badge", person=world.person(),
            buyer=fair.importer.company, product_group=world.product_group(),
        )  # fmt: skip


def test_from_the_scan_to_the_contract(fair, client):
    agrees(fair), world.product_group()
    client.force_login(fair.maker)
    assert "K7MQ 2XV9" in shown(client, page("lead_scan", fair))
    answer = client.post(page("lead_scan", fair), {"code": fair.badge.code, "key": "k", "rating": "A", "note": "Bowls"})
    lead = Lead.objects.get()
    assert answer.url == page("lead", fair, pk=lead.pk)
    told = shown(client, answer.url)
    assert fair.buyer.full_name in told
    assert fair.buyer.email in told
    given = {
        "rating": "B",
        "note": "Bowls",
        "next_step": "prices",
        "next_on": "2018-10-19",
        "product_group": "ceramics",
    }
    client.post(page("lead", fair, pk=lead.pk), given)
    assert "Send prices" in shown(client, page("leads", fair))
    client.post(page("do_step", fair, pk=lead.pk)), client.post(page("meet_lead", fair, pk=lead.pk), {"key": "m"})
    client.post(page("meet_lead", fair, pk=lead.pk), {"key": "m"})
    meeting = Meeting.objects.get()
    assert f"{page('record_deal', fair)}?meeting={meeting.pk}" in shown(client, answer.url)


def test_an_anonymous_visit_shows_a_kind_and_a_country(fair, client):
    client.force_login(fair.maker)
    lead = scan(fair)
    for address in (page("leads", fair), page("lead", fair, pk=lead.pk)):
        told = shown(client, address)
        assert "Anonymous visit: Importer, France" in told
        assert fair.buyer.full_name not in told


def test_a_script_gets_an_address_or_a_sentence(fair, client):
    client.force_login(fair.maker)
    given = {"code": fair.badge.qr_code, "key": "k", "at": "2018-10-18T02:30:00.000Z"}
    answer = client.post(page("lead_scan", fair), given, headers=JSON)
    assert answer.json() == {"url": page("lead", fair, pk=Lead.objects.get().pk)}
    assert Lead.objects.get().first_at == world.FIRST_MORNING - timedelta(minutes=30)
    wrong = client.post(page("lead_scan", fair), {"code": "K7MQ", "key": "x"}, headers=JSON)
    assert (wrong.status_code, wrong.json()["code"]) == (400, "unknown_badge")
    empty = client.post(page("lead_scan", fair), {"key": "x"}, headers=JSON)
    assert (empty.status_code, empty.json()["code"]) == (422, "invalid")
    other = client.post(page("lead_scan", fair), given | {"kept": "hgs-2018:1:1"}, headers=JSON)
    assert (other.status_code, other.json()["code"]) == (403, "somebody_else")
    client.logout()
    assert client.post(page("lead_scan", fair), given, headers=JSON).status_code == 302


def test_the_list_is_narrowed_without_accents(fair, client):
    client.force_login(fair.maker)
    agrees(fair)
    leads.write_lead(scan(fair), rating="A", note="Bình lọ cao", by=fair.maker)
    other = world.importer(fair.edition)
    badge = world.badge(fair.edition, other.person, other.part.company)
    with clock.at(world.FIRST_MORNING + timedelta(days=1)):
        second = scan(fair, "two", code=badge.short_code)
        leads.write_lead(second, next_step="call", next_on=world.OPENS + timedelta(days=1), by=fair.maker)
        for query, expected in [
            ("", 2), ("?q=BINH+lo", 1), ("?q=lefevre", 1), ("?q=nobody", 0), ("?rating=A", 1), ("?rating=none", 1),
            ("?day=2018-10-18", 1), ("?day=2018-10-19", 1), ("?due=1", 1), ("?rating=X&day=moon", 2),
        ]:  # fmt: skip
            answer = client.get(page("leads", fair) + query)
            assert len(answer.context["page"].object_list) == expected, query
        assert "1 next step is due" in shown(client, page("leads", fair))


@pytest.mark.parametrize("number", world.ROWS)
def test_the_list_asks_as_many_questions_whatever_its_length(fair, client, number, django_assert_num_queries):
    many(fair, number)
    client.force_login(fair.maker)
    client.get(page("leads", fair))
    with django_assert_num_queries(12):
        client.get(page("leads", fair))
    with django_assert_num_queries(6):
        client.get(page("leads_xlsx", fair))
    maker = APIClient()
    maker.force_authenticate(fair.maker)
    with django_assert_num_queries(3):
        maker.get("/api/v1/leads/")


def rows_of(answer):
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.iter_rows()]


class TestSheet:
    def test_it_holds_what_was_handed_over_and_no_formula(self, fair, client):
        agrees(fair)
        leads.write_lead(scan(fair), rating="A", note="=HYPERLINK(1)", by=fair.maker)
        client.force_login(fair.maker)
        answer = client.get(page("leads_xlsx", fair), headers={"accept-language": "en"})
        _head, row = rows_of(answer)
        assert {fair.buyer.full_name, fair.buyer.email, "France", "A", "=HYPERLINK(1)"} <= set(row)
        cells = next(load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=2))
        note = next(cell for cell in cells if cell.value == "=HYPERLINK(1)")
        assert (note.data_type, note.quotePrefix) == ("s", True)

    def test_neither_an_anonymous_visit_nor_one_that_was_taken_back_is_named(self, fair, client):
        agrees(fair)
        scan(fair)
        withdraws(fair)
        other = world.importer(fair.edition)
        scan(fair, "two", code=world.badge(fair.edition, other.person, other.part.company).short_code)
        client.force_login(fair.maker)
        told = str(rows_of(client.get(page("leads_xlsx", fair), headers={"accept-language": "en"})))
        assert "took the details back" in told
        assert "Anonymous visit" in told
        for one in (fair.buyer, other.person):
            assert one.full_name not in told
            assert one.email not in told


class TestApi:
    def test_noting_writing_doing(self, fair):
        agrees(fair)
        maker = APIClient()
        maker.force_authenticate(fair.maker)
        given = {
            "edition": fair.edition.slug, "exhibitor": fair.exhibitor.pk, "badge": fair.badge.qr_code, "key": "k",
        }  # fmt: skip
        made = maker.post("/api/v1/leads/", given)
        assert (made.status_code, made.data["contact"]["email"], made.data["visits"]) == (201, fair.buyer.email, 1)
        assert maker.post("/api/v1/leads/", given).data["id"] == made.data["id"]
        address = f"/api/v1/leads/{made.data['id']}/"
        vase = Product.objects.create(
            company=fair.exhibitor.company, product_group=world.product_group(), name_vi="Bình", name_en="Vase"
        )
        written = maker.post(f"{address}write/", {"rating": "A", "product": vase.pk, "next_step": "call"})
        assert (written.data["rating"], written.data["product_group"]) == ("A", "ceramics")
        foreign = Product.objects.create(company=world.company(), product_group=world.product_group(), name_vi="X")
        assert maker.post(f"{address}write/", {"product": foreign.pk}).status_code == 400
        assert maker.post(f"{address}do_step/").data["done_at"]
        withdraws(fair)
        assert maker.get(address).data["contact"] is None

    def test_nobody_else_finds_or_notes_them(self, fair):
        lead = scan(fair)
        given = {
            "edition": fair.edition.slug, "exhibitor": fair.exhibitor.pk, "badge": fair.badge.qr_code, "key": "k",
        }  # fmt: skip
        for other in (fair.buyer, world.exhibitor(fair.edition).person, world.officer(fair.edition, "director")):
            client = APIClient()
            client.force_authenticate(other)
            assert client.get(f"/api/v1/leads/{lead.pk}/").status_code == 404
            assert client.post(f"/api/v1/leads/{lead.pk}/write/", {"rating": "A"}).status_code == 404
            assert client.post("/api/v1/leads/", given).status_code == 404


def test_the_organiser_sees_numbers_and_neither_names_nor_notes(fair, client):
    agrees(fair)
    leads.write_lead(scan(fair), rating="A", note="Secret bowls", product_group=world.product_group(), by=fair.maker)
    client.force_login(world.officer(fair.edition, "director"))
    told = shown(client, page("leads_desk", fair))
    assert "Ceramics" in told
    rows = [
        shown(client, reverse("fairs:report_rows", args=[fair.edition.slug, "E3", key])) for key in ("noted", "named")
    ]
    for text in (told, *rows):
        for secret in ("Secret bowls", fair.buyer.full_name, fair.buyer.email, fair.importer.company.name_vi):
            assert secret not in text
    assert client.get(page("leads", fair)).status_code == 404
    assert fair.exhibitor.company.name_vi not in rows[0]


def test_a_colleague_of_another_company_finds_no_visitor(fair, client):
    lead = scan(fair)
    client.force_login(world.exhibitor(fair.edition).person)
    for name, method in [("lead", "get"), ("lead", "post"), ("do_step", "post"), ("meet_lead", "post")]:
        assert getattr(client, method)(page(name, fair, pk=lead.pk)).status_code == 404
