"""The live sale for programs: rounds, waiting room, one's turn and place, both clocks of a booth."""

from datetime import timedelta

import pytest

from booths.actions.openings import set_opening, set_waiting_room
from booths.actions.reservations import hold_booths, reserve_held
from booths.models import Opening, WaitingPlace, WaitingRoom
from fairs import clock
from tests import world

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LINE = 5  # queries of the list of places
NAMES = {"name_vi": "Vòng một", "name_en": "Round one"}


@pytest.fixture
def fair(client):
    """An edition with booths, an accepted exhibitor, the desk; `ask` sends a request."""
    with clock.at(world.NOON):
        edition = world.edition()
        application, desk = world.application(edition), world.officer(edition, "booth_desk")

        def ask(method, path, by=application.contact, **body):
            client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
            headers = {"accept-language": "en"}
            if method in ("get", "delete"):
                return getattr(client, method)(f"/api/v1/{path}", body or None, headers=headers)
            return getattr(client, method)(f"/api/v1/{path}", body, content_type="application/json", headers=headers)

        yield {"edition": edition, "booths": world.floor(edition), "desk": desk, "mine": application, "ask": ask}


def room(fair, **fields):
    times = {"opens_at": world.NOON, "closes_at": world.NOON + HOUR}
    made = set_waiting_room(fair["edition"], by=fair["desk"], **times | fields)
    WaitingRoom.objects.update(let_in_until=world.NOON)
    return made


def test_rounds_are_set_changed_and_removed(fair):
    desk, slug = fair["desk"], fair["edition"].slug
    given = {"edition": slug, "opens_at": "2018-09-01T06:00:00Z", **NAMES}
    answer = fair["ask"]("post", "sale-openings/", desk, **given, legal_forms=["household"])
    assert (answer.status_code, answer.json()["for_all"]) == (201, False)
    path = f"sale-openings/{answer.json()['id']}/"
    assert fair["ask"]("patch", path, desk, legal_forms=[]).json()["for_all"]
    assert fair["ask"]("patch", path).status_code == 403
    twice = fair["ask"]("post", "sale-openings/", desk, **given)
    assert (twice.status_code, twice.json()["code"]) == (400, "opening_twice")
    assert fair["ask"]("get", "sale-openings/", edition__slug=slug).json()["count"] == 1  # everybody may read when
    assert fair["ask"]("delete", path, desk).status_code == 204
    assert not Opening.objects.exists()


def test_a_hold_ahead_of_the_turn_is_refused_and_the_turn_says_when(fair):
    set_opening(fair["edition"], by=fair["desk"], opens_at=world.NOON + HOUR, **NAMES)
    mine = fair["mine"].pk
    refused = fair["ask"]("post", "reservations/", application=mine, booths=["A01"])
    assert (refused.status_code, refused.json()["code"]) == (409, "not_your_turn")
    assert "13:00" in refused.json()["message"]
    turn = fair["ask"]("get", f"applications/{mine}/turn/").json()
    assert (turn["open"], turn["opens_at"][:16], turn["opening"]["name_en"]) == (False, "2018-09-01T13:00", "Round one")
    by_desk = {"application": mine, "booths": ["A01"]}
    assert fair["ask"]("post", "reservations/", fair["desk"], **by_desk).json()["code"] == "reason_wanted"
    [held] = fair["ask"]("post", "reservations/", fair["desk"], **by_desk, ahead="Gọi điện").json()
    assert held["ahead"] == "Gọi điện"


def test_the_api_jumps_no_line(fair):
    room(fair)
    mine = fair["mine"].pk
    refused = fair["ask"]("post", "reservations/", application=mine, booths=["A01"])
    assert (refused.status_code, refused.json()["code"]) == (409, "in_the_waiting_room")
    first = world.application(fair["edition"])
    ahead = fair["ask"]("post", "waiting-places/", first.contact, application=first.pk).json()["ahead"]
    places = [fair["ask"]("post", "waiting-places/", application=mine).json() for _again in range(3)]
    assert (ahead, [place["ahead"] for place in places]) == (0, [1, 1, 1])
    assert WaitingPlace.objects.count() == 2
    with clock.at(world.NOON + timedelta(seconds=2)):
        states = [fair["ask"]("post", "waiting-places/", application=mine).json()["state"] for _again in range(2)]
        assert states == ["inside", "inside"]
        assert fair["ask"]("post", "reservations/", application=mine, booths=["A01"]).status_code == 201
        left = fair["ask"]("post", f"waiting-places/{places[0]['id']}/leave/")
    assert left.json()["state"] == "left"


def test_a_place_is_seen_by_its_company_and_the_desk(fair):
    room(fair)
    place = fair["ask"]("post", "waiting-places/", application=fair["mine"].pk).json()["id"]
    assert fair["ask"]("get", f"waiting-places/{place}/").json()["ahead"] == 0
    assert fair["ask"]("get", f"waiting-places/{place}/", fair["desk"]).status_code == 200
    stranger = world.application(fair["edition"]).contact
    assert fair["ask"]("get", f"waiting-places/{place}/", stranger).status_code == 404
    assert fair["ask"]("post", "waiting-places/", stranger, application=fair["mine"].pk).status_code == 404


def test_a_waiting_room_is_set_and_taken_away(fair):
    desk, slug = fair["desk"], fair["edition"].slug
    given = {"edition": slug, "opens_at": "2018-09-01T05:00:00Z", "closes_at": "2018-09-01T06:00:00Z"}
    made = fair["ask"]("post", "waiting-rooms/", desk, **given, per_minute=30).json()
    again = fair["ask"]("post", "waiting-rooms/", desk, **given, inside_at_most=5).json()
    assert (made["id"], again["per_minute"], again["inside_at_most"]) == (again["id"], 30, 5)
    wrong = fair["ask"]("post", "waiting-rooms/", desk, **given | {"closes_at": given["opens_at"]})
    assert wrong.json()["code"] == "room_turned_round"
    assert fair["ask"]("delete", f"waiting-rooms/{made['id']}/").status_code == 403
    assert fair["ask"]("delete", f"waiting-rooms/{made['id']}/", desk).status_code == 204


@pytest.mark.parametrize("count", world.ROWS)
def test_the_line_takes_the_same_queries_for_any_number(fair, client, count, django_assert_num_queries):
    made = room(fair)
    times = {"ready_at": world.NOON, "kept_until": world.NOON + HOUR}
    others = [world.application(fair["edition"]) for _number in range(min(count, 30))]
    WaitingPlace.objects.bulk_create(WaitingPlace(room=made, application=one, **times) for one in others)
    client.force_login(fair["desk"], backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_num_queries(LINE):
        answer = client.get("/api/v1/waiting-places/")
    assert [row["ahead"] for row in answer.json()["results"]][:3] == [0, 1, 2][: min(count, 3)]


def test_a_booth_tells_both_its_clocks(fair):
    fair["edition"].sale_terms.release_days = 10
    fair["edition"].sale_terms.save()
    application = fair["mine"]
    hold_booths(application, booths=fair["booths"][:1], by=application.contact)
    [held] = fair["ask"]("get", "reservations/").json()["results"]
    assert (held["held_until"][:16], held["due_on"], held["release_on"]) == ("2018-09-01T12:15", None, None)
    reserve_held(application, by=application.contact)
    [reserved] = fair["ask"]("get", "reservations/").json()["results"]
    assert (reserved["due_on"], reserved["release_on"]) == ("2018-09-08", "2018-09-18")
