"""Two officers decide about one pair at the same moment: one wins, and one paper counts; a control shows why."""

from threading import Barrier

import pytest
from django.db import transaction

from fairs import clock
from matchmaking.actions.deal_pairs import say_different, say_same
from matchmaking.models import Deal, DealPair
from tests import world
from tests.matchmaking.asking import recorded
from tests.matchmaking.test_deal_pairs import theirs
from tests.matchmaking.test_races import ROUNDS, at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def pairs(fair):
    """For each round two papers that may be one."""
    for number in range(ROUNDS):
        importer = world.importer(fair.edition)
        fair.importer, fair.buyer = importer.part, importer.person
        yield recorded(fair, key=f"m{number}"), theirs(fair, key=f"t{number}")


def loaded(deal):
    return Deal.objects.select_related("edition").get(pk=deal.pk)


def test_of_two_that_keep_the_other_paper_each_one_wins_and_one_counts(fair):
    officers = [world.officer(fair.edition, "reports") for _each in range(2)]
    for first, second in pairs(fair):
        told = at_once(
            lambda a=first, b=second: say_same(loaded(a), dropped=loaded(b), by=officers[0]).state,
            lambda a=first, b=second: say_same(loaded(b), dropped=loaded(a), by=officers[1]).state,
        )
        assert sorted(told) == ["decided_already", "same"]
        assert Deal.objects.filter(pk__in=[first.pk, second.pk]).counted().count() == 1


def test_of_same_and_different_at_once_one_wins(fair):
    officers = [world.officer(fair.edition, "reports") for _each in range(2)]
    for first, second in pairs(fair):
        told = at_once(
            lambda a=first, b=second: say_same(loaded(a), dropped=loaded(b), by=officers[0]).state,
            lambda a=first, b=second: say_different(loaded(a), second=loaded(b), by=officers[1]).state,
        )
        won = DealPair.objects.get(first=first, second=second)
        assert sorted(told, key=lambda one: one in ("same", "different"))[1] == won.state
        counted = Deal.objects.filter(pk__in=[first.pk, second.pk]).counted().count()
        assert counted == (1 if won.state == "same" else 2)


def naive_same(kept, dropped, arrived):
    """Joining as one would write it without the locks: look, then write."""
    with transaction.atomic():
        taken = Deal.objects.filter(pk__in=[kept, dropped], same_as__isnull=False).exists()
        arrived.wait()
        if taken:
            return "decided_already"
        Deal.objects.filter(pk=dropped).update(same_as=kept)
    return "same"


@pytest.mark.postgres
def test_without_the_locks_neither_would_count(fair):
    first, second = next(pairs(fair))
    arrived = Barrier(2)
    told = at_once(lambda: naive_same(first.pk, second.pk, arrived), lambda: naive_same(second.pk, first.pk, arrived))
    assert told == ["same", "same"]
    assert Deal.objects.filter(pk__in=[first.pk, second.pk]).counted().count() == 0
