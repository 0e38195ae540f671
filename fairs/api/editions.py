"""Editions, for programs."""

from fairs.api.base import ScopedViewSet
from fairs.api.reports import ReportActions
from fairs.models import Edition
from fairs.serializers import EditionSerializer


class EditionViewSet(ReportActions, ScopedViewSet):
    """Editions the person may see."""

    queryset = Edition.objects.prefetch_related("days")
    serializer_class = EditionSerializer
    lookup_field = "slug"
    filterset_fields = ["kind", "series__slug"]
