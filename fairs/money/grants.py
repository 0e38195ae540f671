"""Support as it is granted: who a rule fits, how much a ceiling leaves, and the grants that follow their notices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import F

from fairs import clock
from fairs.journal import record
from fairs.models import Allowance, Company, Edition, Grant, Notice, NoticeLine, Participation, SupportRule
from fairs.money.currencies import minor_units
from fairs.permissions import Actor

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Share:
    """The line by which a rule takes something off, not yet saved."""

    rule: SupportRule
    line: NoticeLine


@dataclass
class Claimant:
    """A company as the rules of an edition look at it; what takes a question to the database is asked when needed."""

    edition: Edition
    company: Company
    legal_form: str
    groups: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def province_id(self) -> int | None:
        """Of its part in the edition, where that stays; before it has one, its own."""
        part = Participation.objects.filter(edition=self.edition, company=self.company, role="exhibitor").first()
        return part.province_id if part else self.company.province_id

    @cached_property
    def times(self) -> int:
        """Which time it takes part in the series: 1 is the first."""
        parts = Participation.objects.filter(company=self.company, role="exhibitor", state="active")
        before = parts.filter(edition__series=self.edition.series_id, edition__opens_on__lt=self.edition.opens_on)
        return 1 + before.count()


def rules_for(who: Claimant, item: str) -> list[SupportRule]:
    """The rules that fit a company today, in their order; only residents are supported."""
    if not who.company.resident:
        return []
    rules = SupportRule.objects.filter(edition=who.edition, item=item).prefetch_related("provinces")
    today = clock.today(who.edition)
    return [rule for rule in rules if fits(rule, who, today)]


def fits(rule: SupportRule, who: Claimant, day: date) -> bool:
    """Whether a rule is for this company on a day."""
    provinces = [province.pk for province in rule.provinces.all()]
    return (
        rule.legal_form in ("", who.legal_form)
        and (not rule.group or rule.group in who.groups)
        and (rule.valid_from or day) <= day <= (rule.valid_to or day)
        and (not provinces or who.province_id in provinces)
        and (
            (rule.times_from == 1 and rule.times_to is None)
            or rule.times_from <= who.times <= (rule.times_to or who.times)
        )
    )


def shares(
    rules: Sequence[SupportRule],
    prices: Sequence[Decimal],
    *,
    covered: Mapping[int, int],
    granted: Mapping[str, Decimal],
) -> list[Share]:
    """What the rules take off things of these prices: the first that gives something, and those that add to it.

    `covered` says for each rule how many of the dearest it supports, `granted` what each kind has had in the year.
    Together they never take more off a thing than it costs, nor off a kind more than its rules' ceilings leave.
    """
    left = sorted(prices, reverse=True)
    given: list[Share] = []
    taken, had = False, dict(granted)
    for rule in rules:
        if taken and not rule.adds:
            continue
        part = _part(rule, sorted(prices, reverse=True), left, covered[rule.pk], had.get(rule.kind, NOTHING))
        if part:
            _take(left, part)
            had[rule.kind] = had.get(rule.kind, NOTHING) + part
            taken = taken or not rule.adds
            given.append(Share(rule, _line(rule, part)))
    return given


def granted_to(company: Company, edition: Edition, rules: Iterable[SupportRule]) -> dict[str, Decimal]:
    """What the company had of each kind in the year of the edition; asks only for kinds with a ceiling."""
    kinds = {rule.kind for rule in rules if rule.ceiling is not None}
    if not kinds:
        return {}
    rows = Allowance.objects.filter(company=company, year=year_of(edition), kind__in=kinds)
    return dict(rows.values_list("kind", "granted"))


def hold_allowances(company: Company, edition: Edition) -> None:
    """Let nobody else grant the company anything of these kinds until the transaction ends; asked before a quote."""
    rules = SupportRule.objects.filter(edition=edition, ceiling__isnull=False).order_by()
    kinds = sorted(set(rules.values_list("kind", flat=True))) if company.resident else []
    for kind in kinds:
        Allowance.objects.get_or_create(company=company, year=year_of(edition), kind=kind)
    if kinds:
        held = Allowance.objects.filter(company=company, year=year_of(edition), kind__in=kinds)
        list(held.select_for_update(no_key=True).order_by("pk"))


def give_grants(notice: Notice, given: Iterable[Share], *, by: Actor) -> list[Grant]:
    """Write that the rules support the lines of a notice just issued; the constraint refuses what passes a ceiling."""
    return [_give(notice, share, by=by) for share in given]


def withdraw_grants(notice: Notice, *, by: Actor) -> None:
    """Take back what was granted on a notice that is owed no more, inside that transaction."""
    for grant in (
        Grant.objects.granted().filter(line__notice=notice).order_by("allowance", "pk").select_related("line__notice")
    ):
        Allowance.objects.filter(pk=grant.allowance_id).update(granted=F("granted") - grant.amount)
        grant.follow("withdraw", by=by)


def year_of(edition: Edition) -> int:
    """The year whose support it is: that of the opening, whenever the notice was issued."""
    return edition.opens_on.year


def _give(notice: Notice, share: Share, *, by: Actor) -> Grant:
    year, amount = year_of(notice.edition), -share.line.amount
    allowance, _new = Allowance.objects.get_or_create(company=notice.company, year=year, kind=share.rule.kind)
    Allowance.objects.filter(pk=allowance.pk).update(granted=F("granted") + amount, ceiling=share.rule.ceiling)
    grant = Grant.objects.create(
        edition=notice.edition, company=notice.company, allowance=allowance, rule=share.rule, line=share.line,
        amount=amount,
    )  # fmt: skip
    record("give", grant, by=by)
    return grant


def _part(rule: SupportRule, prices: list[Decimal], left: list[Decimal], covered: int, had: Decimal) -> Decimal:
    """What one rule takes: its percentage of the dearest it covers, in whole đồng, as far as price and ceiling go."""
    asked = minor_units(sum(prices[:covered], NOTHING) * rule.percent / 100, "VND")
    part = min(asked, sum(left[:covered], NOTHING))
    return part if rule.ceiling is None else max(NOTHING, min(part, rule.ceiling - had))


def _take(left: list[Decimal], part: Decimal) -> None:
    for place, price in enumerate(left):
        off = min(price, part)
        left[place] -= off
        part -= off


def _line(rule: SupportRule, part: Decimal) -> NoticeLine:
    kind: Any = NoticeLine.Kind.SUPPORT
    return NoticeLine(kind=kind, text_vi=rule.name_vi, text_en=rule.name_en, unit_price=-part, amount=-part)
