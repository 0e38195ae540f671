"""Lines F3, F4 and F5 against a recount in plain SQL, and their parts against the whole."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from fairs import breakdowns, clock, reports
from fairs.models import ExchangeRate
from fairs.months import months_after
from matchmaking.actions import deals
from matchmaking.actions.spot_sale import declare_sales
from matchmaking.models import Deal
from tests import world
from tests.matchmaking.asking import recorded
from tests.matchmaking.following import met

pytestmark = pytest.mark.django_db
LATER = world.FIRST_MORNING + timedelta(days=380)
CLOSED = world.OPENS + timedelta(days=3)


@pytest.fixture
def fair():
    """A year later; the pair of the fair met."""
    with clock.at(LATER):
        sides = world.two_sides()
        met(sides)
        yield sides


def signed(fair, day, amount=1000, currency="USD", **more):
    """A contract that both sides confirmed."""
    deal = recorded(
        fair, amount=Decimal(amount), currency=currency, signed_on=day, key=f"{day}-{amount}-{currency}", **more
    )
    return deals.confirm_deal(deal, by=fair.buyer if deal.importer == fair.importer else fair.other)


def figure(fair, name):
    """The amounts of a figure, by unit."""
    code, key = name.split(".")
    found = reports.line(code).figure(key).amounts(fair.edition)
    return {amount.unit: amount.value for amount in found}


def recount(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def test_what_was_signed_afterwards_is_counted_by_its_months(fair):
    for months, amount in [(0, 10), (3, 200), (6, 3000), (12, 40_000)]:
        signed(fair, months_after(CLOSED, months), amount)
    signed(fair, months_after(CLOSED, 3) + timedelta(days=1), 500)
    late = signed(fair, months_after(CLOSED, 12), 600_000)
    Deal.objects.filter(pk=late.pk).update(signed_on=late.signed_on + timedelta(days=1))  # refused when it is recorded
    assert figure(fair, "F4.within_3") == {"USD": 200}
    assert figure(fair, "F4.within_6") == {"USD": 3700}
    assert figure(fair, "F4.within_12") == {"USD": 43_700}
    assert figure(fair, "F4.count") == {"": 4}


def test_parts_add_up_and_equal_plain_sql(fair):
    ExchangeRate.objects.create(currency="EUR", date=CLOSED, usd=Decimal("1.15"), source="Bank")
    for number in range(1, 13):
        signed(fair, months_after(CLOSED, number), 100 * number, "EUR" if number % 2 else "USD")
    signed(fair, CLOSED + timedelta(days=9), 7_000_000, "JPY")
    recorded(fair, amount=Decimal(9), currency="USD", signed_on=CLOSED + timedelta(days=5), key="claimed")
    signed(fair, CLOSED + timedelta(days=8), 77, kind="memorandum")
    line = reports.line("F4")
    [sums] = reports.addition(line, reports.results(fair.edition))
    assert sums.holds
    rows = """SELECT {} FROM matchmaking_deal WHERE state = 'confirmed' AND kind <> 'memorandum' AND edition_id = %s
        AND signed_on > %s AND signed_on <= %s"""
    span = (fair.edition.pk, CLOSED, months_after(CLOSED, 12))
    dollars = recount(rows.format("usd"), *span)
    assert sums.whole.value == sum(Decimal(str(usd)) for usd in dollars if usd is not None)
    assert figure(fair, "F4.count") == {"": len(dollars)} == {"": 13}
    original = recount(rows.format("amount") + " AND currency = 'JPY'", *span)
    assert figure(fair, "F4.value")["JPY"] == sum(Decimal(str(amount)) for amount in original)
    assert figure(fair, "F4.without_rate") == {"": 1}


def test_a_contract_of_strangers_is_told_apart_and_not_counted(fair):
    other = world.importer(fair.edition)
    fair.other = other.person
    signed(fair, CLOSED + timedelta(days=30), 5000, importer=other.part)
    assert figure(fair, "F4.within_12") == {"USD": 0}
    assert figure(fair, "F4.untraced") == {"": 1}
    met(fair, importer=other.part, person=other.person)
    assert figure(fair, "F4.within_12") == {"USD": 5000}
    assert figure(fair, "F4.untraced") == {"": 0}


def test_turnover_is_added_by_day_and_equals_plain_sql(fair):
    other = world.exhibitor(fair.edition)
    for day, amount in enumerate([5_000_000, 0, 1_250_000]):
        declare_sales(fair.exhibitor, day=world.OPENS + timedelta(days=day), amount=Decimal(amount), by=fair.maker)
    declare_sales(other.part, day=world.OPENS, amount=Decimal(750_000), by=other.person)
    world.exhibitor(fair.edition)
    total = recount("SELECT SUM(amount) FROM matchmaking_spotsale WHERE edition_id = %s", fair.edition.pk)
    assert figure(fair, "F3.sold") == {"VND": Decimal(str(total[0]))} == {"VND": 7_000_000}
    assert (figure(fair, "F3.selling"), figure(fair, "F3.silent")) == ({"": 2}, {"": 1})
    of = breakdowns.breakdown("sold")
    whole = breakdowns.total(of, fair.edition)
    parted = breakdowns.parted(of, of.cut("day"), fair.edition, whole)
    assert [part.numbers["turnover"] for part in parted.parts] == [5_750_000, 0, 1_250_000]
    assert (parted.wrong, breakdowns.against_report(of, fair.edition, whole)) == ([], [])


def test_trial_orders_of_the_fair_stand_by_themselves(fair):
    signed(fair, world.OPENS, 400, kind="trial_order")
    signed(fair, CLOSED + timedelta(days=1), 500, kind="trial_order")
    signed(fair, world.OPENS, 600)
    assert figure(fair, "F3.orders") == {"": 1}
    assert figure(fair, "F3.orders_value") == {"USD": 400}


def test_the_average_of_an_enterprise_is_of_those_that_signed_and_of_all(fair):
    assert figure(fair, "F5.signing") == {"USD": 0}
    other = world.exhibitor(fair.edition)
    world.exhibitor(fair.edition)
    signed(fair, world.OPENS, 1000)
    signed(fair, CLOSED + timedelta(days=30), 2000)
    fair.maker = other.person
    signed(fair, world.OPENS, 501, exhibitor=other.part)
    assert figure(fair, "F5.enterprises") == {"": 2}
    assert figure(fair, "F5.signing") == {"USD": Decimal("1750.50")}
    assert figure(fair, "F5.taking_part") == {"USD": Decimal("1167.00")}
    [total] = recount("SELECT SUM(usd) FROM matchmaking_deal WHERE state = 'confirmed' AND kind <> 'memorandum'")
    assert Decimal(str(total)) / 2 == Decimal("1750.50")


def test_change_one_contract_and_the_report_changes(fair):
    deal = signed(fair, CLOSED + timedelta(days=30), 5000)
    assert figure(fair, "F4.within_3") == {"USD": 5000}
    Deal.objects.filter(pk=deal.pk).update(usd=6000)
    assert figure(fair, "F4.within_3") == {"USD": 6000}
