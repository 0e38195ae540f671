"""Which ways of paying an edition offers to whom, and until when."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairs.money.models.items import Audience


class WayOffered(models.Model):
    """A way of paying that an audience is offered; an edition that says nothing offers what is ready."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="ways_offered")
    audience = models.CharField(_("for"), max_length=12, choices=Audience)
    way = models.CharField(_("way of paying"), max_length=20)
    # Empty: as many as whoever charges gives, such as the sale terms.
    days = models.PositiveSmallIntegerField(_("days to pay"), null=True, blank=True)
    # The last day on which it is taken; empty: to the end.
    days_before_opening = models.PositiveSmallIntegerField(_("days before the opening"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("way of paying offered")
        verbose_name_plural = _("ways of paying offered")
        ordering = ["audience", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "audience", "way"], name="one_offer_of_a_way_an_audience")
        ]

    def __str__(self) -> str:
        return f"{self.audience} {self.way}"

    def last_day(self, opens_on: date) -> date | None:
        """The last day on which it is taken at a fair that opens on a day."""
        return None if self.days_before_opening is None else opens_on - timedelta(days=self.days_before_opening)

    @property
    def journal_subject(self) -> str:
        return str(self.get_audience_display())
