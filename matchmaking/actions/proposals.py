"""Another time instead of the one asked for or agreed: proposed by one side, taken or not by the other."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.permissions import Actor, require
from matchmaking.actions.booking import Manner, check_free, lock_sides, settle
from matchmaking.actions.contacts import side_of, write_to_exhibitor, write_to_importer
from matchmaking.actions.deadlines import answer_by
from matchmaking.actions.meetings import check_parties, check_wanted, expire_meeting, slot_at, withdraw_proposals
from matchmaking.actions.slots import hall_of, rules_of
from matchmaking.actions.times import Slot
from matchmaking.models import Meeting, MeetingRules, Proposal


def propose_time(
    meeting: Meeting, *, starts_at: datetime, by: Actor, minutes: int | None = None, note: str = ""
) -> Proposal:
    """Propose another time for a request or an agreed meeting; it keeps the time from nobody, and what is agreed holds.

    One at a time: a newer one takes the place of the one before. Refuses with `not_open` once the meeting is neither
    asked for nor agreed, with `unwanted`, and as `request_meeting` does for the time.
    """
    require(by, "matchmaking.propose", meeting)
    check_parties(meeting)
    check_wanted(meeting)
    expire_meeting(meeting)
    rules = rules_of(meeting.edition)
    slot = slot_at(meeting.edition, starts_at, minutes or _minutes(meeting, rules), rules=rules)
    check_free(meeting, slot, rules, hall_of(meeting.exhibitor))
    with transaction.atomic():
        lock_sides(meeting)
        meeting.refresh_from_db(fields=["state", "version"])
        _check_open(meeting)
        withdraw_proposals(meeting, by=by)
        proposal = Proposal.objects.create(
            meeting=meeting, side=side_of(meeting, by), starts_at=slot.starts_at, ends_at=slot.ends_at,
            note=note.strip()[:500], expires_at=answer_by(rules, slot.starts_at),
        )  # fmt: skip
        waits = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.REQUESTED, expires_at__lt=proposal.expires_at)
        waits.update(expires_at=proposal.expires_at)  # the question has changed sides, and its time begins anew
        record("propose", proposal, by=by)
        _write_to_other_side("matchmaking.time_proposed", proposal)
        announce(meeting.edition, "meetings")
    return proposal


def accept_proposal(proposal: Proposal, *, by: Actor, without_interpreter: bool = False) -> Proposal:
    """Take the other time: the meeting is agreed for it, and what it had before is free again.

    Refuses with `not_answered_in_time`, and with `slot_taken` and the others of `accept_meeting`.
    """
    require(by, "matchmaking.answer_proposal", proposal)
    meeting = proposal.meeting
    check_parties(meeting)
    check_wanted(meeting)
    _meet_lapsed(proposal)
    asked = meeting.state == Meeting.State.REQUESTED
    with transaction.atomic():
        lock_sides(meeting)
        proposal.follow("take", by=by)
        slot = Slot(proposal.starts_at, proposal.ends_at)
        settle(meeting, "accept" if asked else "move", slot, by=by, manner=Manner(alone=without_interpreter))
        letter = "matchmaking.meeting_accepted" if asked else "matchmaking.meeting_changed"
        write_to_importer(letter, meeting)
        write_to_exhibitor(letter, meeting)
        announce(meeting.edition, "meetings")
    return proposal


def decline_proposal(proposal: Proposal, *, by: Actor) -> Proposal:
    """Say no to the other time: what was asked for or agreed stays as it is, and whoever proposed it learns so."""
    require(by, "matchmaking.answer_proposal", proposal)
    _meet_lapsed(proposal)
    with transaction.atomic():
        proposal.follow("refuse", by=by)
        _write_to_proposer("matchmaking.time_declined", proposal)
        announce(proposal.edition, "meetings")
    return proposal


def lapse_proposal(proposal: Proposal, *, by: Actor = None) -> bool:
    """End a proposal that nobody answered in time; whether it was this call that ended it."""
    if not proposal.lapsed:
        return False
    with transaction.atomic():
        proposal.follow("lapse", by=by)
        announce(proposal.edition, "meetings")
    return True


def _check_open(meeting: Meeting) -> None:
    if meeting.state not in (Meeting.State.REQUESTED, Meeting.State.ACCEPTED):
        raise Refused("not_open", _("This meeting is over or was called off, so no other time can be proposed for it."))


def _meet_lapsed(proposal: Proposal) -> None:
    """Whoever meets a proposal that is too late ends it; that stays, though what they wanted is refused."""
    if lapse_proposal(proposal):
        raise Refused("not_answered_in_time", _("It is too late to answer this. Propose another time."))


def _minutes(meeting: Meeting, rules: MeetingRules) -> int | None:
    """As long as it was, where the rules still have that length."""
    minutes = int(meeting.duration.total_seconds() // 60)
    return minutes if minutes in rules.lengths else None


def _write_to_other_side(kind: str, proposal: Proposal) -> None:
    to_importer = proposal.side == Proposal.Side.EXHIBITOR
    (write_to_importer if to_importer else write_to_exhibitor)(kind, proposal.meeting)


def _write_to_proposer(kind: str, proposal: Proposal) -> None:
    to_exhibitor = proposal.side == Proposal.Side.EXHIBITOR
    (write_to_exhibitor if to_exhibitor else write_to_importer)(kind, proposal.meeting)
