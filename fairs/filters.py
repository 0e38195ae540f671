"""What lists of the common ground can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from fairs.models import BankLine, Company, CraftVillage, Entry, Notice, Payment, Posting, Province


@extend_schema_field(OpenApiTypes.STR)
class WordsFilter(django_filters.CharFilter):
    """Every word must occur, whatever its accents and case."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.search(value) if value else qs  # type: ignore[attr-defined]


class StrictDateField(forms.DateField):
    """A day in ISO form: 2018-10-18."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class DayFilter(django_filters.DateFilter):
    """A day in ISO form."""

    field_class = StrictDateField


class CompanyFilter(django_filters.FilterSet):
    """By country, legal form, the edition it takes part in, or words of its name."""

    q = WordsFilter(label="words of the name or the tax code")
    edition = django_filters.CharFilter("participations__edition__slug", distinct=True)

    class Meta:
        model = Company
        fields = ["country", "legal_form"]


class ProvinceFilter(django_filters.FilterSet):
    """Those that existed on a day, or words of the name."""

    q = WordsFilter(label="words of the name")
    on = DayFilter(method="existed_on", label="those that existed on this day")

    class Meta:
        model = Province
        fields = ["code", "region"]

    def existed_on(self, rows: Any, name: str, day: Any) -> Any:
        """The provinces of a day."""
        return rows.on(day)


class CraftVillageFilter(django_filters.FilterSet):
    """By product group, or words of the name."""

    product_group = django_filters.CharFilter("product_group__code")

    class Meta:
        model = CraftVillage
        fields: list[str] = []


class EntryFilter(django_filters.FilterSet):
    """By edition, verb, object, or the time it was written."""

    since = django_filters.IsoDateTimeFilter("at", "gte")

    class Meta:
        model = Entry
        fields = ["edition__slug", "verb", "object_id", "company"]


class NoticeFilter(django_filters.FilterSet):
    """By edition, company, state (“overdue” too), or words of number and company."""

    q = WordsFilter(label="words of the number or the company's name")
    state = django_filters.ChoiceFilter(
        choices=[*Notice.State.choices, ("overdue", "overdue")], method="in_state", label="its state"
    )

    class Meta:
        model = Notice
        fields = ["edition__slug", "company", "currency"]

    def in_state(self, rows: Any, name: str, state: str) -> Any:
        """Those in a state, or unpaid after their day."""
        return rows.in_state(state)


class BankLineFilter(django_filters.FilterSet):
    """By edition, state, outcome, the statement that brought it, or words of text and payer."""

    q = WordsFilter(label="words of the text, the payer or the bank's reference")

    class Meta:
        model = BankLine
        fields = ["edition__slug", "state", "outcome", "upload", "currency"]


class PaymentFilter(django_filters.FilterSet):
    """By edition, company, way, state, notice, or what waits for a decision."""

    notice = django_filters.NumberFilter(method="on_notice", label="a notice on which its money stands")
    waiting = django_filters.BooleanFilter(method="is_waiting", label="whether a part is on no notice")

    class Meta:
        model = Payment
        fields = ["edition__slug", "company", "way", "state", "currency"]

    def on_notice(self, rows: Any, name: str, notice: Any) -> Any:
        """Those of which money was put onto the notice."""
        return rows.filter(pk__in=Posting.objects.filter(notice=notice).values("payment"))

    def is_waiting(self, rows: Any, name: str, waits: bool) -> Any:
        """Those that wait for a decision, or the others."""
        return rows.waiting() if waits else rows.exclude(pk__in=rows.waiting().order_by().values("pk"))
