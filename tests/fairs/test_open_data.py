"""Open data: what everybody reads of an edition, the same figures as the report, and no company's values."""

import csv
import hashlib
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from buyers.models import Registration
from fairs import clock, open_data, press
from fairs.actions.publishing import publish
from fairs.actions.signing import sign_report
from fairs.errors import Forbidden, Refused
from fairs.models import Company, Entry, Participation, Person, ProductGroup, Province, Publication
from fairs.statements import as_now, as_signed
from fairs.suppression import too_few
from matchmaking.models import Deal
from tests import world
from tests.fairs.attack import read_alone, too_near
from tests.fairs.desk import importer as importer_who_came
from tests.fairs.measured import numbers
from tests.world import ROWS

pytestmark = pytest.mark.django_db
BEFORE, SINCE = date(2008, 8, 1), date(2025, 7, 1)


@pytest.fixture
def fair():
    """On its first morning."""
    with clock.at(world.FIRST_MORNING):
        yield world.edition(slug="hgs-2018")


@pytest.fixture
def reporter(fair):
    return world.officer(fair, "reports")


def province(code, name, *, since=BEFORE, until=None, successor=None):
    return Province.objects.create(
        code=code, name_vi=name, name_en=name, kind="province", valid_from=since, valid_to=until, successor=successor
    )


def group(code, name):
    return ProductGroup.objects.get_or_create(code=code, defaults={"name_vi": name, "name_en": name, "kind": "core"})[0]


numbering = count()


def contract(fair, usd, *, maker=None, buyer=None, of="ceramics", country="FR", place=None, state="confirmed"):
    """A contract of a maker and a buyer, both new unless given."""
    maker = maker or Participation.objects.create(
        edition=fair, role="exhibitor", company=world.company(country="VN"), province=place
    )
    buyer = buyer or Participation.objects.create(
        edition=fair, role="importer", company=world.importer_company(country=country)
    )
    number = next(numbering)
    return Deal.objects.create(
        edition=fair, number=f"HD-{number}", exhibitor=maker, importer=buyer, product_group=group(of, of.title()),
        currency="USD", amount=Decimal(usd), usd=Decimal(usd), signed_on=world.OPENS, recorded_side="exhibitor",
        recorded_by=world.officer(fair, "gate"), recorded_at=world.FIRST_MORNING, state=state, token=f"t{number}",
        key=f"k{number}",
    )  # fmt: skip


def told(publication):
    """Totals by figure, and tables of values by row."""
    totals = {one["figure"]: one["value"] for one in publication.content["totals"]}
    tables = {
        table["key"]: {row["key"]: row["value"] for row in table["rows"]} for table in publication.content["tables"]
    }
    return totals, tables


def test_the_totals_are_those_of_the_report(fair, reporter):
    world.floor(fair, 5)
    for usd in (100, 250, 400):
        contract(fair, usd)
    importer_who_came(fair, came=world.FIRST_MORNING)
    totals, tables = told(publish(fair, by=reporter))
    found = numbers(fair)
    counts = {name: value for name, value in totals.items() if name not in ("F1.value_usd", "B3.area")}
    assert set(counts) == set(open_data.TOTALS) - {"B3.area"}
    assert {name: Decimal(value) for name, value in counts.items()} == {name: found[name] for name in counts}
    assert Decimal(totals["F1.value_usd"]) == found["F1.value_usd"]["USD"] == 750
    assert tables["importers-by-country"] == {"FR": "1"}


@pytest.mark.parametrize("key", ["exhibitors-by-province", "exhibitors-by-province-now", "exhibitors-by-group"])
def test_a_table_of_exhibitors_makes_their_number(fair, reporter, key):
    now = province("24", "Bắc Ninh", since=SINCE)
    for name, code in (("Bắc Giang", "24"), ("Bắc Ninh", "27")):
        place = province(code, name, until=SINCE - timedelta(days=1), successor=now)
        Participation.objects.create(
            edition=fair, role="exhibitor", company=world.company(country="VN"), province=place
        )
    Participation.objects.create(edition=fair, role="exhibitor", company=world.company(country="LA"))
    Participation.objects.create(edition=fair, role="exhibitor", company=world.company(country="VN"))
    _totals, tables = told(publish(fair, by=reporter))
    assert sum(map(int, tables[key].values())) == numbers(fair)["C1.companies"] == 4
    if key == "exhibitors-by-province":
        assert tables[key] == {"24@2008-08-01": "1", "27@2008-08-01": "1", "abroad": "1", "": "1"}
    if key == "exhibitors-by-province-now":
        assert tables[key] == {"24@2025-07-01": "2", "abroad": "1", "": "1"}


def test_a_sum_of_two_companies_is_withheld_and_so_is_what_would_tell_it(fair, reporter):
    for of, companies in (("ceramics", 2), ("lacquer", 3), ("silk", 4)):
        for number in range(companies):
            contract(fair, 100 + number, of=of)
    totals, tables = told(publish(fair, by=reporter))
    assert totals["F1.value_usd"] == "910.00"
    assert tables["value-by-group"] == {"ceramics": None, "lacquer": None, "silk": "406.00"}


def test_one_buyer_of_many_makers_is_not_told(fair, reporter):
    buyer = Participation.objects.create(edition=fair, role="importer", company=world.importer_company(country="JP"))
    for _number in range(5):
        contract(fair, 100, buyer=buyer, of="silk")
    totals, _tables = told(publish(fair, by=reporter))
    assert (totals["F1.value_usd"], totals["F1.count"]) == (None, "5")


def test_a_version_one_contract_later_does_not_tell_its_value(fair, reporter):
    for _number in range(4):
        contract(fair, 100)
    first = publish(fair, by=reporter)
    contract(fair, 70, of="silk")
    second = publish(fair, by=reporter)
    assert told(first)[0]["F1.value_usd"] == "400.00"
    assert told(second)[0]["F1.value_usd"] is None
    assert told(second)[1]["value-by-group"] == {"ceramics": "400.00", "silk": None}
    contract(fair, 80, of="silk"), contract(fair, 90, of="silk")
    assert told(publish(fair, by=reporter))[0]["F1.value_usd"] == "640.00"


def press_tells(fair):
    """Whether the press is told number and worth of the contracts, of the last version or of now."""
    last = fair.signed_reports.first()
    with translation.override("en"):
        said = press.summary(as_signed(last) if last else as_now(fair))
    told_of = [one.label for one in said.headlines if "ontracts" in one.label]
    assert told_of in ([], ["Contracts", "Worth of the contracts"])
    return bool(told_of)


def test_the_press_is_not_told_a_total_one_contract_later_than_a_version(fair, reporter):
    director = world.officer(fair, "director")
    for _number in range(4):
        contract(fair, 100)
    publish(fair, by=reporter)
    assert press_tells(fair)
    contract(fair, 70, of="silk")
    assert not press_tells(fair)
    signed = sign_report(fair, by=director, key="a")
    assert (press_tells(fair), signed.basis) == (False, None)
    contract(fair, 80, of="silk"), contract(fair, 90, of="silk")
    assert not press_tells(fair)  # what was signed stays as it is
    sign_report(fair, by=director, key="b")
    assert press_tells(fair)


def test_a_version_does_not_tell_what_the_press_could_take_apart(fair, reporter):
    for _number in range(4):
        contract(fair, 100)
    sign_report(fair, by=world.officer(fair, "director"), key="a")
    assert press_tells(fair)
    contract(fair, 70, of="silk")
    totals, tables = told(publish(fair, by=reporter))
    assert totals["F1.value_usd"] is None
    assert tables["value-by-group"] == {"ceramics": "400.00", "silk": None}
    assert press_tells(fair)


def test_companies_that_were_merged_count_as_one(fair, reporter):
    deals = [contract(fair, 100) for _number in range(3)]
    first, second = (deal.exhibitor.company for deal in deals[:2])
    assert told(publish(fair, by=reporter))[0]["F1.value_usd"] == "300.00"
    Company.objects.filter(pk=second.pk).update(merged_into=first)
    contract(fair, 50)
    totals, _tables = told(publish(fair, by=reporter))
    assert totals["F1.value_usd"] is None


def test_an_attacker_with_every_version_reads_nobody(fair, reporter):
    """All that was told in five versions, attacked by another hand than the one that withheld it."""
    makers = [
        Participation.objects.create(edition=fair, role="exhibitor", company=world.company(country="VN"))
        for _number in range(7)
    ]
    buyers = [
        Participation.objects.create(edition=fair, role="importer", company=world.importer_company(country=code))
        for code in ("FR", "FR", "FR", "JP", "JP", "US")
    ]
    for version in range(5):
        for number in range(4):
            n = version * 5 + number
            contract(fair, 100 + n, maker=makers[n * 3 % 7], buyer=buyers[n % 6], of=("clay", "wood", "silk")[n % 3])
        publish(fair, by=reporter)
    every = list(Publication.objects.order_by("number"))
    amounts = open_data._amounts([(one.number, one.basis) for one in every])
    shown = sorted({(one.number, *cell) for one in every for cell in open_data._told(one.content)})
    assert len(shown) > 5
    assert read_alone(amounts, shown) == []
    cells = {cell for one in amounts for cell in one.cells}
    small = [cell for cell in sorted(cells - set(shown)) if too_few([one for one in amounts if cell in one.cells])]
    assert len(small) > 5
    assert too_near(amounts, shown, small) == {}


def test_a_version_is_kept_with_its_checksum_and_nothing_new_makes_none(fair, reporter):
    first = publish(fair, by=reporter)
    assert publish(fair, by=reporter) == first
    world.exhibitor(fair)
    second = publish(fair, by=reporter)
    assert (first.number, second.number) == (1, 2)
    assert list(Entry.objects.filter(verb="fairs.publication.publish").values_list("subject", flat=True)) == ["2", "1"]
    address = reverse("fairs:open_data_version_json", args=[fair.slug, 1])
    file = Client().get(address).content
    assert hashlib.sha256(file).hexdigest() == first.digest
    assert json.loads(file) == first.content
    assert json.loads(file)["version"] == 1


def test_only_director_and_reports_publish(fair, reporter):
    with pytest.raises(Forbidden):
        publish(fair, by=world.officer(fair, "finance"))
    assert publish(fair, by=world.officer(fair, "director")).number == 1


def test_tables_that_do_not_make_the_report_are_not_published(fair, reporter, monkeypatch):
    world.exhibitor(fair)
    wrong = open_data.Counted("exhibitors-by-x", "X", "X", "C1.companies", lambda edition: [])
    monkeypatch.setattr(open_data, "_counted", [wrong])
    with pytest.raises(Refused) as refused:
        publish(fair, by=reporter)
    assert refused.value.code == "does_not_add_up"
    assert not Publication.objects.exists()


def test_the_newest_version_has_an_address_that_stays(fair, reporter):
    address = reverse("fairs:open_data_json", args=[fair.slug])
    assert Client().get(address).status_code == 404
    publish(fair, by=reporter)
    answer = Client().get(address, follow=True)
    assert answer.redirect_chain == [(reverse("fairs:open_data_version_json", args=[fair.slug, 1]), 302)]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "public" in answer["Cache-Control"]


def test_a_csv_says_withheld_and_not_nought(fair, reporter):
    for of, companies in (("ceramics", 2), ("lacquer", 3), ("silk", 4)):
        for _number in range(companies):
            contract(fair, 100, of=of)
    publish(fair, by=reporter)
    answer = Client().get(reverse("fairs:open_data_csv", args=[fair.slug, 1, "value-by-group"]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["key"], row["unit"], row["value"], row["withheld"]) for row in rows] == [
        ("ceramics", "USD", "", "yes"), ("lacquer", "USD", "", "yes"), ("silk", "USD", "400.00", "no"),
    ]  # fmt: skip
    totals = Client().get(reverse("fairs:open_data_csv", args=[fair.slug, 1, "totals"])).content.decode("utf-8-sig")
    assert "F1.value_usd" in totals
    assert Client().get(reverse("fairs:open_data_csv", args=[fair.slug, 1, "nothing"])).status_code == 404
    assert Client().get(reverse("fairs:open_data_csv", args=[fair.slug, 2, "totals"])).status_code == 404


def test_no_file_and_no_page_names_a_company_or_a_single_amount(fair, reporter):
    deal = contract(fair, 98765)
    publish(fair, by=reporter)
    for name, more in (("open_data", []), ("open_data_version_json", [1]), ("open_data_csv", [1, "totals"])):
        said = Client().get(reverse(f"fairs:{name}", args=[fair.slug, *more])).content.decode()
        assert "98765" not in said.replace(".", "").replace(",", "")
        assert deal.exhibitor.company.name_vi not in said


def test_the_page_says_what_the_columns_mean(fair, reporter):
    publish(fair, by=reporter)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    said = client.get(reverse("fairs:open_data", args=[fair.slug])).content.decode()
    assert "What the columns mean" in said
    assert "withheld" in said
    assert "CC BY 4.0" in said
    assert Publication.objects.get().digest in said


def test_the_administration_shows_the_version_and_not_the_amounts_behind_it(fair, reporter):
    contract(fair, 98765)
    made = publish(fair, by=reporter)
    client = Client()
    client.force_login(Person.objects.create_superuser("admin@example.org", "secret-lacquer"))
    said = client.get(reverse("admin:fairs_publication_change", args=[made.pk])).content.decode()
    assert made.digest in said
    assert "98765" not in said


def test_of_a_draft_edition_nothing_is_told(fair, reporter):
    publish(fair, by=reporter)
    type(fair).objects.filter(pk=fair.pk).update(published=False)
    for name, more in (("open_data", []), ("open_data_json", []), ("open_data_version_json", [1])):
        assert Client().get(reverse(f"fairs:{name}", args=[fair.slug, *more])).status_code == 404


def test_the_desk_shows_the_next_version_and_publishes_it(fair, reporter):
    contract(fair, 100)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(reporter)
    address = reverse("fairs:open_data_desk", args=[fair.slug])
    assert "In this version 5 sums are withheld." in client.get(address).content.decode()
    assert not Publication.objects.exists()
    assert client.post(address).status_code == 302
    assert Publication.objects.get().by == reporter


@pytest.mark.parametrize("rows", ROWS)
def test_the_pages_ask_the_same_whatever_they_count(fair, reporter, rows, django_assert_num_queries):
    firms = Company.objects.bulk_create(Company(name_vi=f"Cơ sở {n}", country="VN") for n in range(rows))
    Participation.objects.bulk_create(Participation(edition=fair, company=firm, role="exhibitor") for firm in firms)
    people = [world.person() for _number in range(min(rows, 20))]
    Registration.objects.bulk_create(
        Registration(edition=fair, person=one, company=firms[n], state="approved", grade=world.grade(fair))
        for n, one in enumerate(people)
        if n < rows
    )
    for _number in range(min(rows, 12)):
        contract(fair, 100)
    publish(fair, by=reporter)
    with django_assert_num_queries(3):
        Client().get(reverse("fairs:open_data", args=[fair.slug]))
    client = Client()
    client.force_login(reporter)
    client.get(reverse("fairs:open_data_desk", args=[fair.slug]))
    with django_assert_num_queries(36):
        client.get(reverse("fairs:open_data_desk", args=[fair.slug]))
