"""Payment notices with their lines, payments, gapless numbers, support rules, the account for transfers."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField, amount_field, currency_field
from fairs.money.querysets import NoticeQuerySet
from fairs.states import Stateful, Transition


class Counter(models.Model):
    """The last number given in one gapless row of an edition."""

    edition = models.ForeignKey("fairs.Edition", models.PROTECT)
    row = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = [models.UniqueConstraint(fields=["edition", "row"], name="one_counter_a_row")]

    def __str__(self) -> str:
        return f"{self.row} {self.last}"


class SupportRule(models.Model):
    """Who gets which part of the booth rent paid, on which legal basis."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="support_rules")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name_vi = NameField(_("name in Vietnamese"))
    name_en = NameField(_("name in English"))
    legal_form = models.CharField(_("legal form"), max_length=20, blank=True)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    booths_at_most = models.PositiveSmallIntegerField(_("booths at most"), default=6)
    legal_basis = models.ForeignKey("fairs.LegalPaper", models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = _("support rule")
        verbose_name_plural = _("support rules")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="support_within_100_percent")
        ]

    def __str__(self) -> str:
        return self.name_vi


class BankAccount(models.Model):
    """Where an edition is paid by transfer within Vietnam, in đồng."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="bank_accounts")
    bin = models.CharField(_("bank’s number (BIN)"), max_length=6)
    bank_name = NameField(_("bank"), max_length=120)
    number = models.CharField(_("account number"), max_length=19)
    holder = NameField(_("account holder"), max_length=120)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        constraints = [
            models.UniqueConstraint(fields=["edition"], name="one_bank_account_an_edition"),
            models.CheckConstraint(
                condition=~Q(bin="") & ~Q(bank_name="") & ~Q(number="") & ~Q(holder=""), name="bank_account_is_complete"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} {self.number}"


class Notice(Stateful):
    """A payment notice: our own paper, never an invoice in the sense of the tax law."""

    class State(models.TextChoices):
        ISSUED = "issued", _("Waiting for payment")
        PAID = "paid", _("Paid in full")
        CANCELLED = "cancelled", _("Cancelled")

    TRANSITIONS: ClassVar = {
        "settle": Transition((State.ISSUED,), State.PAID),
        "cancel": Transition((State.ISSUED,), State.CANCELLED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ISSUED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="notices")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="notices")
    number = models.CharField(_("number"), max_length=30)
    # What a transfer says, so that its money finds this notice among those of all editions.
    reference = models.CharField(_("transfer reference"), max_length=19, unique=True, editable=False)
    currency = currency_field(verbose_name=_("currency"))
    due = amount_field(verbose_name=_("amount due"))
    paid = amount_field(verbose_name=_("paid"), default=Decimal(0))
    issued_at = models.DateTimeField(_("issued"), default=clock.now)
    due_on = models.DateField(_("to be paid by"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment notice")
        verbose_name_plural = _("payment notices")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_notice_a_number"),
            models.CheckConstraint(condition=~Q(reference=""), name="notice_has_a_reference"),
            models.CheckConstraint(condition=Q(due__gte=0), name="notice_due_not_negative"),
            models.CheckConstraint(condition=Q(paid__gte=0, paid__lte=F("due")), name="notice_never_overpaid"),
            models.CheckConstraint(condition=~Q(state="paid") | Q(paid=F("due")), name="paid_notice_has_no_balance"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def balance(self) -> Decimal:
        """What is still to be paid."""
        return self.due - self.paid

    @property
    def overdue(self) -> bool:
        """Unpaid after its date."""
        return self.days_late > 0

    @property
    def days_late(self) -> int:
        """How long it has been unpaid after its date; zero when it is in time or settled."""
        if self.state != self.State.ISSUED:
            return 0
        return max(0, (clock.today(self.edition) - self.due_on).days)

    @property
    def list_price(self) -> Decimal:
        """The sum of the lines before support."""
        return sum((line.amount for line in self.lines.all() if line.kind == NoticeLine.Kind.PRICE), Decimal(0))

    @property
    def support(self) -> Decimal:
        """The sum of the support lines, zero or negative."""
        return sum((line.amount for line in self.lines.all() if line.kind == NoticeLine.Kind.SUPPORT), Decimal(0))

    @property
    def journal_subject(self) -> str:
        return self.number


class NoticeLine(models.Model):
    """One thing priced or supported; its source is named by a kind that the owning app has registered."""

    class Kind(models.TextChoices):
        PRICE = "price", _("List price")
        SUPPORT = "support", _("Support")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=10, choices=Kind)
    text_vi = NameField(_("text in Vietnamese"), max_length=400)
    text_en = NameField(_("text in English"), max_length=400)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    unit_price = amount_field(verbose_name=_("unit price"))
    amount = amount_field(verbose_name=_("amount"))
    vat_rate = models.DecimalField(_("VAT rate in percent"), max_digits=5, decimal_places=2, null=True, blank=True)
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["pk"]
        indexes = [models.Index(fields=["source_kind", "source_id"], name="lines_of_a_source")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="price", amount__gte=0) | Q(kind="support", amount__lte=0),
                name="support_is_negative",
            )
        ]

    def __str__(self) -> str:
        return self.text_vi


class Payment(models.Model):
    """Money that came in for a notice, with the receipt given for it."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="payments")
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="payments")
    way = models.CharField(_("way of paying"), max_length=20)
    amount = amount_field(verbose_name=_("amount"))
    currency = currency_field(verbose_name=_("currency"))
    received_on = models.DateField(_("received on"))
    receipt = models.CharField(_("receipt number"), max_length=30)
    note = NameField(_("note"), blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Whoever repeats a request repeats its key, and the money is counted once.
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_positive"),
            models.UniqueConstraint(fields=["edition", "receipt"], name="one_payment_a_receipt"),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def journal_subject(self) -> str:
        return self.receipt
