"""The indicators of an edition: every figure with a target, against it and against the last edition of the series."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from fairs import reports
from fairs.models import Edition
from fairs.reports import Amount, Result, Results


@dataclass(frozen=True)
class Indicator:
    """A figure with a target, and what it came to at the last edition; None where there was none."""

    result: Result
    last: Edition | None = None

    @cached_property
    def before(self) -> Amount | None:
        """What the figure came to at the last edition, measured when it is asked for."""
        if self.last is None:
            return None
        then = Result(self.result.line, self.result.figure, self.result.figure.amounts(self.last), None)
        return reports.in_unit(self.result.unit_of_plan, then)

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
        return reports.in_unit(self.result.unit_of_plan, self.result)

    @property
    def change(self) -> Decimal | None:
        """How many hundredths more than at the last edition; None where that had nothing to compare with."""
        if self.before is None or not self.before.value:
            return None
        return (Decimal(self.actual.value) - Decimal(self.before.value)) * 100 / Decimal(self.before.value)

    @property
    def reached(self) -> bool:
        """Whether the plan is met."""
        return self.result.percent is not None and self.result.percent >= 100


def indicators(edition: Edition, found: Results | None = None) -> list[Indicator]:
    """One for each figure with a target, in the order of the report; `found` is what was measured already."""
    if found is None:
        goals = edition.targets.by_figure()
        aimed = [(line, figure) for line in reports.lines() for figure in line.figures
                 if reports.planned(line, figure, goals) is not None]  # fmt: skip
        shown = [reports.measured(line, figure, edition, goals) for line, figure in aimed]
    else:
        shown = [result for _line, measures in found for result in measures if result.plan is not None]
    last = last_edition(edition)
    return [Indicator(result, last) for result in shown]


def last_edition(edition: Edition) -> Edition | None:
    """The edition of the series before this one, by its days."""
    earlier = Edition.objects.filter(series=edition.series_id, kind=edition.kind, opens_on__lt=edition.opens_on)
    return earlier.order_by("-opens_on", "-pk").first()


def reached(edition: Edition, found: Results | None = None) -> list[Indicator]:
    """Those whose plan is met."""
    return [one for one in indicators(edition, found) if one.reached]


def worth(amount: Amount | None) -> Any:
    """An amount as a cell of money takes it."""
    return None if amount is None else (amount.value, amount.unit)
