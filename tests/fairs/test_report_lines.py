"""The lines of the official form: each declared with its definition, words beside numbers, and nothing as a nought."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override
from rest_framework.test import APIClient

from booths.models import Application, Booth, BoothClass, Reservation
from buyers.models import TravelItem
from fairs import clock, reports
from fairs.actions.editions import add_legal_paper
from fairs.indicators import compared, indicators
from fairs.models import CraftVillage, Fund, Notice, Participation, Province
from matchmaking.models import Meeting
from tests import world
from tests.buyers import hosted
from tests.fairs.measured import numbers

pytestmark = pytest.mark.django_db
FORM = [
    "A1", "A2", "A3", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "C5", "D1", "D2", "D3", "D4", "E1", "E2",
    "F1", "F2", "G1", "G2", "G3", "G4", "G5", "H1", "H2", "I1", "J1", "K1",
]  # fmt: skip
UNRECORDED = {"G1", "G2", "G3", "G4", "G5", "I1", "K1"}


@pytest.fixture
def edition():
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


def test_every_line_of_the_form_has_title_definition_and_unit():
    lines = {line.code: line for line in reports.lines()}
    assert set(FORM) <= set(lines)
    for language in ("vi", "en"):
        with override(language):
            missing = [code for code, one in lines.items() if not (one.title and one.note)]
            without_unit = [code for code, one in lines.items() if not one.unit and code[0] != "F"]
            assert missing == without_unit == []
    assert {code for code, line in lines.items() if not line.recorded} == UNRECORDED


def test_what_nobody_records_is_said_in_words_and_never_as_a_nought(client, edition):
    client.force_login(world.officer(edition, "reports"))
    client.cookies["django_language"] = "en"
    page = client.get(reverse("fairs:report", args=[edition.slug])).content.decode()
    for code in UNRECORDED:
        said = page.partition(f'<span class="line-code">{code}</span>')[2].partition("</tbody>")[0]
        assert "not recorded yet" in said
        assert "actual" not in said
    program = APIClient()
    program.force_authenticate(world.officer(edition, "reports"))
    lines = {one["code"]: one for one in program.get(f"/api/v1/editions/{edition.slug}/report/").json()["lines"]}
    assert {code for code, line in lines.items() if not line["recorded"]} == UNRECORDED
    assert lines["G1"]["figures"] == lines["G1"]["facts"] == []


def test_lines_of_words_say_what_is_set_up(edition):
    edition.theme_vi, edition.number = "Tinh hoa làng nghề", 7
    edition.save()
    edition.series.host_vi = "Sở Công Thương"
    edition.series.save()
    add_legal_paper(
        edition, number="50/KH-UBND", issued_on=date(2018, 2, 21), issuer_vi="UBND Thành phố", subject_vi="Kế hoạch",
        by=world.officer(edition, "director"),
    )  # fmt: skip
    with override("vi"):
        facts = {code: [(str(one.label), one.text) for one in of] for code, of in reports.facts(edition).items()}
    assert facts["A1"] == [("50/KH-UBND, 21/2/2018", "UBND Thành phố: Kế hoạch")]
    assert [text for _label, text in facts["A2"]] == [
        "Hội chợ Quà tặng 2018", "7", "18–21/10/2018", "18/10, 19/10, 20/10, 21/10: 09:00–17:30", "Cung triển lãm",
        "Tinh hoa làng nghề",
    ]  # fmt: skip
    assert [text for _label, text in facts["A3"]] == ["Sở Công Thương", "", "", ""]


def test_floor_area_and_occupancy_come_of_the_booths(edition):
    booths = world.floor(edition, 4)
    raw = BoothClass.objects.create(
        edition=edition, code="raw", name_vi="Đất trống", name_en="Raw", origin="domestic", build="raw"
    )
    Booth.objects.filter(pk=booths[0].pk).update(booth_class=raw, width=Decimal("6.05"), depth=Decimal("3.05"))
    asked = world.application(edition)
    Reservation.objects.create(
        edition=edition, booth=booths[0], application=asked, company=asked.company, state="confirmed",
        held_until=world.NOON,
    )  # fmt: skip
    world.target(edition, "B1.planned", 8)
    found = numbers(edition)
    assert (found["B1.planned"], found["B1.built"]) == (8, 4)
    assert [found[f"B3.{key}"]["m²"] for key in ("area", "standard", "raw")] == [
        Decimal("45.4525"), 27, Decimal("18.4525"),
    ]  # fmt: skip
    assert (found["B4.booths"], found["B4.area"]) == ({"%": 25}, {"%": Decimal("40.6")})
    assert adds_up("B3", edition)


def exhibitor(edition, **fields):
    """A company that takes part."""
    firm = world.company(**fields)
    return Participation.objects.create(edition=edition, company=firm, role="exhibitor", province=firm.province)


def adds_up(code, edition):
    """Whether a line is an addition, and holds in each way."""
    sums = reports.addition(reports.line(code), reports.results(edition))
    return bool(sums) and all(one.holds for one in sums)


def test_exhibitors_fall_into_parts_by_place_form_group_and_village(edition):
    hanoi = Province.objects.create(
        code="01", name_vi="Hà Nội", name_en="Hanoi", kind="city", valid_from=world.OPENS - timedelta(days=900)
    )
    ceramics, lacquer = world.product_group(), world.product_group("lacquer")
    village = CraftVillage.objects.create(
        slug="bat-trang", name_vi="Bát Tràng", craft_vi="Gốm", craft_en="Ceramics", product_group=ceramics
    )
    exhibitor(edition, legal_form="household", province=hanoi, craft_village=village).company.product_groups.add(
        ceramics, lacquer
    )
    exhibitor(edition, legal_form="cooperative", province=hanoi).company.product_groups.add(lacquer)
    exhibitor(edition, country="LA")
    nowhere = exhibitor(edition)
    Application.objects.create(
        edition=edition, company=nowhere.company, contact=world.person(), booth_class=world.booth_class(edition),
        state="accepted", legal_form="artisan",
    )  # fmt: skip
    found = numbers(edition)
    assert [found[f"C2.{key}"] for key in ("provinces", "countries", "home", "abroad", "unsaid")] == [1, 2, 2, 1, 1]
    assert [found[f"C3.{key}"] for key in ("household", "cooperative", "company", "artisan")] == [1, 1, 1, 1]
    assert [found[f"C4.{key}"] for key in ("groups", "by_group", "villages", "of_villages", "elsewhere")] == [
        2, 4, 1, 1, 3
    ]  # fmt: skip
    assert all(adds_up(code, edition) for code in ("C2", "C3", "C4"))


def test_meetings_are_shared_out_among_all_companies(edition):
    sides = world.two_sides(edition)
    world.exhibitor(edition)
    for number, state in enumerate(["held", "held", "held", "no_show"]):
        starts = world.FIRST_MORNING + timedelta(hours=number)
        Meeting.objects.create(
            edition=edition, exhibitor=sides.exhibitor, importer=sides.importer, importer_person=sides.buyer,
            starts_at=starts, ends_at=starts + timedelta(minutes=30), state=state,
        )  # fmt: skip
    found = numbers(edition)
    assert (found["E2.per_exhibitor"], found["E2.per_importer"]) == (Decimal("1.5"), 0)
    rows = reports.line("E2").figure("per_exhibitor").rows(edition)
    assert sorted(row.held for row in rows) == [0, 3]


def test_an_indicator_is_held_against_the_plan_and_the_last_edition(edition):
    before = world.edition(opens_on=date(2017, 10, 19), closes_on=date(2017, 10, 22))
    for of, many in ((before, 2), (edition, 3)):
        for _each in range(many):
            exhibitor(of)
    world.target(edition, "C1", 3)
    world.target(edition, "C2.home", 1)
    first, second = indicators(edition)
    assert (first.plan.value, first.actual.value, first.result.percent, first.before.value, first.change) == (
        3, 3, 100, 2, 50,
    )  # fmt: skip
    assert (second.before.value, second.change) == (0, None)
    by_name = numbers(edition)
    assert (by_name["J1.planned"], by_name["J1.reached"]) == (2, 1)
    again = compared(reports.aimed_of(reports.results(edition)), before)
    assert [(one.title, one.before, one.change) for one in again] == [
        (one.title, one.before, one.change) for one in (first, second)
    ]


def test_support_and_hosting_are_one_cost_by_who_bears_it(edition):
    city = Fund.objects.create(edition=edition, name_vi="Thành phố", name_en="City")
    firm = world.company()
    owed = Notice.objects.create(
        edition=edition, company=firm, number="N1", reference="R1", currency="VND", due=9, due_on=world.OPENS
    )
    world.grant(owed, 6, fund=city)
    guest = hosted.offered(edition, world.officer(edition, "importer_desk"))
    paid = {"currency": "USD", "actual": Decimal(700), "paid": Decimal(500), "fund": city, "paper_number": "1"}
    TravelItem.objects.update_or_create(contract=guest, kind="flight", defaults={"ceiling": None} | paid)
    found = numbers(edition)
    assert (found["H2.cost"], found["H2.hosting"], found["H2.granted"]) == (
        {"USD": 500, "VND": 6}, {"USD": 500}, {"VND": 6},
    )  # fmt: skip
    assert (found["D2.cost"], found["H2.budget"]) == ({"USD": 500}, {"USD": 500, "VND": 6})
    assert adds_up("H2", edition)
