"""What an edition told the public, version by version; none is ever changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairs import clock


class Publication(models.Model):
    """The public totals of an edition as they were given out on a day.

    `content` is what everybody reads. `basis` is kept for the office alone: the single amounts behind the sums of
    values, so that a later version can be held against this one.
    """

    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("published"), default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    content = models.JSONField(_("content"))
    basis = models.JSONField(_("amounts behind it"), default=list)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_publication_a_version")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.number}"

    @property
    def journal_subject(self) -> str:
        return str(self.number)
