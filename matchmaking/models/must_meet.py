"""The exhibitors an importer comes for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairs import clock
from matchmaking.querysets import MustMeetQuerySet

MOST = 20  # what four days of half-hour meetings hold, with room for the fair itself


class MustMeet(models.Model):
    """One exhibitor on one importer's list; who proposes meetings serves these first."""

    registration = models.ForeignKey("buyers.Registration", models.CASCADE, related_name="must_meets")
    exhibitor = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="must_meets")
    added_at = models.DateTimeField(_("added"), default=clock.now)

    objects = MustMeetQuerySet.as_manager()

    class Meta:
        verbose_name = _("exhibitor on a must-meet list")
        verbose_name_plural = _("exhibitors on must-meet lists")
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "exhibitor"], name="one_must_meet_an_exhibitor"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} > {self.exhibitor_id}"

    @property
    def edition_id(self) -> int:
        """Of the registration."""
        return int(self.registration.edition_id)

    @property
    def company_id(self) -> int:
        """On whose behalf it stands: the importer's."""
        return int(self.registration.company_id)
