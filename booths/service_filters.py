"""What the list of orders can be narrowed down to."""

from typing import Any, ClassVar

import django_filters as filters

from booths.filters import Sorted
from booths.models import ServiceItem, ServiceOrder


class OrderFilter(Sorted):
    """Orders by words, kind, service and state."""

    SORTS: ClassVar = {
        "booth": ("booth__code", "-ordered_at"),
        "exhibitor": ("application__company__folded", "-ordered_at"),
        "day": ("ordered_at",),
        "status": ("state", "-ordered_at"),
    }

    q = filters.CharFilter(method="search")
    status = filters.ChoiceFilter(field_name="state", choices=ServiceOrder.State.choices)
    kind = filters.ChoiceFilter(method="of_kind", choices=ServiceItem.Kind.choices)
    item = filters.NumberFilter(method="with_item")
    flames = filters.BooleanFilter(method="that_burn")

    class Meta:
        model = ServiceOrder
        fields: ClassVar[list[str]] = []

    def search(self, rows: Any, _name: str, words: str) -> Any:
        """By booth and company."""
        return rows.search(words)

    def of_kind(self, rows: Any, _name: str, kind: str) -> Any:
        """With at least one service of a kind."""
        return rows.filter(lines__item__kind=kind).distinct()

    def with_item(self, rows: Any, _name: str, key: Any) -> Any:
        """With one service."""
        return rows.filter(lines__item=int(key))

    def that_burn(self, rows: Any, _name: str, wanted: bool) -> Any:
        """With open flames, or without."""
        return rows.filter(flames__gt=0) if wanted else rows.filter(flames=0)
