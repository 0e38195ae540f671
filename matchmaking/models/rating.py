"""What each side thinks of a meeting, in two taps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairs import clock


class Rating(models.Model):
    """One side's word on a meeting held: how good, and what is next. The other side does not read it."""

    class Side(models.TextChoices):
        EXHIBITOR = "exhibitor", _("Exhibitor")
        IMPORTER = "importer", _("Importer")

    class Worth(models.TextChoices):
        A = "A", _("A: very good")
        B = "B", _("B: good")
        C = "C", _("C: of little use")

    class Step(models.TextChoices):
        DEAL = "deal", _("We sign now")
        SAMPLES = "samples", _("Samples")
        PRICES = "prices", _("Prices")
        AGAIN = "again", _("Meet again")
        NOTHING = "nothing", _("Nothing for now")

    meeting = models.ForeignKey("matchmaking.Meeting", models.CASCADE, related_name="ratings")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    worth = models.CharField(_("how good"), max_length=1, choices=Worth)
    step = models.CharField(_("next step"), max_length=8, choices=Step)
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("rating of a meeting")
        verbose_name_plural = _("ratings of meetings")
        constraints = [models.UniqueConstraint(fields=["meeting", "side"], name="one_rating_a_side")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.side} {self.worth}"

    @property
    def edition_id(self) -> int:
        """Under which the journal files it."""
        return self.meeting.edition_id

    @property
    def company_id(self) -> int:
        """The company that says so."""
        return getattr(self.meeting, self.side).company_id
