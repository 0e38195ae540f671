"""The bank of a demonstration: transfers come in the evening as lines of the account, as people really write them."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random

from fairs import clock
from fairs.demo.stages import HANOI
from fairs.demo.world import SEED, Demo
from fairs.models import BankLine, LineReport, Notice
from fairs.money.actions.lines import Account, Booked, account_of, receive_lines
from fairs.money.actions.matching import match_lines
from fairs.money.actions.queue import put_line, set_line_aside
from fairs.text import ascii_upper

BEFORE = ("", "MBVCB.{n}.", "CT DEN:{n} ", "IBFT ", "ND: ", "REM {n} ")
AFTER = ("", " thanh toan gian hang", " chuyen tien hoi cho", "/HCQT 2018", ".CT tu {n}", " tien gian dot 1")
STRANGE = (("LAI TIEN GUI", 77_000), ("HOAN UNG CONG TAC PHI", 1_250_000), ("tien dien thang PE01001122", 640_000))
UNCLEAR = 0.05  # of the transfers carry no reference, and somebody’s own name


@dataclass
class Bank:
    """What moved since the last evening; what nobody can know is decided by finance a day or two later."""

    demo: Demo
    told: list[Booked] = field(default_factory=list)
    meant: dict[str, int] = field(default_factory=dict)  # the notice of an unclear transfer, by the bank's reference
    moved: int = 0

    def transfer(self, notice: Notice, amount: Decimal) -> None:
        """Somebody pays by bank."""
        chance = Random(f"{SEED}/bank/{notice.number}/{notice.paid}")
        payer = ascii_upper(notice.company.name_vi)
        text = _written(notice.reference, chance)
        unclear = chance.random() < UNCLEAR
        if unclear:
            text, payer = (
                "thanh toan tien gian hang hoi cho",
                chance.choice(("NGUYEN THI HOA", "TRAN VAN LUC", "LE THI TO")),
            )
        name = self._book(amount, text, payer)
        if unclear:
            self.meant[name] = notice.pk

    def stranger(self, number: int) -> None:
        """Money that has nothing to do with booths."""
        text, amount = STRANGE[number % len(STRANGE)]
        self._book(Decimal(amount), text, "")

    def puzzles(self) -> None:
        """What finance finds waiting when a demonstration begins: no reference, a mistyped one, and no booth at all."""
        owed = Notice.objects.filter(edition=self.demo.edition, currency="VND", paid=0).unpaid()
        for number, notice in enumerate(owed.order_by("-due_on", "pk")[:3]):
            text = "tien gian hang, cho chi Hoa"
            if number:
                text = f"CK {notice.reference[:-2]}{'B' if notice.reference[-2] != 'B' else 'D'}{notice.reference[-1]}"
            self._book(notice.due_now, text, "NGUYEN THI HOA" if number != 1 else "")
        self.stranger(1)

    def _book(self, amount: Decimal, text: str, payer: str) -> str:
        now = clock.now().astimezone(HANOI)
        self.moved += 1
        name = f"FT{now:%y%j}{self.moved:05d}"
        if not self.told:
            evening = now.replace(hour=18, minute=5, second=0, microsecond=0)
            self.demo.timeline.at(max(evening, now), self.tell)
        self.told.append(Booked(now.date(), amount, text=text, payer=payer, transaction=name))
        return name

    def tell(self) -> None:
        """The day's lines, through the door that a service uses."""
        edition, account = self.demo.edition, account_of(self.demo.edition)
        told, self.told = self.told, []
        if account is None or not told:
            return
        receive_lines(
            Account(account.bin, account.number), told, edition=edition, source=LineReport.Source.SEPAY, by=None
        )
        match_lines(account)
        if any(one.transaction in self.meant or not one.payer for one in told):
            self.demo.timeline.at(clock.now() + timedelta(days=2, hours=15), self.decide)

    def decide(self) -> None:
        """Finance has made its calls; the lines of the last two days still wait."""
        finance, since = self.demo.officers["finance"], clock.now().date() - timedelta(days=2)
        for line in BankLine.objects.filter(edition=self.demo.edition, state="waiting", booked_on__lte=since):
            notice = Notice.objects.filter(pk=self.meant.get(line.transaction, 0)).first()
            if notice is None:
                set_line_aside(line, reason="Không phải tiền gian hàng", by=finance)
            elif notice.state == Notice.State.ISSUED:
                amount = min(line.amount, notice.balance)
                put_line(line, parts=[(notice, amount)], reason="Đã gọi điện cho đơn vị, đúng khoản của họ", by=finance)


def _written(reference: str, chance: Random) -> str:
    """As people type it and banks print it."""
    dice = chance.random()
    if dice < 0.25:
        reference = reference.lower()
    elif dice < 0.4:
        place = chance.randint(2, len(reference) - 2)
        reference = f"{reference[:place]} {reference[place:]}"
    trace = str(chance.randrange(10**9, 10**10))
    return (chance.choice(BEFORE) + reference + chance.choice(AFTER)).format(n=trace)
