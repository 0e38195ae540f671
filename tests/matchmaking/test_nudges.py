"""Those without meetings are reminded every few days, once a period, until they have one or want no more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fairs import clock
from fairs.deliveries import compose
from fairs.models import Delivery, Participation
from matchmaking.actions.nudges import owe_nudge, owe_nudges, period_of
from matchmaking.models import MeetingRules, NoNudges, Nudge
from tests import world
from tests.matchmaking.asking import asked

pytestmark = pytest.mark.django_db
KIND = "matchmaking.no_meetings_yet"


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        sides = world.two_sides()
        MeetingRules.objects.update(opens_on=world.NOON.date() - timedelta(days=7), remind_days=3)
        sides.rules.refresh_from_db()
        yield sides


def test_each_side_is_written_to_once_a_period(fair):
    assert owe_nudges() == 2
    assert owe_nudges() == 0
    assert set(Delivery.objects.filter(kind=KIND).values_list("to", flat=True)) == {fair.maker.pk, fair.buyer.pk}
    with clock.at(world.NOON + timedelta(days=2)):
        assert owe_nudges() == 2
    assert not owe_nudge(fair.exhibitor, 2)


def test_who_has_asked_or_was_asked_is_not_reminded(fair):
    asked(fair)
    alone = world.importer(fair.edition)
    assert owe_nudges() == 1
    assert Delivery.objects.get(kind=KIND).to == alone.person


def test_who_wants_no_more_says_so_without_signing_in(fair, client):
    owe_nudges()
    letter = compose(Delivery.objects.get(kind=KIND, to=fair.buyer))
    nudge = Nudge.objects.get(part=fair.importer)
    assert nudge.stop_url in letter.body
    assert "No more reminders" in client.get(nudge.stop_url, headers={"accept-language": "en"}).content.decode()
    for _twice in range(2):
        assert client.post(nudge.stop_url).status_code == 302
    assert NoNudges.objects.get().part == fair.importer
    with clock.at(world.NOON + timedelta(days=2)):
        assert owe_nudges() == 1
    assert client.get(reverse("matchmaking:no_more_nudges", args=["1:x"])).status_code == 404


def test_none_before_requests_open_none_on_the_last_day_and_none_when_switched_off(fair):
    rules = fair.rules
    days = [rules.opens_on - timedelta(days=1), rules.opens_on, rules.opens_on + timedelta(days=3)]
    assert [period_of(rules, day) for day in [*days, fair.edition.closes_on]] == [None, None, 1, None]
    MeetingRules.objects.update(remind_days=0)
    assert owe_nudges() == 0
    MeetingRules.objects.update(remind_days=3)
    with clock.at(world.NOON + timedelta(hours=12)):
        assert owe_nudges() == 0  # at midnight
    Participation.objects.update(state="withdrawn")
    assert owe_nudges() == 0
