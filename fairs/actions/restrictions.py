"""Using a person's data for the fair itself and for nothing else."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from fairs import clock
from fairs.actions.consents import end_consents
from fairs.errors import Refused
from fairs.journal import record
from fairs.models import Consent, DataRequest, Person
from fairs.permissions import Actor, require


def restrict(person: Person, *, by: Actor) -> None:
    """No exhibitor gets their details and no letter comes unasked, until it is lifted; inside the caller's transaction.

    What they agreed to beyond the fair itself ends with it; lifting it gives nothing back by itself.
    """
    if person.restricted_at:
        return
    person.restricted_at = clock.now()
    person.save(update_fields=["restricted_at"])
    end_optional(person, by=by)
    record("restrict", person, by=by)


def lift_restriction(request: DataRequest, *, by: Actor) -> Person:
    """Use the person's data as before; what they had agreed to, they may agree to again."""
    require(by, "fairs.answer_data_request", request)
    person = request.person
    if not person.restricted_at:
        raise Refused("not_restricted", _("The use of this person’s data is not restricted."))
    person.restricted_at = None
    person.save(update_fields=["restricted_at"])
    record("lift_restriction", person, by=by)
    return person


def end_optional(person: Person, *, by: Actor, purposes: Iterable[str] = Consent.ASKED_ANYWHERE) -> None:
    """Take back every consent but those without which the person does not come; inside the caller's transaction."""
    standing = Consent.objects.filter(person=person, purpose__in=list(purposes), withdrawn_at=None)
    end_consents(standing.select_related("person", "edition"), by=by)
