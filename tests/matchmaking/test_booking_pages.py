"""The pages of other times, of who meets, of tables and interpreters; and the same over the API."""

import re

import pytest
from rest_framework.test import APIClient

from fairs import clock
from matchmaking.actions import meetings, resources
from matchmaking.actions.seats import add_seat
from matchmaking.models import Interpreter, Meeting, MeetingRules, Occupancy, Proposal, Seat, Table
from tests import world
from tests.matchmaking.asking import ahead, asked, page, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """The first morning of the fair, at ten."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def test_one_proposes_and_the_other_takes_it_with_a_tap(fair, client):
    meeting = asked(fair)
    client.force_login(fair.maker)
    form = page("meeting_time", fair, pk=meeting.pk)
    assert "Propose this time" in shown(client, form)
    client.post(form, {"starts_at": ahead(fair, 4).starts_at.isoformat(), "note": "Rather <b>then</b>"})
    assert "You proposed another time" in shown(client, page("meeting", fair, pk=meeting.pk))
    client.force_login(fair.buyer)
    seen = shown(client, page("meeting", fair, pk=meeting.pk))
    assert "Another time is proposed" in seen
    assert "Rather &lt;b&gt;" in seen
    assert "Take this time" in seen
    assert "Another time is proposed" in shown(client, page("agenda", fair))
    client.post(page("accept_meeting_time", fair, pk=meeting.pk))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == ("accepted", ahead(fair, 4).starts_at)
    assert client.post(page("decline_meeting_time", fair, pk=meeting.pk)).status_code == 404


def test_the_desk_moves_and_a_meeting_that_is_over_is_moved_by_nobody(fair, client):
    meeting = meetings.accept_meeting(asked(fair), by=fair.maker)
    client.force_login(world.officer(fair.edition, "matchmaking_desk"))
    form = page("meeting_time", fair, pk=meeting.pk)
    assert "Move the meeting" in shown(client, form)
    client.post(form, {"starts_at": ahead(fair, 3).starts_at.isoformat()})
    meeting.refresh_from_db()
    assert meeting.starts_at == ahead(fair, 3).starts_at
    meetings.cancel_meeting(meeting, by=fair.maker)
    assert shown(client, form, status=404)
    client.force_login(world.officer(fair.edition, "reports"))
    assert shown(client, form, status=404)


def test_a_company_says_who_meets_and_when_they_are_away(fair, client):
    client.force_login(fair.maker)
    assert "One meeting at a time" in shown(client, page("seats", fair))
    client.post(page("seats", fair), {"name": "Hiền", "languages": ["vi", "en"]})
    assert client.post(page("seats", fair), {"name": ""}).status_code == 422
    seat = Seat.objects.get()
    assert seat.spoken == {"vi", "en"}
    grid = page("seat", fair, seat=1)
    assert "14:30" in shown(client, grid)
    client.post(grid, {"away": [ahead(fair).starts_at.isoformat()]})
    assert Occupancy.objects.filter(kind="away", seat=1).count() == 6
    assert re.search(r'T10:30:00\+07:00"[^>]*checked', shown(client, grid))
    assert "away 1 half hour" in shown(client, page("seats", fair))
    client.post(page("change_seat", fair, seat=1), {"name": "Lan"})
    seat.refresh_from_db()
    assert (seat.name, seat.open) == ("Lan", False)
    assert shown(client, page("seat", fair, seat=7), status=404)


def test_the_meeting_names_who_receives_and_a_colleague_takes_over(fair, client):
    seats = [add_seat(fair.exhibitor, name=name, by=fair.maker) for name in ("Hiền", "Lan")]
    meeting = asked(fair)
    client.force_login(fair.maker)
    assert "Whoever is free" in shown(client, page("meeting", fair, pk=meeting.pk))
    client.post(page("accept_meeting", fair, pk=meeting.pk), {"receiver": seats[0].pk})
    assert "Hiền receives" in shown(client, page("meeting", fair, pk=meeting.pk))
    client.post(page("substitute_meeting", fair, pk=meeting.pk), {"receiver": seats[1].pk})
    assert "Lan receives" in shown(client, page("meeting", fair, pk=meeting.pk))


def test_without_a_common_language_one_is_told_and_can_still_agree(fair, client):
    add_seat(fair.exhibitor, name="Hiền", languages=["vi"], by=fair.maker)
    add_seat(fair.importer, name="Camille", languages=["fr"], person=fair.buyer, by=fair.buyer)
    meeting = asked(fair)
    client.force_login(fair.maker)
    assert "The two sides share no language" in shown(client, page("meeting", fair, pk=meeting.pk))
    answer = client.post(page("accept_meeting", fair, pk=meeting.pk), headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "Agree without an interpreter" in answer.content.decode()
    client.post(page("accept_meeting", fair, pk=meeting.pk), {"without_interpreter": "1"})
    meeting.refresh_from_db()
    assert meeting.state == "accepted"
    assert "Without an interpreter" in shown(client, page("meeting", fair, pk=meeting.pk))


def test_the_desk_sets_up_tables_and_interpreters(fair, client):
    client.force_login(world.officer(fair.edition, "matchmaking_desk"))
    client.post(page("add_tables", fair), {"count": "3"})
    client.post(page("use_table", fair, pk=Table.objects.get(number=2).pk))
    client.post(page("add_interpreter", fair), {"name": "Mai", "languages": ["vi", "fr"]})
    one = Interpreter.objects.get()
    client.post(page("interpreter_hours", fair, pk=one.pk), {"day": "2018-10-18", "begins": "09:00", "ends": "12:00"})
    seen = shown(client, page("tables", fair))
    for word in ["Table 3", "Out of use", "Mai", "French", "09:00–12:00"]:
        assert word in seen
    client.post(page("use_interpreter", fair, pk=one.pk))
    assert "Book again" in shown(client, page("tables", fair))


def test_a_table_out_of_use_says_who_counts_on_it_until_they_are_moved_to_another(fair, client):
    desk = world.officer(fair.edition, "matchmaking_desk")
    first, second = resources.add_tables(fair.edition, count=2, by=desk)
    meeting = meetings.accept_meeting(asked(fair), place="table", by=fair.maker)
    client.force_login(desk)
    move = page("meeting_time", fair, pk=meeting.pk)
    assert (meeting.table, move in shown(client, page("tables", fair))) == (first, False)
    client.post(page("use_table", fair, pk=first.pk))
    assert move in shown(client, page("tables", fair))
    client.post(move, {"starts_at": ahead(fair).starts_at.isoformat()})
    meeting.refresh_from_db()
    assert (meeting.table, move in shown(client, page("tables", fair))) == (second, False)


def test_several_lengths_are_offered_and_one_is_asked_for(fair, client):
    MeetingRules.objects.update(more_minutes=[60])
    client.force_login(fair.buyer)
    form = page("ask", fair, participation=fair.exhibitor.pk)
    assert "60 minutes" in shown(client, form)
    client.post(form + "?minutes=60", {"starts_at": ahead(fair).starts_at.isoformat()})
    assert Meeting.objects.get().duration.total_seconds() == 3600


def test_the_rules_are_data_of_the_desk(fair, client):
    client.force_login(world.officer(fair.edition, "matchmaking_desk"))
    given = {"slot_minutes": "20", "more_minutes": "40, 60", "day_percent": "80", "place": "table", "way_minutes": "5"}
    client.post(page("meeting_rules", fair), given)
    rules = MeetingRules.objects.get()
    assert (rules.lengths, rules.day_percent, rules.place, rules.way_minutes) == ([20, 40, 60], 80, "table", 5)
    assert (rules.answer_hours, rules.answer_hours_on_site) == (48, 2)
    for wrong in [{"more_minutes": "7"}, {"more_minutes": "an hour"}, {"way_minutes": "3"}]:
        assert client.post(page("meeting_rules", fair), given | wrong).status_code == 422


def test_programs_do_the_same(fair):
    program = APIClient()
    program.force_authenticate(fair.maker)
    seat = program.post("/api/v1/meeting-seats/", {"part": fair.exhibitor.pk, "name": "Hiền", "languages": ["vi"]})
    assert seat.status_code == 201
    away = {"blocks": [ahead(fair, 8).starts_at.isoformat()]}
    assert program.post(f"/api/v1/meeting-seats/{seat.data['id']}/away/", away).status_code == 204
    meeting = asked(fair)
    proposed = program.post(
        f"/api/v1/meetings/{meeting.pk}/propose/", {"starts_at": ahead(fair, 4).starts_at.isoformat()}
    )
    assert proposed.status_code == 201
    program.force_authenticate(fair.buyer)
    assert program.post(f"/api/v1/meeting-proposals/{proposed.data['id']}/take/").data["state"] == "taken"
    program.force_authenticate(world.officer(fair.edition, "matchmaking_desk"))
    moved = program.post(f"/api/v1/meetings/{meeting.pk}/move/", {"starts_at": ahead(fair, 5).starts_at.isoformat()})
    assert (moved.data["state"], moved.data["receiver"]) == ("accepted", seat.data["id"])
    tables = program.post("/api/v1/meeting-tables/", {"edition": fair.edition.slug, "count": 2})
    assert [table["number"] for table in tables.data] == [1, 2]
    hired = {"edition": fair.edition.slug, "name": "Mai", "languages": ["vi", "fr"]}
    mai = program.post("/api/v1/interpreters/", hired)
    hours = {"starts_at": "2018-10-18T09:00:00+07:00", "ends_at": "2018-10-18T12:00:00+07:00"}
    assert len(program.post(f"/api/v1/interpreters/{mai.data['id']}/hours/", hours).data["shifts"]) == 1
    assert Proposal.objects.get().state == "taken"
