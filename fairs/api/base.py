"""What every API view shares: scoped reading, parsed input."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import viewsets


class ScopedViewSet(viewsets.ReadOnlyModelViewSet):
    """Reads what the person may see; what they may not see does not exist (404)."""

    queryset: ClassVar[QuerySet[Any]]

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        return super().get_queryset().visible_to(self.request.user)

    def parse(self, serializer: Any = None) -> Mapping[str, Any]:
        """The request's body as the action's serializer validates it."""
        parsed = (serializer or self.get_serializer)(data=self.request.data)
        parsed.is_valid(raise_exception=True)
        return dict(parsed.validated_data)
