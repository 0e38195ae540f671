"""The plan of the demonstration: whoever meets has passed a gate before."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from buyers.codes import new_short_code
from buyers.demo import Crowd
from buyers.models import Gate, Registration, Scan
from fairs import clock, invention
from fairs.demo.timeline import Timeline
from fairs.demo.world import Demo
from fairs.headlines import moment_of
from matchmaking.actions.meetings import accept_meeting, request_meeting
from matchmaking.actions.wishes import wish
from matchmaking.demo import Deals, Diary, let_in_by_now
from matchmaking.demo_leads import GUESTS, Table
from matchmaking.models import BoothCard, Deal, Lead, Meeting
from matchmaking.templatetags.path import path_of
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """Two sides, and an importer whose badge nobody has read yet, at the moment of an agreed meeting's end."""
    with clock.at(world.FIRST_MORNING - timedelta(days=9)):
        sides = world.two_sides()
        badge = world.buyers_badge(sides, "ABCDEFGH")
        Registration.objects.create(
            edition=sides.edition,
            person=sides.buyer,
            company=sides.importer.company,
            state="approved",
            grade=world.grade(sides.edition),
        )
        meeting = request_meeting(
            sides.edition, exhibitor=sides.exhibitor, importer=sides.importer, person=sides.buyer,
            starts_at=world.FIRST_MORNING, by=sides.buyer,
        )  # fmt: skip
        accept_meeting(meeting, by=sides.maker)
    with clock.at(meeting.ends_at):
        yield SimpleNamespace(
            sides=sides, badge=badge, meeting=meeting, demo=Demo(Timeline(meeting.ends_at + timedelta(hours=9)))
        )


def _diary(fair) -> Diary:
    chance: Any = SimpleNamespace(random=lambda: 0.5, choice=lambda rows: rows[0])  # a chance at which people meet
    fair.demo.edition = fair.sides.edition
    return Diary(fair.demo, chance)


def _let_in(fair) -> None:
    gate = Gate.objects.create(edition=fair.sides.edition, name_vi="Cổng 1", name_en="Gate 1")
    Scan.objects.create(
        edition=fair.sides.edition, gate=gate, badge=fair.badge, at=clock.now(), key="K",
        direction="in", result="ok", entered=True,
    )  # fmt: skip


def test_an_importer_whom_no_gate_let_in_has_met_nobody(fair):
    diary = _diary(fair)
    diary.close(fair.meeting.pk)
    diary.walk_in()
    fair.meeting.refresh_from_db()
    assert (fair.meeting.state, fair.meeting.absent) == ("no_show", "importer")
    assert not Meeting.objects.filter(state="held").exists()


def test_once_let_in_the_importer_meets(fair):
    diary = _diary(fair)
    _let_in(fair)
    assert let_in_by_now(fair.demo) == {fair.sides.buyer.pk}
    diary.close(fair.meeting.pk)
    diary.walk_in()
    assert list(Meeting.objects.filter(state="held").values_list("walk_in", flat=True)) == [False, True]


def test_the_way_of_the_importers_never_widens(fair):
    other = world.importer(fair.sides.edition)  # approved, but never there
    Registration.objects.create(
        edition=fair.sides.edition,
        person=other.person,
        company=other.part.company,
        state="approved",
        grade=world.grade(fair.sides.edition),
    )
    _let_in(fair)
    diary = _diary(fair)
    diary.close(fair.meeting.pk)
    for _nth in range(3):
        diary.walk_in()
    came, met = (step["number"] for step in path_of(moment_of(fair.sides.edition))[1:3])
    assert (came, met) == (1, 1)


def test_nobody_asks_where_one_of_the_two_has_said_no(fair, monkeypatch):
    """Whoever looks at the demonstration while it fills may say so, and the filling goes on."""
    monkeypatch.setattr(Demo, "comes", lambda demo, person: True)
    monkeypatch.setattr(Demo, "first_day", lambda demo, person: 0)
    with clock.at(world.FIRST_MORNING - timedelta(days=8)):
        diary = _diary(fair)
        diary.chance.uniform = lambda least, most: least
        diary.ask()
        assert Meeting.objects.count() == 2
        wish(
            Registration.objects.get(), exhibitor=fair.sides.exhibitor, side="importer", kind="no", reason="price",
            by=fair.sides.buyer,
        )  # fmt: skip
        diary.ask()
    assert Meeting.objects.count() == 2


def test_nobody_signs_before_somebody_has_met(fair):
    fair.demo.edition = fair.sides.edition
    deals = Deals(fair.demo, fair.demo.chance("deals"))
    world.product_group()
    deals.sign(invention.deals(2018, 1, 0)[0], 0)
    assert not Deal.objects.exists()
    assert len(fair.demo.timeline._queue) == 1  # it is tried again


def test_importers_come_on_the_day_for_which_they_asked_for_meetings():
    demo = Demo(Timeline(world.FIRST_MORNING))
    crowd, arrivals = Crowd(demo), invention.arrivals(2018, importers=400, staff=1, entries=2000)
    crowd.badges = {"importer": [SimpleNamespace(person_id=number) for number in range(400)]}  # type: ignore[list-item]
    order = crowd._as_planned(arrivals)
    came: dict[int, int] = {}
    for arrival in arrivals:
        if arrival.kind == "importer":
            came.setdefault(order[arrival.person].person_id, arrival.day)
    late = [person for person, day in came.items() if day > demo.first_day(person)]
    assert len(came) == 400
    assert len(late) < 40


def test_who_stops_at_a_booth_was_let_in_and_is_named_only_as_agreed(fair):
    fair.demo.edition = fair.sides.edition
    world.product_group()
    table = Table(fair.demo, fair.demo.chance("leads"))
    fair.badge = world.badge(fair.sides.edition, world.importer(fair.sides.edition).person)
    table.scan(0)
    assert not Lead.objects.exists()  # nobody has passed a gate
    _let_in(fair)
    table.scan(1)
    table.follow_up()
    assert Lead.objects.get().contact is None  # they said no yes


def test_makers_lay_cards_and_follow_up_and_visitors_leave_their_details(fair):
    fair.demo.edition = fair.sides.edition
    _let_in(fair)
    table = Table(fair.demo, fair.demo.chance("leads"))
    fair.badge.short_code = new_short_code()
    fair.badge.save()
    table.lay_cards()
    for guest in GUESTS:
        table.leave(guest)
    for number in range(20):
        table.scan(number)
    table.follow_up()
    assert sorted(Lead.objects.values_list("means", flat=True)) == ["badge", "typed", "typed", "typed"]
    assert BoothCard.objects.count() == 1
    assert Lead.objects.get(means="badge").visits.count() == 20
    assert Lead.objects.get(means="badge").rating
