"""Rows between two sides, as programs name them."""

from django.shortcuts import get_object_or_404

from fairs.api.base import ScopedViewSet
from fairs.models import Edition, Participation
from fairs.permissions import may
from matchmaking.querysets import importers_met, taking_part


class BetweenSides(ScopedViewSet):
    """Rows between two sides, each found among those that the person may name: nobody else exists."""

    def exhibitor(self, edition: Edition, pk: int) -> Participation:
        """An exhibitor of the edition; everybody may know who exhibits."""
        found: Participation = get_object_or_404(taking_part(edition, "exhibitor"), pk=pk)
        return found

    def importer(self, exhibitor: Participation, pk: int, *, at_the_desk: str) -> Participation:
        """An importer: one's own company, for the exhibitor those met, for officers with the permission all."""
        parts = taking_part(exhibitor.edition, "importer")
        if not may(self.person, at_the_desk, exhibitor.edition):
            own = self.person.company_ids
            met = importers_met(exhibitor) if exhibitor.company_id in own else Participation.objects.none()
            parts = parts.filter(company_id__in=own) | met
        found: Participation = get_object_or_404(parts, pk=pk)
        return found
