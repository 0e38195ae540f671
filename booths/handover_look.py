"""How the booths of a hall stand at move-in and at move-out, for the officers' lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from booths.actions.windows import closing
from booths.models import Booth, BoothCheck, Fault, Hall, Reservation
from fairs import clock
from fairs.models import Edition
from fairs.text import words_of


@dataclass
class BoothState:
    """A booth that somebody has, with what was found there last."""

    reservation: Reservation
    check: BoothCheck | None = None  # at move-in
    clearance: BoothCheck | None = None  # at move-out
    faults: list[Fault] = field(default_factory=list)  # still open

    @property
    def step(self) -> str:
        """How far move-in has come: handed_over, occupied, built or waiting."""
        if self.reservation.state == Reservation.State.HANDED_OVER:
            return "handed_over"
        if self.check is None:
            return "waiting"
        return "occupied" if self.check.occupied else "built" if self.check.built else "waiting"

    @property
    def left(self) -> str:
        """How it was left: one of the clearances, or nothing while nobody has looked."""
        return self.clearance.clearance if self.clearance else ""

    @property
    def is_clear(self) -> bool:
        """Whether nothing more is to be done at move-out."""
        return self.left == BoothCheck.Clearance.CLEARED


def booth_states(edition: Edition, *, hall: Hall | None = None, words: str = "") -> list[BoothState]:
    """The booths that somebody has, by code: of one hall, or those whose code or exhibitor has every word."""
    rows = Reservation.objects.kept().filter(edition=edition)
    if hall is not None:
        rows = rows.filter(booth__hall=hall)
    for word in words_of(words):
        rows = rows.filter(Q(booth__code__icontains=word) | Q(company__folded__contains=word))
    whole = rows.select_related("booth__hall", "booth__zone", "booth__booth_class", "company", "edition")
    return with_states(list(whole.order_by("booth__code")))


def with_states(rows: Sequence[Reservation]) -> list[BoothState]:
    """Each reservation with its latest checks and open faults, by three statements for all."""
    keys = [row.pk for row in rows]
    checks, clearances = (
        {one.reservation_id: one for one in BoothCheck.objects.last_at(moment).filter(reservation__in=keys)}
        for moment in ("in", "out")
    )
    faults: dict[int, list[Fault]] = {}
    for fault in Fault.objects.open().filter(reservation__in=keys):
        faults.setdefault(fault.reservation_id, []).append(fault)
    return [BoothState(row, checks.get(row.pk), clearances.get(row.pk), faults.get(row.pk, [])) for row in rows]


def counts(states: Iterable[BoothState]) -> dict[str, int]:
    """How many stand at each step of move-in, and how many are clear."""
    found = {"handed_over": 0, "occupied": 0, "built": 0, "waiting": 0, "clear": 0, "not_clear": 0, "faults": 0}
    for one in states:
        found[one.step] += 1
        found["clear" if one.is_clear else "not_clear"] += 1
        found["faults"] += len(one.faults)
    return found


def code_in(read: str) -> str:
    """The booth code in what a camera read, such as the address on a permit, or what somebody typed."""
    text = read.strip().rstrip("/")
    return text.rpartition("/plan/")[2] if "/plan/" in text else text


def booth_called(edition: Edition, read: str) -> Booth | None:
    """The booth with this code, whatever the case of its letters."""
    code = code_in(read)
    found: Booth | None = Booth.objects.filter(edition=edition, code__iexact=code).first() if code else None
    return found


def moment_now(edition: Edition) -> Any:
    """Whether officers are at move-in or, once the fair has closed, at move-out."""
    closes = closing(edition)
    over = closes is not None and clock.now() >= closes
    return BoothCheck.Moment.OUT if over else BoothCheck.Moment.IN
