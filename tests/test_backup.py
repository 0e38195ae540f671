"""Database and files come back from an archive into an empty installation, or not at all."""

import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import dj_database_url
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from fairs.models import Company, LegalPaper
from tests import world
from tests.services import ROOT, clean_environment, count_as_migrated, database_url

pytestmark = pytest.mark.django_db(transaction=True)

COUNTED = ("fairs_company", "fairs_edition", "fairs_legalpaper", "fairs_person", "booths_booth")


@pytest.fixture
def files(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def fair(files):
    """Two companies, a floor, and a paper with a Vietnamese name in a folder."""
    count_as_migrated(connection.settings_dict, files)
    edition = world.edition()
    world.floor(edition, booths=3)
    Company.objects.create(name_vi="Cơ sở Gốm Giang Cao")
    paper = LegalPaper(
        edition=edition, number="12/QĐ", issuer_vi="Bộ Công Thương", subject_vi="Quyết định", issued_on=world.OPENS
    )
    paper.file.save("quyết-định.pdf", ContentFile(b"%PDF-paper" * 100))
    return edition


@pytest.fixture
def empty_place(tmp_path) -> Iterator[dict[str, str]]:
    """The settings of another installation of the same kind with nothing in it."""
    name = f"restored_{os.getpid()}"
    place = clean_environment(DATA_DIR=str(tmp_path / "elsewhere"))
    (tmp_path / "elsewhere").mkdir()
    if connection.vendor == "sqlite":
        yield place
        return
    run_sql(f"CREATE DATABASE {name}")
    yield place | {"DATABASE_URL": database_url(connection.settings_dict | {"NAME": name})}
    run_sql(f"DROP DATABASE {name}")


def test_everything_comes_back(fair, files, tmp_path, empty_place):
    archive = tmp_path / "fair.tar.gz"
    call_command("backup", str(archive))
    restored = restore(archive, empty_place)
    assert restored.returncode == 0, restored.stderr
    assert counts(empty_place) == {table: count(table) for table in COUNTED}
    assert read(empty_place, "SELECT name_vi FROM fairs_company ORDER BY id") == list(
        Company.objects.order_by("id").values_list("name_vi", flat=True)
    )
    paper = LegalPaper.objects.get()
    copy = Path(empty_place["DATA_DIR"]) / "files" / str(paper.file.name)
    assert copy.read_bytes() == (files / paper.file.name).read_bytes()


def test_it_is_for_its_owner_only(fair, tmp_path):
    call_command("backup", str(tmp_path / "fair.tar.gz"))
    assert (tmp_path / "fair.tar.gz").stat().st_mode & 0o077 == 0


def test_what_is_there_is_never_overwritten(fair, tmp_path):
    archive = tmp_path / "fair.tar.gz"
    call_command("backup", str(archive))
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(archive))
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(archive))


def test_a_damaged_archive_changes_nothing(fair, tmp_path, empty_place):
    whole, damaged = tmp_path / "fair.tar.gz", tmp_path / "damaged.tar.gz"
    call_command("backup", str(whole))
    rewrite(whole, damaged, lambda name, content: content[:-1] + b"!" if name.endswith(".pdf") else content)
    restored = restore(damaged, empty_place)
    assert restored.returncode == 1
    assert "is damaged at files/legal" in restored.stderr
    damaged.write_bytes(whole.read_bytes()[:5000])
    assert "not a whole archive" in restore(damaged, empty_place).stderr
    assert not list(Path(empty_place["DATA_DIR"]).rglob("*.pdf"))


def restore(archive: Path, place: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """In a process of its own, as a person would."""
    command = [sys.executable, str(ROOT / "manage.py"), "restore", str(archive)]
    return subprocess.run(command, env=place, capture_output=True, text=True, check=False)


def rewrite(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> None:
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            changed = target.with_suffix(".member")
            changed.write_bytes(change(member.name, content.read()))
            new.add(changed, member.name)


def counts(place: dict[str, str]) -> dict[str, int]:
    return {table: read(place, f"SELECT COUNT(*) FROM {table}")[0] for table in COUNTED}


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        return cursor.fetchone()[0]


def read(place: dict[str, str], sql: str) -> list:
    """The first column, as another program would read it."""
    url = place.get("DATABASE_URL") or f"sqlite:///{place['DATA_DIR']}/cho-phien.sqlite3"
    other = connection.copy("restored")
    other.settings_dict = {**connection.settings_dict, **dj_database_url.parse(url), "OPTIONS": {}}
    try:
        with other.cursor() as cursor:
            cursor.execute(sql)
            return [row[0] for row in cursor.fetchall()]
    finally:
        other.close()


def run_sql(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
