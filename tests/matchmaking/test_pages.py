"""The pages of meetings and contracts, for both sides, the desks and whoever has a link."""

import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from fairs import clock
from fairs.models import ExchangeRate
from matchmaking.actions import deals, meetings
from matchmaking.models import AgendaLink, Deal, Meeting
from matchmaking.views import confirm
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """The first morning of the fair, at ten."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def page(name, fair, **kwargs):
    return reverse(f"matchmaking:{name}", kwargs={"edition": fair.edition.slug} | kwargs)


def ahead(fair, number=0):
    return [slot for slot in meetings.slots(fair.edition) if slot.starts_at > clock.now()][number]


def asked(fair, number=0):
    return meetings.request_meeting(
        fair.edition,
        exhibitor=fair.exhibitor,
        importer=fair.importer,
        person=fair.buyer,
        starts_at=ahead(fair, number).starts_at,
        message="Do you make <b>lamps</b>?",
        by=fair.buyer,
    )


def recorded(fair, **given):
    fields = {
        "exhibitor": fair.exhibitor, "importer": fair.importer, "recorded_side": "exhibitor", "kind": "contract",
        "product_group": world.product_group(), "currency": "JPY", "amount": Decimal(6_940_000),
        "signed_on": world.OPENS, "key": "one", "by": fair.maker,
    }  # fmt: skip
    return deals.record_deal(fair.edition, **fields | given)


def shown(client, address, language="en", status=200):
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == status
    return answer.content.decode()


# ---- the agenda -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "word"), [("vi", "Chờ bạn trả lời"), ("en", "Waiting for your answer")])
def test_the_exhibitor_answers_a_request_with_one_tap(fair, client, language, word):
    meeting = asked(fair)
    client.force_login(fair.maker)
    seen = shown(client, page("agenda", fair), language)
    assert word in seen
    assert "&lt;b&gt;lamps" in seen
    answer = client.post(page("accept_meeting", fair, pk=meeting.pk), {"back": "agenda"})
    assert answer.url.startswith(page("agenda", fair))
    meeting.refresh_from_db()
    assert meeting.state == "accepted"


@pytest.mark.parametrize(("language", "word"), [("vi", "Tiếp theo, còn 30 phút"), ("en", "Next, in 30 minutes")])
def test_the_importer_sees_the_next_meeting_framed(fair, client, language, word):
    world.booths_of(fair.exhibitor, "A01")
    meetings.accept_meeting(asked(fair), by=fair.maker)
    client.force_login(fair.buyer)
    seen = shown(client, page("agenda", fair), language)
    assert word in seen
    assert 'class="frame"' in seen
    assert "A01" in seen


def test_another_day_shows_its_own_meetings(fair, client):
    asked(fair)
    client.force_login(fair.buyer)
    assert fair.exhibitor.company.name_vi in shown(client, page("agenda", fair))
    assert fair.exhibitor.company.name_vi not in shown(client, page("agenda", fair) + "?day=2018-10-20")
    assert shown(client, page("agenda", fair) + "?day=nonsense")


def test_a_live_hint_fetches_the_agenda_alone(fair, client):
    client.force_login(fair.buyer)
    part = client.get(page("agenda", fair), headers={"hx-request": "true"}).content.decode()
    assert 'id="agenda"' in part
    assert "<html" not in part


def test_a_taken_time_is_refused_in_words_on_a_page(fair, client):
    other = world.importer(fair.edition)
    first = asked(fair)
    second = meetings.request_meeting(
        fair.edition,
        exhibitor=fair.exhibitor,
        importer=other.part,
        person=other.person,
        starts_at=first.starts_at,
        by=other.person,
    )
    meetings.accept_meeting(first, by=fair.maker)
    client.force_login(fair.maker)
    answer = client.post(page("accept_meeting", fair, pk=second.pk), headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "Nearest times free for both" in answer.content.decode()


def test_asking_for_a_time(fair, client):
    client.force_login(fair.buyer)
    form = page("ask", fair, participation=fair.exhibitor.pk)
    seen = shown(client, form)
    assert "10:30" in seen
    assert "09:30" in seen.partition("Friday")[2]
    empty = client.post(form, {"message": "Lamps"}, headers={"accept-language": "en"})
    assert empty.status_code == 422
    assert "Lamps" in empty.content.decode()
    client.post(form, {"starts_at": ahead(fair).starts_at.isoformat(), "message": "Lamps"})
    assert Meeting.objects.get().message == "Lamps"


def test_whoever_is_no_importer_is_told_how_to_become_one(fair, client):
    client.force_login(fair.maker)
    form = page("ask", fair, participation=fair.exhibitor.pk)
    assert "Meetings are asked for by importers" in shown(client, form)
    assert client.post(form, {"starts_at": ahead(fair).starts_at.isoformat()}).status_code in (404, 422)
    assert shown(client, page("ask", fair, participation=fair.importer.pk), status=404)


def test_a_walk_in_by_badge_and_of_a_known_buyer(fair, client):
    world.buyers_badge(fair, "K7MQ2XVV")
    client.force_login(fair.maker)
    client.post(page("walk_in", fair), {"code": "k7mq 2xvv", "key": "11111111-1111-4111-8111-111111111111"})
    known = {"importer": fair.importer.pk, "key": "11111111-1111-4111-8111-111111111112"}
    for _twice in range(2):
        client.post(page("walk_in", fair), known)
    assert list(Meeting.objects.values_list("state", "walk_in")) == [("held", True)] * 2
    wrong = client.post(
        page("walk_in", fair),
        {"code": "nobody", "key": "11111111-1111-4111-8111-111111111113"},
        headers={"accept-language": "en"},
    )
    assert wrong.status_code == 422
    assert "No valid badge" in wrong.content.decode()


def test_meetings_of_others_do_not_exist(fair, client):
    meeting = asked(fair)
    for person in [world.person(), world.exhibitor(fair.edition).person, world.officer(fair.edition, "gate")]:
        client.force_login(person)
        assert shown(client, page("meeting", fair, pk=meeting.pk), status=404)
        assert client.post(page("cancel_meeting", fair, pk=meeting.pk)).status_code == 404


def test_the_page_of_a_meeting_offers_what_is_possible_and_tells_its_story(fair, client):
    meeting = asked(fair)
    client.force_login(fair.maker)
    assert "Agree to meet" in shown(client, page("meeting", fair, pk=meeting.pk))
    meetings.accept_meeting(meeting, by=fair.maker)
    seen = shown(client, page("meeting", fair, pk=meeting.pk))
    assert "Add to calendar" in seen
    assert "We met" not in seen
    with clock.at(meeting.ends_at):
        assert "We met" in shown(client, page("meeting", fair, pk=meeting.pk))
        client.post(page("mark_no_show", fair, pk=meeting.pk), {"absent": "importer"})
        assert "Noted that a side did not come" in shown(client, page("meeting", fair, pk=meeting.pk))


# ---- calendars ------------------------------------------------------------------------------------------------


def test_the_calendar_link_opens_and_closes(fair, client):
    meetings.accept_meeting(asked(fair), by=fair.maker)
    client.force_login(fair.buyer)
    client.post(page("open_agenda_link", fair))
    link = AgendaLink.objects.get()
    address = reverse("matchmaking:agenda_ics", args=[link.token])
    assert address in shown(client, page("agenda", fair))
    stranger = Client()
    assert b"BEGIN:VEVENT" in stranger.get(address).content
    client.post(page("revoke_agenda_link", fair))
    assert stranger.get(address).status_code == 404


def test_a_meetings_own_calendar_address_cannot_be_made_up(fair, client):
    meeting = asked(fair)
    answer = client.get(meeting.calendar_url)
    assert answer["Content-Type"].startswith("text/calendar")
    for wrong in [str(meeting.pk), f"{meeting.pk}:x", "x:y"]:
        assert client.get(reverse("matchmaking:meeting_ics", args=[wrong])).status_code == 404


# ---- the meeting desk -----------------------------------------------------------------------------------------


def test_the_desk_counts_finds_and_acts_on_behalf(fair, client):
    meeting = asked(fair)
    desk = world.officer(fair.edition, "matchmaking_desk")
    client.force_login(desk)
    name = fair.exhibitor.company.name_vi
    assert name in shown(client, page("meetings_desk", fair) + "?q=gom+giang+cao&state=requested&day=2018-10-18")
    assert "No meeting fits" in shown(client, page("meetings_desk", fair) + "?q=nobody")
    client.post(page("accept_meeting", fair, pk=meeting.pk))
    meeting.refresh_from_db()
    assert meeting.state == "accepted"
    found = shown(client, page("ask_for_others", fair) + "?importer_words=maison&exhibitor_words=gom")
    assert f'value="{fair.importer.pk}"' in found
    ask = page("ask", fair, participation=fair.exhibitor.pk) + f"?importer={fair.importer.pk}"
    client.post(ask, {"starts_at": ahead(fair, 3).starts_at.isoformat()})
    assert Meeting.objects.filter(importer_person=fair.buyer).count() == 2


def test_the_desk_is_not_there_for_others(fair, client):
    for person in [fair.maker, fair.buyer, world.officer(fair.edition, "gate")]:
        client.force_login(person)
        for name in ["meetings_desk", "ask_for_others", "deals_desk", "deals_xlsx"]:
            assert shown(client, page(name, fair), status=404)


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_lists_of_meetings_cost_the_same_however_long(fair, client, django_assert_num_queries, rows):
    made = [
        Meeting(
            edition=fair.edition, exhibitor=fair.exhibitor, importer=fair.importer, importer_person=fair.buyer,
            starts_at=clock.now() + timedelta(minutes=n), ends_at=clock.now() + timedelta(minutes=n + 30),
        )
        for n in range(1, rows + 1)
    ]  # fmt: skip
    Meeting.objects.bulk_create(made)
    client.force_login(world.officer(fair.edition, "director"))
    with django_assert_num_queries(11):
        client.get(page("meetings_desk", fair))
    client.force_login(fair.maker)
    with django_assert_num_queries(13):
        client.get(page("agenda", fair))


def test_the_desk_sets_the_times_and_meetings_follow(fair, client):
    client.force_login(world.officer(fair.edition, "matchmaking_desk"))
    assert "60 times" in shown(client, page("meeting_rules", fair))
    given = {"slot_minutes": "20", "lunch_from": "11:30", "lunch_to": "13:30", "opens_on": ""}
    client.post(page("meeting_rules", fair), given)
    assert "11:20" not in [f"{slot.starts_at:%H:%M}" for slot in meetings.slots(fair.edition)]
    wrong = client.post(page("meeting_rules", fair), given | {"slot_minutes": "5"})
    late = client.post(page("meeting_rules", fair), given | {"lunch_to": "11:00"})
    assert (wrong.status_code, late.status_code) == (422, 422)
    client.force_login(world.officer(fair.edition, "importer_desk"))
    assert shown(client, page("meeting_rules", fair), status=404)


def test_the_director_records_for_an_exhibitor(fair, client):
    client.force_login(world.officer(fair.edition, "director"))
    chosen = f"?exhibitor={fair.exhibitor.pk}&importer={fair.importer.pk}"
    onward = page("record_deal", fair) + chosen
    assert onward.replace("&", "&amp;") in shown(client, page("record_for_others", fair) + chosen)
    client.post(onward, form(other=fair.importer.pk, amount="18,400"), headers={"accept-language": "en"})
    deal = Deal.objects.get()
    assert (deal.recorded_side, deal.exhibitor, deal.importer) == ("exhibitor", fair.exhibitor, fair.importer)
    client.force_login(world.officer(fair.edition, "reports"))
    assert (
        client.post(onward, form(other=fair.importer.pk, key="11111111-1111-4111-8111-111111111119")).status_code == 404
    )


# ---- contracts ------------------------------------------------------------------------------------------------


def form(**given):
    return {
        "kind": "contract", "product_group": world.product_group().code, "goods": "Vases", "amount": "18.400,50",
        "currency": "EUR", "signed_on": "2018-10-18", "key": "11111111-1111-4111-8111-111111111111",
    } | given  # fmt: skip


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


# ---- the link without an account ------------------------------------------------------------------------------


def link(deal, name="confirm"):
    return reverse(f"matchmaking:{name}", args=[deal.token])


def test_the_link_speaks_the_language_of_whoever_it_was_sent_to(fair, client):
    deal = recorded(fair)
    assert "Is this right?" in shown(client, link(deal), "vi")
    client.cookies["django_language"] = "vi"
    assert "Như vậy có đúng không?" in shown(client, link(deal), "en")


def test_the_link_confirms_without_an_account_and_only_once(fair, client):
    deal = recorded(fair)
    client.get(link(deal))
    deal.refresh_from_db()
    assert deal.state == "recorded"
    for _twice in range(2):
        assert client.post(link(deal, "confirm_yes")).url == link(deal)
    deal.refresh_from_db()
    assert (deal.state, deal.version) == ("confirmed", 1)
    assert "Confirmed by both sides" in shown(client, link(deal))


def test_the_link_says_what_differs_and_then_confirms_no_more(fair, client):
    deal = recorded(fair)
    client.post(link(deal, "confirm_differs"), {"other_amount": "6,500,000"})
    deal.refresh_from_db()
    assert (deal.state, deal.other_amount) == ("disputed", 6_500_000)
    assert client.post(link(deal, "confirm_yes")).status_code == 422
    deal.refresh_from_db()
    assert deal.state == "disputed"


def test_the_side_that_recorded_cannot_use_the_link(fair, client):
    deal = recorded(fair)
    client.force_login(fair.maker)
    assert client.post(link(deal, "confirm_yes")).status_code == 422
    deal.refresh_from_db()
    assert deal.state == "recorded"


def test_links_cannot_be_guessed(fair, client):
    deal = recorded(fair)
    assert len(deal.token) >= 32
    for number in range(confirm.WRONG_AT_MOST):
        assert client.get(reverse("matchmaking:confirm", args=[f"wrong-{number}"])).status_code == 404
    assert client.get(reverse("matchmaking:confirm", args=["wrong"])).status_code == 429
    assert "no-store" in Client(REMOTE_ADDR="10.0.0.9").get(link(deal))["Cache-Control"]


def test_behind_a_proxy_one_visitors_wrong_links_shut_nobody_else_out(fair, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    deal = recorded(fair)
    guesser = Client(HTTP_X_FORWARDED_FOR="10.0.0.1")
    for number in range(confirm.WRONG_AT_MOST + 1):
        last = guesser.get(reverse("matchmaking:confirm", args=[f"wrong-{number}"]))
    assert last.status_code == 429
    assert Client(HTTP_X_FORWARDED_FOR="10.0.0.2").get(link(deal)).status_code == 200


def test_a_header_of_ones_own_does_not_hide_who_guesses_links(fair):
    for number in range(confirm.WRONG_AT_MOST + 1):
        guesser = Client(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
        last = guesser.get(reverse("matchmaking:confirm", args=[f"wrong-{number}"]))
    assert last.status_code == 429


def test_the_link_shows_the_value_while_it_is_asked_and_a_month_after_the_yes(fair, client):
    deal = recorded(fair)
    value = "6.940.000"
    client.cookies["django_language"] = "vi"
    assert value in client.get(link(deal)).content.decode()
    client.post(link(deal, "confirm_yes"))
    assert value in client.get(link(deal)).content.decode()
    with clock.at(clock.now() + confirm.SHOWN_AFTER + timedelta(hours=1)):
        assert value not in client.get(link(deal)).content.decode()


def test_the_link_of_a_paper_that_was_taken_back_shows_no_value(fair, client):
    deal = recorded(fair)
    deals.cancel_deal(deal, by=fair.maker)
    client.cookies["django_language"] = "vi"
    assert "6.940.000" not in client.get(link(deal)).content.decode()


# ---- the register ---------------------------------------------------------------------------------------------


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
    assert "450,000,000 <" in seen
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
    with django_assert_num_queries(12):
        client.get(page("deals_desk", fair))
    client.force_login(fair.maker)
    with django_assert_num_queries(10):
        client.get(page("deals", fair))
