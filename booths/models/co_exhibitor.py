"""Companies that share the booth of an exhibitor, named to the desk and approved by it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.models.about import AboutApplication
from booths.querysets import OfApplicationQuerySet
from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Transition
from fairs.text import name_key


class CoExhibitor(AboutApplication):
    """One company beside the main exhibitor. It has no booth, no passes and no bill of its own, and is no exhibitor
    in the figures of the report: those count who was given a place.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for the desk")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Not approved")
        WITHDRAWN = "withdrawn", _("Taken back")

    LIVE: ClassVar = (State.ASKED, State.APPROVED)
    TRANSITIONS: ClassVar = {
        "approve": Transition((State.ASKED,), State.APPROVED),
        "refuse": Transition((State.ASKED, State.APPROVED), State.REFUSED),
        "withdraw": Transition((State.ASKED, State.APPROVED), State.WITHDRAWN),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED)
    application = models.ForeignKey("booths.Application", models.CASCADE, related_name="co_exhibitors")
    name = NameField(_("name of the company"))
    country = models.CharField(_("country or territory"), max_length=2, default="VN")
    tax_code = models.CharField(_("tax code"), max_length=20, blank=True)
    shows = models.CharField(_("what it shows"), max_length=300)
    key = models.CharField(max_length=300, editable=False)
    # The main exhibitor says that it takes no rent: with it the booth would be sub-let.
    no_rent = models.BooleanField(_("no rent is taken"), default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    reason = NameField(_("reason of the decision"), max_length=500, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-exhibitor")
        verbose_name_plural = _("co-exhibitors")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "key"],
                condition=Q(state__in=["asked", "approved"]),
                name="one_co_exhibitor_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_subject(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """By its key the same name is the same company, however it is spelt."""
        self.key = name_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
