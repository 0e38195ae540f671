"""The rates of VAT in the prices, each from its day on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs.money.models.items import FeeItem


class VatRate(models.Model):
    """The rate that is in the prices of an item from a day on, until the next begins; empty: from the beginning."""

    edition = models.ForeignKey("fairs.Edition", models.CASCADE, related_name="vat_rates")
    item = models.CharField(_("fee"), max_length=10, choices=FeeItem, default=FeeItem.BOOTH)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    legal_basis = models.ForeignKey(
        "fairs.LegalPaper", models.PROTECT, null=True, blank=True, verbose_name=_("legal paper"), related_name="+"
    )

    class Meta:
        verbose_name = _("VAT rate")
        verbose_name_plural = _("VAT rates")
        ordering = ["item", models.F("starts_on").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "item", "starts_on"], name="one_vat_rate_a_day"),
            models.UniqueConstraint(
                fields=["edition", "item"], condition=Q(starts_on=None), name="one_vat_rate_from_the_beginning"
            ),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="vat_within_100_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.percent}"

    @property
    def journal_subject(self) -> str:
        return f"{self.get_item_display()} {self.percent:f}%"
