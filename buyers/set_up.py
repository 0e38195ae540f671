"""What an edition begins with, and what it takes over from an earlier one: grades, quotas, gates, letters for visas."""

from typing import Any

from buyers.actions.visa_rules import copy_visa_rules
from buyers.checklists import begin_checklist
from buyers.grades import begin_grades
from buyers.models import Area, CompanionRules, EvidenceItem, Gate, GateRules, Grade, HostedTerms, Market, Quota
from fairs.discovery import add_beginning, add_copier
from fairs.models import Edition


def copy_gates(source: Edition, target: Edition) -> None:
    """The same doors under the same names; who may pass them when depends on the days, and is set anew."""
    areas: dict[int | None, Area] = {
        area.pk: Area.objects.create(edition=target, name_vi=area.name_vi, name_en=area.name_en)
        for area in source.areas.all()
    }
    Gate.objects.bulk_create(
        Gate(
            edition=target,
            name_vi=gate.name_vi,
            name_en=gate.name_en,
            area=areas.get(gate.area_id),
            per_minute=gate.per_minute,
        )
        for gate in source.gates.all()
    )
    if rules := GateRules.objects.filter(edition=source).first():
        GateRules.objects.create(edition=target, again_minutes=rules.again_minutes, wipe_days=rules.wipe_days)


def copy_grades(source: Edition, target: Edition) -> None:
    """The same grades, markets and quotas, with all places free, the same checklist and terms of hosting."""
    grades = [(grade, _again(grade, target)) for grade in source.grades.all()]
    markets = [(market, _again(market, target)) for market in source.markets.all()]
    Grade.objects.bulk_create(new for _old, new in grades)
    Market.objects.bulk_create(new for _old, new in markets)
    grade_of = {old.pk: new for old, new in grades}
    market_of: dict[int | None, Market] = {old.pk: new for old, new in markets}
    Quota.objects.bulk_create(
        Quota(
            grade=grade_of[quota.grade_id],
            market=market_of[quota.market_id] if quota.market_id else None,
            places=quota.places,
        )
        for quota in Quota.objects.filter(grade__edition=source).order_by("pk")
    )
    HostedTerms.objects.bulk_create(_again(terms, target) for terms in source.hosted_terms.all()[:1])
    for item in source.evidence_items.prefetch_related("grades"):
        made = EvidenceItem.objects.create(**_facts(item, target))
        made.grades.set(grade_of[grade.pk] for grade in item.grades.all())


def _again(thing: Any, target: Edition) -> Any:
    """A copy for another edition, not yet saved."""
    return type(thing)(**_facts(thing, target))


def _facts(thing: Any, target: Edition) -> dict[str, Any]:
    names = [field.name for field in thing._meta.concrete_fields if field.name not in ("id", "edition")]
    return {"edition": target} | {name: getattr(thing, name) for name in names}


def begin(edition: Edition) -> None:
    """The usual grades, and the checklist that goes with them."""
    begin_grades(edition)
    begin_checklist(edition)


add_beginning(begin)
add_copier(copy_grades)
add_copier(copy_gates)
add_copier(copy_visa_rules)


def copy_companion_rules(source: Edition, target: Edition) -> None:
    """As many companions as before."""
    for rules in CompanionRules.objects.filter(edition=source):
        CompanionRules.objects.update_or_create(edition=target, defaults={"at_most": rules.at_most})


add_copier(copy_companion_rules)
