"""Timetables for programs: the same actions, the same refusals, words in the language of the request."""

from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairs import clock
from matchmaking.actions import timetables
from matchmaking.actions.meetings import accept_meeting, request_meeting
from matchmaking.actions.seats import blocks_of, set_away
from matchmaking.actions.timetable_publishing import book_timetable
from matchmaking.models import Meeting, Timetable
from tests import world
from tests.matchmaking.planning import ahead, fair, greedily, item, part_of, proposed

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(world.NOON):
        yield


@pytest.fixture
def small():
    return fair()


@pytest.fixture
def desk(small):
    return world.officer(small[0], "matchmaking_desk")


@pytest.fixture
def ask(client):
    """A request by somebody; the answer with its status."""

    def send(method, path, by, language="en", **body):
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        headers = {"accept-language": language}
        if method == "get":
            return client.get(f"{API}/{path}", body, headers=headers)
        return client.post(f"{API}/{path}", body, content_type="application/json", headers=headers)

    return send


def test_from_beginning_to_agreed_meetings(ask, small, desk):
    edition, [one, _two], [buyer, _other] = small
    begun = ask("post", "timetables/", desk, edition=edition.slug, seconds=2, seed=3)
    assert (begun.status_code, begun.json()["state"], begun.json()["plan"]) == (201, "running", None)
    path = f"timetables/{begun.json()['id']}"
    assert ask("get", f"{path}/plan/", desk).status_code == 404
    assert ask("post", "timetables/", desk, edition=edition.slug).json()["code"] == "timetable_open"
    with patch.object(timetables, "solve_apart", greedily):
        timetables.run_timetable(begun.json()["id"])
    assert ask("get", f"{path}/", desk).json()["plan"] == 1
    plan = ask("get", f"{path}/plan/", desk).json()
    assert (len(plan["meetings"]), plan["left_out"], len(plan["words"])) == (4, [], 3)
    pinned = ask("post", f"{path}/pin/", desk, seen=1, item=item(one, buyer)).json()
    assert [row["item"] for row in pinned["meetings"] if row["pinned"]] == [item(one, buyer)]
    assert ask("post", f"{path}/unpin/", desk, seen=2, item=item(one, buyer)).json()["number"] == 3
    signed = ask("post", f"{path}/publish/", desk, seen=3)
    assert (signed.status_code, signed.json()["state"], signed.json()["booked_at"]) == (200, "published", None)
    book_timetable(begun.json()["id"])
    entries = ask("get", f"{path}/entries/", desk).json()
    assert [(row["changed"], row["reason"], row["words"]) for row in entries] == [(True, "", "")] * 4
    assert Meeting.objects.filter(state="accepted").count() == 4


def test_a_repair_and_what_it_changed(ask, small, desk):
    edition, [one, _two], [buyer, _other] = small
    planned = proposed(edition, by=desk)
    path = f"timetables/{planned.pk}"
    slot = planned.current.schedule[item(one, buyer)]
    set_away(part_of(buyer), seat=1, blocks=[blocks_of(edition)[slot]], by=buyer.person)
    assert ask("post", f"{path}/repair/", desk, seen=1).json()["how"] == "repaired"
    found = ask("get", f"{path}/differences/1/", desk).json()
    assert item(one, buyer) in [row["after"]["item"] for row in found["moved"]]
    assert (found["added"], found["dropped"]) == ([], [])
    assert ask("get", f"{path}/differences/9/", desk).status_code == 404


def test_what_is_agreed_is_mended(ask, small, desk):
    edition, [one, _two], [buyer, _other] = small
    assert ask("post", "timetables/mend/", desk, edition=edition.slug).json()["code"] == "nothing_to_repair"
    asked = request_meeting(
        edition, exhibitor=one.part, importer=part_of(buyer), person=buyer.person,
        starts_at=ahead(edition).starts_at, by=buyer.person,
    )  # fmt: skip
    accept_meeting(asked, by=one.person)
    answer = ask("post", "timetables/mend/", desk, edition=edition.slug)
    assert (answer.status_code, answer.json()["heals"], answer.json()["state"]) == (201, True, "proposed")


def test_only_the_meeting_desk_knows_of_them(ask, small, desk):
    planned = proposed(small[0], by=desk)
    for person in (world.officer(small[0], "reports"), small[1][0].person, small[2][0].person):
        assert ask("get", f"timetables/{planned.pk}/", person).status_code == 404
        assert ask("post", "timetables/", person, edition=small[0].slug).status_code == 403
    assert ask("post", f"timetables/{planned.pk}/stop/", desk).status_code == 200
    assert ask("post", f"timetables/{planned.pk}/drop/", desk).json()["state"] == "dropped"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_any_number(ask, small, desk, rows):
    for number in range(rows):
        Timetable.objects.create(edition=small[0], number=number + 1, state="dropped", begun_by=desk)
    ask("get", "timetables/", desk)
    with CaptureQueriesContext(connection) as asked:
        assert len(ask("get", "timetables/", desk).json()["results"]) == rows
    assert len(asked) == 9
