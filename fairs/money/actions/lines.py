"""What banks say moved on an account: each movement is written once, before anything is decided about it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from django.db import transaction

from fairs.journal import record_many
from fairs.live import announce
from fairs.models import BankAccount, BankLine, Edition, LineReport, Upload
from fairs.permissions import Actor
from fairs.text import ascii_upper

NEAR = timedelta(days=3)  # the days on which two sources may book one movement
ALIKE = 8  # so many letters and digits that two texts share are no chance
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account by the bank's number and its own."""

    bin: str
    number: str

    def __str__(self) -> str:
        return f"{self.bin}:{self.number}"


@dataclass(frozen=True, slots=True)
class Booked:
    """What a source says of one movement; `amount` is negative for money that went out.

    `transaction` is the bank's own reference and `told_as` the id that a service gives it, each empty where there is
    none; `balance` is that of the account after it.
    """

    booked_on: date
    amount: Decimal
    currency: str = "VND"
    text: str = ""
    payer: str = ""
    transaction: str = ""
    told_as: str = ""
    balance: Decimal | None = None


@dataclass(slots=True)
class Received:
    """The keys of the lines that were told of: those written now, and those known before."""

    new: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)


def account_of(edition: Edition) -> Account | None:
    """The account that an edition is paid to."""
    known = BankAccount.objects.filter(edition=edition).first()
    return Account(known.bin, known.number) if known else None


def receive_lines(
    account: Account, told: Sequence[Booked], *, edition: Edition, source: str, channel: str = "", by: Actor,
    upload: Upload | None = None,
) -> Received:  # fmt: skip
    """Write the movements that were not known yet; nothing is decided about them here.

    The caller has checked that the source is what it says. A movement is known again by the id of its service, by the
    bank's reference, or, told by another channel, by day, amount and text; one movement of the one is then one of the
    other. A `channel` is whatever gives its movements the same names each time; empty: the source.
    """
    with transaction.atomic():
        locked = BankAccount.objects.select_for_update().filter(bin=account.bin, number=account.number)
        list(locked.order_by("pk"))  # two sources that tell the same at once come one after the other
        ledger = _Known(account, told, source, channel or source)
        ledger.meet(told)
        lines = BankLine.objects.bulk_create(
            _line(account, booked, ledger.transactions.get(place, ""), edition, upload)
            for place, booked in enumerate(ledger.new)
        )
        LineReport.objects.bulk_create(
            LineReport(
                line_id=lines[found].pk if new else found,
                source=source,
                channel=ledger.channel,
                key=key,
                reference=name,
            )
            for key, (found, new, name) in ledger.reports.items()
        )
        record_many("receive", lines, by=by)
        announce(edition, "money")
    return Received([line.pk for line in lines], ledger.met)


def _line(account: Account, booked: Booked, name: str, edition: Edition, upload: Upload | None) -> BankLine:
    return BankLine(
        edition=edition, bin=account.bin, account=account.number, transaction=name, booked_on=booked.booked_on,
        amount=booked.amount, currency=booked.currency, text=booked.text[:500], payer=booked.payer[:300], upload=upload,
    )  # fmt: skip


class _Known:
    """What is known of an account, asked for each movement that is told; answers by what was not known."""

    def __init__(self, account: Account, told: Sequence[Booked], source: str, channel: str) -> None:
        self.account, self.source, self.channel = account, source, channel[:30]
        self.new: list[Booked] = []
        self.transactions: dict[int, str] = {}  # the bank's reference by the place in `new`
        self.met: list[int] = []
        self.reports: dict[str, tuple[int, bool, str]] = {}  # a line's key or the place in `new`; the reference told
        self._ordinals: Counter[str] = Counter()
        self._texts: dict[str, str] = {}
        self._lines = BankLine.objects.of_account(account.bin, account.number)
        self._read(told)

    def _read(self, told: Sequence[Booked]) -> None:
        names = {self._name(one) for one in told} - {""}
        near = self._lines.none()
        if told:
            days = [one.booked_on for one in told]
            near = self._lines.filter(booked_on__range=(min(days) - NEAR, max(days) + NEAR))
        rows = [*near.values_list(*_FACTS), *self._named(names)]
        self._facts = {row[0]: row for row in rows}
        self._by_name = {(row[4], row[2]): row[0] for row in self._facts.values() if row[4]}
        self._by_amount: dict[Decimal, list[int]] = {}
        for pk in sorted(self._facts):
            self._by_amount.setdefault(self._facts[pk][2], []).append(pk)
        self._channels: dict[int, dict[str, str]] = {}  # of a line, each with the reference that it told
        self._keys: dict[str, int] = {}
        self._agreeing: set[str] = set()  # channels that name movements as this one does
        for key, line, channel, reference in self._told_before():
            self._keys[key] = line
            self._told_by(line, channel, reference)

    def _named(self, names: Iterable[str]) -> Iterable[tuple[int, date, Decimal, str, str]]:
        for part in _parts(sorted(names)):
            yield from self._lines.filter(transaction__in=part).values_list(*_FACTS)

    def _told_before(self) -> Iterable[tuple[str, int, str, str]]:
        for part in _parts(sorted(self._facts)):
            rows = LineReport.objects.filter(line__in=part)
            yield from rows.values_list("key", "line_id", "channel", "reference")

    def _told_by(self, line: int, channel: str, reference: str) -> None:
        """Note that a channel told of a line; two that name one line alike name all of them alike."""
        channels = self._channels.setdefault(line, {})
        channels[channel] = reference
        mine = channels.get(self.channel)
        if mine:
            self._agreeing |= {other for other, named in channels.items() if named == mine}

    def meet(self, told: Iterable[Booked]) -> None:
        """Find the lines of movements by their names first, then by what they are; the rest is new."""
        nameless = []
        for one in told:
            key, name = self._key(one)
            found = self._keys.get(key) or self._told_as(key, one) or self._by_reference(one, name)
            if found is None:
                nameless.append((key, name, one))
            else:
                self._meet(found, key, name)
        for key, name, one in nameless:
            if key in self.reports:
                continue  # the same row twice in one file
            twin = self._twin(one, name)
            if twin is None:
                self._add(one, key, name)
            else:
                self._meet(twin, key, name)

    def _meet(self, line: int, key: str, name: str) -> None:
        self.met.append(line)
        if key not in self._keys:
            self._keys[key] = line
            self.reports[key] = (line, False, name)
            self._told_by(line, self.channel, name)

    def _add(self, one: Booked, key: str, name: str) -> None:
        self.reports[key] = (len(self.new), True, name)
        if name and (name, one.amount) not in self._by_name:
            self.transactions[len(self.new)] = name
            self._by_name[name, one.amount] = 0  # another row of this name and amount has none
        self.new.append(one)

    def _told_as(self, key: str, one: Booked) -> int | None:
        """A service's id may come again long after its day."""
        found = LineReport.objects.filter(key=key).values_list("line_id", flat=True).first() if one.told_as else None
        if found:
            self._keys[key] = found
        return found

    def _by_reference(self, one: Booked, name: str) -> int | None:
        """A line of the bank's reference and of this amount, unless its day is another: then it is no name at all."""
        found = self._by_name.get((name, one.amount)) if name else None
        return found if found and abs(self._facts[found][1] - one.booked_on) <= NEAR else None

    def _twin(self, one: Booked, name: str) -> int | None:
        """A line that only other channels told of, of the same amount, about the same day and with the same text.

        Unless one of them is known to name movements as this one does, and named it otherwise.
        """
        for pk in self._by_amount.get(one.amount, ()):
            _pk, day, _amount, text, _name = self._facts[pk]
            channels = self._channels.get(pk, {})
            if self.channel in channels or abs(day - one.booked_on) > timedelta(days=1):
                continue
            if name and any(channels[other] for other in self._agreeing & channels.keys()):
                continue
            if _alike(text, one.text):
                return pk
        return None

    def _name(self, one: Booked) -> str:
        return " ".join(one.transaction.split())[:60]

    def _key(self, one: Booked) -> tuple[str, str]:
        """How this channel names a movement, and the bank's reference if it can be one."""
        name = self._name(one)
        if one.told_as:
            return f"{self.source}:{one.told_as}"[:160], name
        if name:
            key = f"{self.account}:{name}:{one.amount.normalize():f}:{one.booked_on}"
            if self._texts.setdefault(key, one.text) == one.text:
                return key, name
        said = "|".join((str(one.booked_on), f"{one.amount.normalize():f}", one.currency, one.text, str(one.balance)))
        digest = hashlib.sha256(said.encode()).hexdigest()[:40]
        self._ordinals[digest] += 1
        return f"{self.account}:#{digest}:{self._ordinals[digest]}", ""


_FACTS = ("pk", "booked_on", "amount", "text", "transaction")


def _alike(one: str, other: str) -> bool:
    """Whether two texts are one as two channels print it: the same letters and digits, or one within the other."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return short == long or (len(short) >= ALIKE and short in long)


def _bare(text: str) -> str:
    return ascii_upper(text).replace(" ", "")


def _parts(things: Sequence[Thing], size: int = 5_000) -> Iterable[Sequence[Thing]]:
    """So many at a time as a statement of a database takes."""
    return (things[begin : begin + size] for begin in range(0, len(things), size))
