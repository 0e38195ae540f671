"""The lists of a day on paper: each desk its own, made by the worker, kept for whoever asked, gone after two days."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from fairs import clock, day_packs
from fairs.actions.day_packs import ask_for_pack, forget_packs, make_pack
from fairs.errors import Forbidden, Invalid
from fairs.models import DayPack, Officer
from matchmaking.models import Meeting
from tests import world
from tests.papers import needs_poppler, pages_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides()
        world.booths_of(sides.exhibitor, "A01")
        sides.badge = world.badge(sides.edition, sides.buyer, sides.importer.company)
        Meeting.objects.create(
            edition=sides.edition, exhibitor=sides.exhibitor, importer=sides.importer, importer_person=sides.buyer,
            starts_at=world.FIRST_MORNING, ends_at=world.FIRST_MORNING + timedelta(minutes=30), place="A01",
            state="accepted",
        )  # fmt: skip
        yield sides


@pytest.fixture
def later(monkeypatch):
    """The worker comes when the test calls it."""
    monkeypatch.setattr("fairs.actions.day_packs._enqueue", lambda pk: None)


def made(edition, by):
    pack = ask_for_pack(edition, day=world.OPENS, by=by)
    make_pack(pk=pack.pk)
    pack.refresh_from_db()
    return pack


def names(pack):
    with pack.file.open() as file:
        return sorted(ZipFile(BytesIO(file.read())).namelist())


def rows(content):
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows()]


def files(fair, *roles):
    return dict(day_packs.files_of(fair.edition, world.OPENS, frozenset(roles)))


def test_each_desk_gets_its_own_lists_and_no_others():
    keys = {role: [one.key[:2] for one in day_packs.lists_for(frozenset({role}))] for role in Officer.Role.values}
    assert keys == {
        "director": ["00", "10", "20", "30", "31", "40", "50"],
        "booth_desk": ["00", "20", "50"],
        "finance": ["00", "40"],
        "importer_desk": ["00", "30", "31"],
        "gate": ["00", "10", "20"],
        "matchmaking_desk": ["00", "30", "31"],
        "reports": ["00"],
        "reviewer": [],
        "privacy": [],
        "visa": [],
    }


def test_the_lists_say_what_a_desk_needs(fair):
    found = files(fair, "director")
    text = {name: str(rows(content)) for name, content in found.items() if name.endswith("xlsx")}
    assert fair.badge.code in text["10-gate.xlsx"]
    assert fair.buyer.full_name in text["10-gate.xlsx"]
    assert "A01" in text["20-booths.xlsx"]
    assert fair.exhibitor.company.name_vi in text["20-booths.xlsx"]
    assert "10:00" in text["30-meetings-by-exhibitor.xlsx"]
    assert fair.exhibitor.company.name_vi in text["31-meetings-by-importer.xlsx"]
    assert fair.maker.email in text["50-exhibitors-contacts.xlsx"]
    assert "115" in text["00-whom-to-call.xlsx"]
    juror = world.officer(fair.edition, "reviewer")
    assert juror.email not in str(rows(files(fair, "gate")["00-whom-to-call.xlsx"]))
    assert fair.buyer.email not in str(text)


def test_a_day_without_meetings_says_so(fair):
    found = dict(day_packs.files_of(fair.edition, world.OPENS + timedelta(days=1), frozenset({"matchmaking_desk"})))
    assert fair.buyer.full_name not in str(rows(found["30-meetings-by-exhibitor.xlsx"]))


@needs_poppler
def test_the_paper_has_edition_day_moment_and_pages(fair):
    for _each in range(60):
        one = world.importer(fair.edition)
        world.badge(fair.edition, one.person, one.part.company)
    paper = files(fair, "gate")["10-gate.pdf"]
    text = text_of(paper)
    assert fair.edition.name_vi in text
    assert "18/10/2018" in text
    assert "10:00" in text
    assert f"1/{pages_of(paper)}" in text
    assert pages_of(paper) > 1


@pytest.mark.parametrize("number", world.ROWS)
def test_no_list_asks_for_its_rows_one_by_one(fair, number, django_assert_num_queries):
    for _each in range(number):
        one = world.importer(fair.edition)
        world.badge(fair.edition, one.person, one.part.company)
        world.exhibitor(fair.edition)
    with django_assert_num_queries(8):
        for one in day_packs.lists_for(frozenset({"director"})):
            list(one.rows(fair.edition, world.OPENS))


class TestAsking:
    def test_the_file_is_for_whoever_asked_and_holds_what_their_roles_open(self, fair, later, client):
        gate = world.officer(fair.edition, "gate")
        pack = made(fair.edition, gate)
        assert (pack.done, pack.of) == (6, 6)
        assert {name[:2] for name in names(pack)} == {"00", "10", "20"}
        address = reverse("fairs:day_pack_zip", args=[fair.edition.slug, pack.pk])
        client.force_login(gate)
        assert client.get(address)["Content-Type"] == "application/zip"
        for other in (world.officer(fair.edition, "director"), world.officer(fair.edition, "gate"), fair.maker):
            client.force_login(other)
            assert client.get(address).status_code == 404

    def test_who_has_lost_a_role_gets_it_no_more(self, fair, later, client):
        gate = world.officer(fair.edition, "gate")
        Officer.objects.create(person=gate, role="finance", edition=fair.edition)
        pack = made(fair.edition, gate)
        Officer.objects.filter(person=gate, role="finance").delete()
        client.force_login(gate)
        assert client.get(reverse("fairs:day_pack_zip", args=[fair.edition.slug, pack.pk])).status_code == 404

    def test_pressed_twice_one_is_made(self, fair, later):
        gate = world.officer(fair.edition, "gate")
        first = ask_for_pack(fair.edition, day=world.OPENS, by=gate)
        assert ask_for_pack(fair.edition, day=world.OPENS, by=gate) == first
        with pytest.raises(IntegrityError), transaction.atomic():
            DayPack.objects.create(edition=fair.edition, by=gate, day=world.OPENS)
        make_pack(first.pk)
        file = DayPack.objects.get().file.name
        make_pack(first.pk)
        assert DayPack.objects.get().file.name == file

    def test_only_officers_ask_and_for_days_near_the_fair(self, fair, later):
        for other in (fair.maker, fair.buyer, world.officer(fair.edition, "reviewer")):
            with pytest.raises(Forbidden):
                ask_for_pack(fair.edition, day=world.OPENS, by=other)
        with pytest.raises(Invalid):
            ask_for_pack(fair.edition, day=world.OPENS + timedelta(days=99), by=world.officer(fair.edition, "gate"))

    def test_what_fails_says_so_and_may_be_asked_for_again(self, fair, later, monkeypatch):
        gate = world.officer(fair.edition, "gate")
        pack = ask_for_pack(fair.edition, day=world.OPENS, by=gate)
        with monkeypatch.context() as broken:
            broken.setattr("fairs.actions.day_packs.zipped", raises)
            with pytest.raises(OSError, match="full"):
                make_pack(pack.pk)
        pack.refresh_from_db()
        assert pack.failed_at
        assert made(fair.edition, gate).file

    def test_after_two_days_it_is_gone_and_what_nobody_finished_is_given_up(
        self, fair, later, django_capture_on_commit_callbacks
    ):
        pack = made(fair.edition, world.officer(fair.edition, "gate"))
        stuck = ask_for_pack(fair.edition, day=world.OPENS, by=world.officer(fair.edition, "finance"))
        with clock.at(world.FIRST_MORNING + timedelta(hours=1)):
            forget_packs()
        stuck.refresh_from_db()
        assert stuck.failed_at
        assert default_storage.exists(pack.file.name)
        with clock.at(world.FIRST_MORNING + timedelta(hours=49)), django_capture_on_commit_callbacks(execute=True):
            forget_packs()
        assert not DayPack.objects.exists()
        assert not default_storage.exists(pack.file.name)

    def test_the_page_shows_how_far_it_is_and_then_the_file(self, fair, later, client):
        gate = world.officer(fair.edition, "gate")
        client.force_login(gate)
        page = reverse("fairs:day_packs", args=[fair.edition.slug])
        answer = client.post(page, {"day": "2018-10-18"})
        assert (answer.status_code, answer.url) == (302, page)
        assert "every 2s" in client.get(page, headers={"hx-request": "true"}).content.decode()
        make_pack(DayPack.objects.get().pk)
        told = client.get(page, headers={"hx-request": "true"}).content.decode()
        assert "every 2s" not in told
        assert ".zip" in told


def raises(*_files):
    raise OSError("the disk is full")


def test_the_command_writes_every_list_for_its_owner_alone(fair, tmp_path):
    call_command("day_pack", fair.edition.slug, "--day", "2018-10-18", "--to", str(tmp_path / "out"))
    written = sorted((tmp_path / "out").iterdir())
    assert len(written) == 14
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
    with pytest.raises(CommandError):
        call_command("day_pack", "nowhere")
