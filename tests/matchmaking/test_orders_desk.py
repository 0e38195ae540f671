"""The orders placed after the fair: who reads them, with what beside, narrowed, as a sheet and by a program."""

import io
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from rest_framework.test import APIClient

from fairs import clock
from matchmaking.actions.deals import cancel_deal
from matchmaking.actions.follow_up import answer_follow_up, ask, record_order
from matchmaking.models import FollowUp
from tests import world
from tests.matchmaking.asking import page, shown
from tests.matchmaking.following import AFTER, asked_of, met

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """Thirty days after the fair, at ten, with a pair that met."""
    with clock.at(AFTER):
        sides = world.two_sides()
        met(sides)
        yield sides


@pytest.fixture
def one(fair):
    """An order that the importer says it placed."""
    return ordered(asked_of(fair), fair.buyer)


def ordered(one, by, value="5000.50"):
    return answer_follow_up(one, answer="ordered", amount=Decimal(value), currency="EUR", by=by)


def recorded(one, fair):
    return record_order(
        one, kind="contract", product_group=world.product_group(), amount=one.amount, currency="EUR",
        signed_on=clock.today(fair.edition), key="one", by=fair.buyer,
    )  # fmt: skip


def rows(client, fair, asking=""):
    """What each row says, without its marks."""
    text = shown(client, page("orders_desk", fair) + asking)
    body = re.search("<tbody>(.*?)</tbody>", text, re.S)
    found = re.findall("<tr>(.*?)</tr>", body[1], re.S) if body else []
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in found]


def as_officer(client, fair, role="reports"):
    client.force_login(world.officer(fair.edition, role))
    return client


def test_an_order_stands_with_its_sides_rung_value_and_contract(fair, client, one):
    as_officer(client, fair)
    (row,) = rows(client, fair)
    buyer, maker = fair.importer.company, fair.exhibitor.company
    assert [said in row for said in (maker.name_vi, buyer.name_vi, "Importer", "30 days", "€5,000.50")] == [True] * 5
    assert "None yet" in row
    deal = recorded(one, fair)
    (row,) = rows(client, fair)
    assert (deal.number in row, "Waiting for the other side" in row, "None yet" in row) == (True, True, False)
    cancel_deal(deal, by=fair.buyer)
    assert "None yet" in rows(client, fair)[0]


def test_what_both_sides_say_at_one_rung_is_one_order_with_one_contract(fair, client, one):
    ordered(asked_of(fair, "exhibitor"), fair.maker, "5000")
    deal = recorded(one, fair)
    with clock.at(clock.now().replace(year=2019, month=1, day=20)):
        ordered(asked_of(fair, days=90), fair.buyer, "70")
    as_officer(client, fair)
    later, theirs, own = rows(client, fair)
    assert [deal.number in row for row in (later, theirs, own)] == [False, True, True]
    counts = FollowUp.objects.orders().order_counts()
    assert counts == {"orders": 3, "contracts": 2}


def test_the_matchmaking_desk_reads_who_ordered_and_no_value(fair, client, one):
    recorded(one, fair)
    as_officer(client, fair, "matchmaking_desk")
    (row,) = rows(client, fair)
    assert (fair.exhibitor.company.name_vi in row, "5,000" in row) == (True, False)
    assert (
        "/contracts/" not in shown(client, page("orders_desk", fair)).partition("<tbody>")[2].partition("</tbody>")[0]
    )
    heads = [cell.value for cell in sheet(client, fair)[1]]
    assert ("Value" in heads, "Contract" in heads) == (False, True)


@pytest.mark.parametrize("role", ["importer_desk", "booth_desk", "finance"])
def test_for_other_desks_there_is_no_such_page(fair, client, one, role):
    as_officer(client, fair, role)
    shown(client, page("orders_desk", fair), status=404)
    shown(client, page("orders_xlsx", fair), status=404)


def test_it_is_narrowed_by_company_rung_side_and_contract(fair, client, one):
    as_officer(client, fair)
    asked = {
        "q=zzz": 0, f"q={fair.importer.company.name_vi.split()[0]}": 1, "days=30": 1, "days=90": 0, "days=x": 1,
        "side=importer": 1, "side=exhibitor": 0, "contract=0": 1, "contract=1": 0,
    }  # fmt: skip
    assert {words: len(rows(client, fair, f"?{words}")) for words in asked} == asked
    recorded(one, fair)
    assert [len(rows(client, fair, f"?contract={contract}")) for contract in "01"] == [0, 1]


def sheet(client, fair, asking=""):
    answer = client.get(page("orders_xlsx", fair) + asking, headers={"accept-language": "en"})
    return load_workbook(io.BytesIO(answer.content)).active


def test_the_sheet_holds_what_the_page_is_narrowed_to(fair, client, one):
    as_officer(client, fair)
    deal = recorded(one, fair)
    _heads, row = sheet(client, fair).iter_rows(values_only=True)
    assert row[0] == fair.exhibitor.company.name_vi
    assert row[3:5] == ("Importer", 30)
    assert row[5].strftime("%Y-%m-%d") == "2018-11-20"
    assert row[6:] == (5000.5, "EUR", deal.number, "Waiting for the other side")
    assert sheet(client, fair, "?days=90").max_row == 1


def test_a_program_asks_for_orders_without_a_contract(fair, one):
    client = APIClient(headers={"accept-language": "en"})
    client.force_login(world.officer(fair.edition, "reports"), backend="django.contrib.auth.backends.ModelBackend")
    asked = "/api/v1/follow-ups/?currency=EUR&contract="
    assert [client.get(asked + word).json()["count"] for word in ("false", "true")] == [1, 0]
    recorded(one, fair)
    assert [client.get(asked + word).json()["count"] for word in ("false", "true")] == [0, 1]


@pytest.mark.parametrize("count", world.ROWS)
def test_the_list_takes_the_same_queries_for_any_number(fair, client, count, django_assert_num_queries):
    for _one in range(count):
        met(fair, exhibitor=world.participation(fair.edition, world.company(), "exhibitor"))
    ask(fair.importer, 30)
    FollowUp.objects.update(state="ordered", amount=70, currency="USD", answered_at=clock.now())
    recorded(FollowUp.objects.with_sides().select_related("edition", "deal").order_by("pk").last(), fair)
    as_officer(client, fair)
    client.get(page("orders_desk", fair))
    with django_assert_num_queries(9):
        client.get(page("orders_desk", fair))
