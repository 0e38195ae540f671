"""An invented bank statement with its truth: which line is whose, and what it is."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from fairs.money.matching import Line, Money, Outcome, Owed, Standing
from fairs.money.references import SYMBOLS, compose
from fairs.text import ascii_upper

D = Decimal
DUE = date(2018, 9, 20)
PRICE = 13_500_000
FIRST = ["Gốm", "Mây tre", "Lụa", "Sơn mài", "Thêu", "Gỗ", "Đồng", "Giấy dó", "Nón", "Bạc", "Thổ cẩm", "Khảm trai"]
PLACES = ["Bát Tràng", "Phú Vinh", "Vạn Phúc", "Hạ Thái", "Quất Động", "Đồng Kỵ", "Ngũ Xã", "Chuông", "Định Công"]
LAST = ["An", "Bình", "Cường", "Dũng", "Đức", "Giang", "Hà", "Lan", "Minh", "Ngọc", "Phúc", "Quang", "Sơn", "Tâm"]
FORMS = ["Công ty TNHH", "Hợp tác xã", "Cơ sở", "Hộ kinh doanh", "Công ty cổ phần"]
BEFORE = ["", "MBVCB.4410223371.", "CT DEN:824512345678 ", "IBFT ", "FT18245-", "ND: ", "Ck ", "TT ", "REM/"]
AFTER = [
    "",
    " thanh toán gian hàng",
    " chuyen tien hoi cho",
    ".CT tu 0123456789",
    " GD 445566-090918",
    "/HCQT 2018",
    " TKS",
]
STRANGE = [
    "LUONG THANG 9",
    "hoàn ứng công tác phí",
    "Lai tien gui",
    "tien dien thang 8 PE0100112",
    "0912345678 mua quạt",
]
LOOK_ALIKES = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z", "O": "0", "I": "1", "S": "5", "B": "8", "Z": "2"}


@dataclass
class Truth:
    """What a line is in truth; `slip` names what was done to its reference."""

    notices: tuple[int, ...]
    outcome: Outcome | None
    carries: bool
    slip: str = ""


@dataclass
class Statement:
    """Notices and lines, made together."""

    chance: Random
    owed: list[Owed] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)

    def notice(self, standing: Standing = Standing.OPEN, firm: int | None = None) -> Owed:
        """One more notice of one to six booths, with or without support."""
        key = len(self.owed) + 1
        firm = firm or key
        name = self.name(firm)
        one = Owed(
            key=key,
            reference=compose("HGS18", key),
            balance=Money(D(PRICE * self.chance.randint(1, 6) // self.chance.choice((1, 2))), "VND"),
            due_on=DUE,
            firm=firm,
            names=(name,),
            people=(f"Nguyễn Thị {LAST[firm % 14]} {LAST[firm // 14 % 14]}",),
            tax_code=f"01{firm:08d}",
            standing=standing,
        )
        self.owed.append(one)
        return one

    @staticmethod
    def name(firm: int) -> str:
        """Many firms share most of their names."""
        words = FIRST[firm % 12], PLACES[firm // 12 % 9], LAST[firm // 108 % 14], LAST[firm // 1512 % 14]
        return f"{FORMS[firm % 5]} {' '.join(words)}"

    def line(
        self,
        notices: list[Owed],
        amount: Decimal,
        outcome: Outcome | None,
        *,
        payer: str | None = None,
        currency: str = "VND",
        day: date = DUE,
        text: str | None = None,
        clean: bool = False,
    ) -> Line:
        """One more line; without a text it carries the references of its notices, mangled."""
        slip, carries = "", text is None
        if text is None:
            texts, slips = zip(*(self._slipped(one.reference, clean) for one in notices), strict=True)
            slip = next(filter(None, slips), "")
            between = self.chance.choice((" ", ", ", " va ", "+"))
            text = self._noisy(between.join(map(self._mangled, texts)))
        made = Line(
            f"T{len(self.lines):06d}", day, Money(amount, currency), text,
            self._payer(notices[0]) if payer is None else payer,
        )  # fmt: skip
        self.lines.append(made)
        self.truths.append(Truth(tuple(one.key for one in notices), outcome, carries, slip))
        return made

    def _slipped(self, reference: str, clean: bool) -> tuple[str, str]:
        """Three in a hundred typed with look-alikes, one with a wrong character, some worse."""
        dice = 1.0 if clean else self.chance.random()
        place = self.chance.randrange(len(reference) - 1)
        if dice < 0.03 and any(character in LOOK_ALIKES for character in reference):
            places = [n for n, character in enumerate(reference) if character in LOOK_ALIKES]
            for n in self.chance.sample(places, self.chance.randint(1, len(places))):
                reference = reference[:n] + LOOK_ALIKES[reference[n]] + reference[n + 1 :]
            return reference, "look_alike"
        if dice < 0.036:
            return self._wrong(reference, place), "wrong"
        if dice < 0.042 and reference[place] != reference[place + 1]:
            return reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :], "swap"
        if dice < 0.045:
            return self._wrong(self._wrong(reference, place), self.chance.randrange(len(reference))), "wrong twice"
        return reference, ""

    def _wrong(self, reference: str, place: int) -> str:
        others = [symbol for symbol in SYMBOLS if symbol not in (reference[place], LOOK_ALIKES.get(reference[place]))]
        return reference[:place] + self.chance.choice(others) + reference[place + 1 :]

    def _mangled(self, reference: str) -> str:
        """As people type and banks print: small letters, spaces and marks anywhere."""
        dice = self.chance.random()
        if dice < 0.2:
            reference = reference.lower()
        elif dice < 0.3:
            reference = reference.capitalize()
        if self.chance.random() < 0.3:
            for _gap in range(self.chance.randint(1, 4)):
                place = self.chance.randint(1, len(reference) - 1)
                reference = reference[:place] + self.chance.choice("  -._/") + reference[place:]
        return reference

    def _noisy(self, text: str) -> str:
        text = self.chance.choice(BEFORE) + text + self.chance.choice(AFTER)
        if self.chance.random() < 0.15:
            text = text.replace(" ", "")
        return text

    def _payer(self, one: Owed) -> str:
        dice = self.chance.random()
        if dice < 0.3:
            return ""
        if dice < 0.5:
            return ascii_upper(one.people[0])
        name = ascii_upper(one.names[0])
        return name.replace("CONG TY", "CTY") if dice < 0.7 else name


def statement(seed: int, lines: int) -> Statement:
    """So many lines, each of a story of its own notices, shuffled but for the order within a story."""
    made = Statement(Random(seed))
    stories: list[list[int]] = []
    while len(made.lines) < lines:
        begin = len(made.lines)
        made.chance.choices(STORIES, WEIGHTS)[0](made)
        stories.append(list(range(begin, len(made.lines))))
    order = _shuffled(made.chance, stories)[:lines]
    made.lines, made.truths = [made.lines[n] for n in order], [made.truths[n] for n in order]
    return made


def _shuffled(chance: Random, stories: list[list[int]]) -> list[int]:
    """Each place of the statement is some story's next line."""
    turns = [n for n, story in enumerate(stories) for _line in story]
    chance.shuffle(turns)
    waiting = [iter(story) for story in stories]
    return [next(waiting[n]) for n in turns]


def _exact(made: Statement) -> None:
    one = made.notice()
    made.line([one], one.balance.amount, Outcome.EXACT, day=DUE - timedelta(days=made.chance.randint(0, 9)))


def _instalments(made: Statement) -> None:
    one = made.notice()
    half = one.balance.amount / 2
    made.line([one], half, Outcome.PART, clean=True)
    made.line([one], half, Outcome.EXACT, clean=True)


def _over(made: Statement) -> None:
    one = made.notice()
    made.line([one], one.balance.amount + made.chance.choice((1, 500, 50_000)), Outcome.OVER)


def _late(made: Statement) -> None:
    one = made.notice()
    made.line([one], one.balance.amount, Outcome.LATE, day=DUE + timedelta(days=made.chance.randint(1, 30)))


def _cancelled(made: Statement) -> None:
    one = made.notice(Standing.CANCELLED)
    made.line([one], one.balance.amount, Outcome.LATE)


def _dollars(made: Statement) -> None:
    one = made.notice()
    made.line([one], D("1177.50"), Outcome.WRONG_CURRENCY, currency="USD")


def _several(made: Statement) -> None:
    first = made.notice()
    notices = [first, *(made.notice(firm=first.firm) for _more in range(made.chance.randint(1, 3)))]
    made.line(notices, sum((one.balance.amount for one in notices), D(0)), Outcome.SEVERAL)


def _by_other(made: Statement) -> None:
    one = made.notice()
    made.line([one], one.balance.amount, Outcome.BY_OTHER, payer="PHAM VAN NGUOI LA")


def _paid_again(made: Statement) -> None:
    one = made.notice()
    made.line([one], one.balance.amount, Outcome.EXACT, clean=True)
    made.line([one], one.balance.amount, Outcome.DUPLICATE)


def _settled(made: Statement) -> None:
    one = made.notice(Standing.SETTLED)
    made.line([one], one.balance.amount, Outcome.DUPLICATE)


def _said_again(made: Statement) -> None:
    one = made.notice()
    line = made.line([one], one.balance.amount, Outcome.EXACT, clean=True)
    made.lines.append(line)
    made.truths.append(Truth((), Outcome.DUPLICATE, carries=False))


def _by_name(made: Statement) -> None:
    """No reference; the payer is the firm, and it owes this."""
    one = made.notice()
    payer = ascii_upper(one.names[0])
    made.line([one], one.balance.amount, None, payer=payer, text="thanh toan tien gian hang")


def _name_in_text(made: Statement) -> None:
    one = made.notice()
    made.line([one], one.balance.amount, None, payer="TRAN VAN AI DO", text=f"nop ho {one.names[0]}")


def _stranger(made: Statement) -> None:
    text = made.chance.choice(STRANGE)
    made.lines.append(Line(f"S{len(made.lines):06d}", DUE, Money(D(made.chance.choice((PRICE, 77_000))), "VND"), text))
    made.truths.append(Truth((), None, carries=False))


def _of_another_fair(made: Statement) -> None:
    text = compose(made.chance.choice(("HGS17", "HGS18")), 90_000 + len(made.lines) % 9_999)
    made.lines.append(Line(f"S{len(made.lines):06d}", DUE, Money(D(PRICE), "VND"), text, "CTY TNHH XA LA"))
    made.truths.append(Truth((), None, carries=False))


def _going_out(made: Statement) -> None:
    one = made.notice()
    made.lines.append(Line(f"S{len(made.lines):06d}", DUE, Money(-one.balance.amount, "VND"), one.reference))
    made.truths.append(Truth((), Outcome.NONE, carries=False))


STORIES = [
    _exact, _instalments, _over, _late, _cancelled, _dollars, _several, _by_other, _paid_again, _settled, _said_again,
    _by_name, _name_in_text, _stranger, _of_another_fair, _going_out,
]  # fmt: skip
WEIGHTS = [50, 4, 4, 5, 1, 2, 5, 6, 2, 2, 1, 5, 2, 6, 2, 1]
