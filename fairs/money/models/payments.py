"""Money that came in, each of its moves, and money that went back."""

from datetime import timedelta
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField, amount_field, currency_field
from fairs.money.querysets import PaymentQuerySet, PostingQuerySet, RefundQuerySet
from fairs.states import Stateful, Transition


class Payment(Stateful):
    """Money that came in, with the receipt given for it; its postings say what became of it.

    What is neither assigned to a notice nor returned is free: it waits for a person to decide.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        VOID = "void", _("Void")

    class Question(models.TextChoices):
        """Why a part of it is on no notice."""

        MORE_THAN_DUE = "more_than_due", _("More came in than is owed")
        ALREADY_PAID = "already_paid", _("The notice was paid already")
        NOT_OWED = "not_owed", _("What it was for is owed no more")
        BOOTH_GONE = "booth_gone", _("The booth went to somebody else meanwhile")
        WRONG_CURRENCY = "wrong_currency", _("It came in another currency than the notice’s")
        TAKEN_OFF = "taken_off", _("It was taken off its notice")
        KEPT = "kept", _("Finance keeps it on no notice for now")

    TRANSITIONS: ClassVar = {"void": Transition((State.RECEIVED,), State.VOID)}

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="payments")
    # Who paid, as far as it is known.
    company = models.ForeignKey("fairs.Company", models.PROTECT, null=True, blank=True, related_name="payments")
    way = models.CharField(_("way of paying"), max_length=20)
    amount = amount_field(verbose_name=_("amount"))
    currency = currency_field(verbose_name=_("currency"))
    received_on = models.DateField(_("received on"))
    receipt = models.CharField(_("receipt number"), max_length=30)
    note = NameField(_("note"), blank=True)
    # What the postings come to; kept beside them so that a constraint can hold it.
    assigned = amount_field(verbose_name=_("assigned"), default=Decimal(0))
    returned = amount_field(verbose_name=_("returned"), default=Decimal(0))
    question = models.CharField(max_length=20, choices=Question, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Whoever repeats a request repeats its key, and the money is counted once.
    key = models.CharField(max_length=120, unique=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_positive"),
            models.UniqueConstraint(fields=["edition", "receipt"], name="one_payment_a_receipt"),
            models.CheckConstraint(condition=Q(assigned__gte=0, returned__gte=0), name="payment_parts_not_negative"),
            models.CheckConstraint(
                condition=Q(assigned__lte=F("amount") - F("returned")), name="payment_never_over_assigned"
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | Q(assigned=0, returned=F("amount")), name="void_payment_is_returned"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def free(self) -> Decimal:
        """What is on no notice and was not returned."""
        return self.amount - self.assigned - self.returned

    @property
    def journal_subject(self) -> str:
        return self.receipt


class Posting(models.Model):
    """One move of money, never changed or deleted; an amount with a sign, on a notice or on none (free money).

    Assigning writes two: off the free money, onto the notice. So the postings of a payment come to what was paid less
    what was returned, and those of a notice to what is paid on it.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        ASSIGNED = "assigned", _("Assigned")
        TAKEN_OFF = "taken_off", _("Taken off")
        RETURNED = "returned", _("Returned")
        CAME_BACK = "came_back", _("Came back")
        VOIDED = "voided", _("Void")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="postings")
    notice = models.ForeignKey("fairs.Notice", models.PROTECT, null=True, related_name="postings")
    refund = models.ForeignKey("fairs.Refund", models.PROTECT, null=True, related_name="postings")
    kind = models.CharField(max_length=10, choices=Kind)
    amount = amount_field(verbose_name=_("amount"))
    reason = NameField(_("reason"), blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="posting_moves_something")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Refund(Stateful):
    """Money that goes back to its payer; counted as gone from the moment it is asked for."""

    class State(models.TextChoices):
        ASKED = "asked", _("To be sent")
        SENT = "sent", _("On its way")
        DONE = "done", _("Returned")
        FAILED = "failed", _("Did not go through")

    class Kind(models.TextChoices):
        REFUND = "refund", _("Refund")
        DISPUTE = "dispute", _("Disputed with the bank")

    TRANSITIONS: ClassVar = {
        "send": Transition((State.ASKED,), State.SENT),
        "finish": Transition((State.ASKED, State.SENT), State.DONE),
        "fail": Transition((State.ASKED, State.SENT, State.DONE), State.FAILED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.REFUND)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="refunds")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    number = models.CharField(_("number"), max_length=30)
    amount = amount_field(verbose_name=_("amount"))
    currency = currency_field(verbose_name=_("currency"))
    reason = NameField(_("reason"))
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # What the other side calls it: Stripe's id, or the bank's of the transfer back.
    outside = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=120, unique=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_refund_a_number"),
            models.UniqueConstraint(fields=["outside"], condition=~Q(outside=""), name="one_refund_an_outside_id"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="refund_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def slow(self) -> bool:
        """Whether it has been on its way for so long that a person has to ask what became of it."""
        pending = self.state in (self.State.ASKED, self.State.SENT)
        return pending and clock.now() - self.asked_at > timedelta(days=settings.CARD_DAYS)

    @property
    def company_id(self) -> int | None:
        """On whose behalf, for the journal."""
        return self.payment.company_id

    @property
    def journal_subject(self) -> str:
        return self.number
