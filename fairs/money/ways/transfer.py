"""Money that a bank reports: by its statement, or as it comes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from fairs.models import Edition, Refund


@dataclass(frozen=True)
class Transfer:
    """Recorded from a bank's line; nobody types it."""

    code: str
    label: Any
    brings_money: bool = True
    by_hand: bool = False
    sends_back: bool = False

    def ready(self, edition: "Edition", currency: str | None = None) -> bool:
        """Where the edition says to which account; in đồng."""
        return currency in (None, "VND") and edition.bank_accounts.exists()

    def send_back(self, refund: "Refund") -> None:
        """Finance transfers it back and says so."""


TRANSFER = Transfer("transfer", _("Bank transfer"))
