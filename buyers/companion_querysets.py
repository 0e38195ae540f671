"""Reads of importers' companions, with names."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from fairs.permissions import Actor


class CompanionQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of one's own registrations, and of editions whose importers one looks after."""
        if not person.is_authenticated:
            return self.none()
        run = apps.get_model("fairs", "Edition").objects.run_by(person, "importer_desk", "matchmaking_desk", "reports")
        return self.filter(Q(registration__person=person) | Q(registration__edition__in=run))

    def live(self) -> Self:
        """Those who still mean to come."""
        return self.exclude(state="left")

    def with_people(self) -> Self:
        """Together with their names and their importer."""
        return self.select_related("person", "registration__person", "registration__company", "registration__edition")
