"""How the desk narrows the list of importers."""

from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.http import QueryDict

from buyers.apart import STEPS, at_step
from buyers.models import Registration
from buyers.querysets import RegistrationQuerySet
from buyers.wish_filter import WishFilter
from fairs.models import Edition
from fairs.templatetags.fair import country
from fairs.text import fold

SORTS = {
    "name": ["person__folded", "pk"],
    "company": ["company__folded", "pk"],
    "country": ["company__country", "person__folded", "pk"],
    "registered": ["registered_at", "pk"],
}


class ImporterFilter:
    """State, grade, country, words and order, from the address; what is not understood is left out."""

    def __init__(self, asked: QueryDict, rows: RegistrationQuerySet, edition: Edition) -> None:
        self.rows = rows
        self.wishes = WishFilter(asked, edition)
        self.words = asked.get("q", "").strip()
        self.state = _known(asked.get("state"), Registration.State.values)
        self.grade = _known(asked.get("grade"), Registration.Grade.values)
        self.country = asked.get("country", "")[:2]
        self.attended = asked.get("attended") == "yes"
        self.step = _known(asked.get("step"), list(STEPS))
        self.sort = asked.get("sort", "") if asked.get("sort", "").lstrip("-") in SORTS else ""

    @property
    def qs(self) -> QuerySet[Registration]:
        """The rows that remain, in their order: those who wait for an answer first."""
        found = self.wishes.applied(self.rows.search(self.words))
        for column, value in (("state", self.state), ("grade", self.grade), ("company__country", self.country)):
            found = found.filter(**{column: value}) if value else found
        if self.attended:
            found = found.filter(state="approved").present()
        return at_step(found, self.step).order_by(*self._order())

    @property
    def grades(self) -> list[tuple[str, Any]]:
        """The grades to choose from."""
        return list(Registration.Grade.choices)

    @property
    def countries(self) -> list[tuple[str, str]]:
        """The countries that importers of this edition come from, by name."""
        codes = self.rows.order_by().values_list("company__country", flat=True).distinct()
        return sorted(((code, country(code)) for code in codes), key=lambda pair: fold(pair[1]))

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(
            self.words or self.state or self.grade or self.country or self.attended or self.step or self.wishes.narrowed
        )

    def state_options(self, counts: dict[str, int]) -> list[dict[str, Any]]:
        """The states to choose from, each with its count."""
        return [
            {"value": state, "label": label, "current": self.state == state, "count": counts[state]}
            for state, label in Registration.State.choices
        ]

    def _order(self) -> list[Any]:
        if not self.sort:
            return [Case(When(state="registered", then=0), default=1), F("registered_at").asc(nulls_last=True), "pk"]
        columns = SORTS[self.sort.lstrip("-")]
        return [f"-{columns[0]}", *columns[1:]] if self.sort.startswith("-") else columns


def _known(value: str | None, choices: list[str]) -> str:
    return value if value in choices else ""
