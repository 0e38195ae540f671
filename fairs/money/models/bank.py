"""The lines of a bank account: what a bank says moved, who said so, what the matcher and people made of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import FoldedField, NameField, amount_field, currency_field
from fairs.money.querysets import BankLineQuerySet
from fairs.states import Stateful, Transition


class BankLine(Stateful):
    """Money that moved on an account, once, however many sources tell of it and however often.

    It is written before anything is decided about it, and never changed by what is decided.
    """

    class State(models.TextChoices):
        NEW = "new", _("Being matched")
        MATCHED = "matched", _("Put by itself")
        WAITING = "waiting", _("Waiting for a decision")
        DECIDED = "decided", _("Decided by finance")
        SET_ASIDE = "set_aside", _("Set aside")
        OUT = "out", _("Money that went out")

    LASTING: ClassVar = ("edition",)
    TRANSITIONS: ClassVar = {
        "match": Transition((State.NEW,), State.MATCHED),
        "ask": Transition((State.NEW,), State.WAITING),
        "leave": Transition((State.NEW,), State.OUT),
        "decide": Transition((State.WAITING,), State.DECIDED),
        "set_aside": Transition((State.WAITING,), State.SET_ASIDE),
        "reopen": Transition((State.MATCHED, State.DECIDED, State.SET_ASIDE), State.WAITING),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.NEW)
    # The edition in whose name it was read; whoever looks after the money of the account sees it.
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="bank_lines")
    bin = models.CharField(_("bank’s number (BIN)"), max_length=6)
    account = models.CharField(_("account number"), max_length=19)
    # What the bank itself calls it; a bank may use one name for a payment and for its return or fee.
    transaction = models.CharField(_("bank’s reference"), max_length=60, blank=True)
    booked_on = models.DateField(_("booked on"))
    amount = amount_field(verbose_name=_("amount"))  # negative when it went out
    currency = currency_field(verbose_name=_("currency"))
    text = models.CharField(_("text of the transfer"), max_length=500, blank=True)
    payer = NameField(_("payer"), blank=True)
    received_at = models.DateTimeField(_("read at"), default=clock.now)
    upload = models.ForeignKey("fairs.Upload", models.SET_NULL, null=True, blank=True, related_name="bank_lines")
    # What the matcher said: one Outcome, the Rules, the keys of notices with the likeliest first.
    outcome = models.CharField(max_length=20, blank=True)
    rules = models.JSONField(default=list)
    suggested = models.JSONField(default=list)
    payment = models.OneToOneField(
        "fairs.Payment", models.PROTECT, null=True, blank=True, related_name="bank_line", verbose_name=_("payment")
    )
    folded = FoldedField("text", "payer", "transaction")

    objects = BankLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the bank")
        verbose_name_plural = _("lines of the bank")
        ordering = ["-booked_on", "-pk"]
        indexes = [
            models.Index(fields=["bin", "account", "booked_on"], name="lines_of_an_account"),
            models.Index(fields=["bin", "account"], condition=Q(state="new"), name="lines_to_match"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["bin", "account", "transaction", "amount"], condition=~Q(transaction=""),
                name="one_line_a_transaction",
            ),
            models.CheckConstraint(
                condition=~Q(state="matched") | Q(payment__isnull=False), name="matched_line_is_paid"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.transaction or f"{self.booked_on} {self.amount}"

    @property
    def journal_subject(self) -> str:
        """Its day: the text, the payer and the bank's reference are nobody's business in a journal."""
        return self.booked_on.isoformat()


class LineReport(models.Model):
    """That a source told of a line: a row of a statement, or a message of a service that watches the account."""

    class Source(models.TextChoices):
        STATEMENT = "statement", _("Statement")
        SEPAY = "sepay", "SePay"
        VIETQR = "vietqr", "VietQR.vn"

    line = models.ForeignKey(BankLine, models.CASCADE, related_name="reports")
    source = models.CharField(_("source"), max_length=10, choices=Source)
    # Statements of one shape, or one service: the same money told by two channels is one line.
    channel = models.CharField(max_length=30)
    # How the channel names it: by its own id, by the bank's reference, else by all that a row of a statement says.
    key = models.CharField(max_length=160, unique=True)
    # The bank's reference as this channel writes it.
    reference = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("report of a line")
        verbose_name_plural = _("reports of lines")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key


class LineDecision(models.Model):
    """What a person decided about a line, and why; never changed."""

    class Deed(models.TextChoices):
        PUT = "put", _("Put onto notices")
        KEEP = "keep", _("Taken in, on no notice")
        SET_ASIDE = "set_aside", _("Set aside as not ours")
        REOPEN = "reopen", _("Taken back")

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="decisions")
    deed = models.CharField(max_length=10, choices=Deed)
    reason = NameField(_("reason"))
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("decision about a line")
        verbose_name_plural = _("decisions about lines")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="line_decision_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.deed} {self.line_id}"


class StatementShape(models.Model):
    """Which column of a bank's statement says what, said once by a person and known again by its headings."""

    bin = models.CharField(max_length=6)
    account = models.CharField(max_length=19)
    headings = models.CharField(max_length=64)  # a digest of the heading row
    # {"booked_on": 0, "credit": 3, ...}: the place of each column
    columns = models.JSONField()
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("shape of a statement")
        verbose_name_plural = _("shapes of statements")
        constraints = [models.UniqueConstraint(fields=["bin", "account", "headings"], name="one_shape_a_heading_row")]

    def __str__(self) -> str:
        return self.headings
