"""Exchange rates from a sheet: once, never under a contract, and contracts that waited get their worth."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from fairs import clock
from fairs.actions.editions import set_rate
from fairs.models import Entry, ExchangeRate
from matchmaking.actions.rates import value_deals
from matchmaking.models import Deal
from tests import world
from tests.fairs.uploads.handing_in import commit, csv, faults, hand_in, url_of
from tests.matchmaking.asking import recorded, shown

pytestmark = pytest.mark.django_db
HEAD = "currency;date;usd;source"
BEFORE, THE_DAY, AFTER = date(2018, 10, 10), date(2018, 10, 18), date(2018, 10, 19)


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


@pytest.fixture
def desk(client, fair):
    """A client signed in at the desk of reports."""
    officer = world.officer(fair.edition, "reports", language="en")
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def sheet(*rows):
    return csv(*rows, head=HEAD)


def taken(desk, fair, *rows):
    upload = hand_in(desk, fair.edition, sheet(*rows), kind="rates")
    return commit(desk, upload)


def rate(currency="JPY", day=THE_DAY, usd="0.0089", **more):
    return ExchangeRate.objects.create(currency=currency, date=day, usd=Decimal(usd), source="Bank", **more)


def test_rates_are_taken_over_and_the_same_file_changes_nothing(fair, desk):
    rows = ["EUR;10/10/2018;1.1505;Bank A", "JPY;18/10/2018;0.0089;Bank  B"]
    assert taken(desk, fair, *rows).result["new"] == 2
    assert taken(desk, fair, *rows).result["same"] == 2
    assert list(ExchangeRate.objects.order_by("currency").values_list("currency", "date", "usd", "source")) == [
        ("EUR", BEFORE, Decimal("1.1505"), "Bank A"), ("JPY", THE_DAY, Decimal("0.0089"), "Bank B"),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="fairs.exchangerate.set").count() == 2


def test_contracts_that_waited_get_their_worth_and_others_keep_theirs(fair, desk):
    rate("EUR", BEFORE, "1.2")
    waits = recorded(fair)
    valued = recorded(fair, currency="EUR", amount=Decimal(100), key="two")
    assert (waits.usd, valued.usd) == (None, Decimal(120))
    upload = taken(desk, fair, "JPY;18/10/2018;0.0089;Bank", "EUR;18/10/2018;1.3;Bank")
    waits.refresh_from_db(), valued.refresh_from_db()
    assert upload.result["valued"] == 1
    assert (waits.usd, waits.rate.source) == (Decimal("61766.00"), "Bank")
    assert valued.usd == Decimal(120)
    assert Entry.objects.get(verb="matchmaking.deal.value").object_id == str(waits.pk)
    assert value_deals(by=None) == 0


def test_a_rate_of_a_later_day_is_never_used_nor_one_for_a_paper_taken_back(fair):
    recorded(fair)
    with clock.at(world.FIRST_MORNING.replace(day=20)):
        rate(day=AFTER)
        assert value_deals(by=None) == 0
        rate(day=BEFORE)
        Deal.objects.update(state="cancelled")
        assert value_deals(by=None) == 0
        Deal.objects.update(state="recorded")
        assert value_deals(by=None) == 1


def test_a_rate_under_a_contract_is_refused_with_a_sentence(fair, desk):
    rate()
    recorded(fair)
    upload = hand_in(desk, fair.edition, sheet("JPY;18/10/2018;0.0095;Bank"), kind="rates")
    assert faults(upload) == [(2, "usd", "rate_rests")]
    assert "Contracts rest on the rate that is known for this day: 0.0089, Bank." in shown(desk, url_of(upload))
    assert commit(desk, upload).state == "previewed"
    assert ExchangeRate.objects.get().usd == Decimal("0.0089")
    same = hand_in(desk, fair.edition, sheet("JPY;18/10/2018;0.0089;Bank"), kind="rates")
    assert faults(same) == []


def test_a_wrong_rate_nothing_rests_on_is_corrected_by_the_director_alone(fair, desk, client):
    rate()
    upload = taken(desk, fair, "JPY;18/10/2018;0.0095;Bank")
    assert (upload.state, "fair director" in upload.result["message"]) == ("previewed", True)
    client.force_login(world.officer(fair.edition, "director"), backend="django.contrib.auth.backends.ModelBackend")
    assert taken(client, fair, "JPY;18/10/2018;0.0095;Bank").result["changed"] == 1


def test_what_cannot_be_is_marked(fair, desk):
    rows = ["JPY;19/10/2018;0.0089;Bank", "EUR;10/10/2018;0;Bank", "EUR;10/10/2018;1.2;Bank", "XYZ;10/10/2018;1.2;Bank"]
    upload = hand_in(desk, fair.edition, sheet(*rows), kind="rates")
    assert faults(upload) == [
        (2, "date", "day_to_come"), (3, "usd", "not_positive"), (4, "date", "twice"), (5, "currency", "not_a_choice"),
    ]  # fmt: skip


@pytest.mark.parametrize("count", world.ROWS)
def test_the_page_takes_the_same_queries_for_any_number(fair, desk, count, django_assert_num_queries):
    days = [THE_DAY - timedelta(days=n) for n in range(count)]
    ExchangeRate.objects.bulk_create(ExchangeRate(currency="EUR", date=day, usd=1, source="Bank") for day in days)
    address = reverse("matchmaking:rates", args=[fair.edition.slug])
    desk.get(address)
    with django_assert_num_queries(8):
        desk.get(address)


def test_the_page_names_rates_and_what_waits(fair, desk):
    recorded(fair)
    text = shown(desk, reverse("matchmaking:rates", args=[fair.edition.slug]))
    assert "Contracts that wait for a rate" in text
    set_rate(
        currency="JPY", day=THE_DAY, usd=Decimal("0.0089"), source="Bank", edition=fair.edition,
        by=world.officer(fair.edition, "director"),
    )  # fmt: skip
    value_deals(by=None)
    text = shown(desk, reverse("matchmaking:rates", args=[fair.edition.slug]))
    assert "Contracts that wait for a rate" not in text
    assert "0.0089" in text
    for role in ("booth_desk", "gate"):
        desk.force_login(world.officer(fair.edition, role), backend="django.contrib.auth.backends.ModelBackend")
        shown(desk, reverse("fairs:uploads", args=[fair.edition.slug, "rates"]), status=404)
