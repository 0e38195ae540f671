"""Many badges printed at once: by the worker, with a stop, kept for hours only."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from buyers.actions import printing
from buyers.actions.badges import revoke_badge
from buyers.actions.printing import begin_print, forget_prints, print_badges, stop_print
from buyers.models import PrintRun
from fairs import clock, progress
from fairs.errors import Forbidden, Refused
from fairs.states import StateConflict
from tests import world
from tests.buyers.importers import page
from tests.papers import needs_poppler, pages_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


@pytest.fixture
def desk(edition, client):
    officer = world.officer(edition, "importer_desk")
    client.force_login(officer)
    return officer


def badges(edition, number, **fields):
    return [world.badge(edition, world.person(f"Người {nth:03}"), **fields) for nth in range(number)]


def keys(rows):
    return [one.pk for one in rows]


@needs_poppler
def test_a_few_are_ready_at_once_in_the_order_of_names(edition, desk):
    rows = badges(edition, 3)
    run = begin_print(edition, badges=keys(reversed(rows)), size="card", by=desk)
    assert (run.state, run.number, run.badges) == ("ready", 3, keys(rows))
    with default_storage.open(run.file) as file:
        made = file.read()
    assert pages_of(made) == 2
    assert "Người 002" in text_of(made)


def test_many_are_drawn_by_the_worker(edition, desk, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(printing, "_enqueue", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        run = begin_print(edition, badges=keys(badges(edition, 21)), size="a6", by=desk)
    assert (run.state, asked) == ("making", [run.pk])
    print_badges(run.pk)
    run.refresh_from_db()
    assert run.state == "ready"
    print_badges(run.pk)  # the task came twice: nothing is drawn again


def making(edition, desk, monkeypatch):
    monkeypatch.setattr(printing, "_enqueue", lambda pk: None)
    return begin_print(edition, badges=keys(badges(edition, 21)), size="a6", by=desk)


def test_asked_twice_while_it_is_made_it_is_one_run(edition, desk, monkeypatch):
    run = making(edition, desk, monkeypatch)
    same = {"badges": run.badges, "size": "a6"}
    assert begin_print(edition, by=desk, **same) == run
    other_size = begin_print(edition, by=desk, badges=run.badges, size="card")
    of_another = begin_print(edition, by=world.officer(edition, "importer_desk"), **same)
    assert len({run.pk, other_size.pk, of_another.pk}) == 3
    stop_print(run, by=desk)
    assert begin_print(edition, by=desk, **same) != run


def test_a_stop_ends_the_work_and_keeps_nothing(edition, desk, monkeypatch):
    monkeypatch.setattr(progress, "SAID_EVERY", 0)
    run = making(edition, desk, monkeypatch)
    drawn = []

    def stop_after_the_first(key, default=None):
        drawn.append(printing.badges_drawn)
        return True

    monkeypatch.setattr(progress.cache, "get", stop_after_the_first, raising=False)
    print_badges(run.pk)
    monkeypatch.undo()
    run.refresh_from_db()
    assert len(drawn) == 1
    assert (run.state, default_storage.exists(run.file)) == ("making", False)
    stop_print(run, by=desk)
    assert run.state == "stopped"
    print_badges(run.pk)
    assert not default_storage.exists(run.file)
    with pytest.raises(StateConflict):
        stop_print(run, by=desk)


def test_what_goes_wrong_is_said_and_raised(edition, desk, monkeypatch):
    run = making(edition, desk, monkeypatch)
    monkeypatch.setattr(printing, "sheet_pdf", lambda *given, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        print_badges(run.pk)
    run.refresh_from_db()
    assert run.state == "failed"


def test_revoked_badges_and_those_of_others_are_left_out(edition, desk):
    mine, gone = badges(edition, 2)
    other = world.badge(world.edition(), world.person())
    revoke_badge(gone, by=desk)
    assert begin_print(edition, badges=keys([mine, gone, other]), size="a6", by=desk).badges == [mine.pk]
    with pytest.raises(Refused) as refusal:
        begin_print(edition, badges=keys([gone, other]), size="a6", by=desk)
    assert refusal.value.code == "no_badge"
    with pytest.raises(Forbidden):
        begin_print(edition, badges=keys([mine]), size="a6", by=world.officer(edition, "gate"))


def test_there_is_an_end_to_how_many(edition, desk, monkeypatch):
    monkeypatch.setattr(printing, "MOST", 1)
    with pytest.raises(Refused) as refusal:
        begin_print(edition, badges=keys(badges(edition, 2)), size="a6", by=desk)
    assert refusal.value.code == "too_many_badges"


def test_files_are_deleted_after_six_hours_and_lost_runs_fail(edition, desk, monkeypatch):
    run = begin_print(edition, badges=keys(badges(edition, 1)), size="a6", by=desk)
    lost = making(edition, desk, monkeypatch)
    with clock.at(world.FIRST_MORNING + timedelta(hours=1)):
        forget_prints()
    lost.refresh_from_db()
    assert (lost.state, default_storage.exists(run.file)) == ("failed", True)
    with clock.at(world.FIRST_MORNING + timedelta(hours=6, minutes=1)):
        forget_prints()
    assert not PrintRun.objects.exists()
    assert not default_storage.exists(run.file)


@needs_poppler
def test_the_page_begins_shows_and_hands_out(edition, client, desk):
    rows = badges(edition, 2)
    begun = client.post(page("begin_print", edition), {"which": "ticked", "chosen": rows[0].pk, "size": "lanyard"})
    run = PrintRun.objects.get()
    assert begun.url == page("print_run", edition, pk=run.pk)
    assert (run.size, run.number) == ("lanyard", 1)
    assert page("print_file", edition, pk=run.pk) in client.get(begun.url).content.decode()
    file = client.get(page("print_file", edition, pk=run.pk))
    assert (file["Content-Type"], file["Cache-Control"]) == ("application/pdf", "private, no-store")
    client.post(page("begin_print", edition) + "?q=Người+001", {"which": "found", "size": "card"})
    assert PrintRun.objects.first().badges == [rows[1].pk]
    assert client.post(page("begin_print", edition), {"which": "ticked", "chosen": "x"}).status_code == 409
    client.force_login(world.officer(edition, "gate"))
    for address in (begun.url, page("print_file", edition, pk=run.pk)):
        assert client.get(address).status_code == 404


def test_a_running_one_tells_how_far_it_is_and_has_no_file(edition, client, desk, monkeypatch):
    run = making(edition, desk, monkeypatch)
    printing._progress(run).say(8)
    shown = client.get(page("print_run", edition, pk=run.pk), headers={"hx-request": "true"}).content.decode()
    assert "8 / 21" in shown
    assert "<html" not in shown
    assert client.get(page("print_file", edition, pk=run.pk)).status_code == 404
    client.post(page("stop_print", edition, pk=run.pk))
    run.refresh_from_db()
    assert run.state == "stopped"
