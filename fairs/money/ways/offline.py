"""What finance sees with its own eyes: cash, a bank's slip on paper, a fund's or the director's word."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from fairs.models import Edition, Refund


@dataclass(frozen=True)
class OfflineReceipt:
    """Recorded by finance, with a receipt of ours; without money its own row of numbers and a reason."""

    code: str
    label: Any
    brings_money: bool = True
    by_hand: bool = True
    sends_back: bool = False

    def ready(self, edition: "Edition", currency: str | None = None) -> bool:
        """The desk is always there."""
        return True

    def send_back(self, refund: "Refund") -> None:
        """Finance hands it over and says so."""


CASH = OfflineReceipt("cash", _("Cash at the finance desk"))
BANK_SLIP = OfflineReceipt("bank_slip", _("Bank transfer, seen on the statement"))
SUPPORT = OfflineReceipt("support", _("Covered by support"), brings_money=False)
WAIVED = OfflineReceipt("waived", _("Waived"), brings_money=False)
