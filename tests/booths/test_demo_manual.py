"""The demonstration's manual goes through the actions like everybody's."""

from datetime import date, timedelta

import pytest

from booths import demo_manual
from booths.models import CoExhibitor, GoodsCheck, HandIn, ManualTask, SpecialGoods
from fairs import clock
from fairs.demo.timeline import Timeline
from fairs.demo.world import Demo
from fairs.models import Product
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(edition):
    """A demonstration with its officers, whose timeline ends with the fair's first day."""
    made = Demo(Timeline(world.FIRST_MORNING))
    made.edition = edition
    made.officers = {"booth_desk": world.officer(edition, "booth_desk")}
    return made


def test_exhibitors_work_on_it_and_the_desk_looks(edition, demo):
    abroad = [world.application(edition) for _each in range(8)]
    for application in abroad:
        application.company.country = "JP"
        application.company.save()
        Product.objects.create(company=application.company, product_group=world.product_group(), name_vi="Bình")
    demo_manual.write_the_manual(demo)
    list(demo.timeline.live())
    assert ManualTask.objects.count() == len(demo_manual.TASKS) == 10
    assert set(HandIn.objects.values_list("state", flat=True)) <= {
        "done",
        "not_concerned",
        "accepted",
        "handed_in",
        "returned",
    }
    assert HandIn.objects.filter(state="done").count() > 8
    assert 0 < SpecialGoods.objects.count() <= GoodsCheck.objects.count()
    assert CoExhibitor.objects.filter(state="approved").exists()


def test_a_deed_repeated_at_a_later_beginning_adds_nothing(edition, demo):
    world.application(edition)
    demo_manual.write_the_manual(demo)
    list(demo.timeline.live())
    before = HandIn.objects.count()
    with clock.at(world.FIRST_MORNING - timedelta(days=1)):
        demo_manual._work(demo, date(2018, 10, 17))
    assert HandIn.objects.count() == before
