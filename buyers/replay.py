"""A day at the gates: devices that read badges, one of them without a network for an hour, and the reception."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from buyers.access import access_to
from buyers.actions.badges import issue_badge
from buyers.actions.devices import add_device
from buyers.actions.gates import add_gate
from buyers.listing import stamp
from buyers.models import Badge, Gate, GateRules
from fairs import clock
from fairs.actions.people import know_person
from fairs.invention.people import vietnamese
from fairs.models import Officer, Person
from fairs.replay.day import Day, happens
from fairs.replay.recount import Count, lost, noted, number, recounts

GATES, ENTRIES, GUESTS = 4, 4500, 150
RUSH, LATER = ("09:00", "10:00"), ("10:00", "16:30")
CUT, BACK, LAST = "10:30", "11:30", "17:50"
CLOCK_OFF = timedelta(seconds=97)  # how far the clock of the gate that is cut is behind
PATIENCE = 1.5  # seconds after which a device answers by itself, as link.js has it
AT_ONCE = 100
LIST_EVERY = timedelta(seconds=15)  # of life, as link.js has it
AT_THE_DOOR, KEPT = "a badge read at a gate", "readings kept without a network, sent later"
LISTS, WELCOME = "list and rules of a gate", "a guest registered at the reception"
GOOD = ("ok", "again")


@dataclass
class Device:
    """A phone at a gate: it asks while a person stands there; without an answer it decides itself and sends later."""

    day: Day
    gate: int
    name: str
    code: str
    behind: timedelta = timedelta(0)
    cut: bool = False
    key: str = ""
    ahead: int = 0  # milliseconds that the server's clock is ahead of its own
    kept: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def enrol(self) -> None:
        """Show the code of its QR, then take rules and list."""
        answer = self._call("enrol/", {"code": self.code}, kind=LISTS)
        self.key = answer.told["key"] if answer.good else ""
        self.take_lists()

    def take_lists(self) -> None:
        """The rules and every page of the list."""
        if self.cut:
            return
        self._call("orders/", None, kind=LISTS)
        nothing: dict[str, Any] = {"badges": [], "more": False}
        after, more = 0, True
        while more:
            answer = self._call(f"badges/?after={after}", None, kind=LISTS)
            told = answer.told if answer.good else nothing
            after, more = (told["badges"][-1][0] if told["badges"] else after), told["more"]

    def read(self, code: str, direction: str, key: str, *, known: bool = True) -> None:
        """One badge in the door."""
        reading = {"key": key, "gate": self.gate, "code": code, "direction": direction, "at": self._now()}
        if self.cut or not self._asked(reading):
            self.kept.append(reading | {"ahead": self.ahead, "result": "ok" if known else "unknown"})
        elif self.kept:
            self.send_kept()

    def lose_network(self) -> None:
        """Nothing gets through."""
        self.cut = True

    def find_network(self) -> None:
        """Everything that was kept is sent; the answer to the first hundred is lost once, so they are sent again."""
        self.cut = False
        self.day.faults.append(f"{self.name} had no network from {CUT} to {BACK}, and kept {len(self.kept):,} readings")
        self._send(self.kept[:AT_ONCE])
        self.send_kept()

    def send_kept(self) -> None:
        """As many at once as the server takes, until all are taken."""
        while self.kept and not self.cut:
            sent = self.kept[:AT_ONCE]
            if not self._take(sent, self._send(sent)):
                return
            del self.kept[: len(sent)]

    def _asked(self, reading: dict[str, Any]) -> bool:
        """Whether the server answered in time."""
        body = {"now": self._now(), "readings": [reading], "unsent": len(self.kept)}
        answer = self._call("readings/", body, kind=AT_THE_DOOR, tries=1, patience=PATIENCE)
        if not answer.good:
            return False
        self.ahead = answer.told["now"] - self._now()
        return self._take([reading], answer)

    def _send(self, readings: list[dict[str, Any]]) -> Any:
        return self._call("readings/", {"now": self._now(), "readings": readings}, kind=KEPT)

    def _take(self, sent: list[dict[str, Any]], answer: Any) -> bool:
        """Note what the server said of each; whether it has taken them."""
        if not answer.good:
            return False
        for one, told in zip(sent, answer.told["readings"], strict=True):
            if told.get("key") != one["key"] or "refused" in told:
                self.day.noted.complain(f"{self.name}: a reading was refused: {told}")
            else:
                self.day.noted.note("kept reading" if "result" in one else "reading", one["key"], text=told["result"])
        return True

    def _call(self, path: str, body: Any, *, kind: str, **how: Any) -> Any:
        headers = {"Authorization": f"Device {self.key}"} if self.key else {}
        method = "GET" if body is None else "POST"
        answer = self.day.site.ask(kind, method, f"/api/v1/gate/{path}", body, headers=headers, **how)
        return self.day.expect(kind, path, answer, frozenset()) if answer.status else answer

    def _now(self) -> int:
        return stamp(clock.now() - self.behind)


@happens(order=20)
def gates(day: Day) -> None:
    """Four gates with a device each; the last one is cut off for an hour."""
    devices = list(_devices(day))
    for number_of, device in enumerate(devices):
        lane = f"gate {number_of + 1}"
        day.at(day.hour("08:20"), lane, LISTS, device.enrol)
        moment = day.hour("08:20")
        while (moment := moment + LIST_EVERY * day.speed) < day.hour(LAST):
            day.at(moment, lane, LISTS, device.take_lists)
        day.at(day.hour(LAST), lane, KEPT, device.send_kept)
    day.at(day.hour(CUT), f"gate {GATES}", "the network is gone", devices[-1].lose_network)
    day.at(day.hour(BACK), f"gate {GATES}", KEPT, devices[-1].find_network)
    chance = day.chance("gates")
    for badge, moment, direction, turn in _passages(day, chance):
        gate = chance.randrange(GATES)
        key = day.key("passage", badge.pk, turn)
        deed = partial(devices[gate].read, badge.qr_code, direction, key)
        day.at(moment, f"gate {gate + 1}", AT_THE_DOOR, deed)
        if chance.random() < 0.03:  # held up twice
            again = partial(devices[gate].read, badge.qr_code, direction, day.key("again", badge.pk, turn))
            day.at(moment + timedelta(seconds=40), f"gate {gate + 1}", AT_THE_DOOR, again)
    for nth in range(day.many(45)):  # a code of something else
        gate, key = chance.randrange(GATES), day.key("stranger", nth)
        stranger = partial(devices[gate].read, f"https://example.org/{nth}", "in", key, known=False)
        day.at(day.between(chance, *LATER), f"gate {gate + 1}", AT_THE_DOOR, stranger)


def _devices(day: Day) -> Iterator[Device]:
    keeper = _officer(day, "gate")
    doors = list(Gate.objects.filter(edition=day.edition, area=None))
    for number_of in range(len(doors), GATES):
        names = f"Cổng {number_of + 1}", f"Gate {number_of + 1}"
        doors.append(add_gate(day.edition, name_vi=names[0], name_en=names[1], by=_officer(day, "director")))
    for gate in doors[:GATES]:
        name_of = gate.name_en
        _device, code = add_device(gate, name=f"Trial {gate.pk}", by=keeper)
        yield Device(day, gate.pk, name_of, code, CLOCK_OFF if gate == doors[GATES - 1] else timedelta(0))


def _passages(day: Day, chance: Random) -> Iterator[tuple[Badge, datetime, str, int]]:
    """As many entries as the day has, a third of them in the first hour; whoever comes again went out before."""
    entries = day.many(ENTRIES)
    people = _people(day, entries * 7 // 10)
    chance.shuffle(people)
    first = {badge: day.between(chance, *(RUSH if n < entries // 3 else LATER)) for n, badge in enumerate(people)}
    for badge, moment in first.items():
        yield badge, moment, "in", 0
    early = [badge for badge, moment in first.items() if moment < day.hour("13:00")]
    for badge in chance.sample(early, min(len(early), entries - len(people))):
        out = first[badge] + timedelta(minutes=chance.uniform(60, 150))
        yield badge, out, "out", 1
        yield badge, out + timedelta(minutes=chance.uniform(30, 90)), "in", 2


def _people(day: Day, wanted: int) -> list[Badge]:
    """Those whose badge opens the gates on this day; who is missing for a full day has registered before."""
    windows, noon = access_to(day.edition).windows, day.hour("12:00")
    kinds = [kind for kind, times in windows.items() if any(one.begins <= noon < one.ends for one in times)]
    known = Badge.objects.valid().filter(edition=day.edition, kind__in=kinds).select_related("person").order_by("pk")
    people, chance, desk = list(known[:wanted]), day.chance("visitors"), _officer(day, "importer_desk")
    while len(people) < wanted:
        idea = vietnamese(chance, position=("", ""), domain="visitors.example")
        person = know_person(email=None, full_name=idea.full_name, given_name=idea.given_name, by=desk)
        people.append(issue_badge(day.edition, person=person, company=None, kind=Badge.Kind.TRADE_VISITOR, by=desk))
    return people


@happens(order=21)
def reception(day: Day) -> None:
    """Who has not registered before gets a badge at the desk; the form is sent twice now and then."""
    chance, desk = day.chance("reception"), day.token(_officer(day, "gate"))
    for nth in range(day.many(GUESTS)):
        idea = vietnamese(chance, position=("", ""), domain="visitors.example")
        asked = {
            "edition": day.edition.slug, "kind": "trade_visitor", "full_name": idea.full_name, "country": "VN",
            "consents": ["registration"], "key": day.key("guest", nth),
        }  # fmt: skip
        moment = day.between(chance, "09:00", "16:00")
        for turn in range(2 if chance.random() < 0.05 else 1):
            day.at(day.soon(moment, turn), f"reception {nth % 3}", WELCOME, partial(_welcome, day, asked, desk))


def _welcome(day: Day, asked: dict[str, Any], desk: str) -> None:
    answer = day.ask(WELCOME, "badges/welcome/", asked, by=desk)
    if answer.good:
        day.noted.note("guest", asked["key"], text=str(answer.told["id"]))


def _officer(day: Day, role: str) -> Person:
    return Officer.objects.filter(edition=day.edition, role=role).select_related("person").order_by("pk")[0].person


# The rule of buyers.entering once more, in SQL: an entry counts when the last one is older, or somebody went out.
ENTERED = """
WITH RECURSIVE passed AS (
    SELECT scan.badge_id, gate.area_id, scan.at, scan.direction = 'in' AS inward, scan.recorded_at,
        ROW_NUMBER() OVER (PARTITION BY scan.badge_id, gate.area_id ORDER BY scan.at, scan.key) AS nth
    FROM buyers_scan scan JOIN buyers_gate gate ON gate.id = scan.gate_id
    WHERE scan.edition_id = %s AND scan.badge_id IS NOT NULL AND scan.result IN ('ok', 'again')),
walked AS (
    SELECT badge_id, area_id, nth, recorded_at, inward AS counts, CASE WHEN inward THEN at END AS entered
    FROM passed WHERE nth = 1
    UNION ALL
    SELECT passed.badge_id, passed.area_id, passed.nth, passed.recorded_at,
        passed.inward AND (entered IS NULL OR passed.at - entered > %s),
        CASE WHEN NOT passed.inward THEN NULL
            WHEN entered IS NULL OR passed.at - entered > %s THEN passed.at ELSE entered END
    FROM walked JOIN passed ON passed.badge_id = walked.badge_id AND passed.nth = walked.nth + 1
        AND passed.area_id IS NOT DISTINCT FROM walked.area_id)
SELECT COUNT(*) FROM walked WHERE counts AND recorded_at >= %s"""


@recounts
def readings(day: Day) -> Iterator[Count]:
    """Every reading once, and every entry by the rule."""
    edition, begins, again = day.edition.pk, day.hour("00:00"), GateRules.of(day.edition).again_after
    for kind, words in (("reading", "readings answered at the door"), ("kept reading", "readings sent later")):
        gone = lost(kind, "SELECT 1 FROM buyers_scan scan WHERE scan.key = noted.key")
        yield Count(f"{noted(kind):,} {words}: not in the tables", 0, gone)
    told = number("SELECT COUNT(DISTINCT key) FROM noted WHERE kind IN ('reading', 'kept reading')")
    rows = number("SELECT COUNT(*) FROM buyers_scan WHERE edition_id = %s AND recorded_at >= %s", edition, begins)
    yield Count("readings of the day in the tables", told, rows)
    counted = "SELECT COUNT(*) FROM buyers_scan WHERE edition_id = %s AND recorded_at >= %s AND entered"
    yield Count("entries of the day", number(ENTERED, edition, again, again, begins), number(counted, edition, begins))


@recounts
def guests(day: Day) -> Iterator[Count]:
    """Every guest one badge."""
    asked = "SELECT COUNT(DISTINCT words) FROM noted WHERE kind = 'guest'"
    yield Count("badges given at the reception", noted("guest"), number(asked))
    gone = "SELECT 1 FROM buyers_badge badge WHERE badge.id = noted.words::bigint"
    yield Count("badges given at the reception: not in the tables", 0, lost("guest", gone))
