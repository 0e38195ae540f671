"""How the desk narrows the list of importers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.http import QueryDict
from django.utils.translation import gettext as _

from buyers.apart import STEPS, at_step
from buyers.models import Grade, HostedContract, Registration
from buyers.querysets import HostedContractQuerySet, RegistrationQuerySet
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


class RegistrationFilter(django_filters.FilterSet):
    """What programs ask registrations by; a grade by its code."""

    grade = django_filters.CharFilter("grade__code")

    class Meta:
        model = Registration
        fields = ["edition__slug", "state", "grade", "company", "company__country"]


class ImporterFilter:
    """State, grade, country, words and order, from the address; what is not understood is left out."""

    def __init__(self, asked: QueryDict, rows: RegistrationQuerySet, edition: Edition, grades: Sequence[Grade]) -> None:
        self.rows, self.grades = rows, grades
        self.wishes = WishFilter(asked, edition)
        self.words = asked.get("q", "").strip()
        self.state = _known(asked.get("state"), Registration.State.values)
        self.grade = _known(asked.get("grade"), [grade.code for grade in grades])
        self.country = asked.get("country", "")[:2]
        self.attended = asked.get("attended") == "yes"
        self.step = _known(asked.get("step"), list(STEPS))
        self.sort = asked.get("sort", "") if asked.get("sort", "").lstrip("-") in SORTS else ""

    @property
    def qs(self) -> QuerySet[Registration]:
        """The rows that remain, in their order: those who wait for an answer first."""
        found = self.wishes.applied(self.rows.search(self.words))
        for column, value in (("state", self.state), ("grade__code", self.grade), ("company__country", self.country)):
            found = found.filter(**{column: value}) if value else found
        if self.attended:
            found = found.filter(state="approved").present()
        return at_step(found, self.step).order_by(*self._order())

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


class VettingFilter:
    """State, country, words, an answer or new evidence, from the address; what is not understood is left out."""

    def __init__(self, asked: QueryDict, rows: RegistrationQuerySet) -> None:
        self.rows = rows
        self.words = asked.get("q", "").strip()
        self.state = _known(asked.get("state"), ["registered", "more"])
        self.country = asked.get("country", "")[:2]
        self.answered = asked.get("answered") == "yes"
        self.fresh = asked.get("fresh") == "yes"

    @property
    def qs(self) -> QuerySet[Registration]:
        """The oldest first, each with how many lines are ticked and how many have something new."""
        found = self.rows.search(self.words)
        for column, value in (("state", self.state), ("company__country", self.country)):
            found = found.filter(**{column: value}) if value else found
        if self.answered:
            found = found.filter(state="registered", questions__answered_at__isnull=False).distinct()
        ticked = Count("evidence", filter=Q(evidence__verdict="ticked", evidence__item__stage="vetting"), distinct=True)
        fresh = Count("evidence", filter=Q(evidence__verdict="", evidence__given_at__isnull=False), distinct=True)
        found = found.annotate(ticked=ticked, fresh=fresh)
        found = found.filter(fresh__gt=0) if self.fresh else found
        return found.select_related("person", "company").order_by(F("registered_at").asc(nulls_last=True), "pk")

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.state or self.country or self.answered or self.fresh)

    countries = ImporterFilter.countries


class HostingFilter:
    """State and words of a list of hostings, from the address; what is not understood is left out."""

    def __init__(self, asked: QueryDict, rows: HostedContractQuerySet, today: date) -> None:
        self.rows, self.today = rows, today
        self.words = asked.get("q", "").strip()
        self.state = _known(asked.get("state"), ["decide", *HostedContract.State.values])

    @property
    def qs(self) -> QuerySet[HostedContract]:
        """The rows that remain, those to be answered first before the others."""
        found = self.rows.search(self.words)
        if self.state == "decide":
            found = found.to_decide(self.today)
        elif self.state:
            found = found.filter(state=self.state)
        joined = found.select_related("registration__person", "company", "grade")
        return joined.order_by("answer_by", "company__folded", "pk")

    @property
    def states(self) -> list[tuple[str, Any]]:
        """The states to choose from."""
        return [("decide", _("Waiting for a decision")), *HostedContract.State.choices]

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.state)


def _known(value: str | None, choices: list[str]) -> str:
    return value if value in choices else ""
