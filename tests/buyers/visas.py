"""Guests who need a visa, for the tests of their letters."""

from datetime import date
from typing import Any

from buyers.actions.visas import ask_for_letter, check_letter, issue_letter
from buyers.models import VisaLetter
from buyers.passports import Passport
from tests import world
from tests.buyers.importers import importer

PASSPORT = Passport(
    full_name="Linnea Maria Berg",
    sex="f",
    birth_date=date(1979, 3, 2),
    nationality="SE",
    number="AA7654321",
    issued_on=date(2016, 5, 1),
    expires_on=date(2026, 5, 1),
    consulate="Embassy of Viet Nam in Stockholm",
    arrives_on=date(2018, 10, 16),
    departs_on=date(2018, 10, 24),
)
SECRETS = ("Linnea Maria Berg", "AA7654321", "1979-03-02", "02/03/1979", "Stockholm")


def asked(edition, *, grade: str | None = "ordinary", **changed: Any) -> VisaLetter:
    """A letter that an importer has asked for."""
    person = importer(edition, grade=grade).person
    return ask_for_letter(
        edition, person=person, passport=passport(**changed), consents=["passport"], language="en", by=person
    )


def issued(edition, *, by) -> VisaLetter:
    """A letter that went all the way."""
    letter = asked(edition)
    return issue_letter(check_letter(letter, version=letter.version, by=by), by=by)


def officer(edition):
    """The one who reads passports."""
    return world.officer(edition, "visa")


def passport(**changed: Any) -> Passport:
    """Linnea's, with what differs."""
    return Passport(**{**PASSPORT.__dict__, **changed})
