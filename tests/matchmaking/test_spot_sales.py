"""Turnover on the spot: one row a day and exhibitor, put right with its history, and the desk sees who is silent."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from fairs import clock
from fairs.actions.merging import merge_companies
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Entry, Participation
from matchmaking.actions.spot_sale import declare_sales
from matchmaking.models import SpotSale, SpotSaleCorrection
from tests import world
from tests.matchmaking.asking import page, shown

pytestmark = pytest.mark.django_db
EVENING = world.FIRST_MORNING + timedelta(days=1, hours=9)


@pytest.fixture
def fair():
    """The evening of the second day."""
    with clock.at(EVENING):
        yield world.two_sides()


def declared(fair, amount=5_000_000, day=0, **more):
    given = {"day": world.OPENS + timedelta(days=day), "amount": Decimal(amount), "by": fair.maker} | more
    return declare_sales(fair.exhibitor, **given)


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_day_is_declared_once_and_the_same_again_changes_nothing(fair):
    for _twice in range(2):
        declared(fair)
    assert SpotSale.objects.get().amount == 5_000_000
    assert Entry.objects.filter(verb__startswith="matchmaking.spotsale").count() == 1
    assert not SpotSaleCorrection.objects.exists()


def test_what_is_put_right_keeps_what_stood_there(fair):
    for amount in (5_000_000, 6_500_000, 0):
        declared(fair, amount)
    sale = SpotSale.objects.get()
    assert sale.amount == 0
    assert list(sale.corrections.values_list("before", "after")) == [(5_000_000, 6_500_000), (6_500_000, 0)]
    assert Entry.objects.filter(verb="matchmaking.spotsale.correct").count() == 2


@pytest.mark.parametrize(
    ("given", "code"),
    [({"day": 2}, "day"), ({"day": 9}, "day"), ({"day": -1}, "day"), ({"amount": -1}, "amount"),
     ({"amount": "0.5"}, "amount"), ({"amount": 10**12}, "amount"), ({"amount": "NaN"}, "amount")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(fair, given, code):
    with pytest.raises(Invalid) as refusal:
        declared(fair, **given)
    assert refusal.value.code == code


def test_only_the_exhibitor_declares_and_only_one_that_takes_part(fair):
    for by in (fair.buyer, world.officer(fair.edition, "director"), world.exhibitor(fair.edition).person):
        with pytest.raises(Forbidden):
            declared(fair, by=by)
    Participation.objects.filter(pk=fair.exhibitor.pk).update(state="withdrawn")
    fair.exhibitor.refresh_from_db()
    with pytest.raises(Refused):
        declared(fair)


def test_the_database_keeps_one_row_a_day_and_nothing_below_zero(fair):
    sale = declared(fair)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpotSale.objects.create(
            edition=fair.edition, exhibitor=fair.exhibitor, day=sale.day, amount=1, said_by=fair.maker
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        SpotSale.objects.update(amount=-1)


def test_an_exhibitor_declares_on_the_phone(fair):
    maker, address = signed_in(fair.maker), page("spot_sales", fair)
    text = shown(maker, address)
    assert text.count("Not declared yet") == 2
    assert text.count("to come") == 2
    given = {"day": world.OPENS.isoformat(), "amount": "5,000,000"}
    assert maker.post(address, given, headers={"accept-language": "en"}).status_code == 302
    assert SpotSale.objects.get().amount == 5_000_000
    refused = maker.post(address, given | {"amount": "1.5"}, headers={"accept-language": "en"})
    assert refused.status_code == 422
    assert "whole đồng" in refused.content.decode()
    maker.post(address, given | {"amount": "0"}, headers={"accept-language": "en"})
    text = shown(maker, address).replace("\xa0", " ")
    assert "VND 5,000,000 became VND 0" in text
    assert shown(signed_in(fair.buyer), address, status=404)


def test_the_desk_sees_who_is_silent(fair):
    other = world.exhibitor(fair.edition, name_vi="Mây tre Phú Vinh")
    declared(fair)
    desk = signed_in(world.officer(fair.edition, "reports"))
    first = shown(desk, page("spot_sales_desk", fair) + f"?day={world.OPENS}")
    assert "Mây tre Phú Vinh" in first
    assert fair.exhibitor.company.name_vi not in first
    assert "VND 5,000,000" in first.replace("\xa0", " ")
    assert fair.exhibitor.company.name_vi in shown(desk, page("spot_sales_desk", fair))
    assert "Mây tre Phú Vinh" not in shown(desk, page("spot_sales_desk", fair) + "?q=gom")
    assert list(SpotSale.objects.visible_to(other.person)) == []


@pytest.mark.parametrize("count", world.ROWS)
def test_the_desk_takes_the_same_queries_for_any_number(fair, count, django_assert_num_queries):
    for _one in range(count):
        world.participation(fair.edition, world.company(), "exhibitor")
    declared(fair)
    client = signed_in(world.officer(fair.edition, "reports"))
    client.get(page("spot_sales_desk", fair))
    with django_assert_num_queries(11):
        client.get(page("spot_sales_desk", fair))


def test_two_companies_that_become_one_have_sold_the_sum(fair):
    other = world.exhibitor(fair.edition)
    declared(fair)
    declared(fair, 1_000_000, 1)
    declare_sales(other.part, day=world.OPENS, amount=Decimal(700_000), by=other.person)
    merge_companies(fair.exhibitor.company, drop=other.part.company, by=world.officer(fair.edition, "booth_desk"))
    assert SpotSale.objects.total() == 6_700_000
    first = SpotSale.objects.get(day=world.OPENS)
    assert list(first.corrections.values_list("after", "by")) == [(5_700_000, None)]


def test_a_program_declares_and_reads(fair):
    maker = signed_in(fair.maker)
    given = {"edition": fair.edition.slug, "exhibitor": fair.exhibitor.pk, "day": str(world.OPENS), "amount": "7000"}
    answer = maker.post("/api/v1/spot-sales/", given, content_type="application/json")
    assert (answer.status_code, answer.json()["amount"]) == (201, "7000.00")
    assert maker.get("/api/v1/spot-sales/").json()["count"] == 1
    assert signed_in(fair.buyer).get("/api/v1/spot-sales/").json()["count"] == 0
    assert signed_in(fair.buyer).post("/api/v1/spot-sales/", given, content_type="application/json").status_code == 404
