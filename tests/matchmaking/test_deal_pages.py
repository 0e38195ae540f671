"""The pages of contracts, and their register."""

import io
import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from openpyxl import load_workbook

from fairs import clock
from fairs.models import ExchangeRate
from matchmaking.actions import deals, meetings
from matchmaking.models import Deal
from tests import world
from tests.matchmaking.asking import asked, form, page, recorded, shown

pytestmark = pytest.mark.django_db


REGISTER = [">¥6,940,000<", ">US$46,209.99<", ">VND\N{NO-BREAK SPACE}450,000,000<", ">US$120,000<"]


@pytest.fixture
def fair():
    """The first morning of the fair, at ten."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


@pytest.mark.parametrize(("language", "amount"), [("vi", "18.400,50"), ("en", "18,400.50"), ("vi", "18400,5")])
def test_amounts_are_read_as_the_page_writes_them(fair, client, language, amount):
    client.force_login(fair.buyer)
    client.post(
        page("record_deal", fair),
        form(other=fair.exhibitor.pk, amount=amount),
        headers={"accept-language": language},
    )
    assert Deal.objects.get().amount == Decimal("18400.50")


@pytest.mark.parametrize(
    ("amount", "words"),
    [("18,400.50", "18400,50"), ("lots", "bằng số"), ("", "bắt buộc"), ("-5", "lớn hơn 0"), ("10 EUR", None)],
)
def test_an_amount_that_cannot_be_read_loses_nothing(fair, client, amount, words):
    client.force_login(fair.buyer)
    answer = client.post(
        page("record_deal", fair), form(other=fair.exhibitor.pk, amount=amount), headers={"accept-language": "vi"}
    )
    if words is None:
        assert Deal.objects.get().amount == 10
        return
    assert answer.status_code == 422
    assert "Vases" in answer.content.decode()
    assert not Deal.objects.exists()
    if words != "bắt buộc":
        assert words in answer.content.decode()


def test_recording_from_a_meeting_twice_records_once(fair, client):
    meeting = meetings.accept_meeting(asked(fair), by=fair.maker)
    client.force_login(fair.maker)
    with clock.at(meeting.ends_at):
        address = page("record_deal", fair) + f"?meeting={meeting.pk}"
        assert fair.importer.company.name_vi in shown(client, address)
        for _twice in range(2):
            client.post(address, form(other=fair.importer.pk, amount="18400"))
    deal = Deal.objects.get()
    assert (deal.meeting, deal.importer, deal.recorded_side) == (meeting, fair.importer, "exhibitor")
    assert shown(client, page("record_deal", fair) + "?meeting=999999", status=404)


def test_an_exhibitor_names_a_new_buyer_by_badge(fair, client):
    world.buyers_badge(fair, "K7MQ2XVV")
    client.force_login(fair.maker)
    missing = client.post(page("record_deal", fair), form(other="badge"), headers={"accept-language": "vi"})
    assert missing.status_code == 422
    client.post(page("record_deal", fair), form(other="badge", code="K7MQ-2XVV"), headers={"accept-language": "vi"})
    assert Deal.objects.get().importer == fair.importer


@pytest.mark.parametrize(("language", "word"), [("vi", "Căn cứ"), ("en", "How we know")])
def test_the_page_of_a_deal_shows_both_sides_rate_and_evidence(fair, client, language, word):
    ExchangeRate.objects.create(currency="JPY", date=world.OPENS, usd=Decimal("0.0066585"), source="State Bank")
    deal = recorded(fair)
    client.force_login(fair.buyer)
    seen = shown(client, page("deal", fair, pk=deal.pk), language)
    assert word in seen
    assert ("0,0066585" if language == "vi" else "0.0066585") in seen
    assert "State Bank" in seen
    written = re.findall(r'frame-amount">([^<]*)', seen)
    assert written == ["6.940.000\xa0JPY" if language == "vi" else "¥6,940,000"]
    assert deal.token not in seen


@pytest.mark.parametrize(
    ("language", "label", "value"),
    [("en", "Value of contracts, memoranda not in it:", "US$5,170"), ("vi", "", "5.170\xa0USD")],
)
def test_ones_own_list_says_what_its_sum_is_of(fair, client, language, label, value):
    recorded(fair, currency="USD", amount=Decimal(5170))
    recorded(fair, key="two", kind="memorandum", currency="USD", amount=Decimal(120_000))
    client.force_login(fair.maker)
    lead = re.search(r'<p class="lead">(.*?)</p>', shown(client, page("deals", fair), language))[1]
    assert (label in lead, re.findall(">([^<]*)</b>", lead)) == (True, [value])


def test_values_do_not_exist_for_others(fair, client):
    deal = recorded(fair)
    people = [world.person(), world.exhibitor(fair.edition).person]
    people += [world.officer(fair.edition, role) for role in ["matchmaking_desk", "finance", "importer_desk"]]
    for person in people:
        client.force_login(person)
        for name in ["deal", "confirm_deal", "cancel_deal"]:
            answer = (
                client.post(page(name, fair, pk=deal.pk))
                if name != "deal"
                else client.get(page(name, fair, pk=deal.pk))
            )
            assert answer.status_code == 404


def test_the_two_sides_come_to_one_value_on_the_pages(fair, client):
    deal = recorded(fair, currency="USD", amount=Decimal(64_000))
    client.force_login(fair.buyer)
    nothing = client.post(page("dispute_deal", fair, pk=deal.pk), {}, headers={"accept-language": "en"})
    assert nothing.status_code == 422
    client.post(
        page("dispute_deal", fair, pk=deal.pk),
        {"other_amount": "60,000", "note": "No freight"},
        headers={"accept-language": "en"},
    )
    client.force_login(fair.maker)
    assert "Agree to US$60,000" in shown(client, page("deal", fair, pk=deal.pk))
    client.post(page("agree_deal", fair, pk=deal.pk))
    deal.refresh_from_db()
    assert (deal.state, deal.amount) == ("confirmed", 60_000)
    assert "First claimed" in shown(client, page("deal", fair, pk=deal.pk))


def test_the_register_totals_by_currency_and_keeps_memoranda_apart(fair, client):
    ExchangeRate.objects.create(currency="JPY", date=world.OPENS, usd=Decimal("0.0066585"), source="State Bank")
    deals.confirm_deal(recorded(fair), by=AnonymousUser(), token=Deal.objects.get().token)
    recorded(fair, key="two", currency="VND", amount=Decimal(450_000_000))
    recorded(fair, key="three", kind="memorandum", currency="USD", amount=Decimal(120_000))
    client.force_login(world.officer(fair.edition, "reports"))
    answer = client.get(page("deals_desk", fair), headers={"accept-language": "en"})
    assert answer.context["worth"] == Decimal("46209.99")
    assert [(row["currency"], row["total"]) for row in answer.context["totals"]] == [
        ("JPY", 6_940_000),
        ("VND", 450_000_000),
    ]
    seen = answer.content.decode()
    assert [text in seen for text in REGISTER] == [True] * 4
    assert "expected" in seen
    assert "no rate" in seen
    assert "No paper fits" in shown(client, page("deals_desk", fair) + "?currency=EUR")
    assert "BB00001" in shown(client, page("deals_desk", fair) + "?kind=memoranda&sort=-amount")


def test_the_register_as_a_sheet(fair, client):
    recorded(fair, goods="=HYPERLINK(1)")
    client.force_login(world.officer(fair.edition, "director"))
    answer = client.get(page("deals_xlsx", fair), headers={"accept-language": "en"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("Number", "Kind", "Signed on")
    assert rows[1][7] == "=HYPERLINK(1)"
    assert sheet["H2"].data_type == "s"
    assert rows[1][8] == 6_940_000


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_lists_of_deals_cost_the_same_however_long(fair, client, django_assert_num_queries, rows):
    first = recorded(fair)
    Deal.objects.bulk_create(
        Deal(
            edition=fair.edition, number=f"n{n}", kind="contract", exhibitor=fair.exhibitor, importer=fair.importer,
            product_group=first.product_group, currency="USD", amount=n, usd=n, signed_on=world.OPENS,
            recorded_side="exhibitor", recorded_by=fair.maker, recorded_at=clock.now(), token=f"t{n}", key=f"k{n}",
        )
        for n in range(2, rows + 1)
    )  # fmt: skip
    client.force_login(world.officer(fair.edition, "director"))
    with django_assert_num_queries(15):
        client.get(page("deals_desk", fair))
    client.force_login(fair.maker)
    with django_assert_num_queries(10):
        client.get(page("deals", fair))
