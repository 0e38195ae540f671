"""What an exhibitor ordered for a booth, from the order to the delivery."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booths.models.about import AboutApplication
from booths.service_querysets import ServiceOrderQuerySet
from fairs import clock
from fairs.models.fields import NameField, amount_field, currency_field
from fairs.states import Transition


class ServiceOrder(AboutApplication):
    """Services for one booth of an application; what it takes of stock, load and flames is its own while it lives."""

    class State(models.TextChoices):
        ORDERED = "ordered", _("Ordered, waiting for payment")
        CONFIRMED = "confirmed", _("Paid for")
        DELIVERED = "delivered", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled")

    SOURCE: ClassVar = "booths.order"  # what the lines of payment notices call it
    LIVE: ClassVar = (State.ORDERED, State.CONFIRMED, State.DELIVERED)
    PAID: ClassVar = (State.CONFIRMED, State.DELIVERED)
    TRANSITIONS: ClassVar = {
        "confirm": Transition((State.ORDERED,), State.CONFIRMED),
        "reopen": Transition((State.CONFIRMED,), State.ORDERED),
        "deliver": Transition((State.CONFIRMED,), State.DELIVERED),
        "undeliver": Transition((State.DELIVERED,), State.CONFIRMED),
        "cancel": Transition((State.ORDERED, State.CONFIRMED), State.CANCELLED),
        "renew": Transition((State.CANCELLED,), State.ORDERED),  # money came after it had been cancelled
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ORDERED)
    application = models.ForeignKey("booths.Application", models.PROTECT, related_name="service_orders")
    booth = models.ForeignKey(
        "booths.Booth", models.PROTECT, related_name="service_orders", verbose_name=_("for the booth")
    )
    # Where its load counts; empty: it has none, or its booth hangs on no circuit that is known.
    circuit = models.ForeignKey(
        "booths.Circuit", models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("circuit")
    )
    # Whose open flames it counts among.
    flame_zone = models.ForeignKey("booths.FlameZone", models.SET_NULL, null=True, blank=True, related_name="orders")
    watts = models.PositiveIntegerField(_("watts"), default=0)
    flames = models.PositiveSmallIntegerField(_("open flames"), default=0)
    # The exhibitor's declaration, wherever something burns.
    flame_what = NameField(_("what burns, and when"), blank=True)
    flame_guard = NameField(_("how it is guarded"), blank=True)
    currency = currency_field(verbose_name=_("currency"))
    ordered_at = models.DateTimeField(_("ordered"), default=clock.now)
    # Whoever repeats a request repeats its key, and orders once.
    key = models.CharField(max_length=80)

    objects = ServiceOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order of services")
        verbose_name_plural = _("orders of services")
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="one_order_a_key"),
            models.CheckConstraint(
                condition=Q(flames=0) | ~Q(flame_what="") & ~Q(flame_guard=""), name="open_flames_are_declared"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booth_id} {self.state}"

    @property
    def due(self) -> Decimal:
        """What it costs as ordered, VAT included; of fetched lines without a query."""
        return sum((line.amount for line in self.lines.all()), Decimal(0))

    @property
    def journal_subject(self) -> str:
        return self.booth.code


class OrderLine(models.Model):
    """So many of one service, at the price and surcharge of the day on which they were ordered."""

    order = models.ForeignKey(ServiceOrder, models.CASCADE, related_name="lines")
    item = models.ForeignKey("booths.ServiceItem", models.PROTECT, related_name="lines", verbose_name=_("service"))
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_price = amount_field(verbose_name=_("unit price"))
    late_percent = models.DecimalField(
        _("late surcharge in percent"), max_digits=5, decimal_places=2, default=Decimal(0)
    )
    surcharge = amount_field(verbose_name=_("late surcharge"), default=Decimal(0))
    # How many passes one unit brought when it was ordered.
    passes = models.PositiveSmallIntegerField(_("passes in one unit"), default=0)

    class Meta:
        verbose_name = _("line of an order")
        verbose_name_plural = _("lines of orders")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "item"], name="one_line_a_service"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="something_is_ordered"),
            models.CheckConstraint(condition=Q(unit_price__gte=0, surcharge__gte=0), name="ordered_at_a_price"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.item_id}"

    @property
    def list_price(self) -> Decimal:
        """Of all units, before the surcharge."""
        return self.quantity * self.unit_price

    @property
    def amount(self) -> Decimal:
        """Of all units, the surcharge included."""
        return self.list_price + self.surcharge
