"""Recording a deal, and what the other side says to it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Entry, ExchangeRate, Membership, Person
from fairs.states import StateConflict
from matchmaking.actions.deals import agree_deal, cancel_deal, confirm_deal, dispute_deal, record_deal
from matchmaking.models import Deal
from tests import world

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def fair():
    """The first morning of an edition with an exhibitor and an importer."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def record(fair, **given):
    fields = {
        "exhibitor": fair.exhibitor, "importer": fair.importer, "recorded_side": "exhibitor", "kind": "contract",
        "product_group": world.product_group(), "goods": "Vases", "currency": "USD", "amount": Decimal(18_400),
        "signed_on": world.OPENS, "key": "one", "by": fair.maker,
    }  # fmt: skip
    return record_deal(fair.edition, **fields | given)


def test_recording_numbers_the_paper_and_asks_the_other_side(fair):
    deal = record(fair)
    assert deal.number == f"{fair.edition.code}-HD00001"
    assert (deal.state, deal.usd, deal.rate) == ("recorded", Decimal(18_400), None)
    letter = Delivery.objects.get()
    assert (letter.kind, letter.to) == ("matchmaking.deal_recorded", fair.buyer)
    assert Entry.objects.get(object_id=str(deal.pk)).verb == "matchmaking.deal.record"


def test_memoranda_have_their_own_row_of_numbers_and_need_no_value(fair):
    record(fair)
    memo = record(fair, kind="memorandum", amount=Decimal(0), key="two")
    trial = record(fair, kind="trial_order", key="three")
    assert [memo.number[-7:], trial.number[-7:]] == ["BB00001", "HD00002"]


def test_the_form_sent_twice_records_once_without_a_gap(fair):
    assert record(fair) == record(fair)
    assert record(fair, key="two").number.endswith("HD00002")
    other = world.importer(fair.edition)
    with pytest.raises(Refused) as refusal:
        record(fair, importer=other.part)
    assert refusal.value.code == "key_used"


def test_the_rate_is_the_last_one_known_on_the_day_of_signing(fair):
    days = {date(2018, 10, 15): "0.0089", date(2018, 10, 17): "0.0090", date(2018, 10, 19): "0.0095"}
    for day, usd in days.items():
        ExchangeRate.objects.create(currency="JPY", date=day, usd=Decimal(usd), source="State Bank")
    deal = record(fair, currency="JPY", amount=Decimal(6_940_000))
    assert (deal.rate.date, deal.usd) == (date(2018, 10, 17), Decimal("62460.00"))
    early = record(fair, currency="JPY", amount=Decimal(100), signed_on=date(2018, 10, 16), key="two")
    assert early.rate.date == date(2018, 10, 15)
    none = record(fair, currency="EUR", key="three")
    assert (none.rate, none.usd) == (None, None)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal(-5)}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"amount": Decimal(10) ** 15}, "amount"),
        ({"amount": Decimal("12.345")}, "amount"),
        ({"amount": Decimal("5.50"), "currency": "VND"}, "amount"),
        ({"amount": Decimal("5.50"), "currency": "JPY"}, "amount"),
        ({"kind": "memorandum", "amount": Decimal(-1)}, "amount"),
        ({"currency": "XAU"}, "currency"),
        ({"kind": "promise"}, "kind"),
        ({"recorded_side": "organiser"}, "recorded_side"),
        ({"signed_on": world.OPENS + timedelta(days=1)}, "signed_on"),
        ({"signed_on": date(2008, 10, 18)}, "signed_on"),
    ],
)
def test_what_makes_no_sense_is_refused_and_writes_nothing(fair, given, code):
    with pytest.raises(Invalid) as refusal:
        record(fair, **given)
    assert refusal.value.code == code
    assert not Deal.objects.exists()
    assert record(fair, key="next").number.endswith("HD00001")


def test_a_side_records_for_itself_alone(fair):
    for by, side in [(fair.buyer, "exhibitor"), (fair.maker, "importer"), (world.person(), "exhibitor")]:
        with pytest.raises(Forbidden):
            record(fair, recorded_side=side, by=by)
    for role in ["matchmaking_desk", "reports", "finance"]:
        with pytest.raises(Forbidden):
            record(fair, by=world.officer(fair.edition, role))
    assert record(fair, recorded_side="importer", by=fair.buyer)
    assert record(fair, key="two", amount=Decimal(5), by=world.officer(fair.edition, "director"))


def test_a_deal_that_the_other_side_recorded_is_confirmed_and_not_recorded_again(fair):
    first = record(fair)
    with pytest.raises(Refused) as refusal:
        record(fair, recorded_side="importer", by=fair.buyer, key="two")
    assert refusal.value.code == "already_recorded"
    assert first.number in refusal.value.message


def test_a_link_confirms_once_and_again_changes_nothing(fair):
    deal = record(fair)
    confirm_deal(deal, by=NOBODY, token=deal.token)
    version = deal.version
    assert confirm_deal(deal, by=NOBODY, token=deal.token).version == version
    entry = Entry.objects.filter(object_id=str(deal.pk), verb="matchmaking.deal.confirm").get()
    assert entry.actor is None
    assert Delivery.objects.filter(kind="matchmaking.deal_confirmed", to=fair.maker).count() == 1


@pytest.mark.parametrize("token", ["", "x", "x" * 32])
def test_a_wrong_link_confirms_nothing(fair, token):
    deal = record(fair)
    with pytest.raises(Forbidden):
        confirm_deal(deal, by=NOBODY, token=token)
    deal.refresh_from_db()
    assert deal.state == "recorded"


def test_nobody_confirms_their_own_claim_even_with_the_link(fair):
    deal = record(fair)
    for token in ["", deal.token]:
        with pytest.raises(Forbidden):
            confirm_deal(deal, by=fair.maker, token=token)
        with pytest.raises(Forbidden):
            dispute_deal(deal, by=fair.maker, token=token, other_amount=Decimal(1))
    with pytest.raises(Forbidden):
        confirm_deal(deal, by=world.officer(fair.edition, "director"))
    assert confirm_deal(deal, by=fair.buyer).state == "confirmed"


def test_the_other_side_says_what_differs_and_the_first_may_agree(fair):
    deal = record(fair)
    with pytest.raises(Invalid):
        dispute_deal(deal, by=fair.buyer, other_amount=deal.amount, note=" ")
    dispute_deal(deal, by=fair.buyer, other_amount=Decimal(19_000), note="Freight was added")
    assert (deal.state, deal.amount, deal.other_amount) == ("disputed", 18_400, 19_000)
    with pytest.raises(StateConflict):
        confirm_deal(deal, by=fair.buyer)
    with pytest.raises(Forbidden):
        agree_deal(deal, by=fair.buyer)
    agree_deal(deal, by=fair.maker)
    assert (deal.state, deal.amount, deal.claimed_amount, deal.usd) == ("confirmed", 19_000, 18_400, 19_000)


def test_a_difference_may_be_a_note_alone_and_obeys_the_currency(fair):
    deal = record(fair, currency="VND", amount=Decimal(5_000_000))
    with pytest.raises(Invalid):
        dispute_deal(deal, by=fair.buyer, other_amount=Decimal("5.5"))
    assert dispute_deal(deal, by=fair.buyer, other_amount=None, note="Other goods").other_amount is None
    assert agree_deal(deal, by=fair.maker).amount == 5_000_000


def test_taking_back_is_for_the_recording_side_before_it_is_confirmed(fair):
    deal = record(fair)
    with pytest.raises(Forbidden):
        cancel_deal(deal, by=fair.buyer)
    assert cancel_deal(deal, by=fair.maker).state == "cancelled"
    done = confirm_deal(record(fair, key="two"), by=fair.buyer)
    with pytest.raises(StateConflict):
        cancel_deal(done, by=fair.maker)


def test_memoranda_and_cancelled_papers_are_in_no_total(fair):
    record(fair)
    record(fair, key="two", currency="EUR", amount=Decimal(100))
    record(fair, key="three", kind="memorandum", amount=Decimal(120_000))
    cancel_deal(record(fair, key="four", amount=Decimal(7)), by=fair.maker)
    contracts = Deal.objects.contracts()
    assert contracts.worth() == 18_400
    assert [(row["currency"], row["deals"], row["total"]) for row in contracts.totals()] == [
        ("EUR", 1, 100),
        ("USD", 1, 18_400),
    ]
    assert Deal.objects.memoranda().count() == 1


def test_values_are_seen_by_the_two_sides_director_and_reports_alone(fair):
    deal = record(fair)
    sees = [fair.maker, fair.buyer, world.officer(fair.edition, "director"), world.officer(fair.edition, "reports")]
    blind = [NOBODY, world.person(), world.exhibitor(fair.edition).person]
    blind += [world.officer(fair.edition, role) for role in ["finance", "matchmaking_desk", "importer_desk", "gate"]]
    assert all(deal in Deal.objects.visible_to(person) for person in sees)
    assert not any(Deal.objects.visible_to(person).exists() for person in blind)


def test_who_stands_on_both_sides_does_not_confirm_their_own_paper(fair):
    deal = record(fair)
    Membership.objects.create(company=fair.importer.company, person=fair.maker)
    both = Person.objects.get(pk=fair.maker.pk)
    with pytest.raises(Forbidden):
        confirm_deal(deal, by=both)
    with pytest.raises(Forbidden):
        dispute_deal(deal, by=both, other_amount=Decimal(5))
    assert confirm_deal(deal, by=fair.buyer).state == "confirmed"
