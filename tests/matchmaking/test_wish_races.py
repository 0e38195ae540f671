"""Wishes said at once: the last place of a list goes to one, and two sides never wait for each other."""

from functools import partial
from threading import Barrier

import pytest

from fairs import clock
from matchmaking.actions import wishes as module
from matchmaking.actions.wishes import wish
from matchmaking.models import Wish
from tests import world
from tests.matchmaking.test_races import at_once
from tests.matchmaking.wishing import registered

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 6
CONTROL_ROUNDS = 60


@pytest.fixture
def edition():
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


@pytest.fixture
def registration(edition):
    return registered(edition)


def said(registration, exhibitor, *, kind="must", side="importer"):
    by = registration.person if side == "importer" else exhibitor.person
    return wish(registration, exhibitor=exhibitor.part, side=side, kind=kind, by=by).kind


def for_the_last_place(registration, makers):
    """What each of several must-meets came to where one place is left."""
    Wish.objects.all().delete()
    return sorted(at_once(*(partial(said, registration, maker) for maker in makers)))


@pytest.fixture
def makers(edition, monkeypatch):
    monkeypatch.setattr(module, "MOST", 1)
    return [world.exhibitor(edition) for _number in range(3)]


def test_of_several_devices_one_has_the_last_place_of_the_list(registration, makers):
    for _round in range(ROUNDS):
        assert for_the_last_place(registration, makers) == ["list_full", "list_full", "must"]


@pytest.mark.postgres
def test_control_without_a_line_the_list_holds_too_many(registration, makers, monkeypatch):
    monkeypatch.setattr(module, "_stand_in_line", lambda _said: None)
    for _round in range(CONTROL_ROUNDS):
        if for_the_last_place(registration, makers).count("must") > 1:
            return
    pytest.fail("sixty rounds without a line, and never a name too many")


def test_one_wish_said_on_several_devices_at_once_is_one(registration, makers):
    kinds = ["must", "like", "no"]
    for _round in range(ROUNDS):
        assert at_once(*(partial(said, registration, makers[0], kind=kind) for kind in kinds)) == kinds
        assert Wish.objects.get().kind in kinds


@pytest.mark.postgres
def test_two_who_wish_for_each_other_at_once_do_not_lock_each_other_out(edition, registration, monkeypatch):
    """Each stands in its own line before either writes, and what is written points to both."""
    line, both_there = module._stand_in_line, Barrier(2, timeout=20)

    def stand(said):
        line(said)
        both_there.wait()

    monkeypatch.setattr(module, "_stand_in_line", stand)
    exhibitor = world.exhibitor(edition)
    sides = ["exhibitor", "importer"]
    assert at_once(*(partial(said, registration, exhibitor, side=side) for side in sides)) == ["must", "must"]
    assert sorted(Wish.objects.values_list("side", flat=True)) == sides
