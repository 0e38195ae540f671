"""Money that the card company reports, and that goes back through it."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fairs.money.stripe_client import is_configured

if TYPE_CHECKING:
    from fairs.models import Edition, Refund


@dataclass(frozen=True)
class Card:
    """Recorded from a signed event or the card company's own word; nobody types it."""

    code: str
    label: Any
    brings_money: bool = True
    by_hand: bool = False
    sends_back: bool = True

    def ready(self, edition: "Edition", currency: str | None = None) -> bool:
        """Where this installation has its keys; in any currency."""
        return is_configured()

    def send_back(self, refund: "Refund") -> None:
        """Ask the card company once the refund is written for good; the heartbeat asks again what was not answered."""
        transaction.on_commit(partial(_enqueue, refund.pk))


CARD = Card("card", _("Card"))


def _enqueue(pk: int) -> None:
    from fairs.money.tasks import send_refund  # the tasks import the actions, and they the ways

    send_refund.enqueue(pk)
