"""The demonstration's invitations, companions and wishes, dealt on a small fair."""

import pytest

from buyers.demo_invitations import ROUNDS, bring_companions, invite_in_rounds
from buyers.models import Campaign, Companion, Invitee, Registration
from fairs import clock, invention
from fairs.demo.timeline import Timeline
from fairs.demo.world import Demo
from matchmaking.demo_wishes import say_wishes
from matchmaking.models import Wish
from tests import world
from tests.buyers.importers import importer

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    with clock.at(world.NOON):
        made = Demo(Timeline(world.NOON))
        made.edition = world.edition()
        made.officers["importer_desk"] = world.officer(made.edition, "importer_desk")
        yield made


def test_two_rounds_of_invitations_are_sent_and_some_are_opened(demo):
    invite_in_rounds(demo, invention.importers(1, 120))
    for _step in demo.timeline.live():
        pass
    assert set(Campaign.objects.values_list("name", "state")) == {(name, "sent") for name in ROUNDS}
    assert Registration.objects.filter(state="invited").count() == Invitee.objects.count() > 100
    assert Invitee.objects.filter(opened_at__isnull=False).count() > 30


def test_importers_bring_companions_and_list_whom_they_come_for(demo):
    maker = world.exhibitor(demo.edition)
    maker.part.company.product_groups.add(world.product_group())
    for number in range(12):
        bring_companions(demo, importer(demo.edition, grade="hosted", name=f"Linnea Berg {number}"))
    say_wishes(demo)
    assert Wish.objects.filter(kind="must", side="importer").count() == 12
    assert set(Companion.objects.values_list("state", flat=True)) == {"approved"}
