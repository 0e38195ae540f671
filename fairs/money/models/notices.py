"""Payment notices with their lines, instalments and credit notes, and the gapless numbers of papers."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import NameField, amount_field, currency_field
from fairs.money.models.items import FeeItem
from fairs.money.querysets import NoticeQuerySet, OfNoticeQuerySet
from fairs.states import Stateful, Transition

if TYPE_CHECKING:
    from fairs.money.models.payments import Payment


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


class Notice(Stateful):
    """A payment notice: our own paper, never an invoice in the sense of the tax law."""

    class State(models.TextChoices):
        ISSUED = "issued", _("Waiting for payment")
        PAID = "paid", _("Paid in full")
        CANCELLED = "cancelled", _("Cancelled")
        CREDITED = "credited", _("Credited in full")

    LIVE: ClassVar = (State.ISSUED, State.PAID)
    LASTING: ClassVar = ("edition", "company")
    TRANSITIONS: ClassVar = {
        "settle": Transition((State.ISSUED,), State.PAID),
        "reopen": Transition((State.PAID,), State.ISSUED),
        "cancel": Transition((State.ISSUED,), State.CANCELLED),
        "release": Transition((State.ISSUED,), State.CANCELLED),  # nothing was paid in time
        "credit": Transition(LIVE, State.CREDITED),
    }

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ISSUED)
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="notices")
    company = models.ForeignKey("fairs.Company", models.PROTECT, related_name="notices")
    # To whom its letters go.
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("contact")
    )
    number = models.CharField(_("number"), max_length=30)
    # What a transfer says, so that its money finds this notice among those of all editions.
    reference = models.CharField(_("transfer reference"), max_length=19, unique=True, editable=False)
    currency = currency_field(verbose_name=_("currency"))
    due = amount_field(verbose_name=_("amount due"))
    # What the postings and the credit notes come to; kept beside them so that a constraint can hold it.
    paid = amount_field(verbose_name=_("paid"), default=Decimal(0))
    credited = amount_field(verbose_name=_("credited"), default=Decimal(0))
    issued_at = models.DateTimeField(_("issued"), default=clock.now)
    # Of the first instalment that is not met yet.
    due_on = models.DateField(_("to be paid by"))
    # Until when the first instalment is taken by each way, as it was told when issued: a code and a day in ISO form.
    ways = models.JSONField(_("ways of paying"), default=dict, blank=True)
    # After this day a notice on which nothing was paid is cancelled; empty: never by itself.
    release_on = models.DateField(_("kept until"), null=True, blank=True)
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
            models.CheckConstraint(condition=Q(credited__gte=0), name="notice_credit_not_negative"),
            models.CheckConstraint(
                condition=Q(paid__gte=0, paid__lte=F("due") - F("credited")), name="notice_never_overpaid"
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid=F("due") - F("credited")), name="paid_notice_has_no_balance"
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(paid__lt=F("due") - F("credited")) | Q(due=0),
                name="issued_notice_has_a_balance",
            ),
            models.CheckConstraint(condition=~Q(state="cancelled") | Q(paid=0), name="cancelled_notice_holds_no_money"),
            models.CheckConstraint(
                condition=~Q(state="credited") | Q(paid=0, credited=F("due")), name="credited_notice_is_credited_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def balance(self) -> Decimal:
        """What is still to be paid."""
        return self.due - self.credited - self.paid

    @property
    def owed(self) -> Decimal:
        """What is due after credit notes."""
        return self.due - self.credited

    @property
    def due_now(self) -> Decimal:
        """What is to be paid by `due_on`: what is left of the instalments up to that day."""
        return sum((left for day, left in self.unpaid_parts if day <= self.due_on), Decimal(0))

    @property
    def unpaid_parts(self) -> list[tuple[date, Decimal]]:
        """The days and amounts that are still to be paid."""
        parts = self.parts
        return [(one.due_on, left) for one, left in parts if left] if parts else [(self.due_on, self.balance)]

    @property
    def parts(self) -> list[tuple["Instalment", Decimal]]:
        """The instalments, and what is left of each."""
        return left_of(self.instalments.all(), self.paid + self.credited)

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
    def receipts(self) -> list[tuple["Payment", Decimal]]:
        """The payments of which something stands on it, the oldest first, and how much."""
        sums: dict[Payment, Decimal] = {}
        for posting in self.postings.all():
            sums[posting.payment] = sums.get(posting.payment, Decimal(0)) + posting.amount
        return [(payment, amount) for payment, amount in sums.items() if amount]

    @property
    def journal_subject(self) -> str:
        return self.number


class Instalment(models.Model):
    """A part of a notice with its own day; a notice without any is due at once."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="instalments")
    due_on = models.DateField(_("to be paid by"))
    amount = amount_field(verbose_name=_("amount"))

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "due_on"], name="one_instalment_a_day"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.amount}"


def left_of(parts: "Iterable[Instalment]", met: Decimal) -> list[tuple["Instalment", Decimal]]:
    """What is left of each part, in the order of their days, once `met` has gone to the earliest ones."""
    found = []
    for part in parts:
        now = min(met, part.amount)
        met -= now
        found.append((part, part.amount - now))
    return found


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
    fee = models.CharField(_("fee"), max_length=10, choices=FeeItem, default=FeeItem.BOOTH)  # whose VAT rates hold
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


class CreditNote(models.Model):
    """A paper that lowers what a notice asks for; nothing that was issued is deleted or changed."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="credit_notes")
    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="credit_notes")
    number = models.CharField(_("number"), max_length=30)
    amount = amount_field(verbose_name=_("amount"))
    currency = currency_field(verbose_name=_("currency"))
    reason = NameField(_("reason"))
    issued_at = models.DateTimeField(_("issued"), default=clock.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Whoever repeats a request repeats its key, and the notice is credited once.
    key = models.CharField(max_length=80, unique=True)

    objects = OfNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit note")
        verbose_name_plural = _("credit notes")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_credit_note_a_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="credit_is_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="credit_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def company_id(self) -> int:
        """On whose behalf, for the journal."""
        return self.notice.company_id

    @property
    def journal_subject(self) -> str:
        return self.number
