"""The public face of an edition: what a buyer abroad reads first, before, during and after the fair."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from booths.models import Reservation, Zone
from booths.templatetags.home import makers_of, size_of
from fairs import clock
from fairs.models import Edition, PastResult, Product, ProgrammeItem, Province
from tests import world

pytestmark = pytest.mark.django_db
AFTER = world.FIRST_MORNING + timedelta(days=30)


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        made = world.edition(slug="hgs-2018", theme_vi="Làng nghề Việt", theme_en="Craft villages")
        ProgrammeItem.objects.create(
            edition=made,
            starts_at=datetime.combine(made.opens_on, time(9), made.zone),
            title_vi="Khai mạc",
            title_en="Opening ceremony",
            place_vi="Sân khấu",
            place_en="Stage",
        )
        PastResult.objects.create(
            series=made.series, value_vi="1.250", value_en="1,250", text_vi="lượt", text_en="enterprises took part"
        )
        yield made


def shown(fair, language="en", at=world.NOON):
    """The page as a stranger sees it."""
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    with clock.at(at):
        return client.get(reverse("fairs:home", args=[fair.slug])).content.decode()


def maker(fair, group, *, name="Gốm Giang Cao", booths=(), pieces=300, days=45):
    """An exhibitor who keeps booths and says how much and how fast it makes."""
    side = world.exhibitor(fair, name_vi=name)
    Product.objects.create(
        company=side.part.company, product_group=group, name_vi="Bình gốm", name_en="Vase",
        minimum_order=pieces, lead_days=days,
    )  # fmt: skip
    application = world.application(fair)
    Reservation.objects.bulk_create(
        Reservation(
            edition=fair, company=side.part.company, application=application, booth=booth, state="confirmed",
            held_until=world.NOON,
        )
        for booth in booths
    )  # fmt: skip
    return side.part


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "vi",
            ["Làng nghề Việt", "18–21/10/2018", "Khai mạc", "Thứ Năm", "Hai lối vào chợ", "1.250", "Đăng ký gian hàng"],
        ),
        (
            "en",
            ["Craft villages", "18–21 Oct 2018", "Opening ceremony", "Thursday", "Two ways in", "Apply for a booth"],
        ),
    ],
)
def test_the_first_page_says_what_when_and_where(fair, language, words):
    page = shown(fair, language)
    assert [word for word in words if word not in page] == []


def test_before_it_counts_the_days_then_names_them_then_thanks(fair):
    assert "47 days" in shown(fair)
    running = shown(fair, at=world.FIRST_MORNING)
    assert "Day 1 of 4" in running
    assert "open from 09:00 to 17:30" in running
    over = shown(fair, at=AFTER)
    assert "is over" in over
    assert "See who exhibited" in over
    assert reverse("buyers:register", args=[fair.slug]) not in over.partition("<main")[2]


def test_the_size_counts_booths_halls_and_origins(fair):
    world.floor(fair, 5)
    province = Province.objects.create(
        code="01", name_vi="Hà Nội", name_en="Hanoi", kind="city", valid_from=world.OPENS
    )
    for country in ("VN", "VN", "LA"):
        part = world.exhibitor(fair, country=country).part
        part.province = province if country == "VN" else None
        part.save()
    assert size_of(fair) == {"booths": 5, "halls": 1, "provinces": 1, "countries": 2}
    assert "5 booths, 1 hall" in shown(fair)
    assert "exhibitors from 1 provinces, 2 countries" in shown(fair)


def test_makers_are_shown_one_a_zone_with_what_the_zone_is_for(fair):
    booths = world.floor(fair, 6)
    ceramics, silk = world.product_group(), world.product_group("silk")
    Zone.objects.get(edition=fair, code="GS").product_groups.add(ceramics)
    maker(fair, ceramics, name="Gốm Nhỏ", booths=booths[:1])
    largest = maker(fair, ceramics, name="Gốm Lớn", booths=booths[1:4])
    maker(fair, silk, name="Lụa Lạc", booths=booths[4:6])
    [shown_maker] = makers_of(fair)
    assert shown_maker == largest
    assert shown_maker.letters == "GS"
    page = shown(fair)
    assert "From 300 pieces, ready in 45 days." in page
    assert reverse("booths:exhibitor", args=[fair.slug, largest.pk]) in page
    assert "tile-gs.svg" in page
    assert "Lụa Lạc" not in page


def test_who_withdrew_is_not_shown(fair):
    booths = world.floor(fair, 1)
    ceramics = world.product_group()
    Zone.objects.get(edition=fair, code="GS").product_groups.add(ceramics)
    part = maker(fair, ceramics, booths=booths)
    part.state = "withdrawn"
    part.save()
    assert makers_of(fair) == []


def test_names_cannot_carry_markup(fair):
    booths = world.floor(fair, 1)
    ceramics = world.product_group()
    Zone.objects.get(edition=fair, code="GS").product_groups.add(ceramics)
    maker(fair, ceramics, name="<b>Gốm</b>", booths=booths)
    assert "&lt;b&gt;Gốm&lt;/b&gt;" in shown(fair)


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_page_asks_the_same_whatever_it_shows(fair, rows, django_assert_num_queries):
    ceramics = world.product_group()
    booths = world.floor(fair, rows)
    Zone.objects.get(edition=fair, code="GS").product_groups.add(ceramics)
    maker(fair, ceramics, booths=booths)
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(edition=fair, starts_at=world.FIRST_MORNING, title_vi=f"Mục {n}", title_en=f"Item {n}")
        for n in range(rows)
    )
    shown(fair)  # the floor is drawn once, then kept
    with django_assert_num_queries(14):
        shown(fair)


def test_a_draft_does_not_exist_for_strangers(fair):
    Edition.objects.update(published=False)
    assert Client().get(reverse("fairs:home", args=[fair.slug])).status_code == 404


def test_the_door_leads_to_the_only_fair_else_to_a_list(fair):
    assert Client().get("/").headers["Location"] == reverse("fairs:home", args=[fair.slug])
    world.edition(name_en="Another fair")
    answer = Client(HTTP_ACCEPT_LANGUAGE="en").get("/")
    assert answer.status_code == 200
    assert "Another fair" in answer.content.decode()


def test_without_any_fair_the_door_says_so():
    assert "No fair is announced yet" in Client(HTTP_ACCEPT_LANGUAGE="en").get("/").content.decode()


def test_after_signing_in_one_goes_where_one_belongs(fair):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    director = world.officer(fair, "director")
    client.force_login(director)
    assert client.get(reverse("fairs:welcome")).headers["Location"] == reverse("fairs:desk", args=[fair.slug])
    part = world.participation(fair, world.company(director), "exhibitor")
    page = client.get(reverse("fairs:welcome")).content.decode()
    assert part.company.name_vi in page
    assert reverse("fairs:desk", args=[fair.slug]) in page


def test_somebody_new_chooses_a_way_in(fair):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.person(language="en"))
    page = client.get(reverse("fairs:welcome")).content.decode()
    assert reverse("booths:apply", args=[fair.slug]) in page
    assert reverse("buyers:register", args=[fair.slug]) in page
