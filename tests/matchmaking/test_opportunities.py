"""From the enquiry to the delivered goods: opened, quoted, moved by papers, lapsed with a reason, taken up again."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.states import StateConflict
from matchmaking.actions.attendance import rate
from matchmaking.actions.consignments import accept_delivery, say_delivered, say_shipped
from matchmaking.actions.deals import cancel_deal, confirm_deal
from matchmaking.actions.lead_opportunities import follow_lead
from matchmaking.actions.meetings import accept_meeting
from matchmaking.actions.opportunities import lapse, open_opportunity, quote, reopen
from matchmaking.models import Deal, Lead, Opportunity, Quotation
from tests import world
from tests.matchmaking.asking import agrees, asked, page, recorded, shown

pytestmark = pytest.mark.django_db
DOLLARS = {"currency": "USD", "amount": Decimal(1000)}


@pytest.fixture
def fair():
    """The first morning of the fair, at ten."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


@pytest.fixture
def one(fair):
    """Something talked about."""
    return begun(fair)


def begun(fair, key="one"):
    return open_opportunity(fair.exhibitor, importer=fair.importer, goods="Vases", key=key, by=fair.maker)


def stage(one):
    return Opportunity.objects.get(pk=one.pk).state


def test_papers_move_it_from_the_enquiry_to_the_delivery(fair, one):
    told = [stage(one)]
    quote(one, **DOLLARS, key="1", by=fair.maker)
    told.append(stage(one))
    for kind in ["memorandum", "trial_order", "contract"]:
        deal = recorded(fair, **DOLLARS, kind=kind, key=kind, opportunity=one)
        told.append(stage(one))
    confirm_deal(deal, by=fair.buyer)
    say_shipped(deal, on=world.OPENS, by=fair.maker)
    told.append(stage(one))
    say_delivered(deal, on=world.OPENS, by=fair.maker)
    accept_delivery(deal, by=fair.buyer)
    told.append(stage(one))
    assert told == [stage for stage in Opportunity.State.values if stage != "lapsed"]


def test_the_way_shows_what_happened_and_no_stage_that_was_skipped(fair, client, one):
    client.force_login(fair.maker)
    deal = recorded(fair, **DOLLARS, opportunity=one)
    assert way(client, fair, one) == ["Enquiry: done", "Contract signed: now", "Shipped", "Delivered"]
    confirm_deal(deal, by=fair.buyer)
    say_delivered(deal, on=world.OPENS, by=fair.maker)
    accept_delivery(deal, by=fair.buyer)
    quote(one, **DOLLARS, key="1", by=fair.maker)
    told = ["Enquiry: done", "Quoted: done", "Contract signed: done", "Delivered: now"]
    assert way(client, fair, one) == told


def way(client, fair, one):
    """The steps as its page shows them."""
    steps = re.search(r'<ol class="steps">.*?</ol>', shown(client, page("opportunity", fair, opportunity=one.pk)), re.S)
    told = []
    for step in re.findall(r"<li(.*?)</li>", steps[0], re.S):
        where = ": done" if "is-done" in step else ": now" if "aria-current" in step else ""
        told.append(re.findall(r"<span>(.*?)</span>", step)[-1] + where)
    return told


def test_a_paper_that_names_none_goes_to_what_is_begun_or_opens_its_own(fair, one):
    assert recorded(fair, kind="memorandum").opportunity == one
    assert recorded(fair, key="two").opportunity == one
    third = recorded(fair, key="three").opportunity
    assert (third == one, third.source, stage(third)) == (False, "paper", "signed")
    other = world.importer(fair.edition)
    with pytest.raises(Invalid) as refusal:
        recorded(fair, key="four", importer=other.part, opportunity=one)
    assert refusal.value.code == "another_opportunity"


def test_a_paper_taken_back_takes_its_stage_with_it(fair, one):
    quote(one, **DOLLARS, key="1", by=fair.maker)
    deal = recorded(fair, opportunity=one)
    cancel_deal(deal, by=fair.maker)
    assert stage(one) == "quoted"
    alone = recorded(fair, key="two", importer=world.importer(fair.edition).part)
    cancel_deal(alone, by=fair.maker)
    assert stage(alone.opportunity) == "lapsed"


def test_versions_of_a_quotation_stay_and_the_same_form_makes_one(fair, one):
    first = quote(one, **DOLLARS, key="1", by=fair.maker)
    assert quote(one, **DOLLARS, key="1", by=fair.maker) == first
    quote(one, currency="EUR", amount=Decimal(900), key="2", incoterm="FOB", place="Hải Phòng", by=fair.maker)
    assert list(one.quotations.values_list("number", "currency", "amount")) == [(1, "USD", 1000), (2, "EUR", 900)]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"amount": Decimal(10) ** 15}, "amount"),
        ({"valid_until": world.OPENS - timedelta(days=1)}, "valid_until"),
    ],
)
def test_a_quotation_that_makes_no_sense_is_refused(fair, one, given, code):
    with pytest.raises(Invalid) as refusal:
        quote(one, **DOLLARS | given, key="1", by=fair.maker)
    assert refusal.value.code == code
    assert not Quotation.objects.exists()


def test_it_lapses_with_a_reason_and_is_taken_up_at_the_stage_of_its_papers(fair, one):
    quote(one, **DOLLARS, key="1", by=fair.maker)
    with pytest.raises(Invalid):
        lapse(one, reason=" ", by=fair.maker)
    lapse(Opportunity.objects.get(), reason="Too dear", by=fair.maker)
    assert (stage(one), Opportunity.objects.get().reason) == ("lapsed", "Too dear")
    reopen(Opportunity.objects.get(), by=fair.maker)
    assert (stage(one), Opportunity.objects.get().reason) == ("quoted", "")
    lapse(Opportunity.objects.get(), reason="Too dear", by=fair.maker)
    quote(one, **DOLLARS, key="2", by=fair.maker)
    assert stage(one) == "quoted"
    recorded(fair, opportunity=one)
    with pytest.raises(StateConflict):
        lapse(Opportunity.objects.get(pk=one.pk), reason="Too dear", by=fair.maker)


def held(fair):
    meeting = accept_meeting(asked(fair), by=fair.maker)
    return meeting, meeting.ends_at


@pytest.mark.parametrize(("step", "opens"), [("deal", 1), ("samples", 1), ("prices", 1), ("again", 0), ("nothing", 0)])
def test_the_exhibitors_own_next_step_opens_it_once(fair, step, opens):
    meeting, later = held(fair)
    with clock.at(later):
        rate(meeting, worth="A", step=step, by=fair.maker)
        rate(meeting, worth="B", step=step, by=fair.maker)
    assert Opportunity.objects.filter(meeting=meeting, source="meeting").count() == opens


def test_what_an_importer_thinks_of_a_meeting_opens_nothing(fair):
    meeting, later = held(fair)
    with clock.at(later):
        rate(meeting, worth="A", step="deal", by=fair.buyer)
    assert not Opportunity.objects.exists()


def lead(fair, **fields):
    given = {
        "edition": fair.edition, "exhibitor": fair.exhibitor, "visitor": "v", "kind": "importer",
        "first_at": clock.now(), "last_at": clock.now(), "handed_at": clock.now(), "means": "tap",
        "person": fair.buyer, "buyer": fair.importer.company, "note": "Wants 30 % off",
    }  # fmt: skip
    return Lead.objects.create(**given | fields)


def test_a_visitor_is_followed_by_company_and_only_with_their_yes(fair, client):
    agrees(fair)
    visitor = lead(fair)
    client.force_login(fair.maker)
    client.post(page("follow_lead", fair, pk=visitor.pk))
    one = Opportunity.objects.get()
    assert (one.lead, one.importer, one.source, one.goods) == (visitor, fair.importer, "lead", "")
    assert follow_lead(visitor, by=fair.maker) == one
    Lead.objects.update(taken_back_at=clock.now())
    with pytest.raises(Refused) as refusal:
        follow_lead(visitor, by=fair.maker)
    assert refusal.value.code == "not_named"


def test_it_is_the_exhibitors_own_to_keep(fair, one):
    for by in [fair.buyer, world.officer(fair.edition, "director"), world.exhibitor(fair.edition).person]:
        with pytest.raises(Forbidden):
            quote(one, **DOLLARS, key="1", by=by)
        with pytest.raises(Forbidden):
            lapse(one, reason="x", by=by)
        with pytest.raises(Forbidden):
            open_opportunity(fair.exhibitor, importer=fair.importer, key="two", by=by)


def test_the_organiser_sees_it_once_there_is_a_paper_and_never_the_reason(fair, client, one):
    desk = world.officer(fair.edition, "reports")
    assert not Opportunity.objects.visible_to(desk).exists()
    client.force_login(desk)
    assert "1 more that has no quotation" in shown(client, page("opportunities_desk", fair))
    assert shown(client, page("opportunity", fair, opportunity=one.pk), status=404)
    quote(one, **DOLLARS, key="1", by=fair.maker)
    lapse(Opportunity.objects.get(), reason="They are mean", by=fair.maker)
    assert "US$1,000" in shown(client, page("opportunities_desk", fair))
    assert "They are mean" not in shown(client, page("opportunity", fair, opportunity=one.pk))
    for person in [fair.buyer, world.officer(fair.edition, "matchmaking_desk"), world.exhibitor(fair.edition).person]:
        assert not Opportunity.objects.visible_to(person).exists()


def test_sums_are_by_currency_at_each_stage_and_count_no_memorandum_twice(fair, one):
    quote(one, **DOLLARS, key="1", by=fair.maker)
    quote(one, currency="EUR", amount=Decimal(900), key="2", by=fair.maker)
    others = [world.importer(fair.edition).part for _each in range(3)]
    recorded(fair, key="a", importer=others[0], kind="memorandum", amount=Decimal(7))
    recorded(fair, key="b", importer=others[1], kind="memorandum", amount=Decimal(5))
    recorded(fair, key="c", importer=others[1], currency="USD", amount=Decimal(64))
    recorded(fair, key="d", importer=others[2], amount=Decimal(11))
    found = [(row["state"], row["currency"], row["count"], row["total"]) for row in Opportunity.objects.all().sums()]
    assert found == [
        ("quoted", "EUR", 1, 900), ("memorandum", "JPY", 1, 7), ("signed", "JPY", 1, 11), ("signed", "USD", 1, 64)
    ]  # fmt: skip


def test_on_a_phone_it_is_begun_quoted_lapsed_and_taken_up(fair, client):
    agrees(fair)
    lead(fair)
    client.force_login(fair.maker)
    headers = {"accept-language": "en"}
    key = "11111111-1111-4111-8111-111111111111"
    client.post(page("opportunities", fair), {"other": fair.importer.pk, "goods": "Vases", "key": key})
    one = Opportunity.objects.get()
    assert "Vases" in shown(client, page("opportunities", fair))
    sent = {"amount": "18,400", "currency": "USD", "key": key}
    client.post(page("quote_opportunity", fair, opportunity=one.pk), sent, headers=headers)
    assert "US$18,400" in shown(client, page("opportunity", fair, opportunity=one.pk))
    wrong = client.post(page("lapse_opportunity", fair, opportunity=one.pk), {"reason": ""}, headers=headers)
    assert wrong.status_code == 422
    client.post(page("lapse_opportunity", fair, opportunity=one.pk), {"reason": "Too dear"})
    assert "Too dear" in shown(client, page("opportunity", fair, opportunity=one.pk))
    client.post(page("reopen_opportunity", fair, opportunity=one.pk))
    assert stage(one) == "quoted"
    assert f'value="{fair.importer.pk}" selected' in shown(client, page("record_deal", fair) + f"?opportunity={one.pk}")
    assert shown(client, page("opportunities", fair) + "?stage=lapsed").count("Vases") == 0


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_lists_cost_the_same_however_long(fair, client, django_assert_num_queries, rows):
    Opportunity.objects.bulk_create(
        Opportunity(
            edition=fair.edition, exhibitor=fair.exhibitor, importer=fair.importer, source="typed",
            opened_by=fair.maker, key=f"k{n}",
        )
        for n in range(rows)
    )  # fmt: skip
    Deal.objects.bulk_create(
        Deal(
            edition=fair.edition, number=f"n{n}", exhibitor=fair.exhibitor, importer=fair.importer, opportunity=one,
            product_group=world.product_group(), currency="USD", amount=n + 1, signed_on=world.OPENS,
            recorded_side="exhibitor", recorded_by=fair.maker, recorded_at=clock.now(), token=f"t{n}", key=f"k{n}",
        )
        for n, one in enumerate(Opportunity.objects.all())
    )  # fmt: skip
    client.force_login(world.officer(fair.edition, "reports"))
    with django_assert_num_queries(15):
        client.get(page("opportunities_desk", fair))
    client.force_login(fair.maker)
    with django_assert_num_queries(15):
        client.get(page("opportunities", fair))
