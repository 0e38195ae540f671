"""Whom the fair writes to on each side of a meeting or deal."""

from fairs.deliveries import owe
from fairs.models import Membership, Participation, Person
from matchmaking.models import Deal, Meeting


def contacts_of(part: Participation) -> list[Person]:
    """Those in charge of the company; everybody of it when nobody is."""
    members = Membership.objects.filter(company_id=part.company_id, person__is_active=True)
    in_charge = members.filter(role=Membership.Role.ADMIN)
    return list(Person.objects.filter(memberships__in=in_charge if in_charge else members).order_by("pk"))


def write_to_exhibitor(kind: str, meeting: Meeting) -> None:
    """Owe the exhibitor's people a letter about a meeting."""
    for person in contacts_of(meeting.exhibitor):
        owe(kind, to=person, about=meeting, edition=meeting.edition)


def write_to_importer(kind: str, meeting: Meeting) -> None:
    """Owe the person who comes to the meeting a letter about it."""
    owe(kind, to=meeting.importer_person, about=meeting, edition=meeting.edition)


def write_about_deal(kind: str, deal: Deal, *, side: str) -> None:
    """Owe one side of a deal a letter: whoever came to the meeting, or those in charge."""
    met = deal.meeting.importer_person if deal.meeting and side == Deal.Side.IMPORTER else None
    for person in [met] if met else contacts_of(getattr(deal, side)):
        owe(kind, to=person, about=deal, edition=deal.edition)
