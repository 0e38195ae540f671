"""Asking for a meeting, answering, and saying what became of it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booths.models import Reservation
from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, Participation, Person
from fairs.permissions import Actor, require
from matchmaking.actions.contacts import name_within, write_to_exhibitor, write_to_importer
from matchmaking.actions.slots import (
    Slot,
    busy_ids,
    free_slots,
    nearest,
    overlaps,
    rules_of,
    slot_now,
    slots,
    taken_times,
)
from matchmaking.models import Meeting, Occupancy
from matchmaking.querysets import MeetingQuerySet

__all__ = [
    "accept_meeting", "cancel_meeting", "decline_meeting", "expire_meeting", "free_slots", "log_walk_in", "mark_held",
    "mark_no_show", "request_meeting", "slots",
]  # fmt: skip

LONGEST_MESSAGE = 2000


def request_meeting(
    edition: Edition,
    *,
    exhibitor: Participation,
    importer: Participation,
    person: Person,
    starts_at: datetime,
    message: str = "",
    by: Actor,
) -> Meeting:
    """Ask an exhibitor for a meeting; `person` is who will come. A request keeps the time from nobody.

    Asking for the same time again answers the first request. Refuses with `not_taking_part`, `not_open_yet`,
    `not_of_the_company`, `not_a_slot`, `slot_passed`, `message_too_long` or `slot_taken`, the last with
    the nearest free times.
    """
    meeting = Meeting(edition=edition, exhibitor=exhibitor, importer=importer, importer_person=person)
    require(by, "matchmaking.ask", meeting)
    _check_parties(meeting)
    _check_person(meeting)
    slot = _slot_at(edition, starts_at)
    meeting.starts_at, meeting.ends_at, meeting.message = *slot, _checked(message)
    known = _open_meetings(meeting).filter(starts_at=slot.starts_at).first()
    if known:
        return known
    if overlaps(slot, taken_times(exhibitor, importer)):
        raise _taken(meeting)
    meeting.place, meeting.requested_at = booths_of(exhibitor), clock.now()
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
            record("request", meeting, by=by)
            write_to_exhibitor("matchmaking.meeting_asked", meeting)
            announce(edition, "meetings")
    except IntegrityError:  # the same request, sent twice at one moment
        return _open_meetings(meeting).get(starts_at=slot.starts_at)
    return meeting


def accept_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Agree to meet: the time is taken for both sides, and both get it in writing.

    The unique constraint on taken times decides between rivals. Refuses with `slot_taken`, naming the nearest times
    still free for both, `not_answered_in_time` or `not_taking_part`.
    """
    require(by, "matchmaking.answer", meeting)
    _check_parties(meeting)
    _meet_lapsed(meeting)
    try:
        with transaction.atomic():
            meeting.follow("accept", by=by, place=meeting.place or booths_of(meeting.exhibitor))
            _occupy(meeting)
            write_to_importer("matchmaking.meeting_accepted", meeting)
            write_to_exhibitor("matchmaking.meeting_accepted", meeting)
            announce(meeting.edition, "meetings")
    except IntegrityError:
        meeting.refresh_from_db()
        raise _taken(meeting) from None
    return meeting


def decline_meeting(meeting: Meeting, *, by: Actor, answer: str = "") -> Meeting:
    """Say no to a request, with a word to the importer if the exhibitor likes."""
    require(by, "matchmaking.answer", meeting)
    _meet_lapsed(meeting)
    with transaction.atomic():
        meeting.follow("decline", by=by, answer=answer.strip()[:500])
        write_to_importer("matchmaking.meeting_declined", meeting)
        announce(meeting.edition, "meetings")
    return meeting


def cancel_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Take a request back or call an agreed meeting off: its time is free again, and both sides learn of it."""
    require(by, "matchmaking.cancel", meeting)
    with transaction.atomic():
        meeting.follow("cancel", by=by)
        meeting.occupancies.all().delete()
        write_to_exhibitor("matchmaking.meeting_cancelled", meeting)
        write_to_importer("matchmaking.meeting_cancelled", meeting)
        announce(meeting.edition, "meetings")
    return meeting


def mark_held(meeting: Meeting, *, by: Actor) -> Meeting:
    """Say that the two sides met. Refuses with `not_yet` before the meeting's time."""
    require(by, "matchmaking.mark", meeting)
    _check_begun(meeting)
    with transaction.atomic():
        meeting.follow("mark_held", by=by)
        announce(meeting.edition, "meetings")
    return meeting


def mark_no_show(meeting: Meeting, *, absent: str, by: Actor) -> Meeting:
    """Say which side did not come: exhibitor, importer or both. Refuses with `not_yet` before the meeting's time."""
    require(by, "matchmaking.mark", meeting)
    if absent not in Meeting.Side.values:
        sentence = _("Say who did not come: the exhibitor, the importer or both.")
        raise Invalid("absent", sentence, {"absent": [sentence]})
    _check_begun(meeting)
    with transaction.atomic():
        meeting.follow("mark_no_show", by=by, absent=absent)
        announce(meeting.edition, "meetings")
    return meeting


def log_walk_in(
    edition: Edition,
    *,
    exhibitor: Participation,
    importer: Participation,
    person: Person,
    by: Actor,
    key: str,
    message: str = "",
) -> Meeting:
    """Note a meeting that takes place now and was never booked. The same `key` again answers the first note.

    Refuses with `not_taking_part` or `key_used`.
    """
    start, end = slot_now(edition)
    meeting = Meeting(
        edition=edition, exhibitor=exhibitor, importer=importer, importer_person=person, key=key, walk_in=True,
        state=Meeting.State.HELD, starts_at=start, ends_at=end, message=_checked(message),
    )  # fmt: skip
    require(by, "matchmaking.log_walk_in", meeting)
    _check_parties(meeting)
    meeting.place = booths_of(exhibitor)
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
            record("walk_in", meeting, by=by)
            announce(edition, "meetings")
    except IntegrityError:
        return _noted_before(meeting)
    return meeting


def expire_meeting(meeting: Meeting, *, by: Actor = None) -> bool:
    """End a request whose time has passed unanswered; whether it was this call that ended it."""
    if meeting.state != Meeting.State.REQUESTED or meeting.starts_at > clock.now():
        return False
    with transaction.atomic():
        meeting.follow("expire", by=by)
        announce(meeting.edition, "meetings")
    return True


def booths_of(exhibitor: Participation) -> str:
    """The codes of the booths where an exhibitor is to be found, such as A108, A109."""
    codes = Reservation.objects.filter(
        edition_id=exhibitor.edition_id,
        company_id=exhibitor.company_id,
        state__in=["reserved", "confirmed", "handed_over"],
    ).values_list("booth__code", flat=True)
    return ", ".join(sorted(codes))[:100]


def when(slot: Slot) -> str:
    """A time as a refusal names it: 18/10 10:30."""
    return f"{date_format(slot.starts_at, 'MONTH_DAY_FORMAT')} {slot.starts_at:%H:%M}"


def _check_parties(meeting: Meeting) -> None:
    for part, role in [(meeting.exhibitor, "exhibitor"), (meeting.importer, "importer")]:
        takes_part = part.state == Participation.State.ACTIVE and part.edition_id == meeting.edition_id
        if not takes_part or part.role != role:
            raise Refused(
                "not_taking_part",
                _("%(company)s does not take part in this edition, so there can be no meeting.")
                % {"company": name_within(meeting.edition, part)},
            )


def _check_person(meeting: Meeting) -> None:
    if meeting.importer.company_id not in meeting.importer_person.company_ids:
        sentence = _("Whoever comes to the meeting must belong to the importer’s company.")
        raise Invalid("not_of_the_company", sentence, {"person": [sentence]})


def _slot_at(edition: Edition, starts_at: datetime) -> Slot:
    opens_on = rules_of(edition).opens_on
    if opens_on and clock.today(edition) < opens_on:
        raise Refused(
            "not_open_yet",
            _("Meetings can be asked for from %(day)s on.") % {"day": date_format(opens_on, "DATE_FORMAT")},
        )
    slot = next((slot for slot in slots(edition) if slot.starts_at == starts_at), None)
    if slot is None:
        sentence = _("Choose one of the times on the list: no meeting begins at the one given.")
        raise Invalid("not_a_slot", sentence, {"starts_at": [sentence]})
    if slot.starts_at <= clock.now():
        sentence = _("This time has passed. Choose a later one.")
        raise Refused("slot_passed", sentence, {"starts_at": [sentence]})
    return slot


def _checked(message: str) -> str:
    if len(message) > LONGEST_MESSAGE:
        sentence = _("Shorten the message to %(most)d characters.") % {"most": LONGEST_MESSAGE}
        raise Invalid("message_too_long", sentence, {"message": [sentence]})
    return message.strip()


def _open_meetings(meeting: Meeting) -> MeetingQuerySet:
    return Meeting.objects.filter(
        exhibitor=meeting.exhibitor, importer=meeting.importer, state__in=["requested", "accepted"]
    )


def _meet_lapsed(meeting: Meeting) -> None:
    """Whoever meets a request whose time has passed ends it; that stays, though what they wanted is refused."""
    if expire_meeting(meeting):
        raise Refused(
            "not_answered_in_time",
            _("The time of this meeting has passed, so it can no longer be answered. The importer may ask again."),
        )


def _occupy(meeting: Meeting) -> None:
    """Take the time for both sides, always in the same order, so that rivals wait and never lock each other."""
    if busy_ids(meeting):
        raise IntegrityError("one side has agreed to something else")
    for part in sorted([meeting.exhibitor_id, meeting.importer_id]):
        Occupancy.objects.create(meeting=meeting, participation_id=part, starts_at=meeting.starts_at)


def _taken(meeting: Meeting) -> Refused:
    free = nearest(free_slots(meeting.exhibitor, meeting.importer), meeting.starts_at)
    names = {meeting.exhibitor_id: meeting.exhibitor.company, meeting.importer_id: meeting.importer.company}
    busy = ", ".join(names[pk].name_vi for pk in sorted(busy_ids(meeting)))
    sentence = _("%(company)s has already agreed to another meeting at that time.") % {"company": busy}
    if free:
        times = ", ".join(when(slot) for slot in free)
        sentence += " " + _("Nearest times free for both: %(times)s.") % {"times": times}
    return Refused("slot_taken", sentence, {"starts_at": [sentence]})


def _check_begun(meeting: Meeting) -> None:
    if meeting.starts_at > clock.now():
        raise Refused("not_yet", _("This meeting has not begun yet. Mark it once its time has come."))


def _noted_before(meeting: Meeting) -> Meeting:
    known = Meeting.objects.get(key=meeting.key)
    if (known.exhibitor_id, known.importer_id) != (meeting.exhibitor_id, meeting.importer_id):
        raise Refused("key_used", _("This form has been sent before for another meeting. Open a new one."))
    return known
