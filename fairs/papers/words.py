"""Amounts of money read out in Vietnamese or English."""

from decimal import Decimal

BILLION = 10**9

DIGITS_VI = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS_VI = ("", "nghìn", "triệu")
MONEY_VI = {"VND": ("đồng", ""), "USD": ("đô la Mỹ", "xu"), "EUR": ("euro", "xu")}

DIGITS_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS_EN = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
SMALL_EN = DIGITS_EN + TEENS_EN
TENS_EN = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
GROUPS_EN = ("", "thousand", "million", "billion", "trillion", "quadrillion")
MONEY_EN = {
    "VND": (("Vietnamese dong", "Vietnamese dong"), ("", "")),
    "USD": (("US dollar", "US dollars"), ("cent", "cents")),
    "EUR": (("euro", "euros"), ("cent", "cents")),
}


def amount_vi(amount: Decimal, currency: str) -> str:
    """Reads "Mười ba triệu năm trăm nghìn đồng"; a currency not known by name is read by its code, with no cents."""
    unit, cent = MONEY_VI.get(currency, (currency, ""))
    minus, whole, cents = parts(amount, bool(cent))
    text = f"{'âm ' if minus else ''}{vietnamese(whole)} {unit}"
    return capital(f"{text} và {vietnamese(cents)} {cent}" if cents else text)


def amount_en(amount: Decimal, currency: str) -> str:
    """Reads "Thirteen million five hundred thousand Vietnamese dong"; else as `amount_vi`."""
    units, cent_units = MONEY_EN.get(currency, ((currency, currency), ("", "")))
    minus, whole, cents = parts(amount, bool(cent_units[0]))
    text = f"{'minus ' if minus else ''}{english(whole)} {units[whole != 1]}"
    return capital(f"{text} and {english(cents)} {cent_units[cents != 1]}" if cents else text)


def parts(amount: Decimal, with_cents: bool) -> tuple[bool, int, int]:
    """Sign, whole units, hundredths; refuses what cannot be read exactly with ValueError."""
    steps = amount * (100 if with_cents else 1)
    if steps != int(steps):
        raise ValueError(f"{amount} has a part smaller than its currency's smallest unit.")
    whole, cents = divmod(abs(int(steps)), 100) if with_cents else (abs(int(steps)), 0)
    return steps < 0, whole, cents


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def vietnamese(number: int) -> str:
    """A whole number from 0 up, as an accountant of the north reads it."""
    return " ".join(billions_vi(number)) if number else DIGITS_VI[0]


def billions_vi(number: int, *, follows: bool = False) -> list[str]:
    high, low = divmod(number, BILLION)
    if not high:
        return millions_vi(low, follows=follows)
    return [*billions_vi(high, follows=follows), "tỷ", *millions_vi(low, follows=True)]


def millions_vi(number: int, *, follows: bool) -> list[str]:
    """Groups below a billion; empty groups are not read."""
    words: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            words += [*hundreds_vi(group, follows=follows or bool(words)), GROUPS_VI[power]]
    return [word for word in words if word]


def hundreds_vi(number: int, *, follows: bool) -> list[str]:
    """1 to 999; a group that `follows` a higher one reads its empty hundreds too."""
    hundreds, rest = divmod(number, 100)
    head = [DIGITS_VI[hundreds], "trăm"] if hundreds or follows else []
    return [*head, *tens_vi(rest, after_hundreds=bool(head))]


def tens_vi(number: int, *, after_hundreds: bool) -> list[str]:
    tens, ones = divmod(number, 10)
    if not ones and not tens:
        return []
    if not tens:
        return ["linh", ones_vi(ones, linh=True)] if after_hundreds else [DIGITS_VI[ones]]
    head = ["mười"] if tens == 1 else [DIGITS_VI[tens], "mươi"]
    return [*head, ones_vi(ones, tens=tens)] if ones else head


def ones_vi(ones: int, *, tens: int = 0, linh: bool = False) -> str:
    """The digit as it sounds after a ten: mốt, tư, lăm."""
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 4 and (tens > 1 or linh):
        return "tư"
    return "lăm" if ones == 5 and tens else DIGITS_VI[ones]


def english(number: int) -> str:
    """A whole number from 0 to below 10^18, with the British "and"."""
    if number < 1000:
        return hundreds_en(number)
    groups = [(power, number // 1000**power % 1000) for power in range(len(GROUPS_EN) - 1, -1, -1)]
    words = [f"{hundreds_en(group)} {GROUPS_EN[power]}".strip() for power, group in groups if group]
    if 0 < number % 1000 < 100:
        words.insert(-1, "and")
    return " ".join(words)


def hundreds_en(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return tens_en(rest)
    head = f"{SMALL_EN[hundreds]} hundred"
    return f"{head} and {tens_en(rest)}" if rest else head


def tens_en(number: int) -> str:
    if number < len(SMALL_EN):
        return SMALL_EN[number]
    tens, ones = divmod(number, 10)
    return f"{TENS_EN[tens]}-{SMALL_EN[ones]}" if ones else TENS_EN[tens]
