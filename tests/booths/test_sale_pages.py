"""The live sale in the browser: rounds and waiting room at the desk, one's turn on the plan, one's place in line."""

from datetime import timedelta

import pytest
from django.urls import reverse

from booths.actions.openings import set_opening, set_waiting_room
from booths.actions.waiting import join_waiting_room
from booths.models import Application, Opening, Reservation, WaitingPlace, WaitingRoom
from fairs import clock
from tests import world

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PLACE = 9  # queries of a look at the waiting room


@pytest.fixture
def fair(client):
    """An edition with booths, an accepted exhibitor, the desk; `ask` gets or posts a page."""
    with clock.at(world.NOON):
        edition = world.edition()
        application, desk = world.application(edition), world.officer(edition, "booth_desk")

        def ask(name, *args, by=application.contact, post=None, language="en", htmx=False, **query):
            client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
            address = reverse(f"booths:{name}", args=[edition.slug, *args], query=query)
            headers = {"accept-language": language} | ({"HX-Request": "true"} if htmx else {})
            return client.get(address, headers=headers) if post is None else client.post(address, post, headers=headers)

        yield {"edition": edition, "booths": world.floor(edition), "desk": desk, "mine": application, "ask": ask}


def opening(fair, when=HOUR, **asked):
    names = {"name_vi": "Vòng một", "name_en": "Round one"}
    return set_opening(fair["edition"], by=fair["desk"], opens_at=world.NOON + when, **names | asked)


def room(fair, **fields):
    """A waiting room that stands for an hour."""
    times = {"opens_at": world.NOON, "closes_at": world.NOON + HOUR}
    made = set_waiting_room(fair["edition"], by=fair["desk"], **times | fields)
    WaitingRoom.objects.update(let_in_until=world.NOON)
    return made


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_plan_says_in_words_when_ones_turn_is(fair):
    opening(fair)
    for language, words in (("en", "Your turn to choose begins on 1 Sep 2018 13:00"), ("vi", "1/9/2018 13:00")):
        page = text(fair["ask"]("plan", b="A01", language=language))
        assert words in page
        assert 'id="hold"' not in page
        assert 'role="timer"' in page
    assert "Round one" in text(fair["ask"]("application"))
    with clock.at(world.NOON + HOUR):
        assert 'id="hold"' in text(fair["ask"]("plan", b="A01"))


def test_a_hold_ahead_of_the_turn_is_answered_with_the_moment(fair):
    opening(fair)
    answer = fair["ask"]("hold", post={"b": ["A01"]}, htmx=True)
    assert answer.status_code == 409
    assert "13:00" in text(answer)


def test_the_desk_chooses_ahead_with_a_reason(fair):
    opening(fair)
    mine = {"for": fair["mine"].pk}
    page = text(fair["ask"]("plan", by=fair["desk"], b="A01", **mine))
    assert 'name="ahead"' in page
    assert 'id="hold"' in page
    assert fair["ask"]("hold", by=fair["desk"], post={"b": ["A01"], **mine}, htmx=True).status_code == 409
    answer = fair["ask"]("hold", by=fair["desk"], post={"b": ["A01"], "ahead": "Gọi điện nhờ giúp", **mine})
    assert answer.status_code == 302
    assert Reservation.objects.get().ahead == "Gọi điện nhờ giúp"


def test_the_desk_adds_changes_and_removes_rounds(fair):
    desk = fair["desk"]
    given = {"opens_at": "2018-09-02T08:00", "name_vi": "Nhóm hộ", "name_en": "Groups", "groups_only": "on"}
    assert fair["ask"]("add_opening", by=desk, post=given | {"least_score": "60.5"}).status_code == 302
    one = Opening.objects.get()
    assert (str(one.least_score), one.groups_only, one.opens_at.hour) == ("60.50", True, 1)
    page = text(fair["ask"]("sale", by=desk))
    assert "groups of households; score from 60.50" in page
    assert "No round is for 1 accepted exhibitor" in page
    again = text(fair["ask"]("change_opening", one.pk, by=desk))
    assert 'value="2018-09-02T08:00"' in again
    fair["ask"]("change_opening", one.pk, by=desk, post={**given, "groups_only": "", "legal_forms": ["household"]})
    one.refresh_from_db()
    assert (one.groups_only, one.legal_forms, one.least_score) == (False, ["household"], None)
    fair["ask"]("remove_opening", one.pk, by=desk, post={})
    assert not Opening.objects.exists()
    assert fair["ask"]("add_opening", by=desk, post={}).status_code == 422


def test_the_desk_sets_the_waiting_room_up_and_sees_who_waits(fair):
    desk = fair["desk"]
    given = {
        "opens_at": "2018-09-01T12:00", "closes_at": "2018-09-01T13:00", "per_minute": 30, "inside_at_most": 20,
        "inside_minutes": 5, "patience_minutes": 2,
    }  # fmt: skip
    wrong = fair["ask"]("set_waiting_room", by=desk, post=given | {"closes_at": "2018-09-01T11:00"})
    assert "closes after it opens" in text(wrong)
    fair["ask"]("set_waiting_room", by=desk, post=given)
    assert WaitingRoom.objects.get().per_minute == 30
    page = text(fair["ask"]("sale", by=desk, htmx=True))
    assert "It stands now" in page
    assert "<html" not in page
    fair["ask"]("remove_waiting_room", by=desk, post={})
    assert not WaitingRoom.objects.exists()


def test_one_waits_is_let_in_and_chooses(fair):
    room(fair)
    assert 'id="to-waiting-room"' in text(fair["ask"]("plan", b="A01"))
    assert 'id="join"' in text(fair["ask"]("waiting_room"))
    assert fair["ask"]("join_waiting_room", post={}).status_code == 302
    page = text(fair["ask"]("waiting_room"))
    assert "You are next" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    with clock.at(world.NOON + timedelta(seconds=1)):
        page = text(fair["ask"]("waiting_room", htmx=True))
        assert 'id="to-plan"' in page
        assert "<html" not in page
        assert 'id="hold"' in text(fair["ask"]("plan", b="A01"))
        assert fair["ask"]("hold", post={"b": ["A01"]}).status_code == 302
        assert fair["ask"]("leave_waiting_room", post={}).status_code == 302
    assert WaitingPlace.objects.get().state == "left"


def test_a_reload_keeps_the_place_and_a_long_absence_loses_it(fair):
    room(fair, inside_at_most=1, patience_minutes=1, inside_minutes=30)
    first = world.application(fair["edition"])
    with clock.at(world.NOON + timedelta(seconds=1)):
        join_waiting_room(fresh(first), by=first.contact)
    fair["ask"]("join_waiting_room", post={})
    for seconds in (40, 80, 120):  # each look keeps it for another minute
        with clock.at(world.NOON + timedelta(seconds=seconds)):
            assert "You are next" in text(fair["ask"]("waiting_room"))
    assert WaitingPlace.objects.filter(application=fair["mine"]).count() == 1
    with clock.at(world.NOON + timedelta(seconds=181)):
        page = text(fair["ask"]("waiting_room"))
        assert "closed too long" in page
        assert 'id="join"' in page


def test_before_ones_round_the_waiting_room_says_how_long(fair):
    room(fair)
    opening(fair, 10 * MINUTE)
    fair["ask"]("join_waiting_room", post={})
    page = text(fair["ask"]("waiting_room"))
    assert 'data-seconds-left="600"' in page
    assert "Round one" in page


def test_who_may_not_choose_has_no_waiting_room(fair):
    room(fair)
    Application.objects.update(state="submitted")
    assert fair["ask"]("waiting_room").status_code == 404
    assert fair["ask"]("waiting_room", by=world.person()).status_code == 404


@pytest.mark.parametrize("count", world.ROWS)
def test_the_place_takes_the_same_queries_in_any_line(fair, client, count, django_assert_num_queries):
    made = room(fair, inside_at_most=1)
    late = {"ready_at": world.NOON - HOUR, "kept_until": world.NOON + HOUR}
    others = [world.application(fair["edition"]) for _number in range(min(count, 30))]
    WaitingPlace.objects.bulk_create(WaitingPlace(room=made, application=one, **late) for one in others)
    fair["ask"]("join_waiting_room", post={})
    fair["ask"]("waiting_room")
    with django_assert_num_queries(PLACE):
        client.get(reverse("booths:waiting_room", args=[fair["edition"].slug]), headers={"HX-Request": "true"})


def fresh(application):
    return Application.objects.select_related("edition__waiting_room", "company").get(pk=application.pk)
