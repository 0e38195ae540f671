"""Households from a pasted list: one a line, its cells in any usual way of parting them."""

import re
from typing import Any

CELLS = re.compile(r"\t|;|\||,")
NUMBERING = re.compile(r"^\s*(?:[-•*]|\d{1,3}\s*[.)/])\s*")
PHONE = re.compile(r"^\+?[\d .()-]{8,20}$")
NAMES = ("name", "person_in_charge", "craft")
LONGEST = {"name": 300, "person_in_charge": 300, "craft": 200}


def read_households(text: str) -> list[dict[str, Any]]:
    """The households of a list: name first, then person in charge and craft; a phone and passes wherever they stand.

    Lines without a name are left out, and numbering before a name is not part of it.
    """
    return [row for line in text.splitlines() if (row := _read(line))]


def _read(line: str) -> dict[str, Any]:
    row: dict[str, Any] = {}
    words: list[str] = []
    for cell in (cell.strip() for cell in CELLS.split(NUMBERING.sub("", line))):
        if cell.isdecimal() and len(cell) <= 2:
            row["passes"] = int(cell)
        elif PHONE.fullmatch(cell):
            row["phone"] = cell
        else:
            words.append(cell)
    if not words or not words[0]:
        return {}
    return row | {name: word[: LONGEST[name]] for name, word in zip(NAMES, words, strict=False)}
