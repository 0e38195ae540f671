"""The pages of the day: read a badge at the booth or the desk, rate in two taps, see what goes on."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from fairs import clock
from matchmaking import tasks
from matchmaking.actions.meetings import accept_meeting, mark_no_show
from matchmaking.models import Meeting, Rating, Table
from tests import world
from tests.matchmaking.asking import asked, page, shown

pytestmark = pytest.mark.django_db
KEY = "11111111-1111-4111-8111-11111111111"


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides()
        world.buyers_badge(sides, "K7MQ2XVV")
        yield sides


def scanned(fair, client, key=1, **given):
    """What a script at the booth is answered."""
    entry = {"code": "K7MQ2XVV", "key": f"{KEY}{key}", "product_group": ""} | given
    return client.post(page("walk_in", fair), entry, headers={"accept": "application/json"})


def test_one_tap_at_the_booth_notes_a_walk_in_once_and_goes_on_to_the_rating(fair, client):
    fair.exhibitor.company.product_groups.add(world.product_group())
    client.force_login(fair.maker)
    assert "Ceramics" in shown(client, page("walk_in", fair))
    at = world.FIRST_MORNING.isoformat()
    for _twice in range(2):
        answer = scanned(fair, client, product_group="ceramics", at=at)
    meeting = Meeting.objects.get()
    assert (meeting.walk_in, meeting.product_group.code) == (True, "ceramics")
    assert answer.json()["url"] == page("rate_meeting", fair, pk=meeting.pk)
    wrong = scanned(fair, client, 2, code="K7MQ2XV2")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "unknown_badge")
    assert scanned(fair, client, 3, kept="somebody-else").status_code == 403


def test_one_tap_at_the_booth_begins_the_agreed_meeting(fair, client):
    meeting = accept_meeting(asked(fair), by=fair.maker)
    client.force_login(fair.maker)
    with clock.at(meeting.starts_at):
        for _twice in range(2):
            scanned(fair, client)
    assert list(Meeting.objects.values_list("pk", "state", "walk_in")) == [(meeting.pk, "held", False)]
    with clock.at(meeting.ends_at + world.timedelta(minutes=9)):
        scanned(fair, client, 2)  # back again, without an appointment
    assert sorted(Meeting.objects.values_list("walk_in", flat=True)) == [False, True]


def test_a_buyer_who_came_when_the_time_was_over_is_noted_once_however_often_the_phone_sends_it(fair, client):
    meeting = accept_meeting(asked(fair), by=fair.maker)
    client.force_login(fair.maker)
    came = meeting.ends_at + world.timedelta(minutes=9)
    with clock.at(came + world.timedelta(hours=2)):
        for _twice in range(2):
            scanned(fair, client, at=came.isoformat())
    assert list(Meeting.objects.values_list("pk", "state", "walk_in")) == [(meeting.pk, "held", False)]


def test_programs_check_in_and_rate(fair):
    meeting = accept_meeting(asked(fair), by=fair.maker)
    program = APIClient()
    program.force_authenticate(fair.maker)
    given = {"edition": fair.edition.slug, "exhibitor": fair.exhibitor.pk, "badge": "K7MQ2XVV"}
    with clock.at(meeting.starts_at):
        assert program.post("/api/v1/meetings/check_in/", given).data["state"] == "held"
        rating = {"worth": "A", "step": "samples"}
        assert program.post(f"/api/v1/meetings/{meeting.pk}/rate/", rating).status_code == 204
        program.force_authenticate(fair.buyer)
        assert program.post("/api/v1/meetings/check_in/", given).status_code == 403
        assert "worth" not in program.get(f"/api/v1/meetings/{meeting.pk}/").data


def test_both_rate_in_two_taps_and_signing_goes_on_to_the_paper(fair, client):
    meeting = accept_meeting(asked(fair), by=fair.maker)
    form = page("rate_meeting", fair, pk=meeting.pk)
    client.force_login(fair.maker)
    assert shown(client, form, status=404)
    with clock.at(meeting.starts_at):
        assert "We sign now" in shown(client, form)
        answer = client.post(form, {"worth": "A", "step": "deal"})
        assert answer.url == page("record_deal", fair) + f"?meeting={meeting.pk}"
        client.force_login(fair.buyer)
        answer = client.post(form, {"worth": "B", "step": "samples"})
        assert answer.url == page("meeting", fair, pk=meeting.pk)
        assert client.post(form, {"worth": "B"}).status_code == 422
    assert Rating.objects.count() == 2


def test_the_live_page_shows_who_runs_who_waits_and_what_is_free(fair, client):
    Table.objects.bulk_create(Table(edition=fair.edition, number=n) for n in (1, 2))
    meeting = accept_meeting(asked(fair), place="table", by=fair.maker)
    client.force_login(world.officer(fair.edition, "matchmaking_desk"))
    with clock.at(meeting.starts_at):
        client.post(page("check_in", fair), {"code": "K7MQ2XVV"})
    with clock.at(meeting.starts_at + world.timedelta(minutes=8)):
        seen = shown(client, page("meetings_now", fair))
        part = client.get(page("meetings_now", fair), headers={"hx-request": "true"}).content.decode()
    for word in ["One side waits alone", "1 late", "of 2", "Table 1"]:
        assert word in seen
    assert "<html" not in part
    wrong = client.post(page("check_in", fair), {"code": "K7MQ2XV2"}, headers={"accept-language": "en"})
    assert "No valid badge" in wrong.content.decode()


def test_the_desk_is_told_of_meetings_on_which_the_sides_differ(fair, client):
    meeting = accept_meeting(asked(fair), by=fair.maker)
    desk = world.officer(fair.edition, "matchmaking_desk")
    client.force_login(desk)
    home = reverse("fairs:desk", args=[fair.edition.slug])
    with clock.at(meeting.starts_at):
        mark_no_show(meeting, absent="importer", by=fair.maker)
        assert "on which the sides differ" not in shown(client, home)
        mark_no_show(meeting, absent="exhibitor", by=fair.buyer)
        assert "1 meeting on which the sides differ" in shown(client, home)
        found = shown(client, page("meetings_desk", fair) + "?differs=1")
        assert fair.exhibitor.company.name_vi in found
        assert "Say what stands" in shown(client, page("meeting", fair, pk=meeting.pk))
        client.post(page("mark_held", fair, pk=meeting.pk))
        assert "on which the sides differ" not in shown(client, home)


def test_whoever_waits_alone_sees_on_the_agenda_whom_to_meet_meanwhile(fair, client, monkeypatch):
    meeting = accept_meeting(asked(fair), by=fair.maker)
    waiting = world.importer(fair.edition)
    Meeting.objects.create(
        edition=fair.edition, exhibitor=fair.exhibitor, importer=waiting.part, importer_person=waiting.person,
        starts_at=meeting.starts_at, ends_at=meeting.ends_at, state="expired",
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(exhibitor_here_at=meeting.starts_at)
    client.force_login(fair.maker)
    said: list[str] = []
    monkeypatch.setattr(tasks, "announce", lambda edition, topic: said.append(topic))
    for minutes, words in [(6, []), (7, ["meetings"])]:
        with clock.at(meeting.starts_at + world.timedelta(minutes=minutes, seconds=4)):
            seen = shown(client, page("agenda", fair))
            tasks.tell_who_waits_alone()
        assert said == words
        assert ("The other side has not come yet" in seen) == bool(words)


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_live_page_costs_the_same_however_many_meet(fair, client, django_assert_num_queries, rows):
    starts = clock.now()
    Meeting.objects.bulk_create(
        Meeting(
            edition=fair.edition, exhibitor=fair.exhibitor, importer=fair.importer, importer_person=fair.buyer,
            state="held", starts_at=starts, ends_at=starts + world.timedelta(minutes=n),
        )
        for n in range(1, rows + 1)
    )  # fmt: skip
    client.force_login(world.officer(fair.edition, "matchmaking_desk"))
    with django_assert_num_queries(10):
        client.get(page("meetings_now", fair))
