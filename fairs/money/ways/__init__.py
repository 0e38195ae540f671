"""The ways of paying: one file each, behind one small protocol."""

from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _

from fairs.errors import Invalid
from fairs.money.ways import card, offline, transfer

if TYPE_CHECKING:
    from fairs.models import Edition, Refund


class Way(Protocol):
    """A way of paying. `by_hand` ways are recorded by finance; the others report money by themselves."""

    @property
    def code(self) -> str: ...

    @property
    def label(self) -> Any: ...

    @property
    def by_hand(self) -> bool: ...

    @property
    def brings_money(self) -> bool:
        """Whether money comes in; what a fund covers or the organiser waives is no income."""
        ...

    @property
    def sends_back(self) -> bool:
        """Whether it returns money by itself; else finance does it, and says so."""
        ...

    def ready(self, edition: "Edition", currency: str | None = None) -> bool:
        """Whether an edition could be paid this way at all, in a currency or in any: what the way needs is set."""
        ...

    def send_back(self, refund: "Refund") -> None:
        """Begin to return money, inside the transaction that asks for it; nothing where finance does it by hand."""


WAYS: dict[str, Way] = {
    way.code: way
    for way in (offline.CASH, offline.BANK_SLIP, transfer.TRANSFER, card.CARD, offline.SUPPORT, offline.WAIVED)
}
# What payers choose from; the others are recorded by finance. A way that is not there is not offered.
FOR_PAYERS = [code for code in ("transfer", "card", "cash") if code in WAYS]
WITHOUT_MONEY = [code for code, way in WAYS.items() if not way.brings_money]


def way_named(code: str) -> Way:
    """The way with a code; refuses with `unknown_way`."""
    if code not in WAYS:
        raise Invalid(
            "unknown_way", _("This way of paying is not offered here."), {"way": [_("Choose one of the list.")]}
        )
    return WAYS[code]
