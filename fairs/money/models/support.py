"""Who gets which part of a fee paid, on which legal basis."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs.models.fields import NameField


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
