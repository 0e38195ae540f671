"""The address at which a person's calendar reads their agenda."""

import secrets

from django.db import transaction

from fairs.journal import record
from fairs.models import Edition
from fairs.permissions import Actor, require
from matchmaking.models import AgendaLink


def open_agenda_link(edition: Edition, *, by: Actor) -> AgendaLink:
    """The person's link for an edition, made at the first asking."""
    require(by, "matchmaking.follow_agenda", AgendaLink(edition=edition, person_id=by.pk))
    with transaction.atomic():
        link, created = AgendaLink.objects.get_or_create(
            edition=edition, person=by, defaults={"token": secrets.token_urlsafe(24)}
        )
        if created:
            record("open", link, by=by)
    return link


def revoke_agenda_link(link: AgendaLink, *, by: Actor) -> None:
    """Close the link at once: whatever calendar knows it reads nothing any more."""
    require(by, "matchmaking.follow_agenda", link)
    with transaction.atomic():
        record("revoke", link, by=by)
        link.delete()
