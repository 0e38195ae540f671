"""Reads the word lists that invention draws from: one row a line, columns parted by a bar, # for remarks."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of data/<name>.txt, each a tuple of stripped columns; section lines stay as one column."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(
        tuple(column.strip() for column in line.split("|"))
        for line in text.splitlines()
        if line and not line.startswith("#")
    )


@cache
def sections(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The rows of a table with [section] lines, by section."""
    found: dict[str, list[tuple[str, ...]]] = {}
    current: list[tuple[str, ...]] = []
    for row in rows(name):
        if len(row) == 1 and row[0].startswith("["):
            current = found.setdefault(row[0].strip("[]"), [])
        else:
            current.append(row)
    return {section: tuple(lines) for section, lines in found.items()}


def pairs(name: str) -> dict[str, str]:
    """A table of two columns, by the first."""
    return {row[0]: row[1] for row in rows(name)}
