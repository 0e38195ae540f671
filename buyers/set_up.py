"""What an edition begins with, and what it takes over from an earlier one: grades, markets, quotas, gates."""

from typing import Any

from buyers.grades import begin_grades
from buyers.models import Gate, Grade, Market, Quota
from fairs.discovery import add_beginning, add_copier
from fairs.models import Edition


def copy_gates(source: Edition, target: Edition) -> None:
    """The same doors under the same names."""
    Gate.objects.bulk_create(
        Gate(edition=target, name_vi=gate.name_vi, name_en=gate.name_en) for gate in source.gates.all()
    )


def copy_grades(source: Edition, target: Edition) -> None:
    """The same grades, markets and quotas, with all places free."""
    grades = [(grade, _again(grade, target)) for grade in source.grades.all()]
    markets = [(market, _again(market, target)) for market in source.markets.all()]
    Grade.objects.bulk_create(new for _old, new in grades)
    Market.objects.bulk_create(new for _old, new in markets)
    grade_of, market_of = ({old.pk: new for old, new in pairs} for pairs in (grades, markets))
    Quota.objects.bulk_create(
        Quota(grade=grade_of[quota.grade_id], market=market_of.get(quota.market_id), places=quota.places)
        for quota in Quota.objects.filter(grade__edition=source).order_by("pk")
    )


def _again(thing: Any, target: Edition) -> Any:
    """A copy for another edition, not yet saved."""
    names = [field.name for field in thing._meta.concrete_fields if field.name not in ("id", "edition")]
    return type(thing)(edition=target, **{name: getattr(thing, name) for name in names})


add_beginning(begin_grades)
add_copier(copy_grades)
add_copier(copy_gates)
