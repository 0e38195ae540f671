"""What templates ask of meetings."""

from django import template

from matchmaking.models import Meeting, Proposal

register = template.Library()


@register.simple_tag
def open_proposal(meeting: Meeting) -> Proposal | None:
    """The other time that is asked about."""
    return meeting.proposals.filter(state=Proposal.State.OPEN).first()
