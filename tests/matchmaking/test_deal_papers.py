"""Files that speak for a contract, what an officer finds in them, and the levels that a contract reaches."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from fairs import clock, reports
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Edition, Entry, Membership, Person
from matchmaking.actions.consignments import accept_delivery, say_delivered
from matchmaking.actions.deal_corrections import agree_correction, ask_correction
from matchmaking.actions.deal_pairs import copy_contract_rules, set_counts_from
from matchmaking.actions.deal_papers import MOST_PAPERS, check_paper, give_paper
from matchmaking.actions.deals import agree_deal, cancel_deal, confirm_deal, dispute_deal
from matchmaking.deal_querysets import STANDS_AT
from matchmaking.levels import counts_from
from matchmaking.models import Deal
from tests import world
from tests.matchmaking.asking import page, recorded, shown

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 the signed contract"


@pytest.fixture
def fair(settings, tmp_path):
    """The first morning of the fair, at ten."""
    settings.MEDIA_ROOT = tmp_path
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


@pytest.fixture
def desk(fair):
    """The reports desk."""
    return world.officer(fair.edition, "reports")


def photo():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


def test_a_file_is_kept_by_what_it_is_inside_and_once(fair):
    deal = recorded(fair)
    first = give_paper(deal, data=PDF, by=fair.maker)
    assert give_paper(deal, data=PDF, by=fair.buyer) == first
    second = give_paper(deal, data=photo(), by=fair.buyer)
    assert (first.file.name[-4:], second.file.name[-4:]) == (".pdf", ".jpg")
    assert (first.given_side, second.given_side) == ("exhibitor", "importer")
    assert first.file.read() == PDF
    assert Image.open(second.file).format == "JPEG"


@pytest.mark.parametrize("data", [b"", b"<html><script>alert(1)</script>", b"MZ\x90", b"PK\x03\x04", b"x" * 11_000_000])
def test_what_is_neither_a_pdf_nor_a_photo_is_refused(fair, data):
    with pytest.raises(Invalid) as refusal:
        give_paper(recorded(fair), data=data, by=fair.maker)
    assert refusal.value.code == "bad_file"


def test_files_are_not_without_end_and_none_goes_to_what_was_taken_back(fair):
    deal = recorded(fair)
    for number in range(MOST_PAPERS):
        give_paper(deal, data=PDF + bytes([number]), by=fair.maker)
    with pytest.raises(Refused) as refusal:
        give_paper(deal, data=PDF, by=fair.maker)
    assert refusal.value.code == "too_many"
    cancel_deal(deal, by=fair.maker)
    with pytest.raises(Refused):
        give_paper(deal, data=PDF, by=fair.maker)


def test_a_file_is_an_attachment_for_the_two_sides_and_the_officers_alone(fair, client, desk):
    deal = recorded(fair)
    client.force_login(fair.maker)
    sent = SimpleUploadedFile("<script>.html", PDF, content_type="text/html")
    client.post(page("give_deal_file", fair, pk=deal.pk), {"file": sent})
    paper = deal.papers.get()
    address = page("deal_file", fair, pk=deal.pk, deal_file=paper.pk)
    for person in [fair.maker, fair.buyer, desk, world.officer(fair.edition, "director")]:
        client.force_login(person)
        answer = client.get(address)
        assert answer["Content-Disposition"].startswith(f'attachment; filename="{deal.number}')
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
        assert "no-store" in answer["Cache-Control"]
        assert answer.content == PDF
    blind = [world.person(), world.exhibitor(fair.edition).person, world.importer(fair.edition).person]
    blind += [world.officer(fair.edition, role) for role in ["finance", "matchmaking_desk", "importer_desk", "gate"]]
    for person in blind:
        client.force_login(person)
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_a_file_of_another_contract_is_not_found_behind_ones_own(fair, client):
    own, other = recorded(fair), recorded(fair, key="two", importer=world.importer(fair.edition).part)
    paper = give_paper(other, data=PDF, by=fair.maker)
    client.force_login(fair.buyer)
    assert client.get(page("deal_file", fair, pk=own.pk, deal_file=paper.pk)).status_code == 404
    assert client.get(page("deal_file", fair, pk=other.pk, deal_file=paper.pk)).status_code == 404


def test_an_officer_of_neither_side_says_what_a_file_is(fair, desk):
    deal = recorded(fair)
    paper = give_paper(deal, data=PDF, by=fair.maker)
    for by in [fair.maker, fair.buyer, world.officer(fair.edition, "finance")]:
        with pytest.raises(Forbidden):
            check_paper(paper, verdict="fits", by=by)
    with pytest.raises(Invalid) as refusal:
        check_paper(paper, verdict="unfit", reason=" ", by=desk)
    assert refusal.value.code == "reason"
    check_paper(paper, verdict="unfit", reason="Another amount", by=desk)
    deal.refresh_from_db()
    assert (deal.seen_at, deal.level) == (None, "claimed")
    assert Delivery.objects.get(kind="matchmaking.paper_unfit").to == fair.maker
    check_paper(paper, verdict="fits", by=desk)
    check_paper(paper, verdict="fits", by=desk)
    deal.refresh_from_db()
    assert (deal.seen_at, deal.level) == (world.FIRST_MORNING, "seen")
    assert Entry.objects.filter(verb="matchmaking.dealpaper.see").count() == 1
    check_paper(paper, verdict="", by=desk)
    deal.refresh_from_db()
    assert deal.seen_at is None


def test_a_look_at_the_value_first_claimed_is_none_at_the_value_agreed_on(fair, desk):
    deal = recorded(fair)
    paper = give_paper(deal, data=PDF, by=fair.maker)
    check_paper(paper, verdict="fits", by=desk)
    deal.refresh_from_db()
    dispute_deal(deal, by=fair.buyer, other_amount=Decimal(6_900_000))
    with clock.at(clock.now() + timedelta(hours=1)):
        agree_deal(deal, by=fair.maker)
    assert (deal.seen_at, deal.level) == (None, "confirmed")
    with clock.at(clock.now() + timedelta(hours=2)):
        check_paper(paper, verdict="fits", by=desk)
    deal.refresh_from_db()
    assert deal.level == "seen"


def test_an_officer_who_belongs_to_a_side_does_not_check_its_papers(fair, desk):
    deal = recorded(fair)
    paper = give_paper(deal, data=PDF, by=fair.maker)
    Membership.objects.create(company=fair.importer.company, person=desk)
    with pytest.raises(Forbidden):
        check_paper(paper, verdict="fits", by=Person.objects.get(pk=desk.pk))


def at_each_level(fair, desk):
    """Five contracts: claimed, disputed, confirmed, seen without a yes, and delivered."""
    deals = [recorded(fair, key=str(n), currency="USD", amount=Decimal(10**n)) for n in range(5)]
    dispute_deal(deals[1], by=fair.buyer, other_amount=None, note="No")
    confirm_deal(deals[2], by=fair.buyer)
    check_paper(give_paper(deals[3], data=PDF, by=fair.maker), verdict="fits", by=desk)
    confirm_deal(deals[4], by=fair.buyer)
    say_delivered(deals[4], on=world.OPENS, by=fair.maker)
    accept_delivery(deals[4], by=fair.buyer)
    return [Deal.objects.get(pk=deal.pk) for deal in deals]


def test_a_contract_reaches_its_level_and_those_below(fair, desk):
    deals = at_each_level(fair, desk)
    assert [deal.level for deal in deals] == ["claimed", "claimed", "confirmed", "seen", "delivered"]
    reached = {level: sorted(Deal.objects.at_level(level).values_list("amount", flat=True)) for level in LEVELS}
    assert reached == {
        "claimed": [1, 10, 100, 1000, 10_000], "confirmed": [100, 1000, 10_000], "seen": [1000, 10_000],
        "delivered": [10_000],
    }  # fmt: skip
    exactly = [Deal.objects.counted().filter(STANDS_AT[level]).count() for level in LEVELS]
    assert exactly == [2, 1, 1, 1]
    for deal in deals:
        assert Deal.objects.counted().filter(STANDS_AT[deal.level]).contains(deal)


LEVELS = Deal.Level.values
WORTH = {"claimed": 11_111, "confirmed": 11_100, "seen": 11_000, "delivered": 10_000}


@pytest.mark.parametrize("level", LEVELS)
def test_the_report_counts_from_the_level_of_the_edition_and_its_parts_add_up(fair, desk, level):
    at_each_level(fair, desk)
    if level != "confirmed":
        set_counts_from(fair.edition, level=level, by=world.officer(fair.edition, "director"))
    found = reports.results(fair.edition)
    line, measured = next(one for one in found if one[0].code == "F1")
    values = {result.figure.key: result.amounts[0].value for result in measured}
    assert values["value"] == values["value_usd"] == WORTH[level]
    assert values["count"] + values["claimed"] == values["recorded"] == 5
    assert [values[f"level_{one}"] for one in LEVELS] == [2, 1, 1, 1]
    assert all(addition.holds for addition in reports.addition(line, found))


def test_which_level_counts_is_the_directors_to_say_and_goes_to_the_next_edition(fair, client, desk):
    with pytest.raises(Forbidden):
        set_counts_from(fair.edition, level="seen", by=desk)
    director = world.officer(fair.edition, "director")
    client.force_login(director)
    client.post(page("contract_rules", fair), {"counts_from": "seen"})
    assert counts_from(fair.edition) == "seen"
    assert "an officer has seen the paper of" in shown(client, page("deals_desk", fair))
    later = world.edition()
    copy_contract_rules(fair.edition, later)
    assert counts_from(Edition.objects.get(pk=later.pk)) == "seen"


def test_a_correction_asks_for_another_look_at_the_paper(fair, desk):
    deal = confirm_deal(recorded(fair, currency="USD", amount=Decimal(100)), by=fair.buyer)
    paper = give_paper(deal, data=PDF, by=fair.maker)
    check_paper(paper, verdict="fits", by=desk)
    correction = ask_correction(
        Deal.objects.get(), field="value", amount=Decimal(90), currency="USD", reason="Freight", by=fair.maker
    )
    agree_correction(correction, by=fair.buyer)
    assert Deal.objects.get().level == "confirmed"
    with clock.at(world.FIRST_MORNING.replace(hour=4)):
        check_paper(paper, verdict="fits", by=desk)
    assert Deal.objects.get().level == "seen"


def test_the_desk_checks_on_the_page_of_the_contract(fair, client, desk):
    deal = recorded(fair)
    paper = give_paper(deal, data=PDF, by=fair.maker)
    address = page("check_deal_file", fair, pk=deal.pk, deal_file=paper.pk)
    client.force_login(fair.maker)
    assert "check/" not in shown(client, page("deal", fair, pk=deal.pk))
    assert client.post(address, {"verdict": "fits"}).status_code == 422
    client.force_login(desk)
    assert address in shown(client, page("deal", fair, pk=deal.pk))
    client.post(address, {"verdict": "unfit", "reason": "Not signed"})
    assert "Not signed" in shown(client, page("deal", fair, pk=deal.pk))
    client.post(address, {"verdict": "fits"})
    assert "Paper seen, it fits" in shown(client, page("deal_history", fair, pk=deal.pk))
