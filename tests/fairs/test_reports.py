"""The result report: each number is the rows behind it, and what must add up does."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from rest_framework.test import APIClient

from booths.models import Booth, BoothClass, Reservation
from buyers.actions.registrations import invite_importer
from buyers.models import Badge, Gate, Registration, Scan
from fairs import clock, reports
from fairs.models import Participation, Province
from matchmaking.models import Deal, Meeting
from tests import world
from tests.fairs.measured import numbers

pytestmark = pytest.mark.django_db
NOTHING = {"VND": 0}


@pytest.fixture
def edition():
    """An edition on its first morning."""
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


def reserve(edition, booth, state):
    """A booth taken by a company of its own."""
    asked = world.application(edition)
    return Reservation.objects.create(
        edition=edition, booth=booth, application=asked, company=asked.company, state=state, held_until=world.NOON
    )


def come(edition, *people, kind="importer", times=1, day=0, company=None):
    """People with badges who pass the gate so many times."""
    gate = Gate.objects.get_or_create(edition=edition, name_vi="Cổng 1", defaults={"name_en": "Gate 1"})[0]
    for person in people:
        badge = Badge.objects.filter(edition=edition, person=person).first() or Badge.objects.create(
            edition=edition, person=person, company=company, kind=kind,
            token=f"t{person.pk}", short_code=f"S{person.pk}",
        )  # fmt: skip
        for turn in range(times):
            Scan.objects.create(
                edition=edition, gate=gate, badge=badge, direction="in", result="ok", entered=True,
                at=world.FIRST_MORNING + timedelta(days=day, minutes=turn), key=f"{person.pk}-{day}-{turn}",
            )  # fmt: skip


def register(edition, company, state="approved", grade="ordinary", **fields):
    """A person of a company, registered."""
    return Registration.objects.create(
        edition=edition,
        company=company,
        person=world.person(),
        state=state,
        grade=world.grade(edition, grade),
        **fields,
    )


def record_deal(sides, **fields):
    """A deal of two sides, confirmed unless said otherwise."""
    number = Deal.objects.count() + 1
    given = {
        "edition": sides.edition, "number": f"HD-{number}", "exhibitor": sides.exhibitor, "importer": sides.importer,
        "product_group": world.product_group(), "currency": "USD", "amount": Decimal(1000), "usd": Decimal(1000),
        "signed_on": world.OPENS, "recorded_side": "exhibitor", "recorded_by": sides.maker,
        "recorded_at": world.FIRST_MORNING, "state": "confirmed", "token": f"t{number}", "key": f"k{number}",
    }  # fmt: skip
    return Deal.objects.create(**given | fields)


def test_an_empty_fair_reports_noughts(edition):
    found = numbers(edition)
    assert set(found) == {
        "B1.built", "B1.allocated", "B1.occupied", "B1.signed", "B2.international", "B2.domestic", "B2.technical",
        "B3.area", "B3.standard", "B3.raw", "B4.booths", "B4.area",
        "C1.companies", "C1.households", "C2.provinces", "C2.countries", "C2.home", "C2.abroad",
        "C3.household", "C3.cooperative", "C3.company", "C3.association", "C3.artisan", "C3.public",
        "C4.groups", "C4.by_group", "C4.villages", "C4.of_villages", "C4.elsewhere", "C5.turns", "C5.companies",
        "D1.invited", "D1.registered", "D1.approved", "D1.attended", "D1.people", "D1.entries",
        "D2.people", "D2.companies", "D2.fulfilled", "D2.paid", "D2.cost", "D3.countries", "D3.approved",
        "D4.entries", "D4.visitors", "D4.by_day",
        "E1.requested", "E1.accepted", "E1.held", "E1.no_show", "E1.cancelled", "E1.cancelled_late", "E1.walk_in",
        "E2.per_exhibitor", "E2.per_importer", "E3.noted", "E3.named",
        "F1.count", "F1.value", "F1.value_usd", "F1.claimed", "F2.count", "F2.value", "F2.claimed",
        "F3.orders", "F3.orders_value", "F3.sold", "F3.selling", "F4.within_12", "F4.within_6", "F4.within_3",
        "F4.months_4_6", "F4.months_7_12", "F4.count", "F4.value", "F5.signing", "F5.taking_part", "F5.enterprises",
        "F1.recorded", "F1.level_claimed", "F1.level_confirmed", "F1.level_seen", "F1.level_delivered",
        "F2.recorded", "F2.level_claimed", "F2.level_confirmed", "F2.level_seen", "F2.level_delivered",
        "H1.due", "H1.paid", "H1.covered", "H1.outstanding", "H1.waiting", "H2.cost", "H2.granted",
        "H2.hosting", "H2.budget", "H2.counterpart", "H2.other", "H2.budget_share", "J1.planned", "J1.reached",
    }  # fmt: skip
    assert {name for name, value in found.items() if value not in (0, {"USD": 0}, {"m²": 0}, NOTHING)} == set()


def test_booths_are_counted_by_what_became_of_them(edition):
    booths = world.floor(edition, 6)
    for booth, state in zip(booths, ["held", "reserved", "confirmed", "handed_over", "released"], strict=False):
        reserve(edition, booth, state)
    found = numbers(edition)
    assert (found["B1.built"], found["B1.allocated"], found["B1.occupied"]) == (6, 3, 1)


def test_the_booths_of_each_origin_add_up_to_those_built(edition):
    booths = world.floor(edition, 5)
    for origin, count in (("international", 2), ("technical", 1)):
        kind = BoothClass.objects.create(edition=edition, code=origin, name_vi=origin, name_en=origin, origin=origin)
        Booth.objects.filter(pk__in=[booth.pk for booth in booths[:count]]).update(booth_class=kind)
        booths = booths[count:]
    found = numbers(edition)
    assert (found["B2.international"], found["B2.domestic"], found["B2.technical"]) == (2, 2, 1)
    [total] = reports.addition(reports.line("B2"), reports.results(edition))
    assert total.holds
    assert total.whole == reports.Amount(5)


def test_an_exhibitor_counts_once_and_with_the_province_it_had_then(edition):
    hanoi, hue = (
        Province.objects.create(
            code=code, name_vi=name, name_en=name, kind="city", valid_from=world.OPENS - timedelta(days=900)
        )
        for code, name in (("01", "Hà Nội"), ("46", "Thừa Thiên Huế"))
    )
    for province in (hanoi, hanoi, hue, None):
        country = "VN" if province else "LA"
        Participation.objects.create(
            edition=edition, company=world.company(country=country), role="exhibitor", province=province
        )
    gone = Participation.objects.create(edition=edition, company=world.company(), role="exhibitor", province=hue)
    Participation.objects.filter(pk=gone.pk).update(state="withdrawn")
    found = numbers(edition)
    assert (found["C1.companies"], found["C2.provinces"], found["C2.countries"]) == (4, 2, 2)
    rows = reports.line("C2").figure("countries").rows(edition)
    assert sum(row["number"] for row in rows) == found["C1.companies"]


def test_importers_are_companies_and_their_people_stand_beside(edition):
    desk = world.officer(edition, "importer_desk")
    big, small, asked = (world.importer_company(country=code) for code in ("FR", "FR", "JP"))
    first, second = register(edition, big, grade="hosted"), register(edition, big)
    register(edition, small, "registered")
    register(edition, world.importer_company(), "declined")
    register(edition, world.importer_company(), "withdrawn")
    invitation = invite_importer(edition, company=asked, person=world.person(), by=desk)
    come(edition, first.person, second.person, times=2)
    found = numbers(edition)
    assert {key: found[f"D1.{key}"] for key in ("invited", "registered", "approved", "attended", "people")} == {
        "invited": 1, "registered": 3, "approved": 1, "attended": 1, "people": 2,
    }  # fmt: skip
    assert (found["D2.people"], found["D3.countries"], found["D3.approved"]) == (1, 1, 1)
    invitation.follow("register", by=desk)
    assert numbers(edition)["D1.invited"] == 1  # an invitation stays one, whatever became of it


def test_entries_are_turns_and_people_are_counted_once(edition):
    buyer, guest, maker = world.person(), world.person(), world.person()
    come(edition, buyer, times=3)
    come(edition, buyer, times=1, day=1)
    come(edition, guest, kind="visitor", times=2)
    come(edition, maker, kind="exhibitor", times=5)
    other = world.edition()
    come(other, world.person())
    found = numbers(edition)
    assert (found["D4.entries"], found["D4.visitors"], found["D4.by_day"]) == (6, 2, 6)
    rows = reports.line("D4").figure("visitors").rows(edition)
    assert {person.pk: person.entries for person in rows} == {buyer.pk: 4, guest.pk: 2}
    days = reports.line("D4").figure("by_day").rows(edition)
    assert [(str(row["day"]), row["badge__kind"], row["entries"], row["people"]) for row in days] == [
        ("2018-10-18", "importer", 3, 1),
        ("2018-10-18", "visitor", 2, 1),
        ("2018-10-19", "importer", 1, 1),
    ]


def test_meetings_are_turns_in_the_state_they_reached(edition):
    sides = world.two_sides(edition)
    for number, state in enumerate(["requested", "accepted", "held", "held", "no_show", "declined", "cancelled"]):
        starts = world.FIRST_MORNING + timedelta(hours=number)
        Meeting.objects.create(
            edition=edition, exhibitor=sides.exhibitor, importer=sides.importer, importer_person=sides.buyer,
            starts_at=starts, ends_at=starts + timedelta(minutes=30), state=state,
        )  # fmt: skip
    found = numbers(edition)
    assert [found[f"E1.{key}"] for key in ("requested", "accepted", "held", "no_show")] == [7, 4, 2, 1]
    assert [found[f"E1.{key}"] for key in ("cancelled", "cancelled_late", "walk_in")] == [1, 0, 0]


@pytest.mark.parametrize(("hours", "late"), [(23, 1), (25, 0)])
def test_a_meeting_called_off_says_by_whom_and_how_late(edition, hours, late):
    sides = world.two_sides(edition)
    starts = world.FIRST_MORNING
    Meeting.objects.create(
        edition=edition, exhibitor=sides.exhibitor, importer=sides.importer, importer_person=sides.buyer,
        starts_at=starts, ends_at=starts + timedelta(minutes=30), state="cancelled", cancelled_by="importer",
        cancelled_at=starts - timedelta(hours=hours),
    )  # fmt: skip
    assert numbers(edition)["E1.cancelled_late"] == late
    figure = reports.line("E1").figure("cancelled")
    shown = {column.key: column.value(row) for row in figure.each_row(edition) for column in figure.columns}
    assert (shown["cancelled_by"], shown["notice"]) == (Meeting.Actor.IMPORTER.label, hours)


def test_contracts_count_once_both_sides_stand_by_them(edition):
    sides = world.two_sides(edition)
    record_deal(sides)
    record_deal(sides, currency="EUR", amount=Decimal("2500.50"), usd=Decimal("2900.58"), kind="trial_order")
    record_deal(sides, currency="JPY", amount=Decimal(6_940_000), usd=None)
    record_deal(sides, state="recorded", amount=Decimal(77))
    record_deal(sides, state="disputed", amount=Decimal(88))
    record_deal(sides, state="cancelled", amount=Decimal(99))
    record_deal(sides, kind="memorandum", amount=Decimal(120_000), usd=Decimal(120_000))
    record_deal(sides, kind="memorandum", state="recorded", amount=Decimal(0))
    found = numbers(edition)
    assert (found["F1.count"], found["F1.claimed"], found["F1.without_rate"]) == (3, 2, 1)
    assert found["F1.value"] == {"EUR": Decimal("2500.50"), "JPY": 6_940_000, "USD": 1000}
    assert found["F1.value_usd"] == {"USD": Decimal("3900.58")}
    assert (found["F2.count"], found["F2.value"], found["F2.claimed"]) == (1, {"USD": 120_000}, 1)


@pytest.fixture
def busy(edition):
    """An edition with something behind every line."""
    for booth in world.floor(edition, 3):
        reserve(edition, booth, "handed_over")
    sides = world.two_sides(edition)
    seat = register(edition, sides.importer.company, grade="hosted")
    come(edition, seat.person, company=sides.importer.company)
    record_deal(sides)
    world.target(edition, "B1.planned", 6)
    world.target(edition, "D2", 1)
    return edition


def test_each_count_is_as_many_as_its_rows(busy):
    for line in reports.lines():
        for figure in line.figures:
            rows = list(figure.each_row(busy))
            if figure.measure is None:
                assert figure.amounts(busy) == [reports.Amount(len(rows))], (line.code, figure.key)
            assert all(column.value(row) is not None for row in rows for column in figure.columns[:1])


def test_a_figure_is_held_against_its_target(busy):
    found = {f"{line.code}.{one.figure.key}": one for line, results in reports.results(busy) for one in results}
    assert (found["B1.occupied"].plan, found["B1.occupied"].percent) == (6, 50)
    assert (found["D2.people"].plan, found["D2.people"].percent) == (1, 100)
    assert found["C1.companies"].percent is None


def sign_in(client, edition, role):
    """A client signed in as an officer."""
    client.force_login(world.officer(edition, role))
    return client


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_links_every_number_to_its_rows(client, busy, language):
    sign_in(client, busy, "director")
    client.cookies["django_language"] = language
    page = client.get(reverse("fairs:report", args=[busy.slug])).content.decode()
    for line in reports.lines():
        for figure in line.figures:
            if not figure.if_any:
                url = reverse("fairs:report_rows", args=[busy.slug, line.code, figure.key])
                assert f'href="{url}"' in page
                assert client.get(url).status_code == 200
    assert "50%" in page
    assert "10:00" in page


def test_a_desk_reads_all_totals_and_only_its_own_rows(client, busy):
    sign_in(client, busy, "booth_desk")
    page = client.get(reverse("fairs:report", args=[busy.slug])).content.decode()
    assert reverse("fairs:report_rows", args=[busy.slug, "B1", "built"]) in page
    assert reverse("fairs:report_rows", args=[busy.slug, "F1", "count"]) not in page
    assert client.get(reverse("fairs:report_rows", args=[busy.slug, "F1", "count"])).status_code == 404
    book = load_workbook(BytesIO(client.get(reverse("fairs:report_xlsx", args=[busy.slug])).content))
    assert not [title for title in book.sheetnames if title.startswith(("D", "E", "F", "H"))]


def test_whoever_has_no_desk_finds_no_report(client, busy):
    url = reverse("fairs:report", args=[busy.slug])
    assert client.get(url).status_code == 302
    client.force_login(world.person())
    assert client.get(url).status_code == 404
    assert sign_in(client, busy, "gate").get(url).status_code == 404
    assert client.get(reverse("fairs:report_rows", args=[busy.slug, "Z9", "x"])).status_code == 404


def test_rows_come_fifty_to_a_page(client, edition):
    world.floor(edition, 60)
    url = reverse("fairs:report_rows", args=[edition.slug, "B1", "built"])
    sign_in(client, edition, "reports")
    assert client.get(url).content.decode().count("<tr>") == 51
    assert client.get(f"{url}?page=2").content.decode().count("<tr>") == 11


@pytest.mark.parametrize("name", ['=HYPERLINK("http://example.org")', "+84 24", "@SUM(A1)", "<b>Gốm</b>", "Gốm" * 100])
def test_names_stay_names_on_the_page_and_in_the_sheet(client, edition, name):
    Participation.objects.create(edition=edition, company=world.company(name_vi=name), role="exhibitor")
    url = reverse("fairs:report_rows", args=[edition.slug, "C1", "companies"])
    page = sign_in(client, edition, "director").get(url).content.decode()
    assert "<b>Gốm</b>" not in page
    book = load_workbook(BytesIO(client.get(f"{url}?format=xlsx").content))
    [cell] = [cell for row in book.active.iter_rows() for cell in row if cell.value == name]
    assert cell.data_type == "s"


def test_the_workbook_has_a_summary_and_the_rows_of_each_figure(client, busy):
    sign_in(client, busy, "director")
    client.cookies["django_language"] = "en"
    response = client.get(reverse("fairs:report_xlsx", args=[busy.slug]))
    assert response["Content-Disposition"] == f'attachment; filename="{busy.slug}-report.xlsx"'
    book = load_workbook(BytesIO(response.content))
    rows = list(book["Summary"].iter_rows(values_only=True))
    assert rows[2][0] == "Plan: version 1 of 18 Oct 2018"
    assert rows[4][:4] == ("Line", "Title", "Figure", "Actual")
    assert ("B1", "Built", 3, 6, None, 50) in [(row[0], *row[2:]) for row in rows]
    contract = list(book["F1 Contracts"].iter_rows(values_only=True))
    assert contract[4][6:8] == ("Value", "Currency")
    assert contract[5][6:8] == (1000, "USD")
    shown = sum(len(results) for _line, results in reports.results(busy))
    assert book.sheetnames[:2] == ["Summary", "Plan and result"]
    assert len(book.sheetnames) == 2 + shown


def test_the_paper_is_a_pdf(client, busy):
    response = sign_in(client, busy, "director").get(reverse("fairs:report_pdf", args=[busy.slug]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("booths", world.ROWS)
def test_the_page_asks_as_many_questions_whatever_the_size(client, edition, booths, django_assert_num_queries):
    for booth in world.floor(edition, booths)[:20]:
        reserve(edition, booth, "confirmed")
    sign_in(client, edition, "director")
    with django_assert_num_queries(62):
        client.get(reverse("fairs:report", args=[edition.slug]))
    with django_assert_num_queries(8):
        client.get(reverse("fairs:report_rows", args=[edition.slug, "B1", "allocated"]))
    with django_assert_num_queries(5):
        client.get(reverse("fairs:report_rows", args=[edition.slug, "B1", "built"]) + "?format=xlsx")


class TestApi:
    def client(self, edition, role):
        client = APIClient()
        client.force_authenticate(world.officer(edition, role))
        return client

    def test_the_report_as_numbers(self, busy):
        answer = self.client(busy, "reports").get(f"/api/v1/editions/{busy.slug}/report/").json()
        lines = {line["code"]: line for line in answer["lines"]}
        planned, built, *_others = lines["B1"]["figures"]
        assert (planned["key"], planned["plan"]) == ("planned", None)
        assert (built["key"], built["amounts"], built["plan"], built["percent"]) == (
            "built", [{"value": "3", "unit": ""}], "6.00", "50.0",
        )  # fmt: skip
        assert (lines["B2"]["adds_up"], lines["C1"]["adds_up"]) == (True, None)
        assert (lines["B2"]["unit"] != "", lines["G1"]["recorded"], lines["A2"]["facts"][0]["text"]) == (
            True, False, busy.name_vi,
        )  # fmt: skip

    def test_the_rows_in_pages(self, busy):
        client = self.client(busy, "reports")
        answer = client.get(f"/api/v1/editions/{busy.slug}/report/F1/count/?page_size=1").json()
        assert answer["count"] == 1
        assert answer["results"][0]["value"] == {"amount": "1000.00", "currency": "USD"}
        assert answer["results"][0]["signed_on"] == "2018-10-18"
        assert [column["key"] for column in answer["columns"]][:2] == ["number", "signed_on"]

    @pytest.mark.parametrize("booths", world.ROWS)
    def test_it_asks_as_many_questions_whatever_the_size(self, edition, booths, django_assert_num_queries):
        for booth in world.floor(edition, booths)[:20]:
            reserve(edition, booth, "confirmed")
        client = self.client(edition, "reports")
        with django_assert_num_queries(56):
            client.get(f"/api/v1/editions/{edition.slug}/report/")
        with django_assert_num_queries(4):
            client.get(f"/api/v1/editions/{edition.slug}/report/B1/allocated/")

    def test_others_find_nothing(self, busy):
        url = f"/api/v1/editions/{busy.slug}/report/"
        assert APIClient().get(url).status_code == 404
        assert self.client(busy, "gate").get(url).status_code == 404
        assert self.client(busy, "booth_desk").get(f"{url}F1/count/").status_code == 404
        assert self.client(busy, "reports").get(f"{url}B1/nothing/").status_code == 404
