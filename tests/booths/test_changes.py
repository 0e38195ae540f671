"""Versions of a floor's statuses: each change once, in order, the same for everybody."""

import pytest
from django.urls import reverse

from booths.actions import changes
from booths.actions.changes import forget_old_changes, note_change
from booths.actions.reservations import hold_booths, release_booth
from booths.hints import change_of_the_floor
from booths.models import FloorChange
from fairs import clock, live
from fairs.live import NotYet
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair(monkeypatch):
    monkeypatch.setattr(changes, "LEAST", 0.0)
    with clock.at(world.NOON):
        edition = world.edition()
        booths = world.floor(edition, 4)
        note_change(edition)
        yield edition, booths, world.application(edition)


def test_of_an_edition_that_is_gone_there_is_nothing_to_tell():
    assert change_of_the_floor(0) == {}


def test_a_change_is_told_once_and_in_order(fair):
    edition, booths, application = fair
    [held] = hold_booths(application, booths=booths[1:2], by=application.contact)
    first = note_change(edition)
    assert first.told == {"version": 2, "floor": 0, "signs": {"1": "h"}}
    assert note_change(edition) is None
    release_booth(held, by=application.contact)
    assert note_change(edition).told == {"version": 3, "floor": 0, "signs": {"1": "f"}}


def test_a_new_drawing_is_read_as_a_whole(fair):
    edition, _booths, _application = fair
    edition.sale_terms.floor_version = 9
    edition.sale_terms.save()
    assert note_change(edition).told == {"version": 2, "floor": 9, "signs": None}


def test_the_next_is_told_half_a_second_later(fair, monkeypatch):
    edition, booths, application = fair
    monkeypatch.setattr(changes, "LEAST", 30.0)
    hold_booths(application, booths=booths[:1], by=application.contact)
    with pytest.raises(NotYet) as early:
        note_change(edition)
    assert 0 < early.value.seconds <= 30


def test_the_answer_of_a_version_is_public_and_lasts(fair, client, django_assert_num_queries):
    edition, booths, application = fair
    hold_booths(application, booths=booths[:1], by=application.contact)
    note_change(edition)
    address = reverse("booths:plan_version", args=[edition.slug, 2])
    with django_assert_num_queries(2):
        answer = client.get(address)
    assert answer.json() == {"version": 2, "floor": 0, "signs": {"0": "h"}}
    assert "immutable" in answer["Cache-Control"]
    assert client.get(reverse("booths:plan_version", args=[edition.slug, 3])).status_code == 404


def test_an_open_page_knows_its_version(fair, client):
    edition, _booths, _application = fair
    assert 'data-version="1"' in client.get(reverse("booths:plan", args=[edition.slug])).content.decode()
    assert client.get(reverse("booths:plan_signs", args=[edition.slug])).json()["version"] == 1


def test_old_versions_are_forgotten(fair):
    FloorChange.objects.update(told_at=0.0)
    forget_old_changes()
    assert not FloorChange.objects.exists()


def test_a_hint_carries_its_version_and_nothing_is_said_of_no_change(fair, versions, monkeypatch):
    edition, booths, application = fair
    hold_booths(application, booths=booths[:1], by=application.contact)
    assert live._found(edition.pk, "floor") == {"version": 2, "floor": 0, "signs": {"0": "h"}}
    assert live._found(edition.pk, "floor") is None
    assert live._found(edition.pk, "meetings") == {}


def test_too_early_is_said_later(monkeypatch):
    sent, waits = [], []
    calm = live.Calm(least=0.5)
    monkeypatch.setattr(live, "_send", lambda *key: sent.append(key) or _raise(NotYet(0.3)))
    monkeypatch.setattr(calm, "_wait", lambda key, seconds: waits.append((key, seconds)))
    calm.say(1, "floor")
    assert (sent, waits) == ([(1, "floor")], [((1, "floor"), 0.3)])


def _raise(error: Exception) -> None:
    raise error


def test_a_process_to_which_nobody_listens_says_nothing(fair, monkeypatch, django_capture_on_commit_callbacks):
    edition, _booths, _application = fair
    monkeypatch.setattr(live, "_muted", False)
    with django_capture_on_commit_callbacks() as told:
        live.announce(edition, "floor")
        live.mute()
        live.announce(edition, "floor")
    assert len(told) == 1
