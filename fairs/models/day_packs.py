"""The lists of one day, made for one officer and kept for a short time."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairs import clock

KEPT_FOR = timedelta(hours=48)
MADE_WITHIN = timedelta(minutes=15)


class DayPack(models.Model):
    """One archive: the lists that the roles of whoever asked for it opened. Nobody else gets it."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="day_packs")
    day = models.DateField(_("day"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    roles = models.JSONField(default=list)  # those it was made with; who has lost one gets it no more
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    done = models.PositiveSmallIntegerField(default=0)  # files written so far
    of = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(_("file"), upload_to="day-packs/", blank=True)

    class Meta:
        verbose_name = _("lists of a day")
        verbose_name_plural = _("lists of a day")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "by"],
                condition=models.Q(made_at=None, failed_at=None),
                name="one_day_pack_being_made_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}"

    @property
    def being_made(self) -> bool:
        """Whether the worker is at it, or will be."""
        return self.made_at is None and self.failed_at is None

    @property
    def journal_subject(self) -> str:
        return self.day.isoformat()
