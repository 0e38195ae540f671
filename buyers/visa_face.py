"""A letter of invitation as its paper shows it, in Vietnamese and English."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from buyers.models import Registration, VisaLetter, VisaRules
from buyers.passports import Passport
from fairs import clock
from fairs.money.face import letterhead
from fairs.papers.invitation import Fact, InvitationFace, Said
from fairs.papers.letter import Signature
from fairs.templatetags.fair import country, day, day_range, local


def invitation_face(letter: VisaLetter, passport: Passport) -> InvitationFace:
    """Every text in both languages, whatever the page's own; a draft until it is issued."""
    with translation.override("vi"):
        head = letterhead(letter.edition)
    title, number = both(lambda: _("Letter of invitation")), both(lambda: _("Number"))
    date = both(lambda: _("Date"))
    return InvitationFace(
        head=head,
        title=title.vi,
        subtitle=title.other,
        facts=[(_pair(number), letter.number or "—"), (_pair(date), _date(letter))],
        to=both(lambda: _("To: %(consulate)s") % {"consulate": passport.consulate}),
        opening=both(lambda: _opening(letter)),
        guest=_guest(letter, passport),
        closing=[both(lambda: _costs(letter)), both(lambda: _contact(letter)), both(_please)],
        verify_url=verify_url(letter),
        code_title=both(lambda: _("Scan to check this letter")),
        signature=_signature(letter),
        foot=letter.number,
        draft="" if letter.number else _pair(both(lambda: _("Draft, not valid"))),
    )


def verify_url(letter: VisaLetter) -> str:
    """Where anybody sees whether the letter is valid."""
    return f"{settings.SITE_URL}{reverse('buyers:visa_check', args=[letter.edition.slug, letter.token])}"


def both(say: Callable[[], str]) -> Said:
    """One sentence in both languages."""
    with translation.override("vi"):
        vi = say()
    with translation.override("en"):
        return Said(vi, say())


def _pair(said: Said) -> str:
    return f"{said.vi} / {said.other}"


def _date(letter: VisaLetter) -> str:
    with translation.override("vi"):
        return day(letter.issued_at or clock.now())


def _opening(letter: VisaLetter) -> str:
    edition = letter.edition
    return _(
        "%(organiser)s invites the guest named below to come to Viet Nam as a trade buyer to %(fair)s, "
        "held on %(days)s at %(venue)s."
    ) % {
        "organiser": local(edition.series, "operator") or edition.series.short_name,
        "fair": local(edition, "name"),
        "days": day_range(edition.opens_on, edition.closes_on),
        "venue": ", ".join(part for part in (local(edition, "venue"), edition.venue_address) if part),
    }


def _guest(letter: VisaLetter, passport: Passport) -> list[Fact]:
    person, company = letter.person, letter.company
    work = ", ".join(part for part in (person.job_title, company.name_en or company.name_vi) if part)
    validity = both(lambda: f"{day(passport.issued_on)} – {day(passport.expires_on)}")
    return [
        Fact(both(lambda: _("Full name")), passport.full_name.upper()),
        Fact(both(lambda: _("Sex")), _pair(both(lambda: str(SEXES[passport.sex]()))) if passport.sex else ""),
        Fact(both(lambda: _("Birth date")), _pair(both(lambda: day(passport.birth_date)))),
        Fact(both(lambda: _("Nationality")), _pair(both(lambda: country(passport.nationality)))),
        Fact(both(lambda: _("Passport number")), passport.number),
        Fact(both(lambda: _("Passport issued, valid until")), _pair(validity)),
        Fact(both(lambda: _("Position, company")), work),
        Fact(both(lambda: _("In Viet Nam")), _pair(both(lambda: day_range(passport.arrives_on, passport.departs_on)))),
    ]


def _costs(letter: VisaLetter) -> str:
    own: Any = Registration.objects.live().filter(edition=letter.edition_id, person=letter.person_id).first()
    if own and own.hosted:
        return _("The organiser bears a part of the guest’s travel and stay; the guest bears the rest.")
    return _("The guest bears the cost of travel and stay.")


def _contact(letter: VisaLetter) -> str:
    rules, series = _rules(letter), letter.edition.series
    parts = [rules.contact, rules.phone or series.phone, series.email]
    return _("For questions please call: %(contact)s.") % {"contact": ", ".join(part for part in parts if part) or "—"}


def _please() -> str:
    return _("We kindly ask you to grant the guest a visa for this stay.")


def _signature(letter: VisaLetter) -> Signature:
    rules = _rules(letter)
    office = both(lambda: local(rules, "office") or _("For the organiser"))
    return Signature(_pair(office), hint=_pair(both(lambda: _("signature and stamp"))), name=rules.signer)


def _rules(letter: VisaLetter) -> VisaRules:
    found: VisaRules = getattr(letter.edition, "visa_rules", None) or VisaRules(edition=letter.edition)
    return found


SEXES: dict[str, Callable[[], str]] = {"f": lambda: _("Female"), "m": lambda: _("Male"), "x": lambda: "X"}
