"""What the apps show on the organiser's first page."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from booths.models import Reservation
from booths.templatetags.overview import booths_left
from buyers.models import Badge
from buyers.templatetags.presence import countries_present, visits_by_hour
from fairs import clock
from fairs.discovery import waiting
from fairs.headlines import moment_of
from fairs.models import Notice
from matchmaking.models import Deal, Meeting
from matchmaking.templatetags.path import path_of
from tests import world
from tests.fairs.desk import RUNNING, importer, page, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield world.edition(slug="hgs-2018")


def test_visits_by_hour_beside_yesterdays(fair):
    importer(fair, came=RUNNING - timedelta(days=1))
    side = importer(fair, came=RUNNING)
    scan(fair, Badge.objects.get(person=side.person), RUNNING + timedelta(minutes=5))
    staff = Badge.objects.create(edition=fair, person=world.person(), kind="staff", token="s", short_code="S0000001")
    scan(fair, staff, RUNNING)
    with clock.at(RUNNING):
        visits = visits_by_hour(moment_of(fair))
    assert (visits["today"], visits["yesterday"]) == (2, 1)
    hour = next(one.column for one in visits["chart"].columns if one.column.label == "14h")
    assert (hour.values, hour.before, hour.unfinished) == ([2], 1, True)
    later = next(one.column for one in visits["chart"].columns if one.column.label == "15h")
    assert later.values == [None]


def test_countries_are_those_approved_then_those_present(fair):
    importer(fair, country="JP", came=RUNNING)
    importer(fair, country="JP", came=RUNNING)
    importer(fair, country="DE")
    with clock.at(world.NOON):
        assert [(one["country"], one["number"]) for one in countries_present(moment_of(fair))["rows"]] == [
            ("JP", 2),
            ("DE", 1),
        ]
    with clock.at(RUNNING):
        present = countries_present(moment_of(fair))
    assert [one["country"] for one in present["rows"]] == ["JP"]
    assert present["companies"] == 2
    assert [(tile.letters, tile.number) for tile in present["map"].tiles if tile.number] == [("JP", 2)]


def test_who_comes_from_where_nobody_lives_stands_beside_the_map(fair):
    importer(fair, country="AQ")
    drawn = countries_present(moment_of(fair))["map"]
    assert [number for _name, number in drawn.elsewhere] == [1]
    assert not any(tile.number for tile in drawn.tiles)


def test_many_countries_end_in_one_line(fair):
    for country in ("JP", "DE", "FR", "US", "KR"):
        importer(fair, country=country)
    shown = countries_present(moment_of(fair), 2)
    assert (len(shown["rows"]), shown["rest"], shown["rest_number"]) == (2, 3, 3)


def test_the_way_to_a_contract_counts_companies_by_square_root(fair):
    sides = world.two_sides(fair)
    side = importer(fair, came=RUNNING)
    both = {"edition": fair, "exhibitor": sides.exhibitor, "importer": side.part}
    Meeting.objects.create(
        **both, importer_person=side.person, starts_at=RUNNING, ends_at=RUNNING + timedelta(minutes=30), state="held"
    )
    Deal.objects.create(
        **both, number="HD1", product_group=world.product_group(), currency="USD", amount=100, state="confirmed",
        signed_on=date(2018, 10, 19), recorded_side="exhibitor", recorded_by=sides.maker, recorded_at=RUNNING,
        token="t", key="k",
    )  # fmt: skip
    importer(fair, came=RUNNING)
    with translation.override("en"), clock.at(RUNNING):
        steps = path_of(moment_of(fair))
    assert [(step["label"], step["number"]) for step in steps] == [
        ("Invited", 0),
        ("Came", 2),
        ("Met", 1),
        ("Signed", 1),
    ]
    assert round(steps[2]["width"]) == 71
    assert steps[2]["share"] == 0.5


def test_booths_without_a_taker_are_counted_by_zone(fair):
    booths = world.floor(fair, 4)
    application = world.application(fair)
    for booth, state in zip(booths[:2], ("confirmed", "held"), strict=True):
        Reservation.objects.create(
            edition=fair, company=application.company, application=application, booth=booth, state=state,
            held_until=world.NOON + timedelta(minutes=5),
        )  # fmt: skip
    left = booths_left(fair)
    assert (left["left"], left["held"], left["taken"], left["all"]) == (3, 1, 1, 4)
    assert [(zone.code, zone.left) for zone in left["zones"]] == [("GS", 3)]
    assert left["markup"].count('class="wanted"') == 1


def test_what_waits_is_told_to_whom_it_concerns(fair):
    notice = Notice.objects.create(
        edition=fair,
        company=world.company(),
        number="TB1",
        reference="R1",
        currency="VND",
        due=5,
        due_on=date(2018, 8, 1),
    )
    world.application(fair, state="submitted")
    with translation.override("en"):
        assert [str(task.title) for task in waiting(fair, frozenset({"finance"}))] == ["1 payment notice is overdue"]
        assert [str(task.title) for task in waiting(fair, frozenset({"booth_desk"}))] == ["1 application to answer"]
        assert len(waiting(fair, frozenset({"director"}))) == 2
        assert waiting(fair, frozenset({"gate"})) == []
    assert notice.days_late == 31
    assert "1 payment notice is overdue" in page(fair)


def test_a_quiet_desk_says_so(fair):
    assert "Nothing waits for you" in page(fair)
