"""What templates ask of meetings."""

from django import template
from django.db.models import Q

from fairs import clock
from fairs.models import Edition, Person
from matchmaking.models import Meeting, Proposal
from matchmaking.querysets import MeetingQuerySet

register = template.Library()


@register.simple_tag
def open_proposal(meeting: Meeting) -> Proposal | None:
    """The other time that is asked about."""
    return meeting.proposals.filter(state=Proposal.State.OPEN).first()


@register.simple_tag
def agenda_of(person: Person, edition: Edition) -> MeetingQuerySet:
    """The agreed meetings of somebody that are still to come: to which they come, or which their company receives."""
    agreed = Meeting.objects.filter(edition=edition, state=Meeting.State.ACCEPTED, starts_at__gt=clock.now())
    own = agreed.filter(Q(importer_person=person) | Q(exhibitor__company_id__in=person.company_ids))
    return own.with_sides().order_by("starts_at", "pk")
