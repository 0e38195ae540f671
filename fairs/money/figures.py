"""What finance reads off the ledger: what is outstanding and for how long, what comes in when, the book of a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models import CreditNote, Edition, Notice, Payment, Posting
from fairs.money.ways import WITHOUT_MONEY

NOTHING = Decimal(0)


# ---- outstanding by age --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Age:
    """How long something has been due, from `first` to `last` days; the last one has no end."""

    code: str
    label: Any
    first: int
    last: int | None

    def holds(self, days: int) -> bool:
        """Whether so many days late belongs here."""
        return days >= self.first and (self.last is None or days <= self.last)


AGES = [
    Age("not-due", _("Not due yet"), -100_000, 0),
    Age("week", _("1 to 7 days late"), 1, 7),
    Age("month", _("8 to 30 days late"), 8, 30),
    Age("two-months", _("31 to 60 days late"), 31, 60),
    Age("older", _("More than 60 days late"), 61, None),
]


@dataclass(frozen=True)
class Part:
    """A part of a notice that is not paid, with its own day."""

    notice: Notice
    due_on: date
    amount: Decimal
    days_late: int

    @property
    def age(self) -> Age:
        """How old it is."""
        return next(age for age in AGES if age.holds(self.days_late))


def outstanding(edition: Edition) -> list[Part]:
    """Every unpaid instalment, the oldest first; what was paid and credited meets the earliest ones."""
    today = clock.today(edition)
    rows = Notice.objects.filter(edition=edition).unpaid().select_related("company")
    parts = [
        Part(notice, day, amount, max(0, (today - day).days))
        for notice in rows.prefetch_related("instalments")
        for day, amount in notice.unpaid_parts
    ]
    return sorted(parts, key=lambda part: (part.due_on, part.notice.pk))


def sums_by_age(parts: Iterable[Part]) -> dict[str, dict[str, Decimal]]:
    """For each currency what is outstanding in each age, every age named."""
    sums: dict[str, dict[str, Decimal]] = {}
    for part in parts:
        of = sums.setdefault(part.notice.currency, {age.code: NOTHING for age in AGES})
        of[part.age.code] += part.amount
    return dict(sorted(sums.items()))


# ---- cash flow ---------------------------------------------------------------------------------------------
@dataclass
class Week:
    """What came in, went back and is expected in the week from a Monday, in one currency."""

    begins: date
    received: Decimal = NOTHING
    returned: Decimal = NOTHING
    expected: Decimal = NOTHING
    so_far: Decimal = NOTHING  # received less returned since the first week


def received_in(edition: Edition, currency: str, first: date | None = None) -> QuerySet[Payment]:
    """The payments that cash flow counts in a currency; of the week from a day, or all."""
    rows = Payment.objects.filter(edition=edition, currency=currency, state="received").exclude(way__in=WITHOUT_MONEY)
    return rows.filter(received_on__gte=first, received_on__lt=first + timedelta(days=7)) if first else rows


def cash_flow(edition: Edition, currency: str) -> list[Week]:
    """Every week from the first to the last in which money moved or is due."""
    weeks: dict[date, Week] = defaultdict(lambda: Week(date.min))
    for day, amount in received_in(edition, currency).order_by().values_list("received_on").annotate(sum=Sum("amount")):
        weeks[_monday(day)].received += amount
    gone = Posting.objects.filter(payment__edition=edition, payment__currency=currency, refund__isnull=False)
    for moment, amount in gone.order_by().values_list("at", "amount"):
        weeks[_monday(moment.astimezone(edition.zone).date())].returned -= amount
    for part in outstanding(edition):
        if part.notice.currency == currency:
            weeks[_monday(part.due_on)].expected += part.amount
    return _in_a_row(weeks)


def currencies(edition: Edition) -> list[str]:
    """In which currencies the edition is owed or paid anything, the most used first."""
    rows = Notice.objects.filter(edition=edition).order_by().values_list("currency", "pk")
    used: dict[str, int] = defaultdict(int)
    for currency, _pk in rows:
        used[currency] += 1
    for currency in Payment.objects.filter(edition=edition).order_by().values_list("currency", flat=True).distinct():
        used[currency] += 0
    return sorted(used, key=lambda currency: (-used[currency], currency))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _in_a_row(weeks: dict[date, Week]) -> list[Week]:
    if not weeks:
        return []
    row, so_far, monday = [], NOTHING, min(weeks)
    last = max(weeks)
    while monday <= last:
        week = weeks[monday]
        so_far += week.received - week.returned
        week.begins, week.so_far = monday, so_far
        row.append(week)
        monday += timedelta(days=7)
    return row


# ---- the book of a day -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class DayBook:
    """What came in and went back on one day of the fair's own time: postings, so no later day changes it."""

    day: date
    moves: list[Posting]
    credits: list[CreditNote]

    @property
    def received(self) -> list[Posting]:
        """What came in, and what was covered or waived."""
        return [row for row in self.moves if row.kind == Posting.Kind.RECEIVED]

    @property
    def gone(self) -> list[Posting]:
        """What went back, was made void, or came back because it did not arrive."""
        return [row for row in self.moves if row.kind != Posting.Kind.RECEIVED]

    @property
    def sums(self) -> list[tuple[str, str, int, Decimal]]:
        """Currency, way, how many receipts, and their sum."""
        found: dict[tuple[str, str], tuple[int, Decimal]] = {}
        for row in self.received:
            key = (row.payment.currency, row.payment.way)
            count, amount = found.get(key, (0, NOTHING))
            found[key] = (count + 1, amount + row.amount)
        return [(*key, *found[key]) for key in sorted(found)]

    @property
    def totals(self) -> dict[str, Decimal]:
        """For each currency what came in less what went; what brought no money is left out."""
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for row in self.moves:
            if row.payment.way not in WITHOUT_MONEY:
                totals[row.payment.currency] += row.amount
        return dict(sorted(totals.items()))


def day_book(edition: Edition, day: date) -> DayBook:
    """What was written from midnight to midnight where the fair is."""
    begins = datetime.combine(day, time(), edition.zone)
    ends = begins + timedelta(days=1)
    moves = Posting.objects.through_the_door().filter(payment__edition=edition, at__gte=begins, at__lt=ends)
    credits = CreditNote.objects.filter(edition=edition, issued_at__gte=begins, issued_at__lt=ends).order_by("pk")
    return DayBook(
        day,
        list(moves.select_related("payment__company", "refund", "by").order_by("pk")),
        list(credits.select_related("notice__company", "issued_by")),
    )


def last_day(edition: Edition) -> date:
    """The last day on which money moved; today when it never did."""
    last = Posting.objects.filter(payment__edition=edition).order_by("-at").values_list("at", flat=True).first()
    return last.astimezone(edition.zone).date() if last else clock.today(edition)
