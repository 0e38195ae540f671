"""What of meetings goes into a new edition."""

from datetime import time

import pytest

from fairs import clock
from fairs.errors import Forbidden
from fairs.models import Entry
from matchmaking.actions.rules import copy_rules, set_meeting_rules
from matchmaking.models import MeetingRules
from tests import world

pytestmark = pytest.mark.django_db


def test_a_new_edition_takes_over_slots_and_lunch_but_not_the_opening_of_requests():
    with clock.at(world.NOON):
        old, new = world.edition(), world.edition()
        desk = world.officer(old, "matchmaking_desk")
        set_meeting_rules(old, slot_minutes=20, lunch_from=time(12), lunch_to=time(13), opens_on=world.OPENS, by=desk)
        copy_rules(old, new)
        copy_rules(old, new)
    taken = MeetingRules.objects.get(edition=new)
    assert (taken.slot_minutes, taken.lunch_from, taken.lunch_to, taken.opens_on) == (20, time(12), time(13), None)
    assert Entry.objects.filter(verb="matchmaking.meetingrules.set", actor=desk).count() == 1


def test_only_the_meeting_desk_sets_them():
    with clock.at(world.NOON):
        edition = world.edition()
        with pytest.raises(Forbidden):
            set_meeting_rules(edition, slot_minutes=20, by=world.officer(edition, "booth_desk"))
