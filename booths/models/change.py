"""How the statuses of a floor change, version by version, for the pages that show it live."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from booths.querysets import FloorQuerySet


class FloorSigns(models.Model):
    """The statuses as they were last told: one letter a booth, in the drawing's order (booths.drawing.SIGNS)."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="floor_signs")
    version = models.PositiveBigIntegerField(default=0)
    floor = models.PositiveIntegerField(default=0)  # SaleTerms.floor_version, by which the order is known
    signs = models.TextField(default="")
    told_at = models.FloatField(default=0.0)  # seconds of real time, whatever the clock of the fair says

    class Meta:
        verbose_name = _("statuses told")
        verbose_name_plural = _("statuses told")

    def __str__(self) -> str:
        return f"{self.edition_id} {self.version}"


class FloorChange(models.Model):
    """What one version changed; it never changes itself, so that one answer serves everybody."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="floor_changes")
    version = models.PositiveBigIntegerField()
    floor = models.PositiveIntegerField()
    # New letter by place in the drawing's order; null when the plan itself was drawn anew.
    signs = models.JSONField(null=True)
    told_at = models.FloatField()

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a floor")
        verbose_name_plural = _("changes of a floor")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["edition", "version"], name="one_change_a_version")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.version}"

    @property
    def told(self) -> dict[str, Any]:
        """For programs and open pages: {"version", "floor", "signs"}."""
        return {"version": self.version, "floor": self.floor, "signs": self.signs}
