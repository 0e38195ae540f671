"""The reference a payer writes into a transfer, such as HGS1800012G: edition, sequence, check character.

The check character is Damm's (H. M. Damm, "Totally anti-symmetric quasigroups for all orders n ≠ 2, 6", Discrete
Mathematics 307, 2007) over the 36 symbols 0-9 and A-Z. It catches every single wrong character and every swap of two
neighbours, itself included, which ISO 7064 MOD 37,36 does not do for all swaps. The quasigroup is x∘y = a·x + y in
GF(4) × GF(9), with an `a` that is a generator in each of the two fields: since a, a - 1 and a² - 1 have inverses there,
it is totally anti-symmetric, and swaps of two characters with one between them are caught too.
"""

from dataclasses import dataclass

SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST = 19  # what VietQR.vn passes on of a transfer's text
LONGEST_PREFIX = 9
DIGITS = 5  # of the sequence; a longer one takes what it needs


class NotAReference(ValueError):
    """What was read is no reference: it is of another form, or its check character does not fit."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference taken apart; `text` is how it is written."""

    prefix: str
    sequence: int

    @property
    def text(self) -> str:
        """Prefix, sequence of five digits or more, and the check character."""
        body = f"{self.prefix}{self.sequence:0{DIGITS}d}"
        return body + check_character(body)


def compose(prefix: str, sequence: int) -> str:
    """The reference with this prefix and sequence.

    Refuses with ValueError a prefix of other characters than A-Z and 0-9, one that is empty or has more than nine, a
    sequence below 1, and a whole of more than 19 characters.
    """
    if not (prefix and len(prefix) <= LONGEST_PREFIX and set(prefix) <= set(SYMBOLS)):
        raise ValueError(f"{prefix!r} is no prefix of at most {LONGEST_PREFIX} characters A-Z and 0-9.")
    if sequence < 1:
        raise ValueError(f"{sequence} is no sequence from 1 on.")
    text = Reference(prefix, sequence).text
    if len(text) > LONGEST:
        raise ValueError(f"{text} has more than {LONGEST} characters.")
    return text


def parse(typed: str, prefix: str) -> Reference:
    """The reference of an edition with this prefix that somebody typed, with spaces, marks and small letters.

    Refuses with NotAReference.
    """
    text = normalise(typed)
    sequence, check = text[len(prefix) : -1], text[-1:]
    canonical = len(sequence) == DIGITS or (len(sequence) > DIGITS and sequence[0] != "0")
    if not (text.startswith(prefix) and sequence.isdecimal() and canonical and int(sequence)):
        raise NotAReference(f"{typed!r} is not of the form {prefix}00000X.")
    if check_character(text[:-1]) != check:
        raise NotAReference(f"The check character of {typed!r} does not fit.")
    return Reference(prefix, int(sequence))


def normalise(typed: str) -> str:
    """The capitals and digits of what was typed, and nothing between them."""
    return "".join(character for character in typed.upper() if character in SYMBOLS)


def check_character(body: str) -> str:
    """What a body of the 36 symbols ends with, so that the whole passes `is_sound`."""
    return SYMBOLS[_CLOSES[_run(body)]]


def is_sound(text: str) -> bool:
    """Whether the last character is the one that the others ask for."""
    return bool(text) and set(text) <= _SET and _run(text) == 0


def prefix_of(code: str, twins_before: int = 0) -> str:
    """The prefix of an edition by its code, such as HGS18; its nth twin of the same code has a letter more."""
    if twins_before >= len(SYMBOLS) - 10:
        raise ValueError(f"{twins_before} editions share the prefix {code!r}.")
    short = normalise(code) or SYMBOLS[-1]
    if len(short) >= LONGEST_PREFIX:  # the end is the year
        short = short[: LONGEST_PREFIX - 3] + short[-2:]
    return short + (SYMBOLS[10 + twins_before] if twins_before else "")


def _run(text: str) -> int:
    state = 0
    for character in text:
        state = QUASIGROUP[state][_VALUE[character]]
    return state


def _times_a(value: int) -> int:
    """a·value: by ω in GF(4) = {b₁ω + b₀}, ω² = ω + 1, and by 1 + i in GF(9) = {p + qi}, i² = -1."""
    ninths, fourth = divmod(value, 4)
    q, p = divmod(ninths, 3)
    high, low = divmod(fourth, 2)
    return _joined((high ^ low) * 2 + high, (p - q) % 3, (p + q) % 3)


def _plus(one: int, other: int) -> int:
    q, p = divmod(one // 4, 3)
    r, s = divmod(other // 4, 3)
    return _joined(one % 4 ^ other % 4, (p + s) % 3, (q + r) % 3)


def _joined(fourth: int, p: int, q: int) -> int:
    return 4 * (3 * q + p) + fourth


_VALUE = {symbol: value for value, symbol in enumerate(SYMBOLS)}
_SET = frozenset(SYMBOLS)
QUASIGROUP = tuple(tuple(_plus(_times_a(x), y) for y in range(36)) for x in range(36))
_CLOSES = tuple(row.index(0) for row in QUASIGROUP)
