"""What lists of booths, applications and exhibitors can be narrowed down to."""

import re
from decimal import Decimal
from typing import Any, ClassVar

import django_filters as filters
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from booths.models import Application, Booth
from booths.querysets import search_exhibitors
from fairs.models import Edition, Participation

STATUSES = [
    ("free", _("Free")),
    ("held", _("On hold")),
    ("reserved", _("Reserved, payment due")),
    ("confirmed", _("Confirmed")),
    ("handed_over", _("Handed over")),
    ("blocked", _("Not to let")),
]


REACHES = [("above", _("At the threshold or above")), ("below", _("Below the threshold")), ("none", _("Not scored"))]


SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)x(\d{1,4}(?:\.\d{1,2})?)", re.ASCII)


class Sorted(filters.FilterSet):
    """A list that can be sorted by some of its columns; an unknown one is ignored."""

    SORTS: ClassVar[dict[str, tuple[str, ...]]] = {}

    def __init__(self, data: Any, queryset: QuerySet[Any], *, edition: Edition) -> None:
        self.edition = edition
        super().__init__(data, queryset)

    @property
    def sorted_by(self) -> str:
        """The `sort` asked for, if it is one of ours."""
        asked = str(self.data.get("sort", ""))
        return asked if asked.removeprefix("-") in self.SORTS else ""

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrowed down, then sorted."""
        rows = super().filter_queryset(queryset)
        columns = self.SORTS.get(self.sorted_by.removeprefix("-"))
        if not columns:
            return rows
        return rows.order_by(*(f"-{column}" if self.sorted_by.startswith("-") else column for column in columns), "pk")


class BoothFilter(Sorted):
    """Booths by words, hall, zone, size and status."""

    SORTS: ClassVar = {
        "code": ("code",),
        "zone": ("zone__order", "code"),
        "class": ("booth_class__name_vi", "code"),
        "sides": ("corner", "open_sides", "code"),
        "status": ("status", "code"),
        "exhibitor": ("exhibitor", "code"),
    }

    q = filters.CharFilter(method="search")
    hall = filters.CharFilter(field_name="hall__code")
    zone = filters.CharFilter(field_name="zone__code")
    size = filters.CharFilter(method="of_size")
    status = filters.ChoiceFilter(choices=STATUSES)

    class Meta:
        model = Booth
        fields: ClassVar[list[str]] = []

    def search(self, rows: Any, _name: str, words: str) -> Any:
        """By code, zone, exhibitor, village, province, product."""
        return rows.search(words)

    def of_size(self, rows: Any, _name: str, size: str) -> Any:
        """Width and depth in metres, such as 3x3; anything else is ignored."""
        found = SIZE.fullmatch(size)
        return rows.filter(width=Decimal(found[1]), depth=Decimal(found[2])) if found else rows


class ApplicationFilter(Sorted):
    """Applications by words, state, zone, province and class."""

    SORTS: ClassVar = {
        "company": ("company__folded",),
        "booths": ("booth_count", "submitted_at"),
        "submitted": ("submitted_at",),
        "state": ("state", "submitted_at"),
        "province": ("company__province__folded", "company__folded"),
        "score": ("score_known", "submitted_at"),
    }

    q = filters.CharFilter(method="search")
    state = filters.ChoiceFilter(choices=[*Application.State.choices, ("waiting", ""), ("all", "")], method="in_state")
    zone = filters.CharFilter(field_name="zones__code")
    origin = filters.CharFilter(field_name="booth_class__origin")
    group = filters.CharFilter(field_name="company__product_groups__code")
    province = filters.CharFilter(field_name="company__province__code")
    reach = filters.ChoiceFilter(choices=REACHES, method="by_reach")

    class Meta:
        model = Application
        fields: ClassVar[list[str]] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What nobody has scored comes after every score, on every database."""
        return super().filter_queryset(queryset.annotate(score_known=Coalesce("score", Decimal(-1))))

    def in_state(self, rows: Any, _name: str, state: str) -> Any:
        """One state, what waits for a decision, or all."""
        if state == "waiting":
            return rows.filter(state__in=Application.WAITING)
        return rows if state == "all" else rows.filter(state=state)

    def by_reach(self, rows: Any, _name: str, reach: str) -> Any:
        """By the threshold; the rows are `with_least`."""
        return {
            "above": rows.at_least,
            "below": rows.below_least,
            "none": lambda: rows.filter(score=None),
        }[reach]()

    def search(self, rows: Any, _name: str, words: str) -> Any:
        """By company, village, province."""
        return rows.search(words)


class ExhibitorFilter(Sorted):
    """Exhibitors by words, product group and province."""

    SORTS: ClassVar = {"name": ("company__folded",), "province": ("province__folded", "company__folded")}

    q = filters.CharFilter(method="search")
    group = filters.CharFilter(field_name="company__product_groups__code")
    province = filters.CharFilter(field_name="province__code")

    class Meta:
        model = Participation
        fields: ClassVar[list[str]] = []

    def search(self, rows: Any, _name: str, words: str) -> Any:
        """By name, village, province, product, HS code or material; accents do not matter."""
        return search_exhibitors(rows, words)
