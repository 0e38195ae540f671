"""The demonstration's services go through the actions like everybody's."""

from datetime import timedelta

import pytest

from booths import demo_services
from booths.models import Circuit, ServiceItem, ServiceOrder
from fairs import clock
from fairs.demo.timeline import Timeline
from fairs.demo.world import Demo
from fairs.models import Notice
from tests import world
from tests.booths import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(edition):
    """A demonstration with its officers, whose timeline ends in a week."""
    made = Demo(Timeline(world.NOON + timedelta(days=7)))
    made.edition = edition
    made.officers = {role: world.officer(edition, role) for role in ("booth_desk", "finance")}
    return made


def test_exhibitors_order_and_most_pay(edition, demo):
    demo_services.open_the_catalogue(demo)
    assert ServiceItem.objects.count() == len(demo_services.CATALOGUE)
    assert Circuit.objects.count() == 1
    for booth in edition.booths.all():
        services.holder(booth)
    for number in range(6):
        with clock.at(world.NOON):
            demo_services.order(demo, number)
    assert ServiceOrder.objects.count() == 4  # once each
    list(demo.timeline.live())
    paid = ServiceOrder.objects.filter(state="confirmed").count()
    assert 0 < paid <= 4
    assert Notice.objects.filter(state="paid").count() == paid
    assert ServiceOrder.objects.filter(flames=1).exists()
    demo_services.deliver(demo)
    assert ServiceOrder.objects.filter(state="delivered").count() == paid - 1
