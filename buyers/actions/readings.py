"""Readings of badges at the gates, asked about at the door or sent later."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from buyers.access import Access, access_to
from buyers.actions.badges import exhibits
from buyers.actions.devices import key_hash
from buyers.codes import fields_of, is_short_code, normalise
from buyers.entering import Passage, answer, entries
from buyers.models import Badge, Device, Gate, GateRules, Scan
from fairs import clock
from fairs.errors import Invalid, Refused, TooMany
from fairs.live import announce
from fairs.models import Company, Edition, Person
from fairs.permissions import Actor, require

# One who types at random is stopped long before a code is found; a signed code is never guessed.
UNKNOWN_AT_MOST, UNKNOWN_WITHIN = 20, timedelta(minutes=5)
CLOCKS_DIFFER = timedelta(minutes=10)
SENT_LATER_AT_MOST = timedelta(days=1)
# Written by hand, not put together anew each time: they are asked for every reading while somebody waits.
DEVICE = "SELECT id, state, edition_id, gate_id, seen_at, listed_at, unsent FROM buyers_device WHERE key_hash = %s"
BADGE = """
SELECT badge.id, badge.state, badge.kind, badge.edition_id, badge.organisation, badge.person_id, badge.company_id,
    person.full_name AS holder, company.name_vi AS firm
FROM buyers_badge badge
JOIN fairs_person person ON person.id = badge.person_id
LEFT JOIN fairs_company company ON company.id = badge.company_id
WHERE badge.edition_id = %s
"""
PASSAGES = """
SELECT scan.id, scan.at, scan.key, scan.direction, scan.entered, scan.gate_id
FROM buyers_scan scan
JOIN buyers_gate gate ON gate.id = scan.gate_id
WHERE scan.badge_id = %s AND scan.result IN (%s, %s) AND gate.area_id"""


@dataclass(frozen=True)
class Reading:
    """One reading as it was told: by which gate, of what code, when; `result` is what a screen has said already.

    A `live` one is asked about while the person stands in the door: it comes after everything that is known.
    """

    gate: Gate
    key: str
    code: str
    direction: str
    at: datetime
    result: str = ""
    device_at: datetime | None = None
    device: Device | None = None
    by: Actor = None
    live: bool = False


def scan_badge(
    gate: Gate,
    *,
    code: str,
    direction: str,
    key: str,
    by: Actor,
    at: datetime | None = None,
    door: "Door | None" = None,
) -> Scan:
    """Read a badge by its signed code or its typed short one, and say in `result` what the gate answers.

    The same key again answers the first reading. `at` is the moment of a reading sent later, within a day; `door` is
    what decides, where it was read before. Refuses with `too_many_unknown`, `from_the_future`, `too_old` and
    `key_used`.
    """
    require(by, "buyers.scan", gate)
    reading = Reading(gate, key, normalise(code), direction, _moment(at), by=by, live=at is None)
    if is_short_code(reading.code):
        _not_too_many(gate.edition, by=by)
    return (door or Door(gate.edition)).take(reading)


def take_readings(door: "Door", *, readings: Iterable[Reading]) -> list[Scan | Refused]:
    """What devices have read, each in a transaction of its own; a reading that is refused does not hold up the others.

    One without `result` is asked about now: a person stands in the door. Sent again, a reading is not counted again,
    and what its screen said last is kept. Refuses with `too_many_unknown` typed codes asked about at random.
    """
    taken: list[Scan | Refused] = []
    for reading in readings:
        if not reading.result and is_short_code(reading.code):
            _not_too_many(door.edition, device=reading.device)
        try:
            taken.append(door.take(reading))
        except Refused as refusal:
            taken.append(refusal)
    return taken


def device_with(key: str) -> Device | None:
    """The device that has this key, whatever its state."""
    return next(iter(Device.objects.raw(DEVICE, [key_hash(key)])), None)


class Door:
    """What decides at the gates of one edition, read once for many readings."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.again_after = GateRules.of(edition).again_after

    @classmethod
    def known(cls, edition_pk: int) -> "Door":
        """That of an edition, as this process knew it some seconds ago at most: devices ask many times a second.

        Shared by all who ask, so nobody changes it.
        """
        seconds = settings.GATES_KNOW_FOR
        return _known(edition_pk, time.monotonic() // seconds) if seconds else _door(edition_pk)

    @cached_property
    def gates(self) -> dict[int, Gate]:
        """The gates by their keys."""
        return {gate.pk: gate for gate in Gate.objects.filter(edition=self.edition)}

    @cached_property
    def access(self) -> Access:
        """Who may pass when; a reading that a screen has answered already does not ask."""
        return access_to(self.edition)

    def take(self, reading: Reading) -> Scan:
        """Answer and keep one reading; refuses with `key_used` a key that stands for another badge or gate."""
        badge = None
        try:
            with transaction.atomic():
                badge = self._locked(reading.code)
                scan = self._scan(reading, badge)
                self._count(scan, live=reading.live)
                if not reading.result and scan.direction == Scan.Direction.IN and scan.result == Scan.Result.OK:
                    scan.result = Scan.Result.OK if scan.entered else Scan.Result.AGAIN
                scan.save(force_insert=True)
                announce(self.edition, "gate")
        except IntegrityError:
            return self._read_before(reading, badge)
        return scan

    def _locked(self, code: str) -> Badge | None:
        """The badge with this code, locked, so that two gates reading it at once see each other."""
        held = fields_of(code)
        if not held:
            return None
        lock = " FOR UPDATE OF badge" if connection.features.has_select_for_update_of else ""
        asked = BADGE + "".join(f" AND badge.{name} = %s" for name in held) + lock
        badge: Any = next(iter(Badge.objects.raw(asked, [self.edition.pk, *held.values()])), None)
        if badge:
            badge.person = Person.from_db(None, ("id", "full_name"), (badge.person_id, badge.holder))
        if badge and badge.company_id:
            badge.company = Company.from_db(None, ("id", "name_vi"), (badge.company_id, badge.firm))
        return badge

    def _scan(self, reading: Reading, badge: Badge | None) -> Scan:
        return Scan(
            edition=self.edition,
            gate=reading.gate,
            device=reading.device,
            badge=badge,
            at=reading.at,
            device_at=reading.device_at,
            direction=reading.direction,
            result=reading.result or self._answer(reading, badge),
            by=reading.by,
            key=reading.key,
        )

    def _answer(self, reading: Reading, badge: Badge | None) -> str:
        """Whether the gate opens; that a badge is in already comes of counting."""
        if badge is None:
            return Scan.Result.UNKNOWN
        revoked = badge.state == Badge.State.REVOKED or not self._still_exhibits(badge)
        if reading.direction == Scan.Direction.OUT:
            return Scan.Result.REVOKED if revoked else Scan.Result.OK
        return answer(
            self.access.windows.get(badge.kind, ()),
            area=reading.gate.area_id,
            own_rules=reading.gate.area_id in self.access.areas,
            at=reading.at,
            revoked=revoked,
        )

    def _count(self, scan: Scan, *, live: bool = False) -> None:
        """Say of this reading and of all others of its badge in this area which count as entries."""
        if scan.badge is None:
            return
        rows = [row for row in _passages(scan.badge.pk, scan.gate.area_id) if row.key != scan.key]
        if live and rows:  # of many gates at one moment, the first in line is the first
            scan.at = max(scan.at, max(row.at for row in rows) + timedelta(microseconds=1))
        told = [scan] if scan.result in Scan.PASSED else []
        counted = entries((_passage(row) for row in [*rows, *told]), self.again_after)
        scan.entered = scan.key in counted
        before = [row for row in rows if row.key in counted and row.at <= scan.at]
        scan.entry_before = max(before, key=lambda row: row.at, default=None)
        for row in rows:
            if row.entered != (row.key in counted):
                Scan.objects.filter(pk=row.pk).update(entered=not row.entered)

    def _still_exhibits(self, badge: Badge) -> bool:
        """A pass ends with its company's part; the part is common ground, the application behind it is not."""
        return badge.kind != Badge.Kind.EXHIBITOR or exhibits(self.edition, badge.company).exists()

    def _read_before(self, reading: Reading, badge: Badge | None) -> Scan:
        """The reading with this key, with what its screen said last."""
        with transaction.atomic():
            badge = self._locked(reading.code)
            known = Scan.objects.with_faces().filter(key=reading.key, gate=reading.gate, badge=badge).first()
            if known is None:
                sentence = _("This reading has been sent before for another badge or gate. Scan it once more.")
                raise Refused("key_used", sentence)
            if reading.result and reading.result != known.result:
                known.result = reading.result
                self._count(known)
                known.save(update_fields=["result", "entered"])
        return known


def _door(edition_pk: int, _span: float = 0) -> Door:
    door = Door(Edition.objects.select_related("gate_rules").get(pk=edition_pk))
    door.gates, door.access  # noqa: B018 - known with it
    return door


_known = lru_cache(maxsize=8)(_door)


def _passages(badge: int, area: int | None) -> Iterable[Scan]:
    """The readings after which this badge walked through a door of an area, or of the fair."""
    here, more = (" IS NULL", []) if area is None else (" = %s", [area])
    return Scan.objects.raw(PASSAGES + here, [badge, *Scan.PASSED, *more])


def _passage(scan: Scan) -> Passage:
    return Passage(scan.at, scan.key, scan.direction == Scan.Direction.IN)


def _moment(at: datetime | None) -> datetime:
    now = clock.now()
    if at and at > now + CLOCKS_DIFFER:
        sentence = _("This reading is dated in the future. Set the clock of the device.")
        raise Invalid("from_the_future", sentence, {"at": [sentence]})
    if at and at < now - SENT_LATER_AT_MOST:
        sentence = _("This reading is more than a day old, too old to be counted. Check the clock of the device.")
        raise Invalid("too_old", sentence, {"at": [sentence]})
    return min(at or now, now)


def _not_too_many(edition: Edition, **reader: Actor | Device) -> None:
    since = clock.now() - UNKNOWN_WITHIN  # by our clock: what a device says of the time is the guesser's to choose
    unknown = Scan.objects.filter(edition=edition, result=Scan.Result.UNKNOWN, recorded_at__gte=since, **reader)
    if unknown.count() >= UNKNOWN_AT_MOST:
        raise TooMany(
            "too_many_unknown", _("Too many unknown codes. Scan the badge, or wait five minutes before typing again.")
        )
