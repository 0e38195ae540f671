"""Exhibitors offered as neighbours, found by a few letters of their names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from booths.models import Application
from booths.querysets import possible_neighbours
from fairs.inputs import whole_numbers
from fairs.models import Company

MOST_FOUND = 8


@dataclass(frozen=True)
class Offered:
    """Exhibitors to choose neighbours from: the chosen ones, and those that a search found."""

    name: str
    words: str
    chosen: list[Company]
    found: list[Company]


def offered(application: Application, name: str, chosen: Iterable[Any], words: str) -> Offered:
    """What to show of the exhibitors; nobody before somebody is asked for, so that the list stays short."""
    keys = set(whole_numbers(str(getattr(one, "pk", one)) for one in chosen))
    possible = possible_neighbours(application).select_related("craft_village", "province")
    named = Company.objects.filter(pk__in=application.neighbour_wishes.values("company"))
    kept = {one.pk: one for rows in (possible, named) for one in rows.filter(pk__in=keys)}
    found = possible.search(words).exclude(pk__in=keys)[:MOST_FOUND] if words.strip() else []
    return Offered(name, words, list(kept.values()), list(found))
