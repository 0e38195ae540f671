"""The demonstration after the fair: turnover each evening, and answers to the first letters, through the actions."""

from random import Random

import pytest

from fairs import clock
from fairs.demo.plan import hour
from fairs.demo.timeline import Timeline
from fairs.demo.world import Demo
from fairs.models import Product
from matchmaking.demo_after import ASKED, After
from matchmaking.models import Deal, FollowUp, Sample, SpotSale
from tests import world
from tests.matchmaking.following import met

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    with clock.at(ASKED):
        sides = world.two_sides()
        sides.exhibitor.company.product_groups.add(world.product_group())
        made = Demo(Timeline(clock.now() + (hour(1, "12:00") - hour(0, "12:00"))))
        made.edition = sides.edition
        for _pair in range(30):
            met(sides, importer=world.importer(sides.edition).part)
        yield made


def test_turnover_is_declared_each_evening_and_once_put_right(demo):
    after = After(demo, Random(1))
    for day in range(4):
        after.declare(day)
    after.correct()
    assert SpotSale.objects.count() == 4
    assert SpotSale.objects.get(day=hour(3, "12:00").date()).corrections.count() == 1


def test_samples_are_handed_over_to_buyers_who_were_met(demo):
    after = After(demo, Random(1))
    part, _boss = after._sellers()[0]
    Product.objects.create(company=part.company, product_group=world.product_group(), name_vi="Bình gốm")
    after.print_tags()
    for _sample in range(6):
        after.give_sample()
    assert set(Sample.objects.exclude(state="printed").values_list("state", flat=True)) == {"handed", "kept"}
    assert not Sample.objects.exclude(state="printed").filter(importer=None).exists()


def test_both_sides_are_asked_and_some_answer_and_record(demo):
    after = After(demo, Random(4))
    after.ask(after.answer_in_turn)
    for _step in demo.timeline.live():
        pass
    assert FollowUp.objects.count() == 60
    assert set(FollowUp.objects.values_list("state", flat=True)) >= {"talking", "lost", "ordered"}
    later = Deal.objects.filter(follow_ups__isnull=False, signed_on__gt=demo.edition.closes_on)
    assert "confirmed" in set(later.values_list("state", flat=True))
