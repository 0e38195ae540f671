"""The director's dashboard and the screens on the wall: drawings whose numbers are the report's."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pycountry
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from booths.templatetags.provinces import province_map
from buyers.models import Badge
from fairs import clock, headlines, reference
from fairs.actions.plans import set_targets
from fairs.actions.reference import load_reference
from fairs.headlines import moment_of
from fairs.models import Participation, Province
from fairs.tile_map import PROVINCE, STEPS, letters, tile_map
from matchmaking.models import Meeting
from matchmaking.templatetags.days import days_of, groups_by_value
from matchmaking.templatetags.path import path_of
from tests import world
from tests.fairs.desk import OVER, RUNNING, importer, page, scan
from tests.fairs.measured import numbers
from tests.fairs.test_open_data import contract
from tests.world import ROWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield world.edition(slug="hgs-2018")


def aim(fair, **targets):
    set_targets(
        fair, targets={figure: Decimal(value) for figure, value in targets.items()}, by=world.officer(fair, "director")
    )


def met(fair, side, *, at):
    return Meeting.objects.create(
        edition=fair, exhibitor=world.exhibitor(fair).part, importer=side.part, importer_person=side.person,
        starts_at=at, ends_at=at + timedelta(minutes=30), state="held",
    )  # fmt: skip


def busy(fair):
    """Two days of visits, meetings and contracts, one of them signed a month later."""
    first = importer(fair, came=RUNNING - timedelta(days=1))
    second = importer(fair, came=RUNNING)
    scan(fair, Badge.objects.get(person=first.person), RUNNING)
    met(fair, first, at=RUNNING - timedelta(days=1)), met(fair, second, at=RUNNING), met(fair, second, at=RUNNING)
    for usd, day in ((100, 1), (250, 1), (400, 30)):
        deal = contract(fair, usd, of="silk" if usd > 300 else "clay")
        type(deal).objects.filter(pk=deal.pk).update(signed_on=world.OPENS + timedelta(days=day))


def test_the_days_make_the_figures_of_the_report(fair):
    busy(fair)
    with clock.at(OVER), translation.override("en"):
        found, said = days_of(moment_of(fair)), numbers(fair)
        assert [[(str(label), number) for label, number in some] for *_rest, some in found["others"]] == [
            [(str(found["labels"][2]), 1)]
        ]
    assert found["totals"] == [said["D4.entries"], said["E1.held"], said["F1.count"]] == [3, 3, 3]
    assert [numbers for _day, numbers in found["rows"]] == [[1, 1, 0], [2, 2, 2], [0, 0, 0], [0, 0, 0]]
    assert [(str(words), numbers) for words, numbers, _some in found["others"]] == [("On other days", [0, 0, 1])]


def test_a_day_is_that_of_the_fairs_own_clock(fair):
    late = datetime(2018, 10, 18, 18, 30, tzinfo=UTC)  # 1:30 of the 19th in Hanoi
    importer(fair, came=late), met(fair, importer(fair), at=late)
    with clock.at(OVER):
        assert [numbers for _day, numbers in days_of(moment_of(fair))["rows"]][:2] == [[0, 0, 0], [1, 1, 0]]


def test_the_groups_make_the_value_of_the_report(fair):
    busy(fair)
    with translation.override("en"):
        found = groups_by_value(moment_of(fair))
    assert found["total"] == numbers(fair)["F1.value_usd"]["USD"] == Decimal(750)
    assert [(row["name"], row["usd"], row["number"], row["share"]) for row in found["rows"]] == [
        ("Silk", 400, 1, 100), ("Clay", 350, 2, Decimal("87.5")),
    ]  # fmt: skip


def test_a_company_that_met_and_signed_often_is_one_in_the_funnel(fair):
    side = importer(fair, came=RUNNING)
    met(fair, side, at=RUNNING), met(fair, side, at=RUNNING + timedelta(hours=1))
    contract(fair, 10, buyer=side.part), contract(fair, 20, buyer=side.part)
    with translation.override("en"), clock.at(OVER):
        steps = {step["label"]: step["number"] for step in path_of(moment_of(fair))}
    assert steps == {"Invited": 0, "Came": 1, "Met": 1, "Signed": 1}


def test_the_map_has_a_tile_for_every_province_of_then_and_of_now(fair):
    load_reference()
    for place in (*Province.objects.filter(code="24"), None):
        Participation.objects.create(
            edition=fair, role="exhibitor", company=world.company(country="VN"), province=place
        )
    then, now = (province_map(moment_of(fair), when) for when in ("then", "now"))
    assert (len(then["map"].tiles), len(now["map"].tiles)) == (63, 34)
    assert then["total"] == now["total"] == numbers(fair)["C1.companies"] == 3
    assert [tile.number for tile in now["map"].tiles if tile.number] == [2]
    assert [number for _name, number in now["map"].elsewhere] == [1]
    assert sum(tile.number for tile in then["map"].tiles) + sum(n for _name, n in then["map"].elsewhere) == 3


def test_tiles_never_lie_on_each_other_and_each_unit_has_one():
    tiles = reference.province_tiles()
    assert set(tiles) == {(one.code, one.valid_from) for one in reference.provinces()}
    for day, count in ((date(2018, 10, 18), 63), (date(2026, 11, 1), 34)):
        stood = reference.provinces(on=day)
        assert len({tiles[one.code, one.valid_from] for one in stood}) == len(stood) == count


def test_each_country_where_people_live_has_a_tile_of_its_own():
    tiles = reference.country_tiles()
    empty = {"AQ", "BV", "GS", "HM", "SJ", "TF", "UM"}  # stations, weather and birds
    assert set(tiles) == {one.alpha_2 for one in pycountry.countries} - empty
    assert len(set(tiles.values())) == len(tiles)
    (vietnam, laos), (thailand, japan) = (tiles["VN"], tiles["LA"]), (tiles["TH"], tiles["JP"])
    assert laos[0] < vietnam[0] < japan[0]
    assert laos[1] < thailand[1]


def test_shades_go_by_the_square_root_and_none_is_none():
    rows = [("a", "Hanoi", "Hà Nội", 100), ("b", "Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu", 7), ("c", "C", "C", 0)]
    places = {"a": (0, 0), "b": (1, 0), "c": (0, 2)}
    drawn = tile_map(places, [(key, name, letters(vi), number) for key, name, vi, number in rows], PROVINCE)
    assert [tile.step for tile in drawn.tiles] == [STEPS, 2, 0]
    assert [tile.letters for tile in drawn.tiles] == ["HN", "BRVT", "C"]
    assert [tile.name for tile in drawn.first] == ["Hanoi", "Bà Rịa - Vũng Tàu"]
    assert (drawn.width, drawn.height) == (119, 84)


def test_every_figure_with_a_target_stands_beside_it(fair):
    aim(fair, C1=4, **{"D1.attended": 10})
    world.exhibitor(fair)
    with translation.override("en"):
        shown = headlines.against_plan(moment_of(fair), frozenset({"director"}))
    assert [(one["line"].code, one["actual"], one["plan"], one["percent"]) for one in shown] == [
        ("C1", "1", "4", "25%"), ("D1", "0", "10", "0%"),
    ]  # fmt: skip


def test_each_drawing_is_an_image_with_words_and_a_table(fair):
    load_reference()
    busy(fair)
    said = page(fair, "dashboard", at=OVER)
    drawings = re.findall(r'<svg class="(?:chart-drawing|tile-map[^"]*)"[^>]*>', said)
    assert len(drawings) == 5
    assert all('role="img"' in one and "aria-label" in one for one in drawings)
    assert said.count("<desc") == 5
    assert 'class="table-scroll"' not in said
    assert page(fair, "dashboard", at=OVER, tables="1").count('class="table-scroll"') == 2
    assert "?tables=1" in said


def test_values_by_group_are_for_those_who_read_the_contracts(fair):
    busy(fair)
    words = "Product groups by value of contracts"
    for role, reads in (("director", True), ("reports", True), ("finance", False), ("booth_desk", False)):
        assert (words in page(fair, "dashboard", at=OVER, role=role)) is reads, role
    for screen in ("now", "days", "plan"):
        assert words not in page(fair, "wall", at=OVER, screen=screen)


def test_provinces_can_be_switched_and_stay_so_when_it_refreshes(fair):
    load_reference()
    said = page(fair, "dashboard", at=OVER, provinces="now")
    assert said.count('class="tile step-') == 34
    assert 'hx-get="/hgs-2018/desk/dashboard/?provinces=now"' in said


def test_a_hint_fetches_the_live_part_alone(fair):
    client = Client(HTTP_HX_REQUEST="true")
    client.force_login(world.officer(fair, "director"))
    part = client.get(reverse("fairs:dashboard", args=[fair.slug])).content.decode()
    assert "<html" not in part
    assert 'id="live"' in part


@pytest.mark.parametrize(
    ("screen", "words"), [("now", "Visits by day"), ("days", "Day by day</h2>"), ("plan", "Against the plan")]
)
def test_the_wall_has_three_screens(fair, screen, words):
    said = page(fair, "wall", at=OVER, screen=screen)
    assert words in said
    assert f'hx-get="/hgs-2018/wall/?screen={screen}"' in said


def test_the_screens_take_turns(fair):
    seen = []
    for turn in range(3):
        with clock.at(OVER + timedelta(seconds=30 * turn)):
            client = Client(HTTP_ACCEPT_LANGUAGE="en")
            client.force_login(world.officer(fair, "director"))
            answer = client.get(reverse("fairs:wall", args=[fair.slug]), {"screen": "all"})
            seen.append(answer.context["screen"])
    assert sorted(seen) == ["days", "now", "plan"]


@pytest.mark.parametrize("rows", ROWS)
def test_the_dashboard_asks_the_same_whatever_it_counts(fair, rows, django_assert_num_queries):
    load_reference()
    place = Province.objects.first()
    director = world.officer(fair, "director")
    aim(fair, C1=4)
    for number in range(min(rows, 12)):
        side = importer(fair, came=RUNNING - timedelta(minutes=number))
        met(fair, side, at=RUNNING + timedelta(minutes=number))
        contract(fair, 100 + number, place=place)
    firms = [world.company(country="VN") for _number in range(rows)]
    Participation.objects.bulk_create(
        Participation(edition=fair, company=firm, role="exhibitor", province=place) for firm in firms
    )
    client = Client()
    client.force_login(director)
    address = reverse("fairs:dashboard", args=[fair.slug])
    with clock.at(OVER):
        client.get(address)
        with django_assert_num_queries(29):
            client.get(address)
