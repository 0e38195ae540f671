"""How the desk narrows the list of badges."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict

from buyers.models import Badge
from buyers.querysets import BadgeQuerySet
from fairs.filters import WordsFilter
from fairs.inputs import whole_numbers

SORTS = {
    "name": ["person__folded", "pk"],
    "kind": ["kind", "person__folded", "pk"],
    "issued": ["issued_at", "pk"],
}


class BadgeFilter:
    """Kind, state, words and order, and the importers that another list has ticked, by their registrations; from the
    address. What is not understood is left out.
    """

    def __init__(self, asked: QueryDict, rows: BadgeQuerySet) -> None:
        self.rows = rows
        self.words = asked.get("q", "").strip()
        self.kind = _known(asked.get("kind"), Badge.Kind.values)
        self.state = _known(asked.get("state"), Badge.State.values)
        self.ticked = whole_numbers(asked.getlist("chosen"))
        self.sort = asked.get("sort", "") if asked.get("sort", "").lstrip("-") in SORTS else ""

    @property
    def qs(self) -> QuerySet[Badge]:
        """The rows that remain, by name unless another order is asked for."""
        found = self.rows.search(self.words)
        if self.ticked:
            found = found.coming_with(self.ticked)
        for column, value in (("state", self.state), ("kind", self.kind)):
            found = found.filter(**{column: value}) if value else found
        return found.order_by(*self._order())

    @property
    def states(self) -> list[tuple[str, Any]]:
        """The states to choose from."""
        return list(Badge.State.choices)

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.kind or self.state or self.ticked)

    def _order(self) -> list[str]:
        columns = SORTS[self.sort.lstrip("-") or "name"]
        return [f"-{columns[0]}", *columns[1:]] if self.sort.startswith("-") else columns


class BadgesAsked(django_filters.FilterSet):
    """The same for programs: by edition, kind, state, company, person, or words."""

    q = WordsFilter(label="words of the holder's name or company, or the short code")

    class Meta:
        model = Badge
        fields = ["edition__slug", "state", "kind", "company", "person"]


def _known(value: str | None, choices: list[str]) -> str:
    return value if value in choices else ""
