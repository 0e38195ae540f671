"""The figures of meetings: by whom, where and when, and slot by slot."""

from datetime import timedelta

import pytest

from fairs import clock
from matchmaking.actions.meetings import slots
from matchmaking.meeting_figures import ANSWERS, Cell, Counts, map_of_slots, opinions, rows, whole
from matchmaking.models import Meeting, Rating
from tests import world
from tests.matchmaking.asking import page, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """The first morning of the fair, at ten."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def meet(fair, state, number=0, **more):
    """A meeting at one of the times of the edition."""
    slot = slots(fair.edition)[number]
    given = {
        "edition": fair.edition, "exhibitor": fair.exhibitor, "importer": fair.importer, "importer_person": fair.buyer,
        "starts_at": slot.starts_at, "ends_at": slot.ends_at, "state": state,
    }  # fmt: skip
    return Meeting.objects.create(**given | more)


def others(fair):
    """Two other sides of the same edition."""
    buyer = world.person()
    guest = world.participation(fair.edition, world.importer_company(buyer), "importer")
    return {"exhibitor": world.exhibitor(fair.edition).part, "importer": guest, "importer_person": buyer}


def test_what_was_not_booked_stands_apart(fair):
    for number, state in enumerate(["requested", "accepted", "held", "no_show", "declined", "expired"]):
        meet(fair, state, number)
    late = slots(fair.edition)[6].starts_at - timedelta(hours=23)
    meet(fair, "cancelled", 6, cancelled_at=late)
    meet(fair, "cancelled", 6, cancelled_at=late - timedelta(hours=2))
    meet(fair, "held", 7, walk_in=True)
    counts = whole(fair.edition)
    assert counts == Counts(requested=8, agreed=3, held=1, cancelled=2, late=1, no_show=1, walk_in=1)
    assert (counts.agreed_share, counts.kept_share) == (3 / 8, 1 / 2)


def test_a_fair_without_meetings_has_no_shares(fair):
    assert whole(fair.edition) == Counts()
    assert (Counts().agreed_share, Counts().kept_share) == (None, None)


def test_each_way_counts_the_same_meetings(fair):
    meet(fair, "held")
    meet(fair, "held", 1)
    meet(fair, "accepted", **others(fair))
    for way in ("exhibitor", "importer"):
        assert [row.counts.requested for row in rows(fair.edition, way)] == [2, 1]
    for way in ("country", "day", "hour"):
        assert sum(row.counts.requested for row in rows(fair.edition, way)) == 3
    hours = [row.label for row in rows(fair.edition, "hour")]
    assert hours == sorted(hours, key=lambda hour: int(hour[:-1]))


def test_an_exhibitor_counts_in_each_of_its_groups_or_in_none(fair):
    meet(fair, "held")
    fair.exhibitor.company.product_groups.clear()
    [row] = rows(fair.edition, "group")
    assert row.counts.held == 1
    fair.exhibitor.company.product_groups.set([world.product_group(), world.product_group("textile")])
    assert [row.counts.held for row in rows(fair.edition, "group")] == [1, 1]


def test_the_map_shows_each_time_of_each_day(fair):
    first, second, *_others = slots(fair.edition)
    meet(fair, "held")
    meet(fair, "accepted", ends_at=second.ends_at, **others(fair))  # an hour long: it takes both times
    meet(fair, "cancelled", 2)
    days, times = map_of_slots(fair.edition)
    assert days[0] == first.starts_at.astimezone(fair.edition.zone).date()
    column = [cells[0] for _time, cells in times]
    assert column[:3] == [Cell(2, 5), Cell(1, 3), Cell(0, 0)]


def test_what_both_sides_think_is_counted_and_named_to_nobody(fair, client):
    assert opinions(fair.edition) == []
    for number, (side, worth, step) in enumerate(
        [
            ("exhibitor", "A", "deal"),
            ("exhibitor", "A", "samples"),
            ("exhibitor", "C", "samples"),
            ("importer", "B", "again"),
        ]
    ):
        Rating.objects.create(meeting=meet(fair, "held", number), side=side, worth=worth, step=step)
    answers = [one.value for one in ANSWERS]
    assert answers == ["A", "B", "C", "deal", "samples", "prices", "again", "nothing"]
    found = {str(one.side): (one.rated, one.numbers) for one in opinions(fair.edition)}
    assert list(found.values()) == [(3, [2, 0, 1, 1, 2, 0, 0, 0]), (1, [0, 1, 0, 0, 0, 0, 1, 0])]
    client.force_login(world.officer(fair.edition, "reports"))
    assert "What both sides think" in shown(client, page("meeting_figures", fair))


@pytest.mark.parametrize("by", ["", "exhibitor", "importer", "country", "group", "day", "hour", "nothing"])
def test_the_page_says_it_each_way_in_as_few_questions(fair, client, by, django_assert_max_num_queries):
    meet(fair, "held")
    client.force_login(world.officer(fair.edition, "reports"))
    with django_assert_max_num_queries(15):
        text = shown(client, page("meeting_figures", fair) + f"?by={by}")
    assert "heat-5" in text
    assert "100%" in text


def test_a_fair_without_meetings_says_so(fair, client):
    client.force_login(world.officer(fair.edition, "reports"))
    assert "Nobody has asked for a meeting yet" in shown(client, page("meeting_figures", fair))
