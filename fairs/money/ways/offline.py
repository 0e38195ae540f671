"""Money that finance sees with its own eyes: cash at the desk, or a bank's slip on paper."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class OfflineReceipt:
    """Recorded by finance, with a receipt of ours."""

    code: str
    label: Any
    by_hand: bool = True


CASH = OfflineReceipt("cash", _("Cash at the finance desk"))
BANK_SLIP = OfflineReceipt("bank_slip", _("Bank transfer, seen on the statement"))
