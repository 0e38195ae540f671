"""An importer's list of exhibitors they come for."""

from django.db import transaction
from django.utils.translation import gettext as _

from buyers.models import Registration
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Participation
from fairs.permissions import Actor, require
from matchmaking.models import MustMeet
from matchmaking.models.must_meet import MOST


def must_meet(registration: Registration, *, exhibitor: Participation, by: Actor) -> MustMeet:
    """Put an exhibitor onto the importer's list; again changes nothing.

    Refuses with `other_edition` and `not_exhibiting` who is none of this fair's exhibitors, and with `list_full` more
    than MOST of them.
    """
    require(by, "matchmaking.list_must_meet", registration)
    if exhibitor.edition_id != registration.edition_id:
        raise Invalid("other_edition", _("This exhibitor takes part in another fair."))
    if exhibitor.role != Participation.Role.EXHIBITOR or exhibitor.state != Participation.State.ACTIVE:
        raise Refused("not_exhibiting", _("This company does not exhibit at this fair."))
    with transaction.atomic():
        Registration.objects.select_for_update().get(pk=registration.pk)  # two devices stand in line for the last place
        listed = MustMeet.objects.filter(registration=registration)
        if not listed.filter(exhibitor=exhibitor).exists() and listed.count() >= MOST:
            raise Refused("list_full", _("Your list holds %(most)d exhibitors. Take one off first.") % {"most": MOST})
        listed_one, new = MustMeet.objects.get_or_create(registration=registration, exhibitor=exhibitor)
        if new:
            record("add", listed_one, by=by)
            announce(registration.edition, "importers")
    return listed_one


def take_off(listed: MustMeet, *, by: Actor) -> None:
    """Take an exhibitor off the list."""
    require(by, "matchmaking.list_must_meet", listed.registration)
    with transaction.atomic():
        record("remove", listed, by=by)
        listed.delete()
        announce(listed.registration.edition, "importers")
