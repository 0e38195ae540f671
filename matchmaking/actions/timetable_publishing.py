"""Publishing a timetable: every meeting of the plan is booked, one after the other, and each person told once.

The signature is one transaction; each meeting is one of its own, together with the row that says it was gone through,
so that work which broke off goes on where it was, and two who do it at once book nothing twice.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from fairs import clock
from fairs.deliveries import owe_many
from fairs.errors import DomainError, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Membership, Participation, Person
from fairs.permissions import Actor, require
from matchmaking.actions.booking import Manner, lock_sides, release, settle
from matchmaking.actions.contacts import contacts_of
from matchmaking.actions.meetings import check_parties, expire_meeting, withdraw_proposals
from matchmaking.actions.times import Slot
from matchmaking.actions.timetable_moves import check_seen
from matchmaking.models import Meeting, Timetable, TimetableEntry, TimetablePlan
from matchmaking.scheduling.checking import check
from matchmaking.scheduling.reading import read_problem
from matchmaking.timetable_problem import parts_in, starts_of, who_comes
from matchmaking.wishes import unwanted

log = logging.getLogger("matchmaking.timetables")
Made = TypeVar("Made")
AWAY = (InterfaceError, OperationalError)
QUIET = timedelta(minutes=2)
"""Nothing was booked for so long: whoever did it has died."""


@dataclass(frozen=True)
class Booking:
    """A meeting of the plan with all that booking it needs."""

    item: str
    slot: Slot
    agreed: int | None  # the key of the meeting, where it was agreed before


def publish_timetable(planned: Timetable, *, seen: int, by: Actor) -> Timetable:
    """Sign the plan that was seen, and have the worker book its meetings; both sides are told when all are booked.

    Published already, it has the worker go on where booking broke off. Refuses with `changed_meanwhile`, `not_open`,
    and with `not_sound` when the plan breaks a rule.
    """
    require(by, "matchmaking.plan", planned)
    with transaction.atomic():
        locked = Timetable.objects.select_for_update(of=("self",)).select_related("current").get(pk=planned.pk)
        if locked.state != Timetable.State.PUBLISHED:
            plan = check_seen(locked, seen)
            if check(read_problem(_within_reach(locked, plan)), plan.schedule):
                raise Refused("not_sound", _("This plan breaks a rule of the fair. Repair it first."))
            locked.follow("publish", by=by, published_by=by, published_at=clock.now())
            announce(planned.edition, "timetables")
        if locked.booked_at is None:
            transaction.on_commit(partial(_enqueue, locked.pk))
    planned.refresh_from_db()
    return planned


def book_timetable(pk: int) -> None:
    """Book what is left of a published timetable, then write to everybody who has something new. For the worker.

    What no longer fits is kept with its reason and stops nobody else's meeting, nor does a fault of ours.
    """
    rows = Timetable.objects.select_related("edition", "current", "published_by")
    signed = rows.unbooked().filter(pk=pk).first()
    if signed is None:
        return
    _move_together(signed)
    known = set(signed.entries.values_list("item", flat=True))
    comes = who_comes(signed.edition)
    for one in bookings_of(signed):
        if one.item not in known:
            book(signed, one, comes)
    _note_lost(signed)
    _finish(signed)


def go_on_booking() -> None:
    """Have booking go on whose worker died."""
    for signed in Timetable.objects.unbooked().defer("problem"):
        last = signed.entries.order_by("-pk").values_list("made_at", flat=True).first()
        if max(filter(None, [last, signed.published_at])) + QUIET < clock.now():
            _enqueue(signed.pk)


def bookings_of(signed: Timetable) -> list[Booking]:
    """The meetings of the plan that stands, the earliest first."""
    assert signed.current is not None
    starts, length = starts_of(signed.problem), timedelta(minutes=signed.problem["minutes"])
    agreed = {one["id"]: one.get("meeting") for one in signed.problem["meetings"]}
    by_time = sorted(signed.current.schedule.items(), key=lambda pair: (pair[1], pair[0]))
    return [
        Booking(item, Slot(*_local(signed, starts[slot], length)), agreed[item])
        for item, slot in by_time
        if item in agreed
    ]


def book(signed: Timetable, one: Booking, comes: Mapping[int, int]) -> None:
    """Book one meeting, once; in one transaction with the row that says so."""
    with transaction.atomic():
        entry, new = TimetableEntry.objects.get_or_create(timetable=signed, item=one.item)
        if not new:  # somebody else has booked it
            return
        made, entry.reason = _tried(partial(_booked, signed, one, comes), timetable=signed.pk, item=one.item)
        entry.meeting, entry.changed = made or (None, False)
        entry.save(update_fields=["meeting", "changed", "reason"])


def people_told(signed: Timetable) -> list[Person]:
    """Whoever has something new in their agenda: who comes for each importer, and those in charge of each exhibitor."""
    new = Meeting.objects.filter(pk__in=signed.entries.filter(changed=True).values("meeting"))
    companies = list(new.order_by().values_list("exhibitor__company", flat=True).distinct())
    members: dict[int, list[Membership]] = defaultdict(list)
    for one in Membership.objects.filter(company__in=companies, person__is_active=True):
        members[one.company_id].append(one)
    chosen = set(new.order_by().values_list("importer_person", flat=True))
    for of_one in members.values():
        in_charge = [one for one in of_one if one.role == Membership.Role.ADMIN]
        chosen |= {one.person_id for one in in_charge or of_one}
    return list(Person.objects.filter(pk__in=chosen).order_by("pk"))


def _tried(deed: Callable[[], Made], **facts: Any) -> tuple[Made | None, str]:
    """What a deed gives in a transaction of its own, or the reason why it was not done.

    A fault of ours is logged and stops nobody else's meeting; only a database that is away does, until it is back.
    """
    for last in (False, True):  # a request that came at this very moment is in the way, and found the second time
        try:
            with transaction.atomic():
                return deed(), ""
        except DomainError as refusal:
            return None, refusal.code[:30]
        except AWAY:
            raise
        except Exception:
            if last:
                log.exception("meetings of a timetable were not booked", extra={"facts": facts})
    return None, "fault"


def _booked(signed: Timetable, one: Booking, comes: Mapping[int, int]) -> tuple[Meeting, bool]:
    """The meeting as it is agreed now, and whether that is news."""
    if one.agreed is not None:
        return _kept(signed, one)
    meeting, known = _meeting_for(signed, one, comes)
    if known:
        return meeting, False
    settle(meeting, "accept", one.slot, by=signed.published_by)
    withdraw_proposals(meeting, by=signed.published_by)
    return meeting, True


def _within_reach(planned: Timetable, plan: TimetablePlan) -> dict[str, Any]:
    """The problem without agreed meetings that a repair found no room for: they are lost, whatever is published."""
    rows = planned.problem["meetings"]
    lost = lost_in(planned, plan) if planned.heals else set()
    return planned.problem | {"meetings": [one for one in rows if one["id"] not in lost]}


def lost_in(planned: Timetable, plan: TimetablePlan) -> set[str]:
    """Meetings that are agreed and that the plan has no room for."""
    return {one["id"] for one in planned.problem["meetings"] if "meeting" in one and one["id"] not in plan.schedule}


def _note_lost(signed: Timetable) -> None:
    """They stand as they were agreed; the desk calls them off or finds them another time."""
    assert signed.current is not None
    agreed = {one["id"]: one.get("meeting") for one in signed.problem["meetings"]}
    TimetableEntry.objects.bulk_create(
        [
            TimetableEntry(timetable=signed, item=item, meeting_id=agreed[item], reason="no_room")
            for item in sorted(lost_in(signed, signed.current))
        ],
        ignore_conflicts=True,
    )


def _move_together(signed: Timetable) -> None:
    """Agreed meetings that change places: none could go to its new time while the other is still there.

    All or none; where one cannot each is tried for itself later.
    """
    slots = {one.agreed: one for one in bookings_of(signed) if one.agreed is not None}
    rows = Meeting.objects.with_sides().select_related("edition", "importer_person")
    standing = rows.filter(pk__in=slots, state=Meeting.State.ACCEPTED).order_by("starts_at", "pk")
    moving = [one for one in standing if one.starts_at != slots[one.pk].slot.starts_at]
    if len(moving) < 2 or signed.entries.filter(item__in=[slots[one.pk].item for one in moving]).exists():
        return
    _tried(partial(_move, signed, moving, slots), timetable=signed.pk)


def _move(signed: Timetable, moving: list[Meeting], slots: Mapping[int, Booking]) -> None:
    for meeting in moving:
        lock_sides(meeting)
        release(meeting)
    for meeting in moving:
        one = slots[meeting.pk]
        moved, changed = _kept(signed, one)
        TimetableEntry.objects.create(timetable=signed, item=one.item, meeting=moved, changed=changed)


def _kept(signed: Timetable, one: Booking) -> tuple[Meeting, bool]:
    """A meeting that was agreed before: it is moved where the plan has it elsewhere.

    Where the two do without an interpreter they still do if none is free then.
    """
    rows = Meeting.objects.with_sides().select_related("edition", "importer_person")
    meeting = rows.filter(pk=one.agreed, state=Meeting.State.ACCEPTED).first()
    if meeting is None:
        raise Refused("gone", _("This meeting was called off meanwhile."))
    if meeting.starts_at == one.slot.starts_at:
        return meeting, False
    _check_time(one.slot)
    settle(meeting, "move", one.slot, by=signed.published_by, manner=Manner(alone=meeting.interpreter_id is None))
    withdraw_proposals(meeting, by=signed.published_by)
    return meeting, True


def _meeting_for(signed: Timetable, one: Booking, comes: Mapping[int, int]) -> tuple[Meeting, bool]:
    """The request that is open for the pair, else a new one; and whether the two have agreed meanwhile."""
    exhibitor, importer = parts_in(one.item)
    rows = Meeting.objects.with_sides().select_related("edition", "importer_person")
    between = rows.filter(edition=signed.edition, exhibitor=exhibitor, importer=importer)
    agreed = between.filter(Q(state=Meeting.State.ACCEPTED) | Q(state=Meeting.State.HELD)).first()
    if agreed:
        return agreed, True
    _check_time(one.slot)
    for lapsed in between.unanswered(clock.now()):
        expire_meeting(lapsed)
    asked = between.waiting(clock.now()).order_by("requested_at", "pk").first()
    meeting = asked or _new(signed, one, comes)
    check_parties(meeting)
    if unwanted(meeting.exhibitor, meeting.importer):
        raise Refused("unwanted", _("One of the two sides no longer wants to meet."))
    if not asked:
        meeting.save(force_insert=True)
        record("plan", meeting, by=signed.published_by)
    return meeting, False


def _new(signed: Timetable, one: Booking, comes: Mapping[int, int]) -> Meeting:
    parts = Participation.objects.select_related("company", "edition").in_bulk(parts_in(one.item))
    if len(parts) < 2:  # merged into another since
        raise Refused("not_taking_part", _("One of the two no longer takes part."))
    exhibitor, importer = (parts[pk] for pk in parts_in(one.item))
    person = comes.get(importer.pk) or next((one.pk for one in contacts_of(importer)), None)
    if person is None:
        raise Refused("nobody_comes", _("Nobody of the importer can come."))
    return Meeting(
        edition=signed.edition,
        exhibitor=exhibitor,
        importer=importer,
        importer_person=Person.objects.get(pk=person),
        starts_at=one.slot.starts_at,
        ends_at=one.slot.ends_at,
        requested_at=clock.now(),
        key=f"timetable:{signed.pk}:{one.item}",
    )


def _check_time(slot: Slot) -> None:
    if slot.starts_at <= clock.now():
        raise Refused("slot_passed", _("This time has passed. Choose a later one."))


def _finish(signed: Timetable) -> None:
    """All were gone through: everybody with something new reads it once."""
    with transaction.atomic():
        won = Timetable.objects.unbooked().filter(pk=signed.pk).update(booked_at=clock.now())
        if won:
            letters = [(person, signed) for person in people_told(signed)]
            owe_many("matchmaking.agenda_planned", letters, edition=signed.edition)
            record("book", signed, by=None)
            for topic in ("timetables", "meetings"):
                announce(signed.edition, topic)


def _local(signed: Timetable, starts_at: datetime, length: timedelta) -> tuple[datetime, datetime]:
    begins = starts_at.astimezone(signed.edition.zone)
    return begins, begins + length


def _enqueue(pk: int) -> Any:
    from matchmaking.tasks import book_all  # the tasks import this module

    return book_all.enqueue(pk)
