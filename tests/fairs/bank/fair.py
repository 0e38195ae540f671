"""An edition with an account and finance, exhibitors who owe for booths, and what the bank says."""

from datetime import date
from decimal import Decimal
from typing import Any

from booths.actions.reservations import hold_booths, reserve_held
from booths.models import Booth
from fairs.models import BankLine, Edition, Notice, Person
from fairs.money.actions.accounts import set_bank_account
from fairs.money.actions.lines import Account, Booked, Received, receive_lines
from fairs.money.actions.matching import match_lines
from fairs.text import ascii_upper
from tests import world

PRICE = 13_500_000
TODAY = date(2018, 9, 1)
ACCOUNT = Account("970436", "0000000001018")


class Fair:
    """Each exhibitor reserves booths for PRICE đồng apiece; finance is of this edition."""

    def __init__(self, booths: int = 6) -> None:
        self.edition: Edition = world.edition(slug="hgs-2018")
        self.finance: Person = world.officer(self.edition, "finance")
        set_bank_account(
            self.edition, bin=ACCOUNT.bin, number=ACCOUNT.number, bank_name="Vietcombank", holder="HOI CHO",
            by=self.finance,
        )  # fmt: skip
        self.free: list[Booth] = world.floor(self.edition, booths)
        self.told = 0

    def notice(self, booths: int = 1, by: Person | None = None) -> Notice:
        """A notice for the next booths."""
        application = world.application(self.edition, by, booths=booths)
        taken, self.free = self.free[:booths], self.free[booths:]
        hold_booths(application, booths=taken, by=application.contact)
        return reserve_held(application, by=application.contact)

    def booked(self, amount: int, text: str = "", *, payer: str = "", day: date = TODAY, **more: Any) -> Booked:
        """A movement with a reference of its own."""
        self.told += 1
        return Booked(day, Decimal(amount), text=text, payer=payer, **{"transaction": f"FT{self.told:04d}"} | more)

    def tell(self, *told: Booked, source: str = "statement", channel: str = "", match: bool = True) -> Received:
        """The bank says that this moved, and what it says is matched."""
        received = receive_lines(ACCOUNT, told, edition=self.edition, source=source, channel=channel, by=None)
        if match:
            match_lines(ACCOUNT)
        return received

    def line(self, amount: int, text: str = "", **more: Any) -> BankLine:
        """One line, matched."""
        self.tell(self.booked(amount, text, **more))
        return BankLine.objects.latest("pk")


def payer_of(notice: Notice) -> str:
    """The firm's name as a bank prints it."""
    return ascii_upper(notice.company.name_vi)
