"""The VAT invoices that another system issues: what is needed to find them again, and to see which are missing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs import clock
from fairs.models.fields import amount_field, currency_field
from fairs.money.querysets import OfNoticeQuerySet


class EInvoice(models.Model):
    """An e-invoice (hóa đơn điện tử) for a notice, as the outside system gave it; it is never issued here.

    Since Decree 70/2025 none is cancelled: one that was wrong is adjusted or replaced by another.
    """

    class Status(models.TextChoices):
        ISSUED = "issued", _("Issued")
        ADJUSTING = "adjusting", _("Adjusts an earlier one")
        REPLACING = "replacing", _("Replaces an earlier one")
        REPLACED = "replaced", _("Replaced")

    edition = models.ForeignKey("fairs.Edition", models.PROTECT, related_name="e_invoices")
    notice = models.ForeignKey("fairs.Notice", models.PROTECT, related_name="e_invoices")
    symbol = models.CharField(_("symbol"), max_length=20)
    number = models.CharField(_("number"), max_length=20)
    issued_on = models.DateField(_("date"))
    lookup_code = models.CharField(_("look-up code"), max_length=60, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ISSUED)
    # With VAT. One that adjusts may be negative.
    amount = amount_field(verbose_name=_("amount with VAT"))
    currency = currency_field(verbose_name=_("currency"))
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-invoice")
        verbose_name_plural = _("e-invoices")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "symbol", "number"], name="one_e_invoice_a_number"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(status="adjusting"), name="only_an_adjusting_invoice_is_negative"
            ),
            models.CheckConstraint(condition=~Q(symbol="") & ~Q(number=""), name="e_invoice_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.number}"

    @property
    def company_id(self) -> int:
        """On whose behalf, for the journal."""
        return self.notice.company_id

    @property
    def journal_subject(self) -> str:
        return f"{self.symbol} {self.number}"
