"""What a visa letter needs to know of a passport, and what is checked of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from fairs.months import months_after

VALID_FOR = 6  # months after the arrival, as Viet Nam asks of its guests
LONGEST_STAY = 90  # days, the longest that one visa allows


@dataclass(frozen=True)
class Passport:
    """The data page as its holder typed it, with the journey; sex is f, m or x, nationality two letters."""

    full_name: str
    sex: str
    birth_date: date
    nationality: str
    number: str
    issued_on: date
    expires_on: date
    consulate: str
    arrives_on: date
    departs_on: date

    def written(self) -> str:
        """All of it as one text, to be encrypted."""
        return json.dumps(asdict(self), default=date.isoformat, ensure_ascii=False)

    @staticmethod
    def read(text: str) -> "Passport":
        """What `written` wrote."""
        said: dict[str, Any] = json.loads(text)
        days = {field.name for field in fields(Passport) if field.type is date}
        read: dict[str, Any] = said | {name: date.fromisoformat(said[name]) for name in days}
        return Passport(**read)


def faults(passport: Passport, *, today: date) -> Iterator[tuple[str, str]]:
    """What cannot be, as the field and a code."""
    if not passport.birth_date < today:
        yield "birth_date", "not_born"
    if not passport.birth_date < passport.issued_on <= today:
        yield "issued_on", "not_issued"
    if passport.departs_on < passport.arrives_on:
        yield "departs_on", "leaves_before"
    if passport.arrives_on < today:
        yield "arrives_on", "arrived_before"
    if passport.departs_on > passport.arrives_on + timedelta(days=LONGEST_STAY):
        yield "departs_on", "stays_long"
    if passport.expires_on < months_after(passport.arrives_on, VALID_FOR):
        yield "expires_on", "expires_soon"
