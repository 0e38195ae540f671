"""What an exhibitor can order beside the booth, and what it costs."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from booths.querysets import FloorQuerySet
from fairs.models import Audience, FeeItem
from fairs.models.fields import NameField, amount_field, currency_field


class ServiceItem(models.Model):
    """One line of the order catalogue, until which days it is taken, and what it does beside being delivered."""

    class Kind(models.TextChoices):
        FURNITURE = "furniture", _("Furniture")
        POWER = "power", _("Power")
        WATER = "water", _("Water")
        INTERNET = "internet", _("Internet")
        PARKING = "parking", _("Parking")
        PASSES = "passes", _("Extra passes")
        OTHER = "other", _("Other services")

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="service_items")
    kind = models.CharField(_("kind of service"), max_length=10, choices=Kind)
    code = models.CharField(_("code"), max_length=40)
    name_vi = NameField(_("name in Vietnamese"), max_length=150)
    name_en = NameField(_("name in English"), max_length=150)
    note_vi = NameField(_("what it is, in Vietnamese"), blank=True)
    note_en = NameField(_("what it is, in English"), blank=True)
    unit_vi = NameField(_("unit in Vietnamese"), max_length=40, blank=True)
    unit_en = NameField(_("unit in English"), max_length=40, blank=True)
    fee = models.CharField(_("fee, for the VAT"), max_length=10, choices=FeeItem, default=FeeItem.SERVICE)
    # How many there are; empty: as many as are ordered. `taken` is what live orders have of it.
    stock = models.PositiveIntegerField(_("stock"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0, editable=False)
    # The last day at the list price, and the last on which it is still taken with the surcharge; both days included.
    order_until = models.DateField(_("to be ordered by"))
    late_until = models.DateField(_("late orders until"), null=True, blank=True)
    late_percent = models.DecimalField(
        _("late surcharge in percent"), max_digits=5, decimal_places=2, default=Decimal(0)
    )
    # What one unit brings: load for the circuit of its booth, an open flame in its zone, passes for the company.
    watts = models.PositiveIntegerField(_("watts of one unit"), default=0)
    open_flame = models.BooleanField(_("an open flame"), default=False)
    passes = models.PositiveSmallIntegerField(_("passes in one unit"), default=0)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # No longer offered; orders that name it stay.
    offered = models.BooleanField(_("offered"), default=True)

    objects = FloorQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_service_a_code"),
            models.CheckConstraint(
                condition=Q(stock__isnull=True) | Q(taken__lte=F("stock")), name="service_never_oversold"
            ),
            models.CheckConstraint(condition=Q(late_percent__gte=0), name="late_surcharge_not_negative"),
            models.CheckConstraint(
                condition=Q(late_until__isnull=True) | Q(late_until__gte=F("order_until")),
                name="late_orders_end_after_the_others",
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def left(self) -> int | None:
        """How many can still be ordered; None: as many as one likes."""
        return None if self.stock is None else max(0, self.stock - self.taken)

    @property
    def last_day(self) -> date:
        """The last day on which it is taken at all."""
        return self.late_until or self.order_until

    def surcharge_on(self, day: date) -> Decimal:
        """The percent that come on top of the list price on a day."""
        return self.late_percent if day > self.order_until else Decimal(0)

    @property
    def journal_subject(self) -> str:
        return self.name_vi


class ServicePrice(models.Model):
    """The list price of one unit with its VAT, for residents in VND or for others in a currency of the fair."""

    item = models.ForeignKey(ServiceItem, models.CASCADE, related_name="prices")
    audience = models.CharField(_("for"), max_length=12, choices=Audience)
    currency = currency_field(verbose_name=_("currency"))
    amount = amount_field(verbose_name=_("price of one unit"))

    class Meta:
        verbose_name = _("price of a service")
        verbose_name_plural = _("prices of services")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "audience"], name="one_service_price_an_audience"),
            models.CheckConstraint(
                condition=~Q(audience="resident") | Q(currency="VND"), name="residents_pay_services_in_vnd"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="service_price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
