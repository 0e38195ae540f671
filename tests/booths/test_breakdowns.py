"""The floor, the applications and the waiting list part by part: the parts make the total, or the page says so."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from booths.breakdowns import waiting
from booths.models import Application, BoothClass, Hall, Reservation, Zone
from fairs import breakdowns, clock
from fairs.breakdowns import Breakdown, Cut, Measure, named
from fairs.models import CraftVillage, Participation, ProductGroup, Province
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """Four booths in two halls; two are allocated, to a maker of Hanoi and to one of Japan."""
    with clock.at(world.NOON):
        made = world.edition()
        booths = world.floor(made)
        other = Hall.objects.create(
            edition=made, code="B", name_vi="Nhà B", name_en="Hall B", x=0, y=50, width=9, depth=9
        )
        abroad = BoothClass.objects.create(
            edition=made, code="abroad", name_vi="Quốc tế", name_en="International", origin="international"
        )
        made.booths.filter(code="A04").update(hall=other, booth_class=abroad, width=6)
        hanoi = Province.objects.create(code="01", name_vi="Hà Nội", name_en="Ha Noi", valid_from="2008-08-01")
        pots, silk = world.product_group(), world.product_group("silk")
        ProductGroup.objects.filter(pk=silk.pk).update(name_vi="Lụa", name_en="Silk")
        for booth, country, province in ((booths[0], "VN", hanoi), (booths[3], "JP", None)):
            asked = world.application(made)
            asked.company.country, asked.company.province = country, province
            asked.company.save()
            for group in (pots, silk):  # one after the other: of several at once, nothing says which is the first
                asked.company.product_groups.add(group)
            Participation.objects.filter(company=asked.company).update(province=province)
            Reservation.objects.create(
                edition=made, booth=booth, application=asked, company=asked.company, state="reserved",
                held_until=world.NOON,
            )  # fmt: skip
            Reservation.objects.create(
                edition=made, booth=booth, application=asked, company=asked.company, state="released",
                held_until=world.NOON,
            )  # fmt: skip
        yield made


def parts_of(key, cut, edition):
    """The parts of a cut by name, each with its numbers."""
    of = breakdowns.breakdown(key)
    whole = breakdowns.total(of, edition)
    found = breakdowns.parted(of, of.cut(cut), edition, whole)
    assert found.wrong == []
    return {str(part.name): tuple(part.numbers.values()) for part in found.parts}


def test_the_floor_by_hall_class_origin_and_zone(edition):
    assert parts_of("floor", "hall", edition) == {"Nhà A": (3, 1, 27, 9), "Nhà B": (1, 1, 18, 18)}
    assert parts_of("floor", "class", edition) == {"Gian tiêu chuẩn": (3, 1, 27, 9), "Quốc tế": (1, 1, 18, 18)}
    assert {name: numbers[0] for name, numbers in parts_of("floor", "origin", edition).items()} == {
        str(BoothClass.Origin.DOMESTIC.label): 3,
        str(BoothClass.Origin.INTERNATIONAL.label): 1,
    }
    assert parts_of("floor", "zone", edition) == {"Gốm sứ": (4, 2, 45, 27)}


def test_the_floor_by_the_group_named_first_and_by_province(edition):
    found = parts_of("floor", "group", edition)
    assert list(found.values()) == [(2, 2, 27, 27), (2, 0, 18, 0)]
    assert next(iter(found)) == "Gốm sứ"
    found = parts_of("floor", "province", edition)
    assert sorted(found.values()) == [(1, 1, 9, 9), (1, 1, 18, 18), (2, 0, 18, 0)]
    assert found["Hà Nội"] == (1, 1, 9, 9)


def test_the_total_is_what_the_report_says(edition):
    of = breakdowns.breakdown("floor")
    whole = breakdowns.total(of, edition)
    assert whole == {"booths": 4, "allocated": 2, "area": 45, "allocated_area": 27}
    assert breakdowns.against_report(of, edition, whole) == []
    assert breakdowns.against_report(of, edition, {**whole, "booths": 3})[0][1:] == (3, 4)


def test_applications_by_state_province_village_and_group(edition):
    village = CraftVillage.objects.create(
        slug="bat-trang", name_vi="Bát Tràng", craft_vi="Gốm", craft_en="Pottery", product_group=world.product_group()
    )
    asked = world.application(edition, state="submitted", booths=5)
    asked.company.craft_village = village
    asked.company.save()
    world.application(edition, state="draft")
    assert sorted(parts_of("applications", "state", edition).values()) == [(1, 5), (2, 4)]
    assert parts_of("applications", "village", edition)["Bát Tràng"] == (1, 5)
    assert sorted(parts_of("applications", "province", edition).values()) == [(1, 2), (1, 2), (1, 5)]
    assert sorted(parts_of("applications", "group", edition).values()) == [(1, 5), (2, 4)]


def test_the_waiting_list_by_reason(edition):
    for reason in ("Hết gian", "Hết gian", "Chờ giấy tờ"):
        asked = world.application(edition, state="waitlisted")
        Application.objects.filter(pk=asked.pk).update(reason=reason)
    assert parts_of("waiting", "reason", edition) == {"Hết gian": (2, 4), "Chờ giấy tờ": (1, 2)}
    assert waiting(edition).count() == 3


@pytest.fixture
def visit(client, edition):
    """Asks for a page as an officer with a role."""

    def ask(name, *args, role="booth_desk", language="en", **query):
        client.force_login(world.officer(edition, role), backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(f"fairs:{name}", args=[edition.slug, *args], query=query)
        return client.get(address, headers={"accept-language": language})

    return ask


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("key", ["floor", "applications", "waiting"])
def test_every_number_leads_to_as_many_rows(visit, client, edition, key, language):
    world.application(edition, state="waitlisted")
    page = visit("breakdown", key, language=language)
    assert page.status_code == 200
    assert (
        "The parts make the total." if language == "en" else "Các phần cộng lại đúng bằng tổng."
    ) in page.content.decode()
    counts = [cells[0] for table in page.context["tables"] for _name, cells in table["parts"]]
    for cell in [page.context["total"][0], *counts]:
        rows = client.get(cell["url"])
        assert str(rows.context["page"].paginator.count) == cell["text"], cell["url"]


def test_the_page_says_when_the_parts_do_not_add_up(visit, edition, monkeypatch):
    many = Cut("many", "Every group", "kept__company__product_groups", named(ProductGroup))
    whole = breakdowns.breakdown("floor")
    broken = Breakdown("broken", "Broken", whole.rows, whole.columns, [Measure("booths", "Booths")], [many])
    monkeypatch.setitem(breakdowns._breakdowns, "broken", broken)
    text = visit("breakdown", "broken", role="director").content.decode()
    assert "Booths: the parts make 6, the total is 4." in text
    assert "The parts do not add up" in text


def test_files_hold_the_same(visit, edition):
    book = load_workbook(BytesIO(visit("breakdown", "floor", format="xlsx").content))
    assert len(book.sheetnames) == 7
    assert [cell.value for cell in list(book.worksheets[0].iter_rows())[-1]][1:] == [4, 2, 45, 27]
    rows = load_workbook(
        BytesIO(
            visit(
                "breakdown_rows", "floor", "hall", part=str(edition.halls.get(code="B").pk), of="booths", format="xlsx"
            ).content
        )
    )
    assert list(rows.worksheets[0].iter_rows())[-1][0].value == "A04"
    assert visit("breakdown", "applications", format="pdf").content.startswith(b"%PDF")


def test_what_is_not_there_or_not_theirs_is_not_found(visit):
    assert visit("breakdown", "nothing").status_code == 404
    assert visit("breakdown_rows", "floor", "nothing").status_code == 404
    assert visit("breakdown_rows", "floor", "hall", part="x").status_code == 404
    assert visit("breakdown", "floor", role="importer_desk").status_code == 404


@pytest.mark.parametrize("count", world.ROWS)
@pytest.mark.parametrize(("key", "queries"), [("floor", 16), ("applications", 9), ("waiting", 11)])
def test_a_breakdown_takes_the_same_queries_for_any_number_of_rows(
    client, key, queries, count, django_assert_num_queries
):
    with clock.at(world.NOON):
        edition = world.edition()
        world.floor(edition, count)
        contact = world.person()
        for _turn in range(count):
            Application.objects.create(
                edition=edition, company=world.company(), contact=contact, booth_class=world.booth_class(edition),
                state="waitlisted", submitted_at=world.NOON, reason="Hết gian",
            )  # fmt: skip
        assert Zone.objects.filter(edition=edition).exists()
        client.force_login(world.officer(edition, "booth_desk"), backend="django.contrib.auth.backends.ModelBackend")
        address = reverse("fairs:breakdown", args=[edition.slug, key])
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
