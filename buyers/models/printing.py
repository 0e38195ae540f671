"""Many badges printed at once: asked for, made by the worker, kept for a few hours."""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from buyers.querysets import PrintRunQuerySet
from fairs import clock
from fairs.states import Stateful, Transition

FOLDER = "prints"
KEPT = timedelta(hours=6)


def new_file_name() -> str:
    """A name that nobody guesses."""
    return f"{FOLDER}/{secrets.token_hex(16)}.pdf"


class PrintRun(Stateful):
    """Sheets of badges to cut apart, in one file that is deleted after some hours."""

    class State(models.TextChoices):
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready to print")
        STOPPED = "stopped", _("Stopped")
        FAILED = "failed", _("Not made")

    class Size(models.TextChoices):
        """The sizes of fairs.papers.badge."""

        A6 = "a6", _("A6 (105 × 148 mm)")
        LANYARD = "lanyard", _("Pocket on a cord (105 × 135 mm)")
        CARD = "card", _("Card (85.6 × 54 mm)")

    TRANSITIONS: ClassVar = {
        "finish": Transition((State.MAKING,), State.READY),
        "stop": Transition((State.MAKING,), State.STOPPED),
        "fail": Transition((State.MAKING,), State.FAILED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.MAKING)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="print_runs")
    size = models.CharField(_("size"), max_length=10, choices=Size, default=Size.A6)
    badges = models.JSONField(default=list)  # keys, in the order of printing
    number = models.PositiveIntegerField(_("badges"))
    file = models.CharField(max_length=60, default=new_file_name, editable=False)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("begun"), default=clock.now)

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("badges printed at once")
        verbose_name_plural = _("badges printed at once")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.pk}"

    @property
    def kept_until(self) -> datetime:
        """When the file is deleted."""
        return self.begun_at + KEPT

    @property
    def journal_subject(self) -> str:
        return str(self.number)
