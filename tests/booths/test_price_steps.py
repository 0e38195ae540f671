"""Early and late prices: each from its day on, told before it ends, charged by the day of the reservation."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from booths.actions.copying import copy_floor
from booths.actions.floor import remove_price, set_price
from booths.actions.pricing import quote_booths
from booths.actions.reservations import hold_booths, reserve_held
from booths.models import Price
from booths.price_steps import in_force
from fairs import clock
from fairs.errors import Forbidden, Refused
from fairs.templatetags.fair import day, money
from tests import world

pytestmark = pytest.mark.django_db
TODAY = world.NOON.date()
LATE = TODAY + timedelta(days=10)
EARLY_PRICE, LATE_PRICE = 13_500_000, 15_000_000


@pytest.fixture
def kind(edition):
    """A class whose price goes up in ten days."""
    made = world.booth_class(edition)
    Price.objects.create(booth_class=made, audience="resident", currency="VND", amount=LATE_PRICE, starts_on=LATE)
    return made


def test_the_newest_that_has_begun_holds_and_knows_what_follows(kind):
    prices = list(Price.objects.filter(audience="resident"))
    for when, amount, until in [
        (TODAY, EARLY_PRICE, LATE - timedelta(days=1)),
        (LATE - timedelta(days=1), EARLY_PRICE, LATE - timedelta(days=1)),
        (LATE, LATE_PRICE, None),
    ]:
        [found] = in_force(Price.objects.filter(audience="resident"), when)
        assert (found.amount, found.holds_until) == (amount, until)
    assert in_force(prices[1:], TODAY) == []


def test_one_is_charged_by_the_day_of_the_reservation(edition, kind):
    application = world.application(edition, booths=2)
    booths = list(edition.booths.select_related("hall", "booth_class").order_by("code"))
    assert [price.amount for price in quote_booths(application, booths[:1]).changing] == [EARLY_PRICE]
    hold_booths(application, booths=booths[:1], by=application.contact)
    assert reserve_held(application, by=application.contact).due == EARLY_PRICE
    with clock.at(world.NOON + timedelta(days=10)):
        assert not quote_booths(application, booths[1:2]).changing
        hold_booths(application, booths=booths[1:2], by=application.contact)
        assert reserve_held(application, by=application.contact).due == LATE_PRICE


def test_a_price_that_has_not_begun_is_none(edition):
    made = world.booth_class(edition)
    made.prices.filter(audience="resident").update(starts_on=LATE)
    application = world.application(edition)
    booths = list(edition.booths.select_related("hall", "booth_class"))
    with pytest.raises(Refused) as refusal:
        quote_booths(application, booths[:1])
    assert refusal.value.code == "no_price"


def test_the_plan_says_until_when_a_price_holds(edition, kind, client):
    said = (day(LATE - timedelta(days=1)), money(Decimal(LATE_PRICE), "VND"))
    there = reverse("booths:plan", args=[edition.slug]) + "?b=A01"
    assert all(one in client.get(there).content.decode() for one in said)
    maker = world.person()
    world.application(edition, maker)
    client.force_login(maker)
    assert all(one in client.get(there).content.decode() for one in said)


def test_the_desk_sees_adds_changes_and_removes_steps(edition, desk, client):
    kind = world.booth_class(edition)
    client.force_login(desk)
    there = reverse("booths:set_price", args=[edition.slug, kind.pk, "resident"])
    assert client.post(there, {"amount": "15000000", "currency": "VND", "starts_on": LATE}).status_code == 302
    assert client.post(there, {"amount": "16000000", "currency": "VND", "starts_on": LATE}).status_code == 302
    steps = kind.prices.filter(audience="resident")
    assert [(one.starts_on, one.amount) for one in steps] == [(None, EARLY_PRICE), (LATE, 16_000_000)]
    page = client.get(there + f"?from={LATE}")
    assert page.context["form"].initial["amount"] == 16_000_000
    assert client.get(there).context["form"].initial["amount"] == EARLY_PRICE
    client.force_login(world.officer(edition, "director"))
    assert day(LATE - timedelta(days=1)) in client.get(reverse("fairs:set_up", args=[edition.slug])).content.decode()
    client.force_login(desk)
    last = steps.get(starts_on=LATE)
    assert client.post(reverse("booths:remove_price", args=[edition.slug, last.pk])).status_code == 302
    assert steps.get().amount == EARLY_PRICE


def test_only_the_desk_removes_a_price(edition, kind):
    with pytest.raises(Forbidden):
        remove_price(kind.prices.all()[0], by=world.officer(edition, "finance"))


def test_steps_move_with_the_opening_of_the_next_edition(edition, kind):
    target = world.edition(opens_on=date(2019, 10, 17), closes_on=date(2019, 10, 20))
    target.sale_terms.delete()
    target.rules_texts.all().delete()
    target = type(target).objects.get(pk=target.pk)
    copy_floor(edition, target)
    copied = Price.objects.filter(booth_class__edition=target, audience="resident").order_by("amount")
    assert [one.starts_on for one in copied] == [None, LATE + timedelta(days=364)]


def test_programs_set_read_and_remove_steps(edition, desk):
    kind = world.booth_class(edition)
    program = APIClient()
    program.force_authenticate(desk)
    there = f"/api/v1/booth-classes/{kind.pk}/price/"
    step = {"audience": "resident", "currency": "VND", "amount": "15000000", "starts_on": LATE.isoformat()}
    for _twice in range(2):
        assert program.post(there, step).status_code == 200
    read = program.get(f"/api/v1/booth-classes/{kind.pk}/").json()["prices"]
    assert sorted(str(one["starts_on"]) for one in read) == sorted(["None", "None", LATE.isoformat()])
    assert program.delete(f"{there}?audience=resident&starts_on={LATE}").status_code == 204
    assert program.delete(f"{there}?audience=resident&starts_on={LATE}").status_code == 404
    assert program.delete(f"{there}?audience=resident&starts_on=soon").status_code == 400
    assert kind.prices.count() == 2


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_page_of_a_price_asks_the_same_for_any_number_of_steps(
    edition, desk, client, rows, django_assert_num_queries
):
    kind = world.booth_class(edition)
    for number in range(rows):
        set_price(
            kind, audience="resident", currency="VND", amount=Decimal(number), starts_on=LATE + timedelta(days=number),
            by=desk,
        )  # fmt: skip
    client.force_login(desk)
    with django_assert_num_queries(6):
        client.get(reverse("booths:set_price", args=[edition.slug, kind.pk, "resident"]))
