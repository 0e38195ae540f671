"""Reads of samples and their tags."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from fairs.permissions import Actor


class SampleQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of the exhibitor's company, and those that one's company keeps; a price is between these two."""
        if not person.is_authenticated:
            return self.none()
        own = person.company_ids
        return self.filter(Q(exhibitor__company_id__in=own) | Q(importer__company_id__in=own))

    def live(self) -> Self:
        """Those whose tag is in use, or may be, of exhibitors who take part."""
        return self.exclude(state="void").filter(exhibitor__state="active")

    def with_all(self) -> Self:
        """Together with the product, both companies, the edition and the deal."""
        return self.select_related("product", "exhibitor__company", "importer__company", "edition", "deal")
