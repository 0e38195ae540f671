"""When vehicles may come to bring goods in and to fetch them, and the pass of each."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from booths.moving_querysets import SlotQuerySet, VehiclePassQuerySet, WindowQuerySet
from booths.vehicle_codes import new_short_code, new_token, spaced
from fairs import clock
from fairs.models.fields import NameField
from fairs.states import Stateful, Transition


class MoveWindow(models.Model):
    """Hours in which vehicles come to an entrance: to one hall, to one zone, or to all."""

    class Way(models.TextChoices):
        IN = "in", _("Move-in")
        OUT = "out", _("Move-out")

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="move_windows")
    way = models.CharField(_("for"), max_length=3, choices=Way, default=Way.IN)
    hall = models.ForeignKey(
        "booths.Hall", models.PROTECT, null=True, blank=True, related_name="move_windows", verbose_name=_("hall")
    )
    zone = models.ForeignKey(
        "booths.Zone", models.PROTECT, null=True, blank=True, related_name="move_windows", verbose_name=_("zone")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    # A vehicle has so long to unload; a window is cut into slots of this length.
    slot_minutes = models.PositiveSmallIntegerField(_("minutes for a vehicle"), default=60)
    vehicles = models.PositiveSmallIntegerField(_("vehicles at once"), default=10)
    vehicles_each = models.PositiveSmallIntegerField(_("vehicles of one exhibitor, at most"), default=3)
    entrance_vi = NameField(_("entrance, in Vietnamese"), max_length=60)
    entrance_en = NameField(_("entrance, in English"), max_length=60)

    objects = WindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("window for vehicles")
        verbose_name_plural = _("windows for vehicles")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="window_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(slot_minutes__gt=0, vehicles__gt=0, vehicles_each__gt=0), name="window_lets_vehicles_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def journal_subject(self) -> str:
        return self.entrance_vi


class MoveSlot(models.Model):
    """A part of a window; `booked` vehicles of `capacity`, by constraint never more. With none it is closed."""

    window = models.ForeignKey(MoveWindow, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    capacity = models.PositiveSmallIntegerField(_("vehicles at once"))
    booked = models.PositiveSmallIntegerField(_("booked"), default=0, editable=False)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["window", "starts_at"], name="one_slot_a_moment"),
            models.CheckConstraint(condition=Q(booked__lte=F("capacity")), name="slot_never_overbooked"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def left(self) -> int:
        """How many more vehicles may come."""
        return self.capacity - self.booked


class VehiclePass(Stateful):
    """One vehicle of an exhibitor in one slot. The driver's name and phone go when they are not needed any more."""

    class State(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("vehicle", "Booked")
        ARRIVED = "arrived", pgettext_lazy("vehicle", "Inside")
        LEFT = "left", pgettext_lazy("vehicle", "Left")
        CANCELLED = "cancelled", pgettext_lazy("vehicle", "Cancelled")
        NO_SHOW = "no_show", pgettext_lazy("vehicle", "Did not come")

    class Kind(models.TextChoices):
        MOTORBIKE = "motorbike", _("Motorbike or three-wheeler")
        VAN = "van", _("Car or van, up to 1.5 tonnes")
        TRUCK = "truck", _("Truck, up to 5 tonnes")
        LARGE = "large", _("Truck over 5 tonnes")
        CONTAINER = "container", _("Container")

    LIVE: ClassVar = (State.BOOKED, State.ARRIVED)
    TRANSITIONS: ClassVar = {
        # Whoever comes after their window was counted as missing, and may still be let in.
        "arrive": Transition((State.BOOKED, State.NO_SHOW), State.ARRIVED),
        "leave": Transition((State.ARRIVED,), State.LEFT),
        "cancel": Transition((State.BOOKED,), State.CANCELLED),
        "miss": Transition((State.BOOKED,), State.NO_SHOW),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.BOOKED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="vehicle_passes")
    slot = models.ForeignKey(MoveSlot, models.PROTECT, related_name="passes", verbose_name=_("slot"))
    application = models.ForeignKey("booths.Application", models.PROTECT, related_name="vehicle_passes")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="vehicle_passes")
    reservations = models.ManyToManyField("booths.Reservation", related_name="vehicle_passes", verbose_name=_("booths"))
    kind = models.CharField(_("vehicle"), max_length=10, choices=Kind, default=Kind.VAN)
    plate = models.CharField(_("number plate"), max_length=20, blank=True)
    driver_name = NameField(_("driver"), max_length=100, blank=True)
    driver_phone = models.CharField(_("driver’s phone"), max_length=32, blank=True)
    # When plate and driver were taken out; a few weeks after the fair, or as soon as nobody comes.
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    short_code = models.CharField(_("short code"), max_length=8, unique=True, default=new_short_code, editable=False)
    # Of the form that booked it: sent twice it is one pass.
    key = models.CharField(max_length=64, unique=True, editable=False)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    booked_at = models.DateTimeField(_("booked"), default=clock.now)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    arrived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # Of the reading that let it in: the same reading sent again is answered as it was.
    arrived_key = models.CharField(max_length=64, blank=True, editable=False)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = VehiclePassQuerySet.as_manager()

    class Meta:
        verbose_name = _("vehicle pass")
        verbose_name_plural = _("vehicle passes")
        ordering = ["slot__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "plate"],
                condition=Q(state__in=["booked", "arrived"]) & ~Q(plate=""),
                name="one_pass_a_vehicle_and_slot",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["arrived", "left"]) | Q(arrived_at__isnull=False), name="inside_since_when"
            ),
            models.CheckConstraint(condition=~Q(state="left") | Q(left_at__isnull=False), name="left_says_when"),
        ]
        indexes = [models.Index(fields=["edition", "state"], name="vehicle_passes_by_state")]

    def __str__(self) -> str:
        return f"{self.short_code} {self.state}"

    @property
    def journal_subject(self) -> str:
        """The short code: a plate is personal, and never stands in the journal."""
        return spaced(self.short_code)

    @property
    def codes(self) -> list[str]:
        """Its booths."""
        return sorted(row.booth.code for row in self.reservations.all())

    @property
    def dialog(self) -> str:
        """By what a page names the question about calling it off."""
        return f"cancel-{self.pk}"
