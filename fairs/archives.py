"""Saves an installation's database and files in one archive, which brings them back into an empty one."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files"
Manifest = dict[str, Any]


class ArchiveRefused(Exception):
    """The archive cannot be made, or not be brought back here; the sentence says why and what to do."""


def save(archive: Path) -> Manifest:
    """Write the archive, which appears whole or not at all; return its manifest.

    Refuses to overwrite, and when the programs of the database are missing. The database is saved first: a file that
    arrives meanwhile is one too many, never one too few.
    """
    if archive.exists():
        raise ArchiveRefused(f"{archive} exists already. Choose another name.")
    half_made = archive.with_name(f"{archive.name}.part")
    manifest = _manifest()
    try:
        with tempfile.TemporaryDirectory() as folder, _open_private(half_made) as raw:
            dump = Path(folder) / DATABASE
            _dump(dump)
            with tarfile.open(fileobj=raw, mode="w:gz") as tar:
                for name, path in [(DATABASE, dump), *_files()]:
                    manifest["sha256"][name] = _add(tar, name, path)
                _add_manifest(tar, manifest)
        half_made.rename(archive)
    finally:
        half_made.unlink(missing_ok=True)
    return manifest


def bring_back(archive: Path) -> Manifest:
    """Fill the empty database and the empty folder of files from the archive; return its manifest.

    Refuses when either holds anything, when the archive is damaged, or when it is of another kind of database or of a
    later version.
    """
    _refuse_unless_empty()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = _unpack(archive, folder)
        if manifest["engine"] != connection.vendor:
            raise ArchiveRefused(
                f"The archive holds a database of {manifest['engine']}, and DATABASE_URL names one of "
                f"{connection.vendor}. Point it to an empty database of {manifest['engine']}."
            )
        if _parts(manifest["version"]) > _parts(_version()):
            raise ArchiveRefused(
                f"The archive was made by version {manifest['version']}; this is {_version()}. Upgrade."
            )
        _load(folder / DATABASE)
        if (folder / FILES).exists():
            shutil.copytree(folder / FILES, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return manifest


def _manifest() -> Manifest:
    return {
        "product": "cho-phien",
        "version": _version(),
        # An archive is dated by the calendar of the world, not by the clock of the fair.
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),  # noqa: TID251
        "engine": connection.vendor,
        "sha256": {},
    }


def _version() -> str:
    return str(tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"])


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _open_private(path: Path) -> IO[bytes]:
    """It holds everybody's data: only its owner may read it."""
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _files() -> Iterator[tuple[str, Path]]:
    for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")):
        if path.is_file():
            yield f"{FILES}/{path.relative_to(settings.MEDIA_ROOT)}", path


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Add a file; return the checksum of what went in."""
    with path.open("rb") as source:
        member = tar.gettarinfo(arcname=name, fileobj=source)
        reader = _Checked(source)
        tar.addfile(member, reader)
    return reader.sha256.hexdigest()


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    content = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


class _Checked(io.RawIOBase):
    """Reads on, and keeps the checksum of what it has read."""

    def __init__(self, source: IO[bytes]):
        self._source = source
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._source.read(size)
        self.sha256.update(block)
        return block


def _unpack(archive: Path, folder: Path) -> Manifest:
    try:
        with tarfile.open(archive, "r:gz") as tar:
            tar.extractall(folder, filter="data")
        manifest: Manifest = json.loads((folder / MANIFEST).read_text())
        known = manifest["sha256"]
    except (OSError, EOFError, KeyError, ValueError, tarfile.TarError) as damage:
        raise ArchiveRefused(f"{archive} is not a whole archive of Chợ Phiên: {damage}") from damage
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    damaged = sorted(found ^ set(known)) or [name for name in known if _checksum(folder / name) != known[name]]
    if damaged:
        raise ArchiveRefused(f"{archive} is damaged at {damaged[0]}. Nothing was changed here; take another archive.")
    return manifest


def _checksum(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _refuse_unless_empty() -> None:
    if connection.introspection.table_names():
        raise ArchiveRefused(
            "The database is not empty, and nothing in it is overwritten. Make a new one and let DATABASE_URL name it "
            "(on SQLite: let DATA_DIR name an empty folder), then restore."
        )
    if Path(settings.MEDIA_ROOT).exists() and any(Path(settings.MEDIA_ROOT).rglob("*")):
        raise ArchiveRefused(
            f"{settings.MEDIA_ROOT} holds files, and none is overwritten. Move them away, then restore."
        )


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
    else:
        _postgresql("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _load(source: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as saved:
            saved.backup(connection.connection)
    else:
        name = connection.settings_dict["NAME"]
        _postgresql("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={name}", str(source))


def _postgresql(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on the database of the settings; the password stays out of the list of processes."""
    known = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {name: str(known[key]) for name, key in names.items() if known[key]}
    try:
        subprocess.run([program, *arguments], env=environment, check=True, capture_output=True, text=True)
    except FileNotFoundError as missing:
        raise ArchiveRefused(f"{program} is not installed: apt-get install postgresql-client") from missing
    except subprocess.CalledProcessError as failure:
        raise ArchiveRefused(f"{program} failed: {failure.stderr.strip()}") from failure
