"""Who has a booth, from a hold of minutes to the key handed over."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.querysets import ReservationQuerySet
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition


class Reservation(Stateful):
    """One booth for one application; at most one live reservation a booth, by constraint."""

    class State(models.TextChoices):
        HELD = "held", _("On hold")
        RESERVED = "reserved", _("Reserved, waiting for payment")
        CONFIRMED = "confirmed", _("Confirmed")
        HANDED_OVER = "handed_over", _("Handed over")
        RELEASED = "released", _("Given back")
        LAPSED = "lapsed", _("Hold ran out")
        TAKEN_BACK = "taken_back", _("Taken back for a breach of the rules")

    SOURCE: ClassVar = "booths.reservation"  # what the lines of payment notices call it
    LIVE: ClassVar = (State.HELD, State.RESERVED, State.CONFIRMED, State.HANDED_OVER)
    KEPT: ClassVar = (State.RESERVED, State.CONFIRMED, State.HANDED_OVER)
    LASTING: ClassVar = ("edition", "booth")
    TRANSITIONS: ClassVar = {
        "reserve": Transition((State.HELD,), State.RESERVED),
        "confirm": Transition((State.RESERVED,), State.CONFIRMED),
        "reopen": Transition((State.CONFIRMED,), State.RESERVED),
        "hand_over": Transition((State.CONFIRMED,), State.HANDED_OVER),
        "release": Transition((State.HELD, State.RESERVED, State.CONFIRMED), State.RELEASED),
        "lapse": Transition((State.HELD,), State.LAPSED),
        "take_back": Transition((State.CONFIRMED, State.HANDED_OVER), State.TAKEN_BACK),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.HELD)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="reservations")
    booth = models.ForeignKey("booths.Booth", models.PROTECT, related_name="reservations")
    application = models.ForeignKey("booths.Application", models.PROTECT, related_name="reservations")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="reservations")
    # Set while the hold belongs to an offer from the waiting list.
    offer = models.ForeignKey("booths.Offer", models.PROTECT, null=True, blank=True, related_name="reservations")
    held_until = models.DateTimeField(_("held until"))
    # Whether it was lengthened for a card payment; that happens once.
    lengthened = models.BooleanField(default=False)
    # Why the booth desk held it before the turn of whoever has it.
    ahead = NameField(_("why ahead of the turn"), max_length=300, blank=True)
    # The number of the permit to build, while nothing is owed; one that was withdrawn stands in the journal.
    permit = models.CharField(_("build permit"), max_length=30, blank=True)

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering = ["booth__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booth"],
                condition=Q(state__in=["held", "reserved", "confirmed", "handed_over"]),
                name="one_live_reservation_a_booth",
            ),
        ]
        indexes = [models.Index(fields=["edition", "state"], name="reservations_by_state")]

    def __str__(self) -> str:
        return f"{self.booth_id} {self.state}"

    @property
    def journal_subject(self) -> str:
        return self.booth.code
