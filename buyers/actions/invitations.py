"""What an invited person does with their own link, without being signed in by it."""

from django.db import transaction
from django.utils.translation import gettext as _

from buyers.models import Invitee
from fairs import clock
from fairs.actions.consents import end_consents
from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Consent


def open_invitation(invitee: Invitee) -> Invitee:
    """Note that the link was opened, the first time. Refuses with `invitation_over` once the edition has closed."""
    if clock.today(invitee.edition) > invitee.edition.closes_on:
        raise Refused("invitation_over", _("This invitation ended with the fair. Write to us to hear of the next one."))
    with transaction.atomic():
        if Invitee.objects.filter(pk=invitee.pk, opened_at=None).update(opened_at=clock.now()):
            announce(invitee.edition, "importers")
    return invitee


def refuse_invitations(invitee: Invitee) -> Invitee:
    """Whoever has the letter wants no more of them: they are left out of every later round. Again changes nothing."""
    with transaction.atomic():
        if Invitee.objects.filter(pk=invitee.pk, refused_at=None).update(refused_at=clock.now()):
            news = Consent.objects.filter(person=invitee.person_id, purpose=Consent.Purpose.NEWS, withdrawn_at=None)
            end_consents(news.select_related("person"), by=None)
            record("refuse", invitee, by=None)
            announce(invitee.edition, "importers")
    return invitee
