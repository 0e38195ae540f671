"""Attempts to pay by card, and what the card company told us about them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField, amount_field, currency_field
from fairs.money.querysets import CheckoutQuerySet
from fairs.states import Stateful, Transition


class Checkout(Stateful):
    """One attempt to pay by card: for a notice, or for things on hold that have none yet.

    Money counts whenever it comes: the table lets even what was given up be paid.
    """

    class State(models.TextChoices):
        NEW = "new", _("Being prepared")
        OPEN = "open", _("Card page open")
        PROCESSING = "processing", _("With the bank")
        PAID = "paid", _("Paid")
        SETTLED = "settled", _("Paid and booked")
        EXPIRED = "expired", _("Not paid in time")
        FAILED = "failed", _("Did not go through")

    LIVE: ClassVar = (State.NEW, State.OPEN, State.PROCESSING)
    PENDING: ClassVar = (*LIVE, State.PAID)
    TRANSITIONS: ClassVar = {
        "open": Transition((State.NEW,), State.OPEN),
        "process": Transition((State.NEW, State.OPEN), State.PROCESSING),
        "pay": Transition((*LIVE, State.EXPIRED, State.FAILED), State.PAID),
        "settle": Transition((State.PAID,), State.SETTLED),
        "expire": Transition((State.NEW, State.OPEN), State.EXPIRED),
        "fail": Transition(LIVE, State.FAILED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.NEW)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="checkouts")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="checkouts")
    # For a notice, or for things that an app has on hold; those get their notice with the money.
    notice = models.ForeignKey("fairs.Notice", models.PROTECT, null=True, blank=True, related_name="checkouts")
    source_kind = models.CharField(max_length=40, blank=True)
    source_ids = models.JSONField(default=list, blank=True)
    # What it is for, in one word: fairs.notice:12, or booths.application:7 whose booths are on hold.
    about = models.CharField(max_length=60)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    title = NameField(_("title"))
    language = models.CharField(max_length=2)
    amount = amount_field(verbose_name=_("amount"))
    currency = currency_field(verbose_name=_("currency"))
    # Said with the request for a session, so that asking twice makes one; the session carries it as its reference.
    key = models.CharField(max_length=40, unique=True)
    session_id = models.CharField(max_length=120, blank=True)
    # Of the card page; forgotten as soon as nobody can pay there any more.
    url = models.TextField(blank=True)
    payment_intent = models.CharField(max_length=120, blank=True)
    begun_at = models.DateTimeField(_("begun"), default=clock.now)
    expires_at = models.DateTimeField(_("open until"))
    # When the truth about it is to be asked next.
    look_at = models.DateTimeField()
    payment = models.OneToOneField("fairs.Payment", models.PROTECT, null=True, blank=True, related_name="checkout")

    objects = CheckoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("card payment")
        verbose_name_plural = _("card payments")
        ordering = ["-begun_at", "-pk"]
        indexes = [models.Index(fields=["state", "look_at"], name="checkouts_to_look_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["about"],
                condition=Q(state__in=["new", "open", "processing"]),
                name="one_live_checkout_a_thing",
            ),
            models.UniqueConstraint(fields=["about", "attempt"], name="one_checkout_an_attempt"),
            models.UniqueConstraint(
                fields=["session_id"], condition=~Q(session_id=""), name="one_checkout_a_session"
            ),
            models.UniqueConstraint(
                fields=["payment_intent"], condition=~Q(payment_intent=""), name="one_checkout_an_intent"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="checkout_is_positive"),
            models.CheckConstraint(
                condition=Q(notice__isnull=False) | ~Q(source_kind=""), name="checkout_is_for_something"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["paid", "settled"], payment__isnull=False)
                | ~Q(state__in=["paid", "settled"]) & Q(payment__isnull=True),
                name="paid_checkout_has_its_payment",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | ~Q(session_id=""), name="open_checkout_has_its_session"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.about} {self.attempt}"

    @property
    def live(self) -> bool:
        """Whether somebody may still pay with it, or its payment is on its way."""
        return self.state in self.LIVE

    @property
    def pending(self) -> bool:
        """Whether something about it will still happen by itself."""
        return self.state in self.PENDING

    @property
    def journal_subject(self) -> str:
        return self.title


class CardEvent(models.Model):
    """An event of the card company, by its id: what was handled once is not handled again. Holds nothing personal."""

    stripe_id = models.CharField(max_length=120, unique=True)
    type = models.CharField(max_length=80)
    created = models.DateTimeField()
    received = models.DateTimeField(default=clock.now)
    handled = models.DateTimeField(null=True, blank=True)
    # The payment it is about, as the card company calls it; kept until it is handled.
    payment_intent = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("card event")
        verbose_name_plural = _("card events")
        ordering = ["-received", "-pk"]

    def __str__(self) -> str:
        return self.stripe_id
