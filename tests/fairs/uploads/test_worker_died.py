"""An import whose worker died is begun anew by the heartbeat; one that is being worked on is left alone."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from fairs import clock, tasks
from fairs.actions import uploads
from fairs.models import Company
from fairs.progress import SILENCE
from tests.fairs.uploads.handing_in import commit, csv, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(desk, edition, monkeypatch):
    """An import of many rows that nobody works on, and the list of those begun anew."""
    cache.clear()
    upload = hand_in(desk, edition, csv(*(f"Cơ sở {n};;Hà Nội;Người {n};;1" for n in range(25))))
    commit(desk, upload)
    upload.anew = []
    task = SimpleNamespace(func=tasks.import_upload.func, enqueue=lambda *given: upload.anew.append(given))
    monkeypatch.setattr(tasks, "import_upload", task)
    return upload


def later(seconds):
    return clock.at(clock.now() + timedelta(seconds=seconds))


def test_it_is_begun_anew_once_in_a_while(begun, desk):
    with later(SILENCE - 1):
        tasks.go_on_importing()
    assert begun.anew == []  # the worker has just been told
    with later(SILENCE + 1):
        tasks.go_on_importing()
        tasks.go_on_importing()
    assert begun.anew == [(begun.pk, desk.officer.pk)]
    tasks.import_upload.func(*begun.anew[0])
    begun.refresh_from_db()
    assert (begun.state, Company.objects.count()) == ("imported", 25)
    with later(SILENCE + 1):
        cache.clear()
        tasks.go_on_importing()
    assert len(begun.anew) == 1


def test_one_whose_worker_speaks_is_left_alone(begun):
    uploads._progress(begun).say(3)
    with later(SILENCE + 1):
        tasks.go_on_importing()
    assert begun.anew == []
