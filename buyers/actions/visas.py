"""Letters for a visa: asked for with the passport's data, checked, issued by a person, replaced, ended."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buyers.models import Registration, VisaLetter
from buyers.passports import Passport, faults
from buyers.visa_checks import stops
from fairs import clock
from fairs.actions.consents import end_consents, give_consents, live
from fairs.actions.merging import still_standing
from fairs.deliveries import owe
from fairs.encryption import decrypted, encrypted
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Consent, Edition, Person
from fairs.money.numbers import next_number
from fairs.permissions import Actor, require

ROW = "TM"  # thư mời


def ask_for_letter(
    edition: Edition, *, person: Person, passport: Passport, consents: Iterable[str], language: str, by: Actor,
    means: str = "web", ip: str | None = None,
) -> VisaLetter:  # fmt: skip
    """Ask for a letter, or bring up to date what was asked; a checked one is checked again.

    Only oneself, under consent (e). Refuses with `not_registered`, `fair_over`, `consent_needed`, `passport_wrong`, and
    with `letter_issued` once it is issued: then the visa officer replaces it.
    """
    registration = _registered(edition, person)
    require(by, "buyers.ask_for_letter", registration)
    _agreed(consents)
    _possible(passport, edition)
    with transaction.atomic():
        still_standing(registration.company)
        letter, new = _own(registration)
        if letter.state == VisaLetter.State.ISSUED:
            raise Refused("letter_issued", _("Your letter is issued. Write to the organiser if something is wrong."))
        give_consents(
            person, edition=edition, purposes=[Consent.Purpose.PASSPORT], language=language, means=means, ip=ip
        )
        sealed = encrypted(passport.written())
        if new:
            VisaLetter.objects.filter(pk=letter.pk).update(sealed=sealed)
            letter.refresh_from_db()
            record("ask", letter, by=by)
        else:
            letter.follow("change", by=by, sealed=sealed, company_id=registration.company_id)
        announce(edition, "visas")
    return letter


def check_letter(letter: VisaLetter, *, version: int, by: Actor) -> VisaLetter:
    """The officer has checked it as it stood at that version: it may be issued.

    Refuses with `changed_meanwhile` when the guest has changed it since, and with `not_in_order` while something stands
    against it.
    """
    require(by, "buyers.decide_letter", letter)
    with transaction.atomic():
        letter = VisaLetter.objects.select_for_update(of=("self",)).with_rules().get(pk=letter.pk)
        if letter.version != version:
            raise Refused("changed_meanwhile", _("The guest has changed something. Look at it again."))
        _in_order(letter)
        letter.follow("check", by=by)
        announce(letter.edition, "visas")
    return letter


def issue_letter(letter: VisaLetter, *, by: Actor) -> VisaLetter:
    """Issue a checked letter under the next number, and write to the guest. Refuses with `not_in_order`."""
    require(by, "buyers.decide_letter", letter)
    _in_order(letter)
    with transaction.atomic():
        letter.follow(
            "issue", by=by, number=next_number(letter.edition, ROW), issued_at=clock.now(), issued_by_id=by.pk
        )
        owe("buyers.visa_issued", to=letter.person, about=letter, edition=letter.edition)
        announce(letter.edition, "visas")
    return letter


def refuse_letter(letter: VisaLetter, *, reason: str, by: Actor) -> VisaLetter:
    """Issue none, with a reason that the guest reads; the passport data is deleted."""
    require(by, "buyers.decide_letter", letter)
    with transaction.atomic():
        letter.follow("refuse", by=by, reason=_given(reason), sealed="")
        owe("buyers.visa_refused", to=letter.person, about=letter, edition=letter.edition)
        announce(letter.edition, "visas")
    return letter


def revoke_letter(letter: VisaLetter, *, reason: str, by: Actor) -> VisaLetter:
    """The letter is valid no more, and the page behind its QR code says so; the passport data is deleted."""
    require(by, "buyers.decide_letter", letter)
    with transaction.atomic():
        letter.follow("revoke", by=by, reason=_given(reason), sealed="")
        owe("buyers.visa_revoked", to=letter.person, about=letter, edition=letter.edition)
        announce(letter.edition, "visas")
    return letter


def replace_letter(letter: VisaLetter, *, reason: str, by: Actor, **corrected: Any) -> VisaLetter:
    """A new letter under a new number in place of an issued one, with what was corrected of the passport's data."""
    require(by, "buyers.decide_letter", letter)
    said = _open(letter)
    passport = Passport(**{**said.__dict__, **corrected})
    _possible(passport, letter.edition)
    with transaction.atomic():
        letter.follow("revoke", by=by, reason=_given(reason), sealed="")
        fresh = VisaLetter.objects.create(
            edition=letter.edition,
            person=letter.person,
            company=letter.company,
            state=VisaLetter.State.CHECKED,
            sealed=encrypted(passport.written()),
            replaces=letter,
        )
        record("replace", fresh, by=by, fields=corrected)
        return issue_letter(fresh, by=by)


def withdraw_letter(letter: VisaLetter, *, by: Actor) -> VisaLetter:
    """The guest needs it no more: their passport data is deleted, and so ends their consent to keep it."""
    require(by, "buyers.ask_for_letter", letter)
    with transaction.atomic():
        end_letter(letter, by=by)
        agreed = live(letter.person, letter.edition).filter(purpose=Consent.Purpose.PASSPORT)
        end_consents(agreed.select_related("person"), by=by)
    return letter


def end_letter(letter: VisaLetter, *, by: Actor) -> None:
    """The same inside the caller's transaction, for actions that have asked for their own permission."""
    letter.follow("withdraw", by=by, sealed="")
    announce(letter.edition, "visas")


def read_passport(letter: VisaLetter, *, by: Actor) -> Passport:
    """The passport's data, for its holder and the visa officer; an officer's reading is written down.

    Refuses with `passport_gone` once it was deleted, or should have been.
    """
    require(by, "buyers.read_passport", letter)
    passport = _open(letter)
    if by.pk != letter.person_id:
        record("read", letter, by=by)
    return passport


def _open(letter: VisaLetter) -> Passport:
    if not letter.readable:
        raise Refused("passport_gone", _("The passport data of this letter has been deleted."))
    return Passport.read(decrypted(letter.sealed))


def _registered(edition: Edition, person: Person) -> Registration:
    own = Registration.objects.filter(edition=edition, person=person, state__in=Registration.COMING)
    registration = own.select_related("company").first()
    if registration is None:
        raise Refused("not_registered", _("Register for this edition first; then ask for the letter."))
    return registration


def _agreed(consents: Iterable[str]) -> None:
    if Consent.Purpose.PASSPORT not in set(consents):
        sentence = _("Without this the organiser may not keep your passport data. Tick it to ask for the letter.")
        raise Invalid("consent_needed", sentence, {"passport": [sentence]})


def _possible(passport: Passport, edition: Edition) -> None:
    today = clock.today(edition)
    if today > edition.closes_on:
        raise Refused("fair_over", _("This edition is over. Write to the organiser to hear of the next one."))
    found = {field: [str(WORDS[code]())] for field, code in faults(passport, today=today)}
    if found:
        raise Invalid("passport_wrong", _("Something cannot be right; see the fields."), found)


def _in_order(letter: VisaLetter) -> None:
    against = stops(letter, _open(letter))
    if against:
        raise Refused("not_in_order", against[0].text)


def _given(reason: str) -> str:
    if not reason.strip():
        sentence = _("Give the reason: the guest will read it.")
        raise Invalid("no_reason", sentence, {"reason": [sentence]})
    return reason.strip()


def _own(registration: Registration) -> tuple[VisaLetter, bool]:
    """The guest's live letter, or a new one; asked twice at the same moment it is one."""
    own = VisaLetter.objects.select_for_update(of=("self",)).with_rules()
    known = own.filter(edition=registration.edition_id, person=registration.person_id, state__in=VisaLetter.LIVE)
    if letter := known.first():
        return letter, False
    try:
        with transaction.atomic():
            made = VisaLetter.objects.create(
                edition_id=registration.edition_id,
                person_id=registration.person_id,
                company_id=registration.company_id,
            )
            return made, True
    except IntegrityError:
        return known.get(), False


WORDS = {
    "not_born": lambda: _("The birth date is before today."),
    "not_issued": lambda: _("The day of issue is after the birth and not after today."),
    "leaves_before": lambda: _("You leave after you arrive."),
    "arrived_before": lambda: _("The arrival is still to come."),
    "stays_long": lambda: _("One visa allows at most 90 days."),
    "expires_soon": lambda: _("The passport must be valid for six months after you arrive. Renew it first."),
}
