"""How a notice is paid by transfer: what its payer copies, and the code that a bank's app reads instead."""

from dataclasses import dataclass
from decimal import Decimal

from fairs.models import BankAccount, Notice
from fairs.money import vietqr
from fairs.money.offered import audience_of, offers


@dataclass(frozen=True)
class Transfer:
    """Where to send how many đồng, and what to write into the transfer; `payload` is the code's text."""

    account: BankAccount
    amount: Decimal
    reference: str
    payload: str

    @property
    def digits(self) -> str:
        """The amount as a bank's form takes it."""
        return f"{self.amount:.0f}" if vietqr.is_payable(self.amount) else f"{self.amount:f}"


def transfer_for(notice: Notice) -> Transfer | None:
    """How to pay what is due next on a notice in đồng; none once nothing is, or where transfers are not offered.

    An amount that is no whole number of đồng is left for the payer to type: a bank moves whole ones only.
    """
    if notice.currency != "VND" or notice.state != Notice.State.ISSUED:
        return None
    account = BankAccount.objects.filter(edition=notice.edition_id).first()
    if account is None or not offers(notice.edition, audience_of(notice.company), "transfer"):
        return None
    payload = vietqr.payload(
        vietqr.Account(account.bin, account.number),
        amount=notice.due_now if vietqr.is_payable(notice.due_now) else None,
        purpose=notice.reference,
    )
    return Transfer(account, notice.due_now, notice.reference, payload)
