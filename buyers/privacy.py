"""What the buyers owe to people about their own data."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from buyers.actions.keys import renew_encrypted
from buyers.actions.registrations import end_registration
from buyers.actions.visas import end_letter, read_passport
from buyers.models import Badge, Registration, VisaLetter
from fairs.encryption import on_new_key
from fairs.models import Consent, Person
from fairs.permissions import Actor
from fairs.personal import hand_over, leave_out, on_erasure, on_withdrawal, unasked
from fairs.privacy import DEED

on_new_key(renew_encrypted)
unasked("buyers.invited")

hand_over("buyers.registration", "person", "edition", "company", "state", "grade", "volume", "languages", "interest",
    "registered_at", "reason", masks={"interest": "", "languages": "", "reason": ""})  # fmt: skip
hand_over("buyers.badge", "person", "edition", "company", "organisation", "kind", "state", "short_code", "issued_at",
    more=lambda badge, reader: {"scans": [f"{scan.at:%Y-%m-%d %H:%M} {scan.result}" for scan in badge.scans.all()]},
)  # fmt: skip
hand_over("buyers.visaletter", "person", "edition", "company", "state", "number", "reason", "asked_at", "issued_at",
    masks={"reason": "", "sealed": ""}, more=lambda letter, reader: passport_for(letter, reader))  # fmt: skip

leave_out("buyers.registration", "entered_by", why=DEED)
leave_out("buyers.badge", "issued_by", why=DEED)
leave_out("buyers.device", "added_by", why=DEED)
leave_out("buyers.printrun", "begun_by", why=DEED)
leave_out("buyers.scan", "by", why=DEED)
leave_out("buyers.visaletter", "issued_by", why=DEED)


def passport_for(letter: VisaLetter, reader: Actor) -> Mapping[str, Any]:
    """The passport's data for its holder; an officer who makes the copy for them gets none of it."""
    mine = reader.pk == letter.person_id and letter.readable
    return {"passport": asdict(read_passport(letter, by=reader))} if mine else {}


@on_erasure
def ends_at_the_gate(person: Person, by: Actor) -> None:
    """Their registrations end, no letter goes on, and their badges open no gate."""
    for registration in Registration.objects.live().filter(person=person).select_related("edition", "person"):
        if registration.can("withdraw"):
            end_registration(registration, by=by)
    for letter in VisaLetter.objects.filter(person=person, state__in=VisaLetter.LIVE).select_related("edition"):
        end_letter(letter, by=by)
    for badge in Badge.objects.valid().filter(person=person).select_related("edition"):
        badge.follow("revoke", by=by)


@on_withdrawal(Consent.Purpose.REGISTRATION)
def registration_ends(consent: Consent, by: Actor) -> None:
    """Without that yes nobody is registered, and their badge opens no gate."""
    own = Registration.objects.live().filter(edition=consent.edition_id, person=consent.person_id)
    for registration in own.select_related("edition", "person"):
        if registration.can("withdraw"):
            end_registration(registration, by=by)


@on_withdrawal(Consent.Purpose.PASSPORT)
def letter_ends(consent: Consent, by: Actor) -> None:
    """Without that yes no passport data is kept, and no letter goes on."""
    own = VisaLetter.objects.filter(edition=consent.edition_id, person=consent.person_id, state__in=VisaLetter.LIVE)
    for letter in own.select_related("edition"):
        end_letter(letter, by=by)
