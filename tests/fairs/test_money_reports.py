"""The report's lines about money: fees for each currency apart, and support by who bears it."""

import pytest

from fairs import clock, reports
from fairs.models import Fund, Notice, Payment, Posting
from tests import world
from tests.fairs.measured import numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


def test_money_is_summed_for_each_currency_apart_and_adds_up(edition):
    for number, (currency, due, paid) in enumerate([("VND", 27_000_000, 7_000_000), ("VND", 5, 5), ("USD", 900, 0)]):
        notice = Notice.objects.create(
            edition=edition, company=world.company(), number=f"TB-{number}", reference=f"R{number}", currency=currency,
            due=due, paid=paid, due_on=world.OPENS, state="paid" if due == paid else "issued",
        )  # fmt: skip
        if paid:
            payment = Payment.objects.create(
                edition=edition, way="cash", amount=paid, currency=currency, received_on=world.OPENS,
                receipt=f"PT-{number}", key=f"p{number}", assigned=paid,
            )  # fmt: skip
            Posting.objects.create(payment=payment, notice=notice, kind="assigned", amount=paid)
    Notice.objects.create(
        edition=edition, company=world.company(), number="TB-9", reference="R9", currency="VND", due=9,
        due_on=world.OPENS, state="cancelled",
    )  # fmt: skip
    found = numbers(edition)
    assert found["H1.due"] == {"USD": 900, "VND": 27_000_005}
    assert found["H1.paid"] == {"VND": 7_000_005}
    assert found["H1.outstanding"] == {"USD": 900, "VND": 20_000_000}
    sums = reports.addition(reports.line("H1"), reports.results(edition))
    assert [(one.whole.unit, one.holds) for one in sums] == [("USD", True), ("VND", True)]


def test_support_is_counted_in_times_in_companies_and_by_who_bears_it(edition):
    city = Fund.objects.create(edition=edition, name_vi="Thành phố", name_en="City")
    village = Fund.objects.create(edition=edition, name_vi="Làng", name_en="Village", share="counterpart")
    firms = [world.company() for _each in range(2)]
    for number, (firm, amount, given) in enumerate(
        [(firms[0], 5, {"fund": city}), (firms[0], 3, {"fund": village}), (firms[1], 2, {})]
    ):
        owed = Notice.objects.create(
            edition=edition, company=firm, number=f"N{number}", reference=f"R{number}", currency="VND", due=9,
            due_on=world.OPENS,
        )  # fmt: skip
        last = world.grant(owed, amount, **given)
    found = numbers(edition)
    assert (found["C5.turns"], found["C5.companies"]) == (3, 2)
    assert [found[f"H2.{key}"] for key in ("granted", "budget", "counterpart", "other")] == [
        {"VND": 10}, {"VND": 5}, {"VND": 3}, {"VND": 2}
    ]  # fmt: skip
    assert found["H2.budget_share"] == {"%": 50}
    assert [one.holds for one in reports.addition(reports.line("H2"), reports.results(edition))] == [True, True]
    last.follow("withdraw", by=None)
    assert (numbers(edition)["C5.companies"], numbers(edition)["H2.granted"]) == (1, {"VND": 8})
