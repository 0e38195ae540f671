"""What the buyers owe to people about their own data."""

from buyers.actions.registrations import withdraw_registration
from buyers.actions.visa_rules import renew_passports
from buyers.actions.visas import end_letter
from buyers.models import Registration, VisaLetter
from fairs.encryption import on_new_key
from fairs.models import Consent
from fairs.permissions import Actor
from fairs.personal import on_withdrawal

on_new_key(renew_passports)


@on_withdrawal(Consent.Purpose.REGISTRATION)
def registration_ends(consent: Consent, by: Actor) -> None:
    """Without that yes nobody is registered, and their badge opens no gate."""
    own = Registration.objects.live().filter(edition=consent.edition_id, person=consent.person_id)
    for registration in own.select_related("edition", "person"):
        if registration.can("withdraw"):
            withdraw_registration(registration, by=by)


@on_withdrawal(Consent.Purpose.PASSPORT)
def letter_ends(consent: Consent, by: Actor) -> None:
    """Without that yes no passport data is kept, and no letter goes on."""
    own = VisaLetter.objects.filter(edition=consent.edition_id, person=consent.person_id, state__in=VisaLetter.LIVE)
    for letter in own.select_related("edition"):
        end_letter(letter, by=by)
