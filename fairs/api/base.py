"""What every API view shares: scoped reading, parsed input."""

from collections.abc import Mapping
from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import viewsets

from fairs.models import Edition, Person


class ScopedViewSet(viewsets.ReadOnlyModelViewSet):
    """Reads what the person may see; what they may not see does not exist (404)."""

    queryset: QuerySet[Any]

    @property
    def person(self) -> Person:
        """Whoever signed in."""
        return cast(Person, self.request.user)

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        rows: Any = super().get_queryset()
        return rows.visible_to(self.request.user)

    def edition_named(self, slug: str) -> Edition:
        """The edition with this address; one that the person does not see does not exist."""
        found: Edition = get_object_or_404(Edition.objects.visible_to(self.request.user), slug=slug)
        return found

    def parse(self, serializer: Any = None) -> Mapping[str, Any]:
        """The request's body as the action's serializer validates it."""
        parsed = (serializer or self.get_serializer)(data=self.request.data)
        parsed.is_valid(raise_exception=True)
        return dict(parsed.validated_data)
