"""The register of contracts for programs, and that nobody outside reads a value on any page or address."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairs import clock
from fairs.models import Delivery
from matchmaking.actions.deal_corrections import ask_correction
from matchmaking.actions.deal_pairs import say_different
from matchmaking.actions.deal_papers import give_paper
from matchmaking.actions.deals import confirm_deal
from matchmaking.models import Deal, DealCorrection, Opportunity
from tests import world
from tests.matchmaking.asking import page, recorded
from tests.matchmaking.test_api import deal_of, signed_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 the signed contract"
API = "/api/v1/"


@pytest.fixture
def fair(settings, tmp_path):
    """The first morning of the fair, at ten."""
    settings.MEDIA_ROOT = tmp_path
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def test_a_contract_with_its_terms_from_the_paper_to_the_delivery(fair):
    maker, buyer = signed_in(fair.maker), signed_in(fair.buyer)
    recorded(fair, kind="memorandum", key="first", amount=Decimal(0))  # so the maker may name them
    lines = [{"words": "Vases", "quantity": "1000", "unit_price": "18.4"}]
    terms = {"incoterm": "FOB", "place": "Hải Phòng"}
    wrong = buyer.post(
        f"{API}deals/",
        deal_of(fair) | {"recorded_side": "importer", "key": "x", "amount": "5.00", "lines": lines},
        format="json",
    )
    assert (wrong.status_code, wrong.data["code"]) == (400, "lines_differ")
    made = maker.post(f"{API}deals/", deal_of(fair) | {"terms": terms, "lines": lines}, format="json")
    assert (made.status_code, made.data["incoterm"], made.data["lines"][0]["unit_price"]) == (201, "FOB", "18.4000")
    deal = f"{API}deals/{made.data['id']}/"
    described = maker.post(f"{deal}describe/", {"terms": {"payment": "L/C"}}, format="json")
    assert (described.data["payment"], described.data["incoterm"]) == ("L/C", "FOB")
    assert buyer.post(f"{deal}confirm/").data["level"] == "confirmed"
    assert maker.post(f"{deal}describe/", {"terms": {"payment": "D/P"}}, format="json").data["code"] == "settled"
    assert maker.post(f"{deal}ship/", {"on": "2018-10-18"}).data["state"] == "shipped"
    assert maker.post(f"{deal}deliver/", {"on": "2018-10-18"}).data["state"] == "claimed"
    assert maker.post(f"{deal}accept_delivery/").data["code"] == "own_word"
    assert buyer.post(f"{deal}accept_delivery/").data["state"] == "delivered"
    assert buyer.get(deal).data["level"] == "delivered"


def test_files_corrections_and_twins(fair):
    maker, buyer = signed_in(fair.maker), signed_in(fair.buyer)
    desk = signed_in(world.officer(fair.edition, "reports"))
    deal = confirm_deal(recorded(fair), by=fair.buyer)
    sent = SimpleUploadedFile("a.pdf", PDF)
    given = maker.post(f"{API}deal-files/", {"deal": deal.pk, "file": sent}, format="multipart")
    assert given.status_code == 201
    content = buyer.get(f"{API}deal-files/{given.data['id']}/content/")
    assert (content.content, content["Content-Disposition"].split(";")[0]) == (PDF, "attachment")
    checked = desk.post(f"{API}deal-files/{given.data['id']}/check/", {"verdict": "fits"})
    assert (checked.data["verdict"], desk.get(f"{API}deals/{deal.pk}/").data["level"]) == ("fits", "seen")
    asked = maker.post(f"{API}deal-corrections/", {"deal": deal.pk, "field": "value", "amount": "6.9e6", "reason": "x"})
    assert buyer.post(f"{API}deal-corrections/{asked.data['id']}/agree/").data["state"] == "agreed"
    other = recorded(fair, key="two", recorded_side="importer", by=fair.buyer)
    pairs = desk.get(f"{API}deal-pairs/possible/?edition={fair.edition.slug}").data
    assert pairs == [{"first": deal.pk, "second": other.pk, "by_both": True, "equal": False}]
    kept = {"first": deal.pk, "second": other.pk, "kept": deal.pk}
    decided = desk.post(f"{API}deal-pairs/", kept)
    assert (decided.data["state"], Deal.objects.get(pk=other.pk).same_as_id) == ("same", deal.pk)
    assert desk.post(f"{API}deal-pairs/", kept).data["code"] == "decided_already"
    assert desk.post(f"{API}deal-pairs/{decided.data['id']}/undo/").data["state"] == "open"
    assert maker.get(f"{API}deal-pairs/possible/?edition={fair.edition.slug}").status_code == 403


def test_an_opportunity_with_versions_of_a_quotation(fair):
    maker = signed_in(fair.maker)
    recorded(fair, kind="memorandum", amount=Decimal(0))
    given = {
        "edition": fair.edition.slug, "exhibitor": fair.exhibitor.pk, "importer": fair.importer.pk, "key": "a"
    }  # fmt: skip
    made = maker.post(f"{API}opportunities/", given)
    address = f"{API}opportunities/{made.data['id']}/"
    assert (made.data["state"], made.data["verbs"]) == ("enquiry", ["lapse"])
    for key in ("1", "1", "2"):
        maker.post(f"{address}quote/", {"currency": "USD", "amount": "100", "key": key})
    assert [one["number"] for one in maker.get(address).data["quotations"]] == [1, 2]
    assert maker.post(f"{address}lapse/", {"reason": "Too dear"}).data["reason"] == "Too dear"
    seen = signed_in(world.officer(fair.edition, "reports")).get(address)
    assert (seen.data["reason"], seen.data["verbs"]) == ("", [])
    assert maker.post(f"{address}reopen/").data["state"] == "quoted"
    assert signed_in(fair.buyer).get(address).status_code == 404


SECRET = "6940000", "6,940,000", "6.940.000"


def everything(fair):
    """A contract with all that belongs to it, worth 6,940,000 yen."""
    deal = confirm_deal(recorded(fair), by=fair.buyer)
    paper = give_paper(deal, data=PDF, by=fair.maker)
    correction = ask_correction(
        deal, field="value", amount=Decimal(6_940_001), currency="JPY", reason="x", by=fair.maker
    )
    twin = recorded(fair, key="two", recorded_side="importer", by=fair.buyer)
    pair = say_different(deal, second=twin, by=world.officer(fair.edition, "reports"))
    return deal, paper, correction, pair


def pages_of(fair, deal, paper, correction, pair):
    """Every page and address on which something of it might stand."""
    own = [page(name, fair, pk=deal.pk) for name in ("deal", "deal_terms", "deal_history", "deal_code", "correct_deal")]
    own.append(page("deal_file", fair, pk=deal.pk, deal_file=paper.pk))
    own.append(page("opportunity", fair, opportunity=deal.opportunity_id))
    lists = ["deals", "deals_desk", "deals_xlsx", "deal_pairs", "opportunities", "opportunities_desk"]
    names = ["deals", "deal-files", "deal-corrections", "deal-pairs", "opportunities"]
    keys = [deal.pk, paper.pk, correction.pk, pair.pk, deal.opportunity_id]
    api = [f"{API}{name}/" for name in names]
    single = [f"{API}{name}/{key}/" for name, key in zip(names, keys, strict=True)]
    return own, [page(name, fair) for name in lists], api, [*single, f"{API}deal-files/{paper.pk}/content/"]


ROLES = ["finance", "matchmaking_desk", "importer_desk", "booth_desk", "gate", "privacy", "visa"]


def test_nobody_but_the_two_sides_and_the_organiser_reads_anything_of_it(fair, client):
    own, lists, api, single = pages_of(fair, *everything(fair))
    outsiders = [world.person(), world.exhibitor(fair.edition).person, world.importer(fair.edition).person]
    outsiders += [world.officer(fair.edition, role) for role in ROLES]
    outsiders += [world.officer(world.edition(), "director")]
    for person in outsiders:
        client.force_login(person)
        assert {client.get(address).status_code for address in [*own, *single]} == {404}
        for address in [*lists, *api]:
            answer = client.get(address)
            assert not any(value in answer.content.decode(errors="replace") for value in SECRET)
            assert answer.status_code in (200, 302, 404)
        for address in api:
            assert client.get(address).json()["results"] == []
    client.logout()
    for address in [*own, *lists]:
        assert client.get(address).status_code == 302
    for address in single:
        assert client.get(address).status_code == 404


def test_the_public_pages_and_the_hints_hold_no_value(fair, client):
    everything(fair)
    for address in ["/", f"/{fair.edition.slug}/"]:
        content = client.get(address).content.decode()
        assert not any(value in content for value in SECRET)


def test_the_letters_about_it_go_to_its_two_sides_alone(fair):
    everything(fair)
    assert set(Delivery.objects.values_list("to", flat=True)) <= {fair.maker.pk, fair.buyer.pk}
    assert DealCorrection.objects.count() == Opportunity.objects.count() - 1 == 1
