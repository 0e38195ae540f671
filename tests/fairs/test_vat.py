"""VAT: a rate from a day on; a notice keeps that of the day it was issued."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from booths.actions.classes import open_classes
from booths.actions.reservations import hold_booths, reserve_held
from fairs import clock
from fairs.actions.editions import copy_edition
from fairs.errors import Forbidden, Invalid
from fairs.models import Notice, VatRate
from fairs.money.actions.vat import remove_vat_rate, set_vat_rate
from fairs.money.vat import vat_rate_on
from tests import world

pytestmark = pytest.mark.django_db
LAST, NEXT = date(2026, 12, 31), date(2027, 1, 1)


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        yield made


@pytest.fixture
def finance(edition):
    return world.officer(edition, "finance")


def rate(edition, percent: int, starts_on: date | None = None, item: str = "booth") -> VatRate:
    return VatRate.objects.create(edition=edition, item=item, percent=percent, starts_on=starts_on)


def charged(edition) -> Notice:
    application = world.application(edition, booths=1)
    free = edition.booths.filter(reservations=None).order_by("code")[0]
    hold_booths(application, booths=[free], by=application.contact)
    return reserve_held(application, by=application.contact)


def test_the_rate_is_the_newest_that_has_begun(edition):
    rate(edition, 10, NEXT)
    rate(edition, 8)
    rate(edition, 5, item="service")
    assert vat_rate_on(edition, "booth", LAST) == 8
    assert vat_rate_on(edition, "booth", NEXT) == 10
    assert vat_rate_on(edition, "service", NEXT) == 5
    assert vat_rate_on(edition, "other", NEXT) is None


def test_before_the_first_rate_there_is_none(edition):
    rate(edition, 10, NEXT)
    assert vat_rate_on(edition, "booth", LAST) is None


def test_a_notice_keeps_the_rate_of_its_day(edition):
    rate(edition, 8)
    rate(edition, 10, world.NOON.date() + timedelta(days=1))
    first = charged(edition)
    with clock.at(world.NOON + timedelta(days=1)):
        second = charged(edition)
    VatRate.objects.all().delete()
    assert [notice.lines.get().vat_rate for notice in (first, second)] == [8, 10]
    assert first.due == second.due  # the price has it in itself


@pytest.mark.parametrize(
    ("opens_on", "rates"),
    [
        (date(2018, 10, 18), [(None, 10)]),
        (date(2026, 10, 15), [(None, 8), (NEXT, 10)]),
        (date(2027, 10, 14), [(None, 8), (NEXT, 10)]),
    ],
)
def test_a_new_floor_brings_the_rates_of_its_time_once(opens_on, rates):
    edition = world.edition(opens_on=opens_on, closes_on=opens_on)
    for _twice in range(2):
        open_classes(edition)
    assert list(edition.vat_rates.values_list("starts_on", "percent")) == rates


def test_finance_sets_and_removes_rates_by_a_page(edition, finance, client):
    client.force_login(finance)
    there = reverse("fairs:vat_rates", args=[edition.slug])
    assert client.post(there, {"item": "booth", "percent": "8"}).status_code == 302
    assert client.post(there, {"item": "booth", "percent": "10", "starts_on": "2027-01-01"}).status_code == 302
    assert client.post(there, {"item": "booth", "percent": "9", "starts_on": "2027-01-01"}).status_code == 302
    assert client.post(there, {"item": "booth", "percent": "101"}).status_code == 422
    assert client.get(there).status_code == 200
    assert list(VatRate.objects.values_list("starts_on", "percent")) == [(None, 8), (NEXT, 9)]
    last = VatRate.objects.get(starts_on=NEXT)
    assert client.post(reverse("fairs:remove_vat_rate", args=[edition.slug, last.pk])).status_code == 302
    assert vat_rate_on(edition, "booth", NEXT) == 8


def test_only_finance_and_the_director_set_rates(edition, finance):
    desk = world.officer(edition, "booth_desk")
    with pytest.raises(Forbidden):
        set_vat_rate(edition, item="booth", percent=Decimal(8), by=desk)
    with pytest.raises(Forbidden):
        remove_vat_rate(rate(edition, 8), by=desk)
    other = world.edition()
    paper = other.legal_papers.create(number="1", issued_on=LAST, issuer_vi="U", subject_vi="K")
    with pytest.raises(Invalid) as refusal:
        set_vat_rate(edition, item="booth", percent=Decimal(8), legal_basis=paper, by=finance)
    assert refusal.value.code == "of_another_edition"


def test_the_laws_days_stay_in_the_next_edition(edition):
    rate(edition, 8), rate(edition, 10, NEXT)
    made = copy_edition(
        edition, by=world.officer(edition, "director"), opens_on=date(2027, 10, 14), slug="n", name_vi="A", name_en="B"
    )
    assert list(made.vat_rates.values_list("starts_on", "percent")) == [(None, 8), (NEXT, 10)]


def test_programs_set_read_and_remove_them(edition, finance):
    program = APIClient()
    program.force_authenticate(finance)
    given = {"edition": edition.slug, "item": "booth", "percent": "8", "starts_on": "2025-07-01"}
    made = program.post("/api/v1/vat-rates/", given).json()
    assert (made["percent"], made["starts_on"]) == ("8.00", "2025-07-01")
    assert program.post("/api/v1/vat-rates/", given | {"percent": "9"}).json()["id"] == made["id"]
    assert APIClient().get("/api/v1/vat-rates/").json()["count"] == 1
    assert program.delete(f"/api/v1/vat-rates/{made['id']}/").status_code == 204
