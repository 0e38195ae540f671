"""The desk of the meetings."""

from datetime import timedelta

import pytest

from fairs import clock
from matchmaking.actions import meetings
from matchmaking.models import Deal, Meeting
from tests import world
from tests.matchmaking.asking import ahead, asked, form, page, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """The first morning of the fair, at ten."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


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
    with django_assert_num_queries(15):
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
