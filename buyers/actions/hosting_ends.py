"""What a hosting has to do with the registration it belongs to: it ends with it, and holds its grade."""

from django.utils.translation import gettext as _

from buyers.models import HostedContract, Registration
from fairs import clock
from fairs.errors import Refused
from fairs.permissions import Actor

State = HostedContract.State


def end_hosting(registration: Registration, *, by: Actor) -> None:
    """Who comes no more is hosted no more, inside the caller's transaction; late ones are kept so."""
    contract = HostedContract.objects.filter(registration=registration).select_related("edition", "grade").first()
    if contract is None:
        return
    if contract.can("decline"):
        contract.follow("decline", by=by)
    elif contract.can("withdraw"):
        contract.follow("withdraw", by=by, late=is_late(contract))


def no_hosting(registration: Registration) -> None:
    """Whether the grade may change; refuses with `is_hosted` while an offer stands or is being lived."""
    if HostedContract.objects.filter(registration=registration).exclude(state__in=HostedContract.ENDED).exists():
        raise Refused("is_hosted", _("Hosting with this grade is offered or agreed. End that first."))


def is_late(contract: HostedContract) -> bool:
    """Whether the days on which one may withdraw freely are over."""
    left = contract.edition.opens_on - clock.today(contract.edition)
    return left.days < contract.grade.free_until_days
