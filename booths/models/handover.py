"""What officers found at a booth: at move-in, at move-out, and when its rules were broken."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from booths.models.about_booth import AboutBooth
from booths.moving_querysets import BreachQuerySet, CheckQuerySet, FaultQuerySet
from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition


class BoothCheck(AboutBooth):
    """What an officer found and handed at one time; it is never changed, and the latest holds."""

    class Moment(models.TextChoices):
        IN = "in", _("Move-in")
        OUT = "out", _("Move-out")

    class Clearance(models.TextChoices):
        CLEARED = "cleared", _("Cleared")
        DIRTY = "dirty", _("Left dirty")
        DAMAGED = "damaged", _("Damaged")
        OCCUPIED = "occupied", _("Goods still there")

    reservation = models.ForeignKey("booths.Reservation", models.PROTECT, related_name="checks")
    moment = models.CharField(_("at"), max_length=3, choices=Moment)
    # Of the form: sent twice it is one check.
    key = models.CharField(max_length=64, unique=True, editable=False)
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    built = models.BooleanField(_("built"), default=False)
    occupied = models.BooleanField(_("the exhibitor has come"), default=False)
    keys = models.PositiveSmallIntegerField(_("keys"), default=0)
    sockets = models.PositiveSmallIntegerField(_("sockets"), default=0)
    # Who took it over for the exhibitor, by their word on the spot.
    signed_name = NameField(_("taken over by"), max_length=100, blank=True)
    clearance = models.CharField(_("how it was left"), max_length=10, choices=Clearance, blank=True)
    late = models.BooleanField(_("after the last hour"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    photo = models.FileField(_("photo"), upload_to="booth-checks/", blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a booth")
        verbose_name_plural = _("checks of booths")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(moment="in", clearance="") | (Q(moment="out") & ~Q(clearance="")),
                name="clearance_at_move_out",
            ),
            models.CheckConstraint(condition=Q(signed_name="") | Q(occupied=True), name="who_signs_has_come"),
        ]
        indexes = [models.Index(fields=["reservation", "moment", "-id"], name="latest_check_of_a_booth")]

    def __str__(self) -> str:
        return f"{self.reservation_id} {self.moment}"


class Fault(AboutBooth, Stateful):
    """Something about a booth that the organiser is to mend."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("fault", "To mend")
        MENDED = "mended", pgettext_lazy("fault", "Mended")

    TRANSITIONS: ClassVar = {"mend": Transition((State.OPEN,), State.MENDED)}

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    reservation = models.ForeignKey("booths.Reservation", models.PROTECT, related_name="faults")
    key = models.CharField(max_length=64, unique=True, editable=False)
    note = models.CharField(_("what is wrong"), max_length=500)
    photo = models.FileField(_("photo"), upload_to="faults/", blank=True)
    found_at = models.DateTimeField(_("found"), default=clock.now)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    mended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = FaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("fault")
        verbose_name_plural = _("faults")
        ordering = ["found_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="mended") | Q(mended_by__isnull=False), name="mended_says_by_whom"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reservation_id} {self.state}"


class Breach(AboutBooth, Stateful):
    """A rule broken with a booth, such as sub-letting: one officer records it, a second confirms it."""

    class State(models.TextChoices):
        RECORDED = "recorded", pgettext_lazy("breach", "Waits for a second officer")
        CONFIRMED = "confirmed", pgettext_lazy("breach", "Booth taken back")
        DROPPED = "dropped", pgettext_lazy("breach", "Dropped")

    class Rule(models.TextChoices):
        SUB_LETTING = "sub_letting", _("Sub-letting")
        OTHER_USE = "other_use", _("Another use than the one applied for")
        OTHER = "other", _("Another rule of the fair")

    TRANSITIONS: ClassVar = {
        "confirm": Transition((State.RECORDED,), State.CONFIRMED),
        "drop": Transition((State.RECORDED,), State.DROPPED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECORDED)
    reservation = models.ForeignKey("booths.Reservation", models.PROTECT, related_name="breaches")
    key = models.CharField(max_length=64, unique=True, editable=False)
    rule = models.CharField(_("rule"), max_length=12, choices=Rule)
    reason = models.CharField(_("what was found"), max_length=1000)
    photo = models.FileField(_("photo"), upload_to="breaches/", blank=True)
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("breach of the rules")
        verbose_name_plural = _("breaches of the rules")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reservation"], condition=Q(state="recorded"), name="one_open_breach_a_booth"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("recorded_by"))),
                name="breach_has_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reservation_id} {self.state}"

    @property
    def dialog(self) -> str:
        """By what a page names the question about confirming it."""
        return f"confirm-{self.pk}"
