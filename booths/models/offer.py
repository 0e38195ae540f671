"""Booths that became free, offered to the waiting list."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.models.about import AboutApplication
from booths.querysets import OfferQuerySet
from fairs import clock
from fairs.states import Transition


class Offer(AboutApplication):
    """Booths kept for somebody on the waiting list until they say yes or no.

    Each booth of an offer is a hold (Reservation) for as long as the offer stands, so the one constraint that keeps
    two people out of a booth keeps two offers out of it as well.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Offered")
        TAKEN = "taken", _("Taken")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Ran out")
        TAKEN_BACK = "taken_back", _("Taken back by the organiser")

    MISSED: ClassVar = (State.DECLINED, State.EXPIRED)  # these cost a place on the waiting list

    TRANSITIONS: ClassVar = {
        "take": Transition((State.OPEN,), State.TAKEN),
        "decline": Transition((State.OPEN,), State.DECLINED),
        "expire": Transition((State.OPEN,), State.EXPIRED),
        "take_back": Transition((State.OPEN,), State.TAKEN_BACK),  # the application was turned down meanwhile
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    application = models.ForeignKey("booths.Application", models.CASCADE, related_name="offers")
    # Set when it is a place from an allocation round: why it is this one (booths.allocation.explain.Why).
    round = models.ForeignKey("booths.Round", models.PROTECT, null=True, blank=True, related_name="offers")
    why = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(_("stands until"))

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(state="open"), name="one_open_offer"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.state}"

    @property
    def codes(self) -> str:
        """The booths it is about, as one reads them out; prefetched rows serve, in their order of code."""
        return ", ".join(sorted(row.booth.code for row in self.reservations.all()))
