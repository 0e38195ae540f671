"""Checks that every sentence of code and templates is in the Vietnamese catalogues, whole and translated one way."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

from tests.services import ROOT

FOLDERS = ("config", "fairs", "booths", "buyers", "matchmaking")
LANGUAGE = "vi"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\w)\{(\w+)\}|%[sd]")

Key = tuple[str | None, str]


def complaints() -> Iterator[str]:
    """One sentence for each fault."""
    translated: dict[Key, tuple[str, str]] = {}
    for path in sorted(ROOT.glob(f"*/locale/{LANGUAGE}/LC_MESSAGES/django.po")):
        name = str(path.relative_to(ROOT))
        for entry in polib.pofile(str(path)):
            yield from (f"{name}: {fault}: {entry.msgid!r}" for fault in faults(entry))
            first_name, first_text = translated.setdefault(_key(entry), (name, _text(entry)))
            if first_text != _text(entry):
                yield f"{name}: {entry.msgid!r} is translated in another way in {first_name}: one of them is never seen"
    for place, key in _sentences():
        if key not in translated:
            yield f"{place}: not in any Vietnamese catalogue: {key[1]!r}"


def faults(entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "a guess nobody has looked at (fuzzy)"
    if not _text(entry).strip() and not entry.obsolete:
        yield "not translated"
    elif _placeholders(_text(entry)) - _placeholders(entry.msgid) - _placeholders(entry.msgid_plural):
        yield "names a placeholder that the sentence does not have"
    elif _placeholders(entry.msgid_plural or entry.msgid) - _placeholders(_text(entry)):
        yield "lacks a placeholder of the sentence"


def _sentences() -> Iterator[tuple[str, Key]]:
    """Where a sentence stands and what it is, for all code and templates as they are now."""
    with tempfile.TemporaryDirectory(prefix="cho-phien-sentences-") as name:
        copy = Path(name)
        for folder in FOLDERS:
            shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("locale", "static", "*.pyc"))
            (copy / folder / "locale").mkdir()
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "--locale", LANGUAGE, "--keep-pot", "--verbosity=0"],
            cwd=copy,
            check=True,
        )
        for template in sorted(copy.glob("*/locale/django.pot")):
            for entry in polib.pofile(str(template)):
                yield _place(entry), _key(entry)


def _place(entry: polib.POEntry) -> str:
    file, line = entry.occurrences[0]
    return f"{file}:{line}"


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def _text(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


if __name__ == "__main__":
    found = list(complaints())
    for complaint in found:
        print(complaint)
    sys.exit(1 if found else 0)
