"""The floor in metres: halls, zones, booths, and what a booth costs."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.querysets import FloorQuerySet, StandingBooths, StandingFloor
from fairs.models import Audience
from fairs.models.fields import NameField, amount_field, currency_field


def metres(verbose_name: Any) -> models.DecimalField:
    """A length or place on the site, to the centimetre."""
    return models.DecimalField(verbose_name, max_digits=8, decimal_places=2)


class SaleTerms(models.Model):
    """How an edition lets its booths."""

    edition = models.OneToOneField("fairs.Edition", models.CASCADE, related_name="sale_terms")
    hold_minutes = models.PositiveSmallIntegerField(_("minutes a hold lasts"), default=15)
    payment_days = models.PositiveSmallIntegerField(_("days to pay"), default=7)
    booths_at_most = models.PositiveSmallIntegerField(_("booths for one exhibitor"), default=6)
    passes_for_a_booth = models.PositiveSmallIntegerField(_("passes for each booth"), default=3)
    # What is due within those days; the rest by a fixed day, and all at once where there is none.
    in_advance = models.DecimalField(_("percent in advance"), max_digits=5, decimal_places=2, default=Decimal(100))
    balance_due_on = models.DateField(_("balance to be paid by"), null=True, blank=True)
    # How long after the day booths on whose notice nothing was paid are still kept; empty: for ever.
    release_days = models.PositiveSmallIntegerField(_("days booths are kept unpaid"), null=True, blank=True)
    offer_hours = models.PositiveSmallIntegerField(_("hours an offer from the waiting list stands"), default=48)
    appeal_days = models.PositiveSmallIntegerField(_("days to appeal"), default=7)
    households_from = models.PositiveSmallIntegerField(_("households of a group, at least"), default=5)
    households_to = models.PositiveSmallIntegerField(_("households of a group, at most"), default=20)
    # The last day on which a group that has handed in may change its households; empty: the opening.
    households_until = models.DateField(_("households of a group may change until"), null=True, blank=True)
    # In the live sale a group's booths touch, unless it agrees to stand apart.
    groups_together = models.BooleanField(_("the booths of a group touch"), default=True)
    # Goes up whenever halls, zones, booths or facilities change: a drawing of the floor is kept by it.
    floor_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("sale terms")
        verbose_name_plural = _("sale terms")
        constraints = [
            models.CheckConstraint(condition=Q(in_advance__gt=0, in_advance__lte=100), name="in_advance_is_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}"


class Hall(models.Model):
    """A building or tent with booths, placed on the site."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="halls")
    code = models.CharField(_("code"), max_length=8)
    name_vi = NameField(_("name in Vietnamese"), max_length=100)
    name_en = NameField(_("name in English"), max_length=100)
    x = metres(_("metres from the left"))
    y = metres(_("metres from the top"))
    width = metres(_("width in metres"))
    depth = metres(_("depth in metres"))
    # A later plan no longer has it; a booth that somebody once had still names it.
    retired = models.BooleanField(default=False, editable=False)

    objects = StandingFloor()
    every = models.Manager()  # noqa: DJ012

    class Meta:
        verbose_name = _("hall")
        verbose_name_plural = _("halls")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], condition=Q(retired=False), name="one_hall_a_code")
        ]

    def __str__(self) -> str:
        return self.name_vi


class Zone(models.Model):
    """A part of the floor for some product groups; the first two letters of its code choose its colour."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="zones")
    code = models.CharField(_("two letters"), max_length=4)
    name_vi = NameField(_("name in Vietnamese"), max_length=100)
    name_en = NameField(_("name in English"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    product_groups = models.ManyToManyField("fairs.ProductGroup", blank=True, verbose_name=_("product groups"))
    # What it bears, for allocation: the circuit, and the fire officer's word.
    power_kw_at_most = models.DecimalField(
        _("power at most, in kW"), max_digits=7, decimal_places=1, null=True, blank=True
    )
    exhibitors_at_most = models.PositiveSmallIntegerField(_("exhibitors at most"), null=True, blank=True)
    # A later plan no longer has it; booths of former days or wishes still name it.
    retired = models.BooleanField(default=False, editable=False)

    objects = StandingFloor()
    every = models.Manager()  # noqa: DJ012

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], condition=Q(retired=False), name="one_zone_a_code")
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def letters(self) -> str:
        """The two letters that always stand on the zone's colour."""
        return self.code[:2]


class BoothClass(models.Model):
    """What kind of booth: where its holder comes from, and whether it is built or bare floor."""

    class Origin(models.TextChoices):
        INTERNATIONAL = "international", _("International")
        DOMESTIC = "domestic", _("Domestic")
        TECHNICAL = "technical", _("Technical support")

    class Build(models.TextChoices):
        STANDARD = "standard", _("Standard")
        RAW = "raw", _("Bare floor")

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="booth_classes")
    code = models.CharField(_("code"), max_length=40)
    name_vi = NameField(_("name in Vietnamese"), max_length=150)
    name_en = NameField(_("name in English"), max_length=150)
    includes_vi = NameField(_("included, in Vietnamese"), blank=True)
    includes_en = NameField(_("included, in English"), blank=True)
    origin = models.CharField(_("origin"), max_length=15, choices=Origin)
    build = models.CharField(_("type"), max_length=10, choices=Build, default=Build.STANDARD)

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("booth class")
        verbose_name_plural = _("booth classes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_booth_class_a_code")]

    def __str__(self) -> str:
        return self.name_vi


class Price(models.Model):
    """The list price of one booth of a class with its VAT, for residents in VND or for others, from a day on."""

    Audience: ClassVar = Audience

    booth_class = models.ForeignKey(BoothClass, models.CASCADE, related_name="prices")
    audience = models.CharField(_("for"), max_length=12, choices=Audience)
    currency = currency_field(verbose_name=_("currency"))
    amount = amount_field(verbose_name=_("price of one booth"))
    # Early and late prices: it holds until the next begins; empty: from the beginning.
    starts_on = models.DateField(_("from"), null=True, blank=True)

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["booth_class", "audience", "starts_on"], name="one_price_a_day"),
            models.UniqueConstraint(
                fields=["booth_class", "audience"], condition=Q(starts_on=None), name="one_price_from_the_beginning"
            ),
            models.CheckConstraint(condition=~Q(audience="resident") | Q(currency="VND"), name="residents_pay_in_vnd"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_not_negative"),
        ]

    next: "Price | None" = None  # what follows it, where booths.price_steps was asked

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    @property
    def holds_until(self) -> date | None:
        """The last day before the next begins."""
        return self.next.starts_on - timedelta(days=1) if self.next and self.next.starts_on else None

    @property
    def edition_id(self) -> int:
        """The edition of its class."""
        return self.booth_class.edition_id

    @property
    def journal_subject(self) -> str:
        return self.booth_class.name_vi


class Facility(models.Model):
    """Something on the floor that is no booth: a gate, a door, a stage, a meeting table."""

    class Kind(models.TextChoices):
        FOYER = "foyer", _("Foyer")
        GATE = "gate", _("Gate")
        DOOR = "door", _("Door")
        EXIT = "exit", _("Fire exit")
        RECEPTION = "reception", _("Reception")
        STAGE = "stage", _("Stage")
        AREA = "area", _("Meeting area")
        TABLE = "table", _("Meeting table")
        WALL = "wall", _("Wall")
        PILLAR = "pillar", _("Pillar")
        POWER = "power", _("Power point")

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="facilities")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name_vi = NameField(_("name in Vietnamese"), max_length=100, blank=True)
    name_en = NameField(_("name in English"), max_length=100, blank=True)
    x = metres(_("metres from the left"))
    y = metres(_("metres from the top"))
    width = metres(_("width in metres"))
    depth = metres(_("depth in metres"))

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.name_vi}"


class Booth(models.Model):
    """A rectangle of floor to let; it has no state of its own: it is free when no live reservation has it."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="booths")
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="booths", verbose_name=_("hall"))
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="booths", verbose_name=_("zone"))
    booth_class = models.ForeignKey(BoothClass, models.PROTECT, related_name="booths", verbose_name=_("class"))
    code = models.CharField(_("code"), max_length=12)
    x = metres(_("metres from the left"))
    y = metres(_("metres from the top"))
    width = metres(_("width in metres"))
    depth = metres(_("depth in metres"))
    open_sides = models.CharField(_("open sides"), max_length=4, help_text=_("Letters of N, E, S, W"))
    corner = models.BooleanField(_("corner"), default=False)
    blocked = models.CharField(_("not let, because"), max_length=200, blank=True)
    # A booth that a later plan no longer has, kept because somebody once had it; its code may be given again.
    retired = models.BooleanField(default=False, editable=False)

    objects = StandingBooths()
    every = models.Manager()  # noqa: DJ012 - a manager, no field

    class Meta:
        verbose_name = _("booth")
        verbose_name_plural = _("booths")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"], condition=Q(retired=False), name="one_standing_booth_a_code"
            ),
            models.CheckConstraint(condition=Q(width__gt=0, depth__gt=0), name="booth_has_an_area"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def island(self) -> bool:
        """Open on all four sides."""
        return len(self.open_sides) == 4

    @property
    def area(self) -> Decimal:
        """Square metres."""
        return self.width * self.depth

    @property
    def journal_subject(self) -> str:
        return self.code
