"""A series through the years: the recorded total beside what each edition counts, provinces then and now."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from fairs import clock, many_editions, provinces
from fairs.actions.publishing import publish
from fairs.actions.reference import load_reference
from fairs.demo.plan import _past_results
from fairs.models import Company, Participation, Province
from tests import world
from tests.fairs.measured import numbers
from tests.fairs.test_open_data import contract
from tests.world import ROWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        yield world.edition(slug="hgs-2018")


def later(fair, slug="hgs-2026", opens=date(2026, 10, 15)):
    return world.edition(slug=slug, series=fair.series, opens_on=opens, closes_on=opens + timedelta(days=3))


def exhibitors(fair, *places):
    for place in places:
        Participation.objects.create(
            edition=fair, role="exhibitor", company=world.company(country="VN"), province=place
        )


def of(fair, name="many_editions", *, by=None, **query):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    if by:
        client.force_login(by)
    return client.get(reverse(f"fairs:{name}", args=[fair.slug]), query)


def row(answer, key):
    return next(one for one in answer.context["rows"] if one.key == key)


def test_the_recorded_total_stands_beside_what_is_counted_and_is_added_to_nothing(fair):
    _past_results(fair.series)
    exhibitors(fair, None, None)
    for usd in (100, 200, 300):
        contract(fair, usd)
    answer = of(fair, by=world.officer(fair, "reports"))
    found = numbers(fair)
    assert {one.key: [number for _of, number in one.cells] for one in answer.context["rows"]} == {
        "": [1], "C1.companies": [found["C1.companies"]], "C2.provinces": [0], "D1.attended": [0],
        "D3.countries": [0], "F1.count": [3], "F1.value_usd": [Decimal(600)],
    }  # fmt: skip
    assert row(answer, "C1.companies").recorded.value_en == "1,250"
    said = answer.content.decode()
    for recorded in ("1,250", "3,200", "US$20m+", "Hundreds", "Hanoi and nearly 40", "2016–2020"):
        assert recorded in said
    assert "1,255" not in said
    assert "US$600" in said


def test_an_edition_to_come_has_not_been_held(fair):
    coming = later(fair)
    answer = of(coming, by=world.officer(coming, "reports"))
    assert [number for _of, number in row(answer, "").cells] == [1, None]
    assert "to come" in answer.content.decode()


def test_the_public_reads_what_was_published_and_nothing_of_the_rest(fair):
    for usd in (100, 200, 300):
        contract(fair, usd)
    before = of(fair, "editions_together")
    assert [number for _of, number in row(before, "F1.value_usd").cells] == [None]
    assert "not published" in before.content.decode()
    assert before.context["provinces"].totals == [None]
    publish(fair, by=world.officer(fair, "reports"))
    contract(fair, 77)
    answer = of(fair, "editions_together")
    assert "not published" not in answer.content.decode()
    assert answer.context["provinces"].totals == [3]
    assert [number for _of, number in row(answer, "F1.value_usd").cells] == [Decimal(600)]
    assert [number for _of, number in row(answer, "F1.count").cells] == [Decimal(3)]


def test_who_came_twice_is_two_turns_and_one_company(fair):
    coming = later(fair)
    by = world.officer(fair, "reports")
    world.Officer.objects.create(person=by, role="reports", edition=coming)
    exhibitors(fair, None, None)
    again = Participation.objects.filter(edition=fair)[0].company
    Participation.objects.create(edition=coming, role="exhibitor", company=again)
    answer = of(fair, by=by)
    one = row(answer, "C1.companies")
    assert ([number for _of, number in one.cells], one.turns, one.each_once) == ([2, 1], 3, 2)
    assert row(answer, "C2.provinces").turns is None
    assert row(answer, "").turns is None  # the second has not been held
    assert "Counted in all" in answer.content.decode()


def test_one_edition_alone_is_added_to_nothing(fair):
    exhibitors(fair, None)
    assert "Counted in all" not in of(fair, by=world.officer(fair, "reports")).content.decode()


def test_what_is_withheld_says_so(fair):
    contract(fair, 100)
    publish(fair, by=world.officer(fair, "reports"))
    said = of(fair, "editions_together").content.decode()
    assert "withheld" in said
    assert "US$100" not in said


def test_at_the_desk_another_directors_edition_is_shown_as_published(fair):
    other = later(fair, opens=world.OPENS + timedelta(days=-400), slug="hgs-2017")
    exhibitors(other, None)
    answer = of(fair, by=world.officer(fair, "reports"))
    assert [(one.edition, number) for one, number in row(answer, "C1.companies").cells] == [(other, None), (fair, 0)]


def test_provinces_then_and_now_have_the_same_totals(fair):
    """Bắc Giang and Bắc Ninh are one since 2025, and 24 was the code of one of them before and is that of both now."""
    load_reference()
    then = Province.objects.filter(valid_to__isnull=False)
    exhibitors(fair, *then, None)
    new = later(fair)
    exhibitors(new, *Province.objects.filter(valid_to=None), None)
    by = world.officer(fair, "reports")
    world.Officer.objects.create(person=by, role="reports", edition=new)
    found = {when: of(fair, by=by, provinces=when).context["provinces"] for when in ("then", "now")}
    assert found["then"].totals == found["now"].totals == [64, 35]
    assert (len(found["then"].rows), len(found["now"].rows)) == (63 + 34 + 1, 34 + 1)
    assert found["then"].wrong == found["now"].wrong == []
    now = dict(found["now"].rows)
    assert now["Bắc Ninh" if "Bắc Ninh" in now else "Bac Ninh"] == [2, 1]
    assert sum(numbers[0] for _name, numbers in found["now"].rows) == 64
    [giang] = [numbers for name, numbers in found["then"].rows if name in ("Bắc Giang", "Bac Giang")]
    assert giang == [1, 0]


def test_provinces_stand_as_in_an_index(fair):
    load_reference()
    named = Province.objects.filter(name_vi__in=["Bình Định", "Bắc Ninh", "Đà Nẵng", "Yên Bái"], valid_to__isnull=False)
    exhibitors(fair, *named)
    client = Client(HTTP_ACCEPT_LANGUAGE="vi")
    client.force_login(world.officer(fair, "reports"))
    rows = client.get(reverse("fairs:many_editions", args=[fair.slug])).context["provinces"].rows
    assert [name for name, _numbers in rows] == ["Bắc Ninh", "Bình Định", "Đà Nẵng", "Yên Bái"]


def test_every_province_of_before_stands_in_one_of_today():
    load_reference()
    heirs = provinces.as_now()
    assert len(heirs) == 97
    assert {one.valid_to for one in heirs.values()} == {None}
    assert len({one.pk for one in heirs.values()}) == 34


def test_a_count_that_the_provinces_do_not_make_is_told(fair):
    known = many_editions.Known(fair, {"C1.companies": 3}, provinces={"01@2008-08-01": ("Hà Nội", 2)}, version=1)
    assert many_editions.provinces([known]).wrong == [fair]


@pytest.mark.parametrize("rows", ROWS)
def test_the_pages_ask_the_same_however_many_exhibit(fair, rows, django_assert_num_queries):
    load_reference()
    place = Province.objects.first()
    firms = Company.objects.bulk_create(Company(name_vi=f"Cơ sở {n}", country="VN") for n in range(rows))
    Participation.objects.bulk_create(
        Participation(edition=fair, company=firm, role="exhibitor", province=place) for firm in firms
    )
    reporter = world.officer(fair, "reports")
    publish(fair, by=reporter)
    client = Client()
    client.force_login(reporter)
    address = reverse("fairs:many_editions", args=[fair.slug])
    client.get(address)
    with django_assert_num_queries(18):
        client.get(address)
    with django_assert_num_queries(4):
        Client().get(reverse("fairs:editions_together", args=[fair.slug]))
