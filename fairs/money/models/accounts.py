"""Where transfers go."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairs.models.fields import NameField


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
