"""When booths that are reserved today are to be paid, and how one says it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from booths.models import Application
from fairs import clock
from fairs.money.offered import first_days
from fairs.money.ways import WAYS
from fairs.templatetags.fair import day, number


@dataclass(frozen=True)
class PaymentPlan:
    """What the sale terms come to from a day on; without `balance_on` all is due on the first day."""

    due_on: date
    balance_on: date | None
    in_advance: Decimal
    release_on: date | None
    ways: dict[str, date] = field(default_factory=dict)  # for what is due first, where they differ by the way

    @property
    def in_parts(self) -> bool:
        """Whether a part is due later."""
        return self.balance_on is not None

    @property
    def terms(self) -> dict[str, Any]:
        """As a notice takes it."""
        return {
            "due_on": self.due_on,
            "balance_on": self.balance_on,
            "in_advance": self.in_advance,
            "release_on": self.release_on,
            "ways": self.ways,
        }

    @property
    def sentences(self) -> list[str]:
        """What whoever takes booths is told before."""
        if self.balance_on:
            part = _("Pay %(percent)s%% by %(first)s and the rest by %(last)s.")
            told = part % {
                "percent": number(self.in_advance), "first": day(self.due_on), "last": day(self.balance_on),
            }  # fmt: skip
        else:
            told = _("Pay by %(day)s.") % {"day": day(self.due_on)}
        kept = _("The booths are kept for you until %(day)s; if nothing is paid by then, they are free again.")
        release = [kept % {"day": day(self.release_on)}] if self.release_on else []
        return [told, *self._by_way(), *release, _("Once all is paid you get the permit to build.")]

    def _by_way(self) -> list[str]:
        """Each way with its day, where they differ."""
        if len(set(self.ways.values())) < 2:
            return []
        sentence = _("%(way)s: by %(day)s.")
        return [sentence % {"way": WAYS[code].label, "day": day(until)} for code, until in self.ways.items()]


def payment_plan(application: Application) -> PaymentPlan:
    """When what the application takes today is to be paid."""
    terms, today = application.edition.sale_terms, clock.today(application.edition)
    ways = first_days(application.edition, application.company, days=terms.payment_days)
    due_on = max(ways.values(), default=today + timedelta(days=terms.payment_days))
    in_parts = terms.balance_due_on is not None and terms.balance_due_on > due_on and 0 < terms.in_advance < 100
    return PaymentPlan(
        due_on=due_on,
        balance_on=terms.balance_due_on if in_parts else None,
        in_advance=terms.in_advance,
        release_on=None if terms.release_days is None else due_on + timedelta(days=terms.release_days),
        ways=ways,
    )
