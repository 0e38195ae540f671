"""Whether two sides understand each other, and who helps where they do not."""

from buyers.models import Registration
from fairs.models import Participation, Person
from matchmaking.actions.times import Slot
from matchmaking.models import Interpreter, Meeting, Occupancy, Seat, cells, codes


def languages_of(part: Participation, person: Person | None = None, receiver: Seat | None = None) -> frozenset[str]:
    """What somebody of a side speaks: whoever comes or receives, else all of its seats; nothing while nobody said."""
    if receiver and receiver.spoken:
        return receiver.spoken
    seats = list(Seat.objects.filter(part=part, open=True))
    own = [seat for seat in seats if person and seat.person_id == person.pk and seat.spoken]
    said = frozenset[str]().union(*(seat.spoken for seat in own or seats))
    return said or _registered(part, person)


def understand(exhibitor: frozenset[str], importer: frozenset[str]) -> bool:
    """Whether they share a language; a side that has not said what it speaks is taken at its word for nothing."""
    return not exhibitor or not importer or bool(exhibitor & importer)


def needs_interpreter(meeting: Meeting, receiver: Seat | None = None) -> bool:
    """Whether the two sides of a meeting share no language."""
    mine, theirs = _both(meeting, receiver)
    return not understand(mine, theirs)


def free_interpreter(meeting: Meeting, slot: Slot, receiver: Seat | None = None) -> Interpreter | None:
    """Somebody who is there at that time, is not taken and speaks with each side; who speaks least goes first."""
    mine, theirs = _both(meeting, receiver)
    taken = Occupancy.objects.filter(starts_at__in=cells(*slot), interpreter__isnull=False).exclude(meeting=meeting)
    there = Interpreter.objects.filter(
        edition=meeting.edition_id, open=True, shifts__starts_at__lte=slot.starts_at, shifts__ends_at__gte=slot.ends_at
    ).exclude(pk__in=taken.values("interpreter"))
    able = [one for one in there.distinct() if one.spoken & mine and one.spoken & theirs]
    return min(able, key=lambda one: (one.pk != meeting.interpreter_id, len(one.spoken), one.pk), default=None)


def _both(meeting: Meeting, receiver: Seat | None) -> tuple[frozenset[str], frozenset[str]]:
    mine = languages_of(meeting.exhibitor, receiver=receiver or meeting.receiver)
    return mine, languages_of(meeting.importer, meeting.importer_person)


def _registered(part: Participation, person: Person | None) -> frozenset[str]:
    """What whoever comes wrote when they registered."""
    if part.role != Participation.Role.IMPORTER:
        return frozenset()
    theirs = Registration.objects.filter(edition=part.edition_id, company=part.company_id).exclude(state="withdrawn")
    said = theirs.filter(person=person) if person else theirs
    return frozenset[str]().union(*(codes(one) for one in said.values_list("languages", flat=True)))
