"""Addresses pasted by an officer: one a line, each with a name, a company and a country."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from buyers.latin import is_latin
from fairs.models.fields import LONGEST_NAME
from fairs.sheets import CellError, Country, Email

MOST_LINES = 500
ORDER = ("email", "full_name", "company", "country")


class Typed(NamedTuple):
    """One line that was understood."""

    email: str
    full_name: str
    company: str
    country: str


def read_lines(text: str) -> tuple[list[Typed], list[str]]:
    """What was understood, each address once, and a sentence for every line that was not, MOST_LINES of them."""
    understood: dict[str, Typed] = {}
    faults: list[str] = []
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    for number, line in lines[:MOST_LINES]:
        typed = _line(line)
        if isinstance(typed, Typed):
            understood.setdefault(typed.email, typed)
        else:
            faults.append(_("Line %(number)d: %(reason)s") % {"number": number, "reason": typed})
    if len(lines) > MOST_LINES:
        faults.append(_("Only the first %(most)d lines are taken. Send the others afterwards.") % {"most": MOST_LINES})
    return list(understood.values()), faults


def _line(line: str) -> Typed | str:
    """A line as its four parts, between semicolons or tabs as a spreadsheet copies them; or what is wrong with it."""
    parts = [" ".join(part.split()) for part in re.split(r"[;\t]", line)]
    if len(parts) != len(ORDER) or not all(parts):
        return _("write e-mail; name; company; country.")
    email, full_name, company, country = parts
    if any("://" in part or len(part) > LONGEST_NAME for part in (full_name, company)):
        return _("a name holds no link, and no more than 300 letters.")
    if not is_latin(full_name):
        return _("write the name in Latin letters.")
    try:
        return Typed(str(Email().read(email)).lower(), full_name, company, Country().read(country))
    except CellError:
        return _("the e-mail or the country is not understood.")
