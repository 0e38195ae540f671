"""What the buyers owe to people about their own data."""

from buyers.actions.registrations import withdraw_registration
from buyers.models import Registration
from fairs.models import Consent
from fairs.permissions import Actor
from fairs.personal import on_withdrawal


@on_withdrawal(Consent.Purpose.REGISTRATION)
def registration_ends(consent: Consent, by: Actor) -> None:
    """Without that yes nobody is registered, and their badge opens no gate."""
    own = Registration.objects.live().filter(edition=consent.edition_id, person=consent.person_id)
    for registration in own.select_related("edition", "person"):
        if registration.can("withdraw"):
            withdraw_registration(registration, by=by)
