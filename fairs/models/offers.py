"""What makers tell of what they offer, beside their goods: price bands and the certificates they hold."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairs.models.fields import NameField


class PriceBand(models.TextChoices):
    """What a piece costs when bought from the maker; makers and importers choose from the same."""

    UNKNOWN = "", _("Not stated")
    ENTRY = "entry", _("Under US$5 a piece")
    MIDDLE = "middle", _("US$5 to 20 a piece")
    UPPER = "upper", _("US$20 to 100 a piece")
    FINE = "fine", _("Over US$100 a piece")


class HeldCertificate(models.Model):
    """A certificate that a company says it holds, until its last day; without one for as long as it says so."""

    company = models.ForeignKey("fairs.Company", models.CASCADE, related_name="held_certificates")
    certificate = models.ForeignKey("fairs.Certificate", models.PROTECT, verbose_name=_("certificate"))
    number = NameField(_("number"), max_length=60, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("certificate held")
        verbose_name_plural = _("certificates held")
        ordering = ["certificate", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "certificate"], name="one_row_a_certificate_held"),
        ]

    def __str__(self) -> str:
        return f"{self.company_id} {self.certificate_id}"

    def valid_on(self, day: date) -> bool:
        """Whether it still holds on a day."""
        return self.valid_until is None or self.valid_until >= day

    @property
    def journal_subject(self) -> str:
        return self.certificate.name_en
