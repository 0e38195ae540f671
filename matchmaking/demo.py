"""The demonstration's meetings and deals."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from buyers.models import Scan
from fairs import clock, invention
from fairs.demo.plan import hour
from fairs.demo.stages import BEGINNING, moment
from fairs.demo.world import SEED, Demo, planner
from fairs.errors import Refused
from fairs.invention import DealIdea
from fairs.models import Consent, Participation, Person, ProductGroup
from matchmaking.actions.deals import confirm_deal, dispute_deal, record_deal
from matchmaking.actions.meetings import (
    accept_meeting,
    decline_meeting,
    expire_meeting,
    log_walk_in,
    mark_held,
    mark_no_show,
    request_meeting,
)
from matchmaking.actions.rules import set_meeting_rules
from matchmaking.actions.slots import free_slots
from matchmaking.demo_booking import name_receivers, rate_some, rather_then, set_up_desk
from matchmaking.demo_register import Register, lines_of, terms_of
from matchmaking.demo_timetable import BEGUN, plan_wishes
from matchmaking.demo_wishes import say_wishes
from matchmaking.models import Meeting
from matchmaking.wishes import unwanted

OPEN_ON = moment("2018-08-20 09:00")  # hosted importers choose first
BOOKED = 3400  # requests before the fair
WALK_INS = 1000
OFFERS = 40  # quotations for what came up at meetings
FIRST_HOUR = "11:00"  # on the day of their arrival importers plan nothing earlier


@planner(order=40)
def people_meet(demo: Demo) -> None:
    """Requests come in from August to the eve of the fair; answers within two days; walk-ins while it is open."""
    with clock.at(BEGINNING):
        set_meeting_rules(
            demo.edition,
            slot_minutes=30,
            lunch_from=hour(0, "12:00").time(),
            lunch_to=hour(0, "13:00").time(),
            opens_on=OPEN_ON.date(),
            by=demo.officers["director"],
        )
    demo.timeline.at(OPEN_ON - timedelta(days=3), partial(say_wishes, demo))
    demo.timeline.at(OPEN_ON - timedelta(days=2), partial(set_up_desk, demo))
    for days in (0, 25, 50):
        demo.timeline.at(OPEN_ON + timedelta(days=days, hours=1), partial(name_receivers, demo))
    diary = Diary(demo, demo.chance("meetings"))
    demo.timeline.at(BEGUN, partial(plan_wishes, demo, diary.close))
    span = moment("2018-10-17 16:00") - OPEN_ON
    for number in range(demo.many(BOOKED)):
        asked = OPEN_ON + span * ((number + 1) / demo.many(BOOKED)) ** 0.55
        demo.timeline.at(asked, diary.ask)
    for _nth in range(demo.many(WALK_INS)):
        day = diary.chance.randrange(3)
        minutes = diary.chance.uniform(9 * 60 + 20, 17 * 60)
        demo.timeline.at(hour(day, "00:00") + timedelta(minutes=minutes), diary.walk_in)
    deals = Deals(demo, demo.chance("deals"))
    register = Register(demo, demo.chance("register"))
    for number in range(demo.many(OFFERS)):
        at = hour(number % 4, "18:00") + timedelta(minutes=7 * (number // 4))
        demo.timeline.at(at, partial(register.offer, number))
    for number, idea in enumerate(invention.deals(SEED, demo.many(80), demo.many(25))):
        minutes = deals.chance.uniform(10 * 60, 17 * 60)
        demo.timeline.at(hour(idea.day, "00:00") + timedelta(minutes=minutes), partial(deals.sign, idea, number))


@dataclass(frozen=True)
class Side:
    """Who takes part, who of them acts, and in which product groups: read once a simulated day."""

    part: Participation
    person: Person
    groups: frozenset[int]

    @classmethod
    def of(cls, part: Participation) -> "Side":
        """Of a part whose company's people and groups were fetched."""
        return cls(part, _boss(part), frozenset(group.pk for group in part.company.product_groups.all()))


@dataclass
class Diary:
    """Whoever asks whom, and what becomes of it."""

    demo: Demo
    chance: Random
    known: dict[tuple[str, date], list[Side]] = field(default_factory=dict)

    def ask(self) -> None:
        """An importer asks a maker of what it looks for, at a time both have free and the importer will be there.

        Not where one of them has said no: the demonstration's own people do, and so may whoever looks at it meanwhile.
        """
        buyer = self._importer()
        importer, person, maker = buyer.part, buyer.person, self._maker_for(buyer)
        if not maker or unwanted(maker.part, importer):
            return
        exhibitor = maker.part
        there = hour(self.demo.first_day(person.pk), FIRST_HOUR)
        free = [slot for slot in free_slots(exhibitor, importer) if slot.starts_at >= there]
        if free:
            meeting = request_meeting(
                self.demo.edition,
                exhibitor=exhibitor,
                importer=importer,
                person=person,
                starts_at=self.chance.choice(free).starts_at,
                message=self.chance.choice(MESSAGES),
                by=person,
            )
            self.demo.timeline.at(
                clock.now() + timedelta(hours=self.chance.uniform(1, 44)), partial(self.answer, meeting.pk)
            )
            self.demo.timeline.at(meeting.answer_by, partial(self.expire, meeting.pk))

    def answer(self, pk: int) -> None:
        """Four of five makers accept; some decline, some forget."""
        meeting, fate = _meeting(pk), self.chance.random()
        maker = _boss(meeting.exhibitor)
        if not meeting.can("accept") or meeting.lapsed or rather_then(meeting, chance_of=fate):
            return
        if fate < 0.86:
            try:
                accept_meeting(meeting, without_interpreter=True, by=maker)
            except Refused:
                return  # the time has gone to somebody else: the request stays, and expires
            self.demo.timeline.at(meeting.ends_at, partial(self.close, pk))
        elif fate < 0.94:
            decline_meeting(meeting, by=maker, answer="Hôm đó xưởng chúng tôi không có người tiếp.")

    def expire(self, pk: int) -> None:
        """A request that nobody answered in time is over."""
        if Meeting.objects.filter(pk=pk, state__in=Meeting.TRANSITIONS["expire"].sources).exists():  # few are
            expire_meeting(_meeting(pk))

    def close(self, pk: int) -> None:
        """Of ten meetings nine take place, if a gate let the importer in before."""
        meeting, fate = _meeting(pk), self.chance.random()
        maker = _boss(meeting.exhibitor)
        if meeting.importer_person_id not in let_in_by_now(self.demo, meeting.importer_person_id):
            mark_no_show(meeting, absent="importer", by=maker)
        elif fate < 0.91:
            mark_held(meeting, by=maker)
            rate_some(self.demo, meeting, maker)
        elif fate < 0.97:
            mark_no_show(meeting, absent="importer" if fate < 0.955 else "exhibitor", by=maker)

    def walk_in(self) -> None:
        """Somebody who is at the fair stops at a booth and sits down; as long as nobody is, nobody does."""
        inside = let_in_by_now(self.demo) & agreed_to_scans(self.demo)
        guests = [side for side in self._sides("importer") if side.person.pk in inside]
        if not guests:
            return
        guest = self.chance.choice(guests)
        maker = self._maker_for(guest)
        if maker:
            log_walk_in(
                self.demo.edition,
                exhibitor=maker.part,
                importer=guest.part,
                person=guest.person,
                by=maker.person,
                key=f"demo-{clock.now().timestamp()}-{self.chance.random()}",
            )

    def _importer(self) -> Side:
        """Whoever will not travel in the end rarely asks for meetings."""
        importer = self.chance.choice(self._sides("importer"))
        while not self.demo.comes(importer.person.pk) and self.chance.random() < 0.95:
            importer = self.chance.choice(self._sides("importer"))
        return importer

    def _maker_for(self, importer: Side) -> Side | None:
        makers = self._sides("exhibitor")
        fitting = [maker for maker in makers if importer.groups & maker.groups]
        return self.chance.choice(fitting or makers) if makers else None

    def _sides(self, role: str) -> list[Side]:
        """Those who take part by now, read again once a simulated day."""
        today = clock.now().date()
        if (role, today) not in self.known:
            parts = Participation.objects.filter(edition=self.demo.edition, role=role, state="active", host=None)
            fresh = parts.select_related("company").prefetch_related("company__product_groups", "company__people")
            self.known = {key: rows for key, rows in self.known.items() if key[1] == today} | {
                (role, today): [Side.of(part) for part in fresh]
            }
        return self.known[role, today]


@dataclass
class Deals:
    """Contracts and memoranda that come out of meetings held."""

    demo: Demo
    chance: Random

    def sign(self, idea: DealIdea, number: int) -> None:
        """One side records it, mostly the maker, on the day itself, and not before anybody has met."""
        meeting = self._meeting_for(idea)
        if meeting is None:
            self.demo.timeline.at(clock.now() + timedelta(minutes=30), partial(self.sign, idea, number))
            return
        maker = _boss(meeting.exhibitor)
        side = "exhibitor" if self.chance.random() < 0.8 else "importer"
        goods = idea.goods_vi if side == "exhibitor" else idea.goods_en
        deal = record_deal(
            self.demo.edition,
            exhibitor=meeting.exhibitor,
            importer=meeting.importer,
            meeting=meeting,
            recorded_side=side,
            kind="memorandum" if idea.kind == "memorandum" else "trial_order" if idea.trial else "contract",
            product_group=ProductGroup.objects.get(code=idea.group),
            goods=goods,
            terms=terms_of(idea, in_vietnamese=side == "exhibitor"),
            lines=lines_of(idea, goods),
            currency=idea.currency,
            amount=idea.value,
            signed_on=clock.today(self.demo.edition),
            key=f"demo-deal-{number}",
            by=maker if side == "exhibitor" else meeting.importer_person,
        )
        Register(self.demo, self.chance).go_on(deal, number, maker, meeting.importer_person)
        other = meeting.importer_person if side == "exhibitor" else maker
        wait = timedelta(hours=self.chance.expovariate(1 / 9))
        self.demo.timeline.at(clock.now() + wait, partial(self.answer, deal, other))

    def answer(self, deal: Any, other: Person) -> None:
        """Nearly all confirm; one or two state another amount; a few never answer."""
        fate = self.chance.random()
        if fate < 0.93:
            confirm_deal(deal, by=other)
        elif fate < 0.96:
            dispute_deal(
                deal, by=other, other_amount=(deal.amount * 9 / 10).quantize(deal.amount), note="We agreed on less."
            )

    def _meeting_for(self, idea: DealIdea) -> Meeting | None:
        """A meeting held by now in which the goods fit and of which no deal came yet; else any."""
        held = Meeting.objects.filter(edition=self.demo.edition, state="held", deals__isnull=True).with_sides()
        held = held.select_related("importer_person").prefetch_related("exhibitor__company__people")
        fitting = held.filter(exhibitor__company__product_groups__code=idea.group).distinct()
        found = list(fitting[:60]) or list(held[:60])
        return self.chance.choice(found) if found else None


MESSAGES = [
    "We would like to see your new designs and discuss prices for a first order.",
    "Please show us samples with certificates. We plan one container in spring.",
    "We are looking for a long-term maker for our own brand.",
    "We met last year. Let us talk about this season’s collection.",
    "",
]


def let_in_by_now(demo: Demo, *people: int) -> set[int]:
    """The people whom a gate has let in so far, or those of some: nobody else meets."""
    entries = Scan.objects.filter(edition=demo.edition, badge__kind="importer").entries().order_by()
    if people:
        entries = entries.filter(badge__person__in=people)
    return set(entries.values_list("badge__person", flat=True).distinct())


def agreed_to_scans(demo: Demo) -> set[int]:
    """The people who agreed that a scan of their badge names them: a maker notes a meeting with nobody else."""
    purpose = Consent.Purpose.SHARE_ON_SCAN
    agreed = Consent.objects.filter(edition=demo.edition, purpose=purpose, withdrawn_at=None)
    return set(agreed.values_list("person", flat=True))


def _boss(part: Participation) -> Person:
    return next(iter(part.company.people.all()))


def _meeting(pk: int) -> Meeting:
    whole = Meeting.objects.with_sides().select_related("edition", "importer_person")
    return whole.prefetch_related("exhibitor__company__people").get(pk=pk)
