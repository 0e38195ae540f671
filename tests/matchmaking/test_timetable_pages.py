"""The timetable's pages at the desk: begun, watched, read, pinned, repaired, compared, published."""

from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fairs import clock
from fairs.progress import Progress
from matchmaking.actions import timetable_publishing, timetables
from matchmaking.actions.meetings import accept_meeting, request_meeting
from matchmaking.actions.seats import blocks_of, set_away
from matchmaking.actions.timetable_publishing import book_timetable, publish_timetable
from matchmaking.models import Timetable
from tests import world
from tests.matchmaking.planning import ahead, fair, item, part_of, proposed

pytestmark = pytest.mark.django_db


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
def visit(client, small, desk):
    """A page, or what posting to it answers."""
    client.force_login(desk)

    def go(name, *args, post=None, status=None, language="en", **headers):
        query = headers.pop("query", "")
        address = reverse(f"matchmaking:{name}", args=[small[0].slug, *args]) + query
        given = {"headers": {"accept-language": language} | headers}
        answer = client.get(address, **given) if post is None else client.post(address, post, **given)
        assert answer.status_code == (status or (200 if post is None else 302)), address
        return answer

    return go


def text(answer):
    return " ".join(answer.content.decode().split())


def test_one_is_begun_from_the_list_and_listed(visit, small, desk):
    assert "No timetable yet" in text(visit("timetables"))
    with patch.object(timetables, "_enqueue"):
        answer = visit("begin_timetable", post={"seconds": 2, "suggestions": 4, "seed": 7})
    begun = Timetable.objects.get()
    assert answer.headers["Location"] == reverse("matchmaking:timetable", args=[small[0].slug, 1])
    assert (begun.seconds, begun.suggestions, begun.seed, begun.begun_by) == (2, 4, 7, desk)
    page = text(visit("timetables"))
    assert "Being worked out" in page
    assert "Go on with timetable 1" in page
    assert reverse("matchmaking:begin_timetable", args=[small[0].slug]) not in page


def test_what_cannot_begin_is_said_beside_the_form(visit):
    answer = visit("begin_timetable", post={"seconds": 9999, "suggestions": 4, "seed": 0}, status=422)
    assert "Give it between 2 and 600 seconds." in text(answer)
    assert "No meeting is agreed yet, so there is nothing to repair." in text(
        visit("begin_repair", post={}, status=422)
    )


def test_its_progress_is_shown_and_it_is_stopped(visit, small, desk):
    begun = timetables.begin_timetable(small[0], seconds=20, by=desk)
    assert "Waiting for its turn" in text(visit("timetable", 1))
    Progress(f"timetable:{begun.pk}").say(
        {"steps": 1234, "weight": 900, "weight_bound": 1000, "breaks": 17, "seconds": 10.2}
    )
    page = text(visit("timetable", 1))
    for shown in ("Looking for a better timetable", "1,234", "10%", "17", 'hx-trigger="live, every 1s"'):
        assert shown in page
    part = text(visit("timetable", 1, query="?was=running", **{"hx-request": "true"}))
    assert part.startswith('<div class="stack" id="running"')
    visit("stop_timetable", 1, post={})
    assert Progress(f"timetable:{begun.pk}").stopped


def test_once_it_is_done_an_open_page_loads_again(visit, small, desk):
    proposed(small[0], by=desk)
    answer = visit("timetable", 1, query="?was=running", **{"hx-request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_an_open_plan_fetches_itself_again_as_it_was_looked_at(visit, small, desk):
    planned = proposed(small[0], by=desk)
    page = text(visit("timetable", 1, query="?by=time&q=Maison"))
    assert "/timetable/1/?by=time&amp;q=Maison&amp;was=proposed" in page
    open_page = {"query": "?by=time&was=proposed", "hx-request": "true"}
    assert text(visit("timetable", 1, **open_page)).startswith('<div class="stack" id="plan"')
    timetables.drop_timetable(planned, by=desk)
    assert visit("timetable", 1, **open_page).headers["HX-Refresh"] == "true"


def test_the_plan_is_read_by_importer_or_by_time_and_searched(visit, small, desk):
    edition, [one, two], [buyer, other] = small
    proposed(edition, by=desk)
    page = text(visit("timetable", 1))
    assert "4 meetings are planned." in page
    assert "Everything that was asked for is held." in page
    assert "Every importer gets all of its wishes." in page
    for name in (one.part.company.name_vi, two.part.company.name_vi, buyer.company.name_vi, other.company.name_vi):
        assert name in page
    by_time = text(visit("timetable", 1, query="?by=time"))
    assert "Thursday 18 October 2018" in by_time
    found = text(visit("timetable", 1, query=f"?q={buyer.company.name_vi}"))
    assert other.company.name_vi not in found
    assert "No meeting fits" in text(visit("timetable", 1, query="?q=nobody"))


def test_a_meeting_is_pinned_and_the_way_one_looked_stays(visit, small, desk):
    planned = proposed(small[0], by=desk)
    name = item(small[1][0], small[2][0])
    answer = visit("pin_meeting", 1, post={"seen": 1, "item": name, "keep": "1", "back": "?by=time"})
    assert answer.headers["Location"].endswith("/timetable/1/?by=time")
    assert "Unpin" in text(visit("timetable", 1))
    planned.refresh_from_db()
    assert planned.current.pins == [name]
    assert "Somebody has changed the timetable since you looked." in text(
        visit("pin_meeting", 1, post={"seen": 1, "item": name}, status=422)
    )
    visit("pin_meeting", 1, post={"seen": 2, "item": name, "back": "//elsewhere.example"})
    planned.refresh_from_db()
    assert planned.current.pins == []


def test_a_repair_leads_to_what_it_changed(visit, small, desk):
    edition, [one, _two], [buyer, _other] = small
    planned = proposed(edition, by=desk)
    assert visit("repair_timetable", 1, post={"seen": 1}).headers["Location"].endswith("/timetable/1/")
    slot = planned.current.schedule[item(one, buyer)]
    set_away(part_of(buyer), seat=1, blocks=[blocks_of(edition)[slot]], by=buyer.person)
    assert visit("repair_timetable", 1, post={"seen": 2}).headers["Location"].endswith("/timetable/1/compare/")
    page = text(visit("compare_timetable", 1))
    assert "Plan 3 beside plan 2." in page
    assert f"{buyer.company.name_vi} × " in page
    assert "Plan 3 beside plan 1." in text(visit("compare_timetable", 1, query="?with=1"))


def test_with_one_plan_there_is_nothing_to_compare(visit, small, desk):
    proposed(small[0], by=desk)
    assert "There is one plan so far" in text(visit("compare_timetable", 1))


def test_it_is_published_after_a_look_at_what_will_happen(visit, small, desk):
    planned = proposed(small[0], by=desk)
    page = text(visit("publish_timetable", 1))
    assert "4 companies get a new agenda" in page
    with patch.object(timetable_publishing, "_enqueue"):
        visit("publish_timetable", 1, post={"seen": 1})
    page = text(visit("timetable", 1))
    assert "being booked; everybody is told once all are" in page
    assert "every 3s" in page
    open_page = {"query": "?was=published&part=booking", "hx-request": "true"}
    assert text(visit("timetable", 1, **open_page)).startswith('<div class="stack" id="booking"')
    book_timetable(planned.pk)
    assert "every 3s" not in text(visit("timetable", 1, **open_page))
    page = text(visit("timetable", 1))
    assert "done on 1 Sep 12:00" in page or "done on 1 Sept 12:00" in page or "done on 1 September 12:00" in page
    assert "every 3s" not in page
    assert visit("publish_timetable", 1, status=302).headers["Location"].endswith("/timetable/1/")


def test_what_no_longer_fitted_is_listed_with_why(visit, small, desk):
    edition, [one, _two], [buyer, _other] = small
    planned = proposed(edition, by=desk)
    slot = planned.current.schedule[item(one, buyer)]
    set_away(part_of(buyer), seat=1, blocks=[blocks_of(edition)[slot]], by=buyer.person)
    publish_timetable(planned, seen=1, by=desk)
    book_timetable(planned.pk)
    assert "One of the two is no longer free at that time." in text(visit("timetable", 1))


def test_a_repair_of_what_is_agreed_is_proposed(visit, small, desk):
    edition, [one, _two], [buyer, _other] = small
    slot = ahead(edition, 4)
    accept_meeting(
        request_meeting(
            edition, exhibitor=one.part, importer=part_of(buyer), person=buyer.person, starts_at=slot.starts_at,
            by=buyer.person,
        ),
        by=one.person,
    )  # fmt: skip
    assert "Repair what is agreed" in text(visit("timetables"))
    visit("begin_repair", post={})
    assert "Agreed already" in text(visit("timetable", 1))
    assert "repair of what was agreed" in text(visit("timetables"))


def test_one_is_dropped_and_one_that_failed_is_said_to_have(visit, small, desk):
    proposed(small[0], by=desk)
    visit("drop_timetable", 1, post={})
    assert "This timetable was dropped" in text(visit("timetable", 1))
    begun = timetables.begin_timetable(small[0], seconds=2, by=desk)
    begun.follow("fail", by=None)
    assert "This timetable could not be worked out" in text(visit("timetable", 2))


def test_both_languages_are_whole(visit, small, desk):
    proposed(small[0], by=desk)
    for name, args in (("timetables", []), ("timetable", [1]), ("publish_timetable", [1]), ("compare_timetable", [1])):
        assert '<html lang="vi"' in text(visit(name, *args, language="vi"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(client, rows):
    edition, _makers, _buyers = fair(importers=rows, exhibitors=rows)
    desk = world.officer(edition, "matchmaking_desk")
    proposed(edition, by=desk)
    client.force_login(desk)
    counted = []
    for name, args in (("timetables", []), ("timetable", [1]), ("publish_timetable", [1])):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(f"matchmaking:{name}", args=[edition.slug, *args]))
        counted.append(len(asked))
    assert counted == [6, 6, 7]
