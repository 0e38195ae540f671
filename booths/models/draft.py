"""A floor plan under work, and those that were published."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from booths.querysets import FloorQuerySet
from fairs import clock


class FloorDraft(models.Model):
    """The plan an organiser draws on; nobody else sees it before it is published."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="floor_draft")
    # What stands on it, by key: {"halls": {…}, "zones": {…}, "booths": {…}, "facilities": {…}}, in metres.
    content = models.JSONField(default=dict)
    # Goes up with every saved change, so that of two editors the slower one is told.
    version = models.PositiveIntegerField(default=0)
    # The floor it was begun from: SaleTerms.floor_version.
    begun_from = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a floor plan")
        verbose_name_plural = _("drafts of floor plans")

    def __str__(self) -> str:
        return f"{self.edition_id} {self.version}"


class FloorVersion(models.Model):
    """A floor plan as it was published."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="floor_versions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(default=dict)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("published floor plan")
        verbose_name_plural = _("published floor plans")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_floor_plan_a_number")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.number}"

    @property
    def journal_subject(self) -> str:
        return str(self.number)
