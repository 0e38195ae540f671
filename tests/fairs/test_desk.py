"""The organiser's first page and the screen on the wall."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from fairs import clock, headlines
from fairs.headlines import moment_of
from fairs.models import Entry
from tests import world
from tests.fairs.desk import OVER, RUNNING, entry, importer, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield world.edition(slug="hgs-2018")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "vi",
            [
                "Còn 47 ngày đến khai mạc",
                "Gian hàng đã phân bổ",
                "Cần bạn quyết",
                "Vừa xảy ra",
                "Từ lời mời đến cuộc hẹn",
            ],
        ),
        ("en", ["47 days to the opening", "Booths taken", "Waiting for you", "Just now", "From invitation to meeting"]),
    ],
)
def test_the_first_page_before_the_fair(fair, language, words):
    shown = page(fair, language=language)
    assert [word for word in words if word not in shown] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ["ngày 2 trên 4", "Lượt khách theo giờ", "Nhà nhập khẩu có mặt", "Từ lời mời đến hợp đồng"]),
        ("en", ["day 2 of 4", "Visits by hour", "Importers present", "From invitation to contract"]),
    ],
)
def test_the_first_page_while_it_runs(fair, language, words):
    shown = page(fair, at=RUNNING, language=language)
    assert [word for word in words if word not in shown] == []


def test_when_it_is_over_it_tells_the_days(fair):
    shown = page(fair, at=OVER)
    assert "Visits by day" in shown
    assert "The fair is over" in shown


@pytest.mark.parametrize("name", ["desk", "wall", "journal"])
def test_it_exists_for_officers_alone(fair, name):
    address = reverse(f"fairs:{name}", args=[fair.slug])
    assert Client().get(address).status_code == 302
    client = Client()
    client.force_login(world.application(fair).contact)
    assert client.get(address).status_code == 404


def test_the_journal_is_for_director_and_reports(fair):
    entry(fair, "fairs.edition.change")
    assert "Just now" in page(fair, role="reports")
    assert "Just now" not in page(fair, role="gate")
    client = Client()
    client.force_login(world.officer(fair, "gate"))
    assert client.get(reverse("fairs:journal", args=[fair.slug])).status_code == 404


def test_a_number_leads_to_its_rows_only_for_who_may_read_them(fair):
    rows = f"/{fair.slug}/desk/report/B1/allocated/"
    assert rows in page(fair)
    assert rows not in page(fair, role="gate")


def test_a_hint_fetches_the_live_part_alone(fair):
    client = Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_HX_REQUEST="true")
    client.force_login(world.officer(fair, "director"))
    part = client.get(reverse("fairs:desk", args=[fair.slug])).content.decode()
    assert "<html" not in part
    assert 'id="live"' in part
    assert part.count('hx-swap-oob="true"') == 3


@pytest.mark.parametrize("at", [world.NOON, RUNNING], ids=["before", "running"])
@pytest.mark.parametrize("rows", world.ROWS)
def test_the_page_asks_the_same_whatever_it_counts(fair, rows, at, django_assert_num_queries):
    world.floor(fair, rows)
    director = world.officer(fair, "director")
    firm = world.company()
    for number in range(min(rows, 20)):
        importer(fair, came=RUNNING - timedelta(minutes=number))
    Entry.objects.bulk_create(
        Entry(edition=fair, verb="booths.application.submit", company=firm, object_id=str(n), at=world.NOON)
        for n in range(rows)
    )
    client = Client()
    client.force_login(director)
    address = reverse("fairs:desk", args=[fair.slug])
    with clock.at(at):
        client.get(address)  # the floor is drawn once, then kept
        with django_assert_num_queries(42):  # some look for what waits for a person
            client.get(address)


def test_before_the_opening_figures_should_grow_in_even_steps(fair):
    world.target(fair, "C1", 10)
    half_way = datetime(2018, 9, 1, 5, 0, tzinfo=UTC)
    start = half_way - (datetime(2018, 10, 17, 17, 0, tzinfo=UTC) - half_way)
    entry(fair, "booths.application.submit", at=start)
    with clock.at(half_way):
        [shown] = headlines.figures(moment_of(fair), [headlines.EXHIBITORS], frozenset({"director"}))
    assert (shown["share"], round(shown["due"])) == (0, 50)
    with translation.override("en"), clock.at(half_way):
        assert headlines.verdict(moment_of(fair), [shown]) == "47 days to the opening, 1 figure is behind"


def test_while_it_runs_as_much_is_due_as_the_doors_were_open(fair):
    world.target(fair, "D4.entries", 100)
    with clock.at(world.FIRST_MORNING.replace(hour=10, minute=30)):  # the end of the first of four days
        [shown] = headlines.figures(moment_of(fair), [headlines.VISITS], frozenset({"director"}))
    assert shown["due"] == Decimal(25)


def test_when_it_is_over_nothing_is_due(fair):
    world.target(fair, "C1", 1)
    world.exhibitor(fair)
    with translation.override("en"), clock.at(OVER):
        shown = headlines.figures(moment_of(fair), [headlines.EXHIBITORS], frozenset({"director"}))
        assert shown[0]["due"] is None
        assert headlines.verdict(moment_of(fair), shown) == "The fair is over: 1 of 1 main targets reached"


@pytest.mark.parametrize(("language", "words"), [("vi", "Sắp tới, 09:00"), ("en", "Next, at 09:00")])
def test_the_wall_shows_five_numbers_and_what_comes_next(fair, language, words):
    fair.programme.create(starts_at=world.FIRST_MORNING - timedelta(hours=1), title_vi="Khai mạc", title_en="Opening")
    shown = page(fair, "wall", language=language)
    assert shown.count('class="figure"') == 5
    assert words in shown
    assert "<button" not in shown.partition("<main")[2]
