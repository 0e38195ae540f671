"""Two officers sending the same invitations at the same moment."""

from functools import partial

import pytest

from buyers.actions.campaigns import begin_campaign
from buyers.audience import Choice
from buyers.models import Campaign, Invitee
from buyers.pasted import Typed
from fairs import clock
from fairs.errors import Invalid
from tests import world
from tests.buyers.test_races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

GUESTS = [Typed(f"guest{number}@morita.example", "Keiko Morita", "Morita Living", "JP") for number in range(3)]


def begun(edition, desk):
    try:
        return begin_campaign(edition, name="Japan", choice=Choice(), typed=GUESTS, by=desk).state
    except Invalid as refusal:
        return refusal.code


def test_sent_twice_at_once_everybody_is_asked_once(monkeypatch):
    monkeypatch.setattr("buyers.actions.campaigns._enqueue", lambda pk: None)
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        desk = world.officer(edition, "importer_desk")
    told = at_once(partial(begun, edition, desk), partial(begun, edition, desk))
    assert sorted(told) == ["nobody", "sending"]
    assert (Campaign.objects.count(), Invitee.objects.count()) == (1, len(GUESTS))
