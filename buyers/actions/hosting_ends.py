"""How hosting ends before it begins: with its registration, by a no, by its day; and what that leaves of the grade."""

from django.db import transaction
from django.utils.translation import gettext as _

from buyers.actions.quotas import free_places, hold_grades
from buyers.grades import PLAIN
from buyers.models import Grade, HostedContract, Registration
from fairs import clock
from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
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


def end_overdue(edition: Edition) -> None:
    """End the offers that nobody answered in time, whose places are free again.

    By the heartbeat, and by whoever meets one: who answers it, or wants a place.
    """
    overdue = HostedContract.objects.filter(edition=edition).overdue(clock.today(edition))
    if not overdue.exists():
        return
    with transaction.atomic():
        hold_grades(edition)
        for contract in overdue.select_for_update().order_by("pk"):
            contract.follow("run_out", by=None)
            fall_back(contract.registration, by=None)
        announce(edition, "importers")


def fall_back(registration: Registration, *, by: Actor) -> None:
    """Whoever is hosted no more is an ordinary importer, where the edition has that grade."""
    plain = Grade.objects.filter(edition=registration.edition_id, code=PLAIN).first()
    free_places(registration)
    if plain is None or registration.state != Registration.State.APPROVED:
        return
    registration.grade = plain
    registration.save(update_fields=["grade"])
    record("grade", registration, by=by, fields=["grade"])


def no_hosting(registration: Registration) -> None:
    """Whether the grade may change; refuses with `is_hosted` while an offer stands or is being lived."""
    if HostedContract.objects.filter(registration=registration).exclude(state__in=HostedContract.ENDED).exists():
        raise Refused("is_hosted", _("Hosting with this grade is offered or agreed. End that first."))


def is_late(contract: HostedContract) -> bool:
    """Whether the days on which one may withdraw freely are over."""
    left = contract.edition.opens_on - clock.today(contract.edition)
    return left.days < contract.grade.free_until_days
