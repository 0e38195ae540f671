"""Rows that belong to an edition: read by everybody who sees it, or by its officers alone."""

from typing import Any, ClassVar

from django.db.models import QuerySet

from fairs.api.base import ScopedViewSet
from fairs.models import Edition


class OfEdition(ScopedViewSet):
    """`readers` are the officers' roles that may read; None means everybody, an empty set any officer."""

    readers: ClassVar[frozenset[str] | None] = None
    filterset_fields: ClassVar[list[str]] = ["edition__slug"]

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = type(self).queryset.all()
        return rows.none() if getattr(self, "swagger_fake_view", False) else rows.filter(edition__in=self._editions())

    def _editions(self) -> QuerySet[Edition]:
        if self.readers is None:
            return Edition.objects.visible_to(self.request.user)
        return Edition.objects.run_by(self.request.user, *self.readers)
