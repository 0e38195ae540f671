"""The indicators of an edition: every figure with a target, against it and against the last edition of the series."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fairs import reports
from fairs.models import Edition
from fairs.reports import Amount, Result


@dataclass(frozen=True)
class Indicator:
    """A figure with a target: what it came to at the last edition, and how many hundredths more it is now.

    Both are None where there was no edition, the second also where that had nothing to compare with.
    """

    result: Result
    before: Amount | None = None
    change: Decimal | None = None

    @property
    def title(self) -> str:
        """The line and the figure in words."""
        return f"{self.result.line.code} {self.result.line.title}: {self.result.figure.label}"

    @property
    def plan(self) -> Amount:
        """The target."""
        return Amount(self.result.plan or Decimal(0), self.result.unit_of_plan)

    @property
    def actual(self) -> Amount:
        """What was reached, in the unit of the plan."""
        return reports.in_unit(self.result.unit_of_plan, self.result.amounts)

    @property
    def reached(self) -> bool:
        """Whether the plan is met."""
        return self.result.reached


def indicators(edition: Edition) -> list[Indicator]:
    """One for each figure with a target, in the order of the report."""
    return compared(reports.aimed(edition), last_edition(edition))


def compared(aimed: Sequence[Result], last: Edition | None) -> list[Indicator]:
    """What was measured of figures with a target, beside the same figures of the last edition."""
    if last is None:
        return [Indicator(one) for one in aimed]
    then = reports.amounts((one.figure for one in aimed), last)
    return [_compared(one, reports.in_unit(one.unit_of_plan, then[one.figure])) for one in aimed]


def last_edition(edition: Edition) -> Edition | None:
    """The edition of the series before this one, by its days."""
    earlier = Edition.objects.filter(series=edition.series_id, kind=edition.kind, opens_on__lt=edition.opens_on)
    return earlier.order_by("-opens_on", "-pk").first()


def _compared(result: Result, before: Amount) -> Indicator:
    if not before.value:
        return Indicator(result, before)
    now, then = Decimal(reports.in_unit(result.unit_of_plan, result.amounts).value), Decimal(before.value)
    return Indicator(result, before, (now - then) * 100 / then)


def worth(amount: Amount | None) -> Any:
    """An amount as a cell of money takes it."""
    return None if amount is None else (amount.value, amount.unit)
