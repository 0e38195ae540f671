"""Asking for a meeting, answering, and saying what became of it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, Participation, Person, ProductGroup
from fairs.permissions import Actor, require
from matchmaking.actions.attendance import mark_held, mark_no_show
from matchmaking.actions.booking import Manner, check_free, lock_sides, release, settle
from matchmaking.actions.contacts import name_within, side_of, write_to_exhibitor, write_to_importer
from matchmaking.actions.deadlines import answer_by
from matchmaking.actions.slots import booths_of, free_slots, rules_of, slot_now, slots, stand_of, times_of
from matchmaking.actions.times import Slot
from matchmaking.models import Meeting, MeetingRules, Proposal, Seat
from matchmaking.querysets import MeetingQuerySet
from matchmaking.wishes import unwanted

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
    minutes: int | None = None,
    message: str = "",
    by: Actor,
) -> Meeting:
    """Ask an exhibitor for a meeting; `person` is who will come. A request keeps the time from nobody.

    It takes as long as usual, or another length that the rules name. Asking for the same time again answers the first
    request. Refuses with `not_taking_part`, `unwanted`, `not_open_yet`, `not_of_the_company`, `not_a_length`,
    `not_a_slot`, `slot_passed`, `message_too_long`, and `slot_taken` or `limit_reached` with the nearest free times.
    """
    meeting = Meeting(edition=edition, exhibitor=exhibitor, importer=importer, importer_person=person)
    require(by, "matchmaking.ask", meeting)
    check_parties(meeting)
    _check_person(meeting)
    _check_asked(meeting)
    rules = rules_of(edition)
    slot = slot_at(edition, starts_at, minutes, rules=rules)
    meeting.starts_at, meeting.ends_at, meeting.message = *slot, _checked(message)
    known = _open_meetings(meeting).filter(starts_at=slot.starts_at).first()
    if known and not expire_meeting(known):
        return known
    hall, meeting.place = stand_of(exhibitor)
    check_free(meeting, slot, rules, hall)
    meeting.requested_at, meeting.expires_at = clock.now(), answer_by(rules, slot.starts_at)
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
            record("request", meeting, by=by)
            write_to_exhibitor("matchmaking.meeting_asked", meeting)
            announce(edition, "meetings")
    except IntegrityError:  # the same request, sent twice at one moment
        return _open_meetings(meeting).get(starts_at=slot.starts_at)
    return meeting


def accept_meeting(
    meeting: Meeting, *, by: Actor, receiver: Seat | None = None, place: str = "", without_interpreter: bool = False
) -> Meeting:
    """Agree to meet: the time is taken for both sides, and both get it in writing.

    `receiver` is who of the exhibitor's seats receives, else whichever is free; `place` is "booth" or "table", else as
    the rules say. The unique constraints on taken times decide between rivals. Refuses with `slot_taken`,
    `limit_reached` or `no_table`, naming the nearest times that would go, `no_interpreter` unless it may be without,
    `not_a_receiver`, `not_answered_in_time`, `unwanted` or `not_taking_part`.
    """
    require(by, "matchmaking.answer", meeting)
    check_parties(meeting)
    check_wanted(meeting)
    _meet_lapsed(meeting)
    check_receiver(meeting, receiver)
    manner = Manner(receiver, place, without_interpreter)
    with transaction.atomic():
        settle(meeting, "accept", slot_of(meeting), by=by, manner=manner)
        withdraw_proposals(meeting, by=by)
        write_to_importer("matchmaking.meeting_accepted", meeting)
        write_to_exhibitor("matchmaking.meeting_accepted", meeting)
        announce(meeting.edition, "meetings")
    return meeting


def decline_meeting(meeting: Meeting, *, by: Actor, answer: str = "") -> Meeting:
    """Say no to a request, with a word to the importer if the exhibitor likes."""
    require(by, "matchmaking.answer", meeting)
    _meet_lapsed(meeting)
    with transaction.atomic():
        meeting.follow("decline", by=by, answer=answer.strip()[:500])
        withdraw_proposals(meeting, by=by)
        write_to_importer("matchmaking.meeting_declined", meeting)
        announce(meeting.edition, "meetings")
    return meeting


def cancel_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Take a request back or call an agreed meeting off: its time is free again, and both sides learn of it.

    Who did it and when is kept, so that the reports can say how late it was.
    """
    require(by, "matchmaking.cancel", meeting)
    with transaction.atomic():
        lock_sides(meeting)
        meeting.follow("cancel", by=by, cancelled_by=side_of(meeting, by), cancelled_at=clock.now())
        release(meeting)
        withdraw_proposals(meeting, by=by)
        write_to_exhibitor("matchmaking.meeting_cancelled", meeting)
        write_to_importer("matchmaking.meeting_cancelled", meeting)
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
    product_group: ProductGroup | None = None,
    at: datetime | None = None,
) -> Meeting:
    """Note a meeting that takes place now and was never booked. The same `key` again answers the first note.

    `at` is the moment of one that a phone kept until it had a network. Refuses with `not_taking_part` or `key_used`.
    """
    start, end = slot_now(edition, at)
    meeting = Meeting(
        edition=edition, exhibitor=exhibitor, importer=importer, importer_person=person, key=key, walk_in=True,
        state=Meeting.State.HELD, starts_at=start, ends_at=end, message=_checked(message),
        product_group=product_group,
    )  # fmt: skip
    require(by, "matchmaking.log_walk_in", meeting)
    check_parties(meeting)
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
    """End a request that nobody answered in time, which its importer learns; whether it was this call that ended it."""
    if not meeting.lapsed:
        return False
    with transaction.atomic():
        meeting.follow("expire", by=by)
        withdraw_proposals(meeting, by=by)
        if meeting.starts_at > clock.now():
            write_to_importer("matchmaking.meeting_expired", meeting)
        announce(meeting.edition, "meetings")
    return True


def slot_of(meeting: Meeting) -> Slot:
    """The time of a meeting."""
    return Slot(meeting.starts_at, meeting.ends_at)


def withdraw_proposals(meeting: Meeting, *, by: Actor) -> None:
    """Other times that were proposed are no longer asked about."""
    for proposal in Proposal.objects.filter(meeting=meeting, state=Proposal.State.OPEN):
        proposal.follow("withdraw", by=by)


def check_parties(meeting: Meeting) -> None:
    """Refuse with `not_taking_part` when a side does not stand in this edition."""
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


def check_receiver(meeting: Meeting, receiver: Seat | None) -> None:
    """Refuse with `not_a_receiver` whoever does not receive for this exhibitor."""
    if receiver and (receiver.part_id != meeting.exhibitor_id or not receiver.open):
        sentence = _("Choose somebody who receives for this exhibitor.")
        raise Invalid("not_a_receiver", sentence, {"receiver": [sentence]})


def slot_at(
    edition: Edition, starts_at: datetime, minutes: int | None = None, *, rules: MeetingRules | None = None
) -> Slot:
    """The time that begins then, of a length that the rules name; those read before, else as they are now.

    Refuses with `not_open_yet`, `not_a_length`, `not_a_slot` or `slot_passed`.
    """
    rules = rules or rules_of(edition)
    if rules.opens_on and clock.today(edition) < rules.opens_on:
        raise Refused(
            "not_open_yet",
            _("Meetings can be asked for from %(day)s on.") % {"day": date_format(rules.opens_on, "DATE_FORMAT")},
        )
    if minutes is not None and minutes not in rules.lengths:
        sentence = _("Choose one of these lengths, in minutes: %(lengths)s.")
        sentence %= {"lengths": ", ".join(map(str, rules.lengths))}
        raise Invalid("not_a_length", sentence, {"minutes": [sentence]})
    slot = next((slot for slot in times_of(rules, minutes) if slot.starts_at == starts_at), None)
    if slot is None:
        sentence = _("Choose one of the times on the list: no meeting begins at the one given.")
        raise Invalid("not_a_slot", sentence, {"starts_at": [sentence]})
    if slot.starts_at <= clock.now():
        sentence = _("This time has passed. Choose a later one.")
        raise Refused("slot_passed", sentence, {"starts_at": [sentence]})
    return slot


def check_wanted(meeting: Meeting) -> None:
    """Refuse with `unwanted` to agree on anything once a side has said no to the other, whoever it was."""
    if unwanted(meeting.exhibitor, meeting.importer):
        raise Refused("unwanted", _("Nothing more can be agreed for this meeting. Call it off, or leave it as it is."))


def _check_asked(meeting: Meeting) -> None:
    """Nobody is told who said no: the one who did may read the same sentence."""
    if unwanted(meeting.exhibitor, meeting.importer):
        names = {"company": name_within(meeting.edition, meeting.exhibitor)}
        raise Refused("unwanted", _("%(company)s takes no more requests of this importer. Choose another.") % names)


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


def _noted_before(meeting: Meeting) -> Meeting:
    known = Meeting.objects.get(key=meeting.key)
    if (known.exhibitor_id, known.importer_id) != (meeting.exhibitor_id, meeting.importer_id):
        raise Refused("key_used", _("This form has been sent before for another meeting. Open a new one."))
    return known
