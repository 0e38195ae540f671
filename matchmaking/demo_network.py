"""The meetings of the manufacturers' fair: some booked before, most of them walk-ins, 3,899 in all."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random

from fairs import clock
from fairs.demo.network import DAYS, MEETINGS, at
from fairs.demo.stages import BEGINNING, HANOI, moment
from fairs.demo.world import SEED, Demo, planner
from fairs.models import Participation, Person
from matchmaking.actions.meetings import accept_meeting, log_walk_in, mark_held, request_meeting
from matchmaking.actions.rules import set_meeting_rules
from matchmaking.actions.slots import free_slots
from matchmaking.demo import let_in_by_now
from matchmaking.models import Meeting

BOOKED = 240
AFTERNOON = 14
FROM, TO = moment("2018-05-16 09:00"), moment("2018-05-21 17:00")


@planner(order=40, edition="nc")
def manufacturers_meet(demo: Demo) -> None:
    """Twenty minutes each; each buyer books one meeting, and sits down at many booths more."""
    with clock.at(BEGINNING):
        set_meeting_rules(demo.edition, slot_minutes=20, opens_on=FROM.date(), by=demo.officers["director"])
    tables = Tables(demo)
    for number in range(BOOKED):
        demo.timeline.at(FROM + (TO - FROM) * number / BOOKED, partial(tables.book, number))
    demo.timeline.at(moment("2018-05-22 21:00"), tables.plan)


@dataclass
class Tables:
    """Whom each buyer meets."""

    demo: Demo
    chance: Random = field(default_factory=lambda: Random(f"{SEED}/network/meetings"))
    known: dict[str, list[tuple[Participation, Person]]] = field(default_factory=dict)

    def book(self, number: int) -> None:
        """A buyer asks for an afternoon, by when all have come in; the maker agrees at once, and it takes place."""
        importer, buyer = self._sides("importer")[number % len(self._sides("importer"))]
        exhibitor, maker = self.chance.choice(self._sides("exhibitor"))
        free = [slot for slot in free_slots(exhibitor, importer) if slot.starts_at.astimezone(HANOI).hour >= AFTERNOON]
        meeting = request_meeting(
            self.demo.edition,
            exhibitor=exhibitor,
            importer=importer,
            person=buyer,
            starts_at=self.chance.choice(free).starts_at,
            message="",
            by=buyer,
        )
        accept_meeting(meeting, by=maker)
        self.demo.timeline.at(meeting.ends_at, partial(self._close, meeting.pk, maker))

    def plan(self) -> None:
        """The evening before: what was not booked is met without booking, at all hours of the three days."""
        booked = Meeting.objects.filter(edition=self.demo.edition, state="accepted").count()
        for number in range(MEETINGS - booked):
            when = at(self.chance.randrange(DAYS), self.chance.uniform(550, 1015))
            self.demo.timeline.at(when, partial(self._sit_down, number))

    def _sit_down(self, number: int) -> None:
        inside = let_in_by_now(self.demo)
        guests = [side for side in self._sides("importer") if side[1].pk in inside]
        if not guests:  # the first minutes of the first day
            self.demo.timeline.at(clock.now() + timedelta(minutes=10), partial(self._sit_down, number))
            return
        exhibitor, maker = self.chance.choice(self._sides("exhibitor"))
        importer, buyer = self.chance.choice(guests)
        log_walk_in(
            self.demo.edition, exhibitor=exhibitor, importer=importer, person=buyer, by=maker, key=f"demo-{number}"
        )

    def _close(self, pk: int, maker: Person) -> None:
        meeting = Meeting.objects.with_sides().select_related("edition", "importer_person").get(pk=pk)
        mark_held(meeting, by=maker)

    def _sides(self, role: str) -> list[tuple[Participation, Person]]:
        """Everybody of a role with the person in charge, read once: all have come by the time of the first booking."""
        if role not in self.known:
            parts = Participation.objects.filter(edition=self.demo.edition, role=role, state="active")
            whole = parts.order_by("pk").select_related("company")
            self.known[role] = [(part, part.company.memberships.get(role="admin").person) for part in whole]
        return self.known[role]
