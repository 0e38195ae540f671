"""Support that may come twice: rules for the same companies, and companies with grants of more than one rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from fairs.models import Company, Edition, Grant, SupportRule
from fairs.money.grants import year_of

FAR = 2**15


@dataclass(frozen=True)
class Overlap:
    """Two rules for the same fee that one company may fit."""

    first: SupportRule
    second: SupportRule

    @property
    def both(self) -> bool:
        """Whether both are given; else only the first is, wherever it gives something."""
        return self.first.adds or self.second.adds


@dataclass(frozen=True)
class Several:
    """A company that was granted support by more than one rule in a year, at any fair."""

    company: Company
    grants: Sequence[Grant]

    @property
    def sum(self) -> Decimal:
        """All of it, in đồng."""
        return sum((grant.amount for grant in self.grants), Decimal(0))

    @property
    def past_ceiling(self) -> bool:
        """Whether a kind came to more than any of its rules allows, such as after two companies were merged."""
        return any(
            grant.rule.ceiling is not None and grant.allowance.granted > grant.rule.ceiling for grant in self.grants
        )


def overlaps(rules: Iterable[SupportRule]) -> list[Overlap]:
    """Every two of the rules, with their provinces fetched, that one company may fit on one day."""
    return [Overlap(one, other) for one, other in combinations(rules, 2) if overlap(one, other)]


def overlap(one: SupportRule, other: SupportRule) -> bool:
    """Whether a company may fit both rules, for the same fee."""
    return (
        one.item == other.item
        and (not one.legal_form or not other.legal_form or one.legal_form == other.legal_form)
        and _meet(_provinces(one), _provinces(other))
        and _days(one, other)
        and max(one.times_from, other.times_from) <= min(one.times_to or FAR, other.times_to or FAR)
    )


def overlapping(rule: SupportRule) -> list[SupportRule]:
    """The other rules of its edition that a company may fit beside it."""
    others = SupportRule.objects.filter(edition=rule.edition_id).exclude(pk=rule.pk).prefetch_related("provinces")
    return [other for other in others if overlap(rule, other)]


def several(edition: Edition) -> list[Several]:
    """Companies supported at this edition that several rules supported in its year; the most first."""
    here = Grant.objects.granted().filter(edition=edition).order_by().values("company")
    rows = Grant.objects.granted().filter(company__in=here, allowance__year=year_of(edition))
    whole = rows.select_related("company", "edition", "allowance", "rule__fund", "rule__legal_basis", "line__notice")
    by_company: dict[int, list[Grant]] = {}
    for grant in whole.order_by("company__folded", "company", "pk"):
        by_company.setdefault(grant.company_id, []).append(grant)
    found = [Several(grants[0].company, grants) for grants in by_company.values()]
    return sorted(
        (one for one in found if len({grant.rule_id for grant in one.grants}) > 1 or one.past_ceiling),
        key=lambda one: -one.sum,
    )


def _meet(one: set[int], other: set[int]) -> bool:
    return not one or not other or bool(one & other)


def _provinces(rule: SupportRule) -> set[int]:
    return {province.pk for province in rule.provinces.all()}


def _days(one: SupportRule, other: SupportRule) -> bool:
    begins = max(one.valid_from or date.min, other.valid_from or date.min)
    return begins <= min(one.valid_to or date.max, other.valid_to or date.max)
