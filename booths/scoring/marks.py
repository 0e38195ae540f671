"""Scores in hundredths of the most possible, from 0.00 to 100.00.

The rule of rounding: a review is its weighted mean, computed exactly and rounded once, half up, to two decimals. An
application is the plain mean of its reviews as they are shown, rounded once more in the same way. So whoever sees the
reviews can add them up with a pocket calculator and comes to the same figure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

CENT = 100


@dataclass(frozen=True, slots=True)
class Mark:
    """What a juror gave for one criterion: 0 to `most` points, which weigh `weight`."""

    points: Decimal
    most: int
    weight: Decimal

    def __post_init__(self) -> None:
        if self.most <= 0 or self.weight <= 0:
            raise ValueError("a criterion has a weight and a most above zero")
        if not 0 <= self.points <= self.most:
            raise ValueError(f"points go from 0 to {self.most}")


def of_review(marks: Iterable[Mark]) -> Decimal:
    """One review in hundredths: the parts of the most possible, weighted. At least one mark is needed."""
    given = list(marks)
    if not given:
        raise ValueError("a review without a mark has no score")
    weighed = sum((Fraction(mark.weight) * Fraction(mark.points) / mark.most for mark in given), Fraction(0))
    return _rounded(100 * weighed / sum((Fraction(mark.weight) for mark in given), Fraction(0)))


def mean(scores: Sequence[Decimal]) -> Decimal | None:
    """One application in hundredths: the mean of its reviews; None while nobody has scored it."""
    if not scores:
        return None
    return _rounded(sum((Fraction(score) for score in scores), Fraction(0)) / len(scores))


def spread(scores: Sequence[Decimal]) -> Decimal:
    """How far the reviews lie apart: highest less lowest, zero for one or none."""
    return max(scores) - min(scores) if scores else Decimal(0)


def reaches(score: Decimal | None, least: Decimal | None) -> bool:
    """Whether a score is at its threshold or above; without a threshold every score is, without a score none."""
    return score is not None and (least is None or score >= least)


def _rounded(value: Fraction) -> Decimal:
    """Half up, to two decimals; values are never negative."""
    cents = (value * CENT + Fraction(1, 2)).__floor__()
    return Decimal(cents).scaleb(-2)
