"""What a timetable has to fit together: times, people, and the meetings worth having, as meeting-schedule/1.

Without names: exhibitors are `e12` and importers `i34` by the keys of their parts, a meeting of the two is `e12-i34`.
Besides the format `starts` has the beginnings of the slots, and `meeting` the key of a meeting that is agreed already.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from buyers.models import Registration
from fairs import clock
from fairs.models import Edition, Participation
from matchmaking.actions.slots import rules_of, slots
from matchmaking.actions.times import Slot
from matchmaking.models import Meeting, MeetingRules, Occupancy, Place, Seat, Table, Wish, cells
from matchmaking.wishes import unwanted_pairs
from matchmaking.worth import Pair, worth_of_pairs

ON_THE_WAY = timedelta(minutes=30)
"""Whoever meets within this time is on the way already: nothing before it is planned or moved."""
WISHED, ASKED, MUST = 110, 220, 330
"""What each side's wish and an open request add to the worth, which is 100 at most: a wish outweighs any suggestion."""
SUGGESTED, SUGGESTED_AT_MOST = 10, 60
"""Suggestions for each importer besides what was asked for, unless the desk wants others; as many at most."""
SEEN = 5
"""Of them at least so many for each exhibitor, so that one whom nobody ranks high is met too."""
AHEAD = "ahead"


@dataclass
class Side:
    """A part in the edition: its seats, and how many of them are not to be had in each slot."""

    part: int
    seats: tuple[int, ...]
    one_at_a_time: bool
    gone: Counter[int] = field(default_factory=Counter)
    held: Counter[int] = field(default_factory=Counter)  # agreed meetings of the problem
    outside: int = 0  # agreed meetings that are not in the problem
    level: int = 1

    def settle_on(self, ahead: range) -> None:
        """Hold so many at once that most seats are used; slots with fewer free ones are then closed to it."""
        most = 1 if self.one_at_a_time else len(self.seats)
        free = [self.free(slot) for slot in ahead]
        self.level = max(range(1, most + 1), key=lambda level: (level * sum(one >= level for one in free), level))

    def free(self, slot: int) -> int:
        return len(self.seats) - self.gone[slot]

    def holds(self, slot: int) -> bool:
        """Whether what is agreed then is within the problem's rules."""
        return self.free(slot) >= self.level >= self.held[slot]


@dataclass(frozen=True)
class Agreed:
    """A meeting that is agreed, in a slot of the problem."""

    pk: int
    pair: Pair
    slot: int


def problem_of(edition: Edition, *, suggestions: int = SUGGESTED, heals: bool = False) -> dict[str, Any]:
    """What there is to be planned now, in so many queries however many take part.

    Wishes of either side, open requests, and the best `suggestions` for each importer. Meetings that are agreed stay
    where they are; where the day `heals` those still ahead are held too, but may move.
    """
    rules, times = rules_of(edition), apart(slots(edition))
    ahead = range(first_ahead([slot.starts_at for slot in times]), len(times))
    sides = _sides(edition)
    agreed = _agreed(edition, times, sides, ahead)
    wanted = _wanted(edition, suggestions)
    pairs = [pair for pair in wanted if all(part in sides for part in pair)]
    named = {part for pair in [*(one.pair for one in agreed), *pairs] for part in pair}
    found: dict[str, Any] = {
        "format": "meeting-schedule/1",
        "name": edition.slug,
        "slots": len(times),
        "starts": [slot.starts_at.isoformat() for slot in times],
        "minutes": rules.slot_minutes,
        "days": _days(times),
        "sessions": {AHEAD: [ahead.start, ahead.stop]},
        "participants": [_participant(sides[part], rules, times) for part in sorted(named)],
        "meetings": _meetings(agreed, {pair: wanted[pair] for pair in pairs}, ahead, heals),
    }
    if rules.place == Place.TABLE:
        tables = Table.objects.filter(edition=edition, open=True).count()
        fixed = Counter(one["fixed"] for one in found["meetings"] if "fixed" in one)
        found["tables"] = max(tables, *fixed.values()) if fixed else tables  # some may have been agreed for booths
    return found


def parts_in(item: str) -> Pair:
    """The exhibitor's and the importer's part of a meeting of a problem."""
    exhibitor, importer = item.partition(".")[0].split("-")
    return int(exhibitor[1:]), int(importer[1:])


def starts_of(problem: Mapping[str, Any]) -> list[datetime]:
    """When the slots of a problem begin."""
    return [datetime.fromisoformat(one) for one in problem["starts"]]


def first_ahead(starts: Sequence[datetime]) -> int:
    """The first slot for which nobody is on the way yet."""
    return sum(one <= clock.now() + ON_THE_WAY for one in starts)


def apart(times: Iterable[Slot]) -> list[Slot]:
    """Those of the times that do not overlap one before them."""
    kept: list[Slot] = []
    for slot in times:
        if not kept or kept[-1].ends_at <= slot.starts_at:
            kept.append(slot)
    return kept


# ---- the people ----
def _sides(edition: Edition) -> dict[int, Side]:
    """Every part that can meet, by its key; an importer meets one at a time, on the seat of who comes."""
    comes = who_comes(edition)
    named: dict[int, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.filter(part__edition=edition, open=True).order_by("number"):
        named[seat.part_id].append(seat)
    found = {}
    rows = Participation.objects.filter(edition=edition, state=Participation.State.ACTIVE).order_by("pk")
    for pk, role in rows.values_list("pk", "role"):
        imports = role == Participation.Role.IMPORTER
        own = [one.number for one in named[pk] if imports and one.person_id and one.person_id == comes.get(pk)]
        seats = own or [one.number for one in named[pk]] or [1]
        found[pk] = Side(pk, tuple(seats), imports)
    return found


def who_comes(edition: Edition) -> dict[int, int]:
    """The person who comes for each importer's part: the first of its people that was approved."""
    parts = "company__participations"
    rows = Registration.objects.filter(
        edition=edition,
        state=Registration.State.APPROVED,
        **{f"{parts}__edition": edition, f"{parts}__role": Participation.Role.IMPORTER},
    )
    return dict(reversed(rows.order_by("pk").values_list(f"{parts}__pk", "person")))


def _participant(side: Side, rules: MeetingRules, times: Sequence[Slot]) -> dict[str, Any]:
    """One side as the format has it; limits are those of one person, times the seats in use.

    What is agreed already is within every limit: rules may have changed since.
    """
    days = Counter(slot.starts_at.date() for slot in times)
    held = Counter[Any]()
    for slot, count in side.held.items():
        held[times[slot].starts_at.date()] += count
    a_day = max((rules.most_a_day(number) for number in days.values()), default=1) * side.level
    letter, kind = ("i", "importer") if side.one_at_a_time else ("e", "exhibitor")
    found: dict[str, Any] = {
        "id": f"{letter}{side.part}",
        "kind": kind,
        "capacity": side.level,
        "unavailable": [slot for slot in range(len(times)) if side.free(slot) < side.level],
        "max_per_day": max(a_day, *held.values()) if held else a_day,
    }
    if rules.most_in_all:
        found["max_total"] = max(rules.most_in_all * side.level - side.outside, held.total())
    return found


# ---- what is agreed ----
def _agreed(edition: Edition, times: Sequence[Slot], sides: Mapping[int, Side], ahead: range) -> list[Agreed]:
    """Agreed meetings that stand in slots; all else that takes somebody's time closes the slots it touches."""
    number = {slot.starts_at: place for place, slot in enumerate(times)}
    ends = {slot.starts_at: slot.ends_at for slot in times}
    rows = Meeting.objects.filter(edition=edition, state=Meeting.State.ACCEPTED).order_by("starts_at", "pk")
    kept = [
        Agreed(pk, (exhibitor, importer), number[begins])
        for pk, exhibitor, importer, begins, until in rows.values_list(
            "pk", "exhibitor", "importer", "starts_at", "ends_at"
        )
        if ends.get(begins) == until and exhibitor in sides and importer in sides
    ]
    _close(edition, times, sides, {one.pk for one in kept})
    return _within(kept, sides, ahead)


def _close(edition: Edition, times: Sequence[Slot], sides: Mapping[int, Side], kept: set[int]) -> None:
    touching: dict[datetime, list[int]] = defaultdict(list)
    for place, slot in enumerate(times):
        for cell in cells(*slot):
            touching[cell].append(place)
    rows = Occupancy.objects.filter(participation__edition=edition).values_list(
        "participation", "seat", "starts_at", "kind", "meeting"
    )
    gone = {
        (part, seat, place)
        for part, seat, cell, kind, meeting in rows
        if kind != Occupancy.Kind.MEETING or meeting not in kept
        for place in touching[cell]
    }
    for part, seat, place in gone:
        if part in sides and seat in sides[part].seats:
            sides[part].gone[place] += 1


def _within(kept: list[Agreed], sides: Mapping[int, Side], ahead: range) -> list[Agreed]:
    """Those that fit the rules of the problem; the others take their seats' time outside of it."""
    for one in kept:
        for part in one.pair:
            sides[part].held[one.slot] += 1
    while True:
        for side in sides.values():
            side.settle_on(ahead)
        out = [one for one in kept if not all(sides[part].holds(one.slot) for part in one.pair)]
        if not out:
            return kept
        for one in out:
            for part in one.pair:
                side = sides[part]
                side.held[one.slot] -= 1
                side.gone[one.slot] += 1
                side.outside += 1
        kept = [one for one in kept if one not in out]


# ---- what is worth planning ----
def _wanted(edition: Edition, suggestions: int) -> dict[Pair, int]:
    """The weight of each pair that should meet and has not agreed to: wishes and requests, then what fits best."""
    worth, met, refused = worth_of_pairs(edition), _met(edition), unwanted_pairs(edition)
    extra = _wishes(edition)
    waiting = Meeting.objects.filter(edition=edition).waiting(clock.now())
    for pair in set(waiting.order_by().values_list("exhibitor", "importer")):
        extra[pair] += ASKED
    suggested = _suggested({pair: one for pair, one in worth.items() if one and pair not in met}, suggestions)
    return {
        pair: worth.get(pair, 0) + extra[pair]
        for pair in sorted({*suggested, *extra})
        if pair not in met and pair not in refused
    }


def _wishes(edition: Edition) -> Counter[Pair]:
    """What the wishes of both sides add, by the parts of a pair."""
    adds = {Wish.Kind.MUST: MUST, Wish.Kind.LIKE: WISHED}
    parts = "registration__company__participations"
    rows = Wish.objects.filter(
        registration__edition=edition,
        registration__state=Registration.State.APPROVED,
        kind__in=adds,
        exhibitor__state=Participation.State.ACTIVE,
        **{f"{parts}__edition": edition, f"{parts}__role": Participation.Role.IMPORTER},
    )
    found: Counter[Pair] = Counter()
    sides = rows.order_by().values_list("exhibitor", f"{parts}__pk", "side", "kind")
    for exhibitor, importer, _side, kind in set(sides):
        found[exhibitor, importer] += adds[Wish.Kind(kind)]
    return found


def _met(edition: Edition) -> set[Pair]:
    """Pairs that have agreed to meet, or have met."""
    rows = Meeting.objects.filter(edition=edition, state__in=[Meeting.State.ACCEPTED, Meeting.State.HELD])
    return set(rows.order_by().values_list("exhibitor", "importer"))


def _suggested(worth: Mapping[Pair, int], most: int) -> set[Pair]:
    """For each importer the best, so many at most; for each exhibitor a few, so that it is seen."""
    had: Counter[str] = Counter()
    found = set()
    for exhibitor, importer in sorted(worth, key=lambda pair: (-worth[pair], pair)):
        if had[f"i{importer}"] < most or had[f"e{exhibitor}"] < min(SEEN, most):
            found.add((exhibitor, importer))
            had[f"i{importer}"] += 1
            had[f"e{exhibitor}"] += 1
    return found


def _meetings(agreed: Iterable[Agreed], wanted: Mapping[Pair, int], ahead: range, heals: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    seen: set[Pair] = set()
    for one in agreed:
        again = f".{one.pk}" if one.pair in seen else ""
        seen.add(one.pair)
        row = _meeting(one.pair, MUST) | {"required": True, "meeting": one.pk}
        row["id"] += again
        free = heals and one.slot in ahead
        found.append(row | ({"session": AHEAD, "was": one.slot} if free else {"fixed": one.slot}))
    return found + [_meeting(pair, weight) | {"session": AHEAD} for pair, weight in wanted.items()]


def _meeting(pair: Pair, weight: int) -> dict[str, Any]:
    exhibitor, importer = f"e{pair[0]}", f"i{pair[1]}"
    return {"id": f"{exhibitor}-{importer}", "between": [exhibitor, importer], "weight": weight}


def _days(times: Sequence[Slot]) -> list[list[int]]:
    """The first slot of each day, and the first after it."""
    days, begins = [], 0
    for _day, of_day in groupby(times, key=lambda slot: slot.starts_at.date()):
        begins, first = begins + len(list(of_day)), begins
        days.append([first, begins])
    return days
