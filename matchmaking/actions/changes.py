"""Changing what is agreed: another time or place by the desk, another person by a side."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid
from fairs.live import announce
from fairs.models import Person
from fairs.permissions import Actor, require
from matchmaking.actions.booking import Manner, lock_sides, settle
from matchmaking.actions.contacts import side_of, write_to_exhibitor, write_to_importer
from matchmaking.actions.meetings import check_parties, check_receiver, slot_at, slot_of, withdraw_proposals
from matchmaking.models import Meeting, Seat


def move_meeting(
    meeting: Meeting,
    *,
    starts_at: datetime,
    by: Actor,
    minutes: int | None = None,
    place: str = "",
    without_interpreter: bool = False,
) -> Meeting:
    """Move an agreed meeting to another time, or to a table or back to the booth; both sides get it in writing.

    For the meeting desk; a side proposes a time instead. Refuses as `accept_meeting` does.
    """
    require(by, "matchmaking.move", meeting)
    check_parties(meeting)
    same = starts_at == meeting.starts_at and minutes is None
    slot = slot_of(meeting) if same else slot_at(meeting.edition, starts_at, minutes)
    with transaction.atomic():
        settle(meeting, "move", slot, by=by, manner=Manner(place=place, alone=without_interpreter))
        withdraw_proposals(meeting, by=by)
        _tell_both(meeting)
    return meeting


def substitute(meeting: Meeting, *, by: Actor, receiver: Seat | None = None, person: Person | None = None) -> Meeting:
    """Send a colleague to an agreed meeting: `receiver` for the exhibitor, `person` for the importer.

    Each side names its own, the desk either. Refuses with `nobody_named`, `not_your_side`, `not_a_receiver`,
    `not_of_the_company`, and `slot_taken` when the colleague is not free then.
    """
    require(by, "matchmaking.substitute", meeting)
    _check_side(meeting, receiver, person, by)
    check_receiver(meeting, receiver)
    if person and meeting.importer.company_id not in person.company_ids:
        sentence = _("Whoever comes to the meeting must belong to the importer’s company.")
        raise Invalid("not_of_the_company", sentence, {"person": [sentence]})
    with transaction.atomic():
        lock_sides(meeting)
        meeting.refresh_from_db()
        comes = person or meeting.importer_person
        manner = Manner(receiver, alone=True)
        settle(meeting, "substitute", slot_of(meeting), by=by, manner=manner, importer_person=comes)
        _tell_both(meeting)
    return meeting


def _check_side(meeting: Meeting, receiver: Seat | None, person: Person | None, by: Actor) -> None:
    if receiver is None and person is None:
        raise Invalid("nobody_named", _("Choose who comes instead."))
    side = side_of(meeting, by)
    other = {Meeting.Actor.EXHIBITOR: person, Meeting.Actor.IMPORTER: receiver}.get(Meeting.Actor(side))
    if other is not None:
        raise Invalid("not_your_side", _("Each side chooses its own people."))


def _tell_both(meeting: Meeting) -> None:
    write_to_importer("matchmaking.meeting_changed", meeting)
    write_to_exhibitor("matchmaking.meeting_changed", meeting)
    announce(meeting.edition, "meetings")
