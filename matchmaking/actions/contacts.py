"""Whom the fair writes to on each side of a meeting or deal."""

from django.utils.translation import gettext as _

from fairs.deliveries import owe
from fairs.models import Edition, Membership, Participation, Person
from fairs.permissions import Actor
from matchmaking.models import Deal, Meeting


def contacts_of(part: Participation) -> list[Person]:
    """Those in charge of the company; everybody of it when nobody is."""
    members = Membership.objects.filter(company_id=part.company_id, person__is_active=True).select_related("person")
    people = list(members.order_by("person_id"))
    return [one.person for one in people if one.role == Membership.Role.ADMIN] or [one.person for one in people]


def name_within(edition: Edition, part: Participation) -> str:
    """How a refusal names a side: who belongs to another edition is not named, for nobody here need know of them."""
    return part.company.name_vi if part.edition_id == edition.pk else _("This company")


def side_of(meeting: Meeting, by: Actor) -> str:
    """For whom somebody acts on a meeting: a side, else the organiser."""
    own = by.company_ids if by is not None and by.is_authenticated else frozenset()
    if meeting.exhibitor.company_id in own:
        return Meeting.Actor.EXHIBITOR
    return Meeting.Actor.IMPORTER if meeting.importer.company_id in own else Meeting.Actor.ORGANISER


def write_to_exhibitor(kind: str, meeting: Meeting) -> None:
    """Owe the exhibitor's people a letter about a meeting."""
    for person in contacts_of(meeting.exhibitor):
        owe(kind, to=person, about=meeting, edition=meeting.edition)


def write_to_importer(kind: str, meeting: Meeting) -> None:
    """Owe the person who comes to the meeting a letter about it."""
    owe(kind, to=meeting.importer_person, about=meeting, edition=meeting.edition)


def write_about_deal(kind: str, deal: Deal, *, side: str) -> None:
    """Owe one side of a deal a letter."""
    for person in people_of(deal, side):
        owe(kind, to=person, about=deal, edition=deal.edition)


def people_of(deal: Deal, side: str) -> list[Person]:
    """Whom a letter about a deal goes to: who came to the meeting and still acts for the side, or those in charge."""
    part = getattr(deal, side)
    met = deal.meeting.importer_person if deal.meeting and side == Deal.Side.IMPORTER else None
    still_there = met and met.is_active and part.company_id in met.company_ids
    return [met] if met and still_there else contacts_of(part)
