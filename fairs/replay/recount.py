"""The independent recount of a day: plain SQL over the tables, beside what the site said yes to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from fairs.replay.day import Day

NOTED = "CREATE TEMPORARY TABLE noted (kind text, key text, number numeric, words text)"


@dataclass(frozen=True)
class Count:
    """One thing counted: what, how many there must be, how many there are. Equal is well."""

    what: str
    must: Any
    found: Any

    @property
    def holds(self) -> bool:
        return bool(self.must == self.found)


Recount = Callable[[Day], Iterator[Count]]
_recounts: list[Recount] = []


def recounts(count: Recount) -> Recount:
    """From an app's replay.py: counts in plain SQL; the table `noted` holds what the site said yes to."""
    _recounts.append(count)
    return count


def recount(day: Day) -> list[Count]:
    """Everything that is counted after a day."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS noted")
        cursor.execute(NOTED)
        cursor.executemany("INSERT INTO noted VALUES (%s, %s, %s, %s)", day.noted.rows)
    return [one for count in _recounts for one in count(day)]


def number(sql: str, *given: Any) -> Any:
    """The one number that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        [[found]] = cursor.fetchall()
    return found


def lost(kind: str, where: str, *given: Any) -> Any:
    """How many keys of a kind the tables do not have: `where` finds one, as `noted.key`."""
    return number(f"SELECT COUNT(DISTINCT key) FROM noted WHERE kind = %s AND NOT EXISTS ({where})", kind, *given)


def noted(kind: str) -> Any:
    """How many keys of a kind the site said yes to."""
    return number("SELECT COUNT(DISTINCT key) FROM noted WHERE kind = %s", kind)
