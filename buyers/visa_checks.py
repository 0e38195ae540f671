"""What the visa officer looks at before a letter is issued: what stands against it, and what is to be looked at."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from buyers.models import Registration, VisaLetter
from buyers.passports import VALID_FOR, Passport
from fairs import clock
from fairs.months import months_after
from fairs.templatetags.fair import day
from fairs.text import fold

LONG_BEFORE = timedelta(days=14)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; kind is ok, wait (look at it) or stop."""

    kind: str
    text: str


def findings(letter: VisaLetter, passport: Passport) -> list[Finding]:
    """Everything, what stands against the letter first."""
    found = [_registration(letter), _validity(passport), _journey(letter, passport), _name(letter, passport)]
    return sorted(found, key=lambda finding: ["stop", "wait", "ok"].index(finding.kind))


def stops(letter: VisaLetter, passport: Passport) -> list[Finding]:
    """What stands against the letter."""
    return [finding for finding in findings(letter, passport) if finding.kind == "stop"]


def _registration(letter: VisaLetter) -> Finding:
    own = Registration.objects.filter(edition=letter.edition_id, person=letter.person_id, state="approved")
    if own.exists():
        return Finding("ok", _("The importer desk has approved the guest."))
    return Finding("stop", _("The importer desk has not approved the guest. Ask it first."))


def _validity(passport: Passport) -> Finding:
    if passport.expires_on < months_after(passport.arrives_on, VALID_FOR):
        return Finding("stop", _("The passport is valid for less than six months after the arrival."))
    return Finding("ok", _("The passport is valid until %(day)s.") % {"day": day(passport.expires_on)})


def _journey(letter: VisaLetter, passport: Passport) -> Finding:
    edition = letter.edition
    if clock.today(edition) > edition.closes_on:
        return Finding("stop", _("The fair is over."))
    if passport.arrives_on > edition.closes_on or passport.departs_on < edition.opens_on:
        return Finding("stop", _("The guest is not in Viet Nam on any day of the fair."))
    if passport.arrives_on < edition.opens_on - LONG_BEFORE or passport.departs_on > edition.closes_on + LONG_BEFORE:
        return Finding("wait", _("The stay is much longer than the fair. Is there a reason?"))
    return Finding("ok", _("The stay fits the days of the fair."))


def _name(letter: VisaLetter, passport: Passport) -> Finding:
    known, written = (set(fold(name).split()) for name in (letter.person.full_name, passport.full_name))
    if known <= written or written <= known:
        return Finding("ok", _("The name is that of the registration."))
    return Finding("wait", _("The name differs from the registration: %(name)s.") % {"name": letter.person.full_name})
