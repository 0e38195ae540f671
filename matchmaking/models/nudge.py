"""Letters that remind those who have no meeting yet."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairs import clock

LINK = Signer(salt="matchmaking.nudge")


class Nudge(models.Model):
    """One reminder to one side: one a period, however many heartbeats run."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="nudges")
    part = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="nudges")
    period = models.PositiveSmallIntegerField(_("which since requests opened"))
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("reminder to book meetings")
        verbose_name_plural = _("reminders to book meetings")
        constraints = [models.UniqueConstraint(fields=["part", "period"], name="one_nudge_a_period")]

    def __str__(self) -> str:
        return f"{self.part_id} {self.period}"

    @property
    def stop_url(self) -> str:
        """Where no more of them are wanted, without signing in."""
        return reverse("matchmaking:no_more_nudges", args=[LINK.sign(str(self.part_id))])

    @staticmethod
    def unsign(signed: str) -> int:
        """The part in such an address; zero, which none has, for one that was not made here."""
        try:
            return int(LINK.unsign(signed))
        except (BadSignature, ValueError):
            return 0


class NoNudges(models.Model):
    """A side that asked for no more reminders."""

    part = models.OneToOneField("fairs.Participation", models.CASCADE, related_name="no_nudges")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("wish for no reminders")
        verbose_name_plural = _("wishes for no reminders")

    def __str__(self) -> str:
        return str(self.part_id)
