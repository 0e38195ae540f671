"""Prices of booth classes on the pages of the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from fairs import clock
from tests import world
from tests.fairs.desk import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield world.edition(slug="hgs-2018")


def test_the_booth_desk_sets_a_price(fair):
    kind = world.booth_class(fair)
    client = Client(HTTP_ACCEPT_LANGUAGE="vi")
    client.force_login(world.officer(fair, "booth_desk"))
    address = reverse("booths:set_price", args=[fair.slug, kind.pk, "resident"])
    assert 'value="13.500.000"' in client.get(address).content.decode()
    answer = client.post(address, {"amount": "14.000.000", "currency": "VND"})
    assert answer.status_code == 302
    assert kind.prices.get(audience="resident").amount == 14_000_000


def test_a_resident_pays_in_dong(fair):
    kind = world.booth_class(fair)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.officer(fair, "director"))
    address = reverse("booths:set_price", args=[fair.slug, kind.pk, "resident"])
    answer = client.post(address, {"amount": "500", "currency": "USD"})
    assert answer.status_code == 422
    assert kind.prices.get(audience="resident").amount == 13_500_000
    assert client.get(reverse("booths:set_price", args=[fair.slug, kind.pk, "nobody"])).status_code == 404
    assert "13,500,000" in page(fair, "set_up")
