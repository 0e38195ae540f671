"""The pages of meetings, for both sides, and their calendars."""

import pytest
from django.test import Client
from django.urls import reverse

from fairs import clock
from matchmaking.actions import meetings
from matchmaking.models import AgendaLink, Meeting
from tests import world
from tests.matchmaking.asking import ahead, asked, page, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """The first morning of the fair, at ten."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


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


def test_all_days_are_on_one_page_that_a_phone_keeps(fair, client):
    world.booths_of(fair.exhibitor, "A01")
    meetings.accept_meeting(asked(fair), by=fair.maker)
    later = asked(fair, 20)
    client.force_login(fair.buyer)
    seen = shown(client, page("agenda_paper", fair))
    assert "A01" in seen
    assert seen.count("<section") == 2
    assert f'data-worker="{page("agenda_worker", fair)}"' in seen
    assert page("agenda_worker", fair) == page("agenda_paper", fair) + "worker.js"
    meetings.cancel_meeting(later, by=fair.buyer)
    assert shown(client, page("agenda_paper", fair)).count("<section") == 1
    assert "data-anew" in shown(client, page("agenda", fair))
    client.logout()
    assert client.get(page("agenda_paper", fair)).status_code == 302
