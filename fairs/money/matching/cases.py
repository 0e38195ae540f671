"""What goes into the matcher and what comes out of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Standing(StrEnum):
    """How a notice stands before the lines are read."""

    OPEN = "open"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What a line is, in one word; all but the last two say surely which notices it is about."""

    EXACT = "exact"  # what was owed, by who owed it, in time
    PART = "part"  # less than what is owed
    OVER = "over"  # more than what is owed
    WRONG_CURRENCY = "wrong_currency"
    DUPLICATE = "duplicate"  # the line was read before, or the notice is paid already
    LATE = "late"  # after its day, or after it was cancelled
    SEVERAL = "several"  # several notices in one transfer, whose sum it is
    BY_OTHER = "by_other"  # what was owed, by somebody whom the notice does not name
    UNCERTAIN = "uncertain"  # a person decides; the notices are suggestions
    NONE = "none"  # nothing owed fits


class Rule(StrEnum):
    """Why a line is not simply exact, or not certain."""

    SAME_TRANSACTION = "same_transaction"  # the bank's id of this line was read before
    NOT_INCOMING = "not_incoming"  # nothing came in: zero, or money that went out
    CURRENCY_DIFFERS = "currency_differs"
    ALREADY_PAID = "already_paid"
    CANCELLED = "cancelled"
    LESS_THAN_OWED = "less_than_owed"
    MORE_THAN_OWED = "more_than_owed"
    SUM_DIFFERS = "sum_differs"  # several references, and the amount is not their sum
    REST_IS_OWED = "rest_is_owed"  # what is too much is what the same firm owes on other notices
    AFTER_DUE = "after_due"
    OTHER_PAYER = "other_payer"
    PAYER_OWES_THE_SAME = "payer_owes_the_same"  # the reference is one firm's, the payer another that owes as much
    LOOK_ALIKE = "look_alike"  # the reference reads only with O for 0 and the like, and the amount does not confirm it
    CHECK_CHARACTER = "check_character"  # there is a damaged reference
    UNKNOWN_REFERENCE = "unknown_reference"  # there is a sound reference that nothing here has
    SEVERAL_FIT = "several_fit"  # more than one notice or firm fits amount and payer
    AMOUNT_DIFFERS = "amount_differs"  # the payer is known and owes other amounts
    NAME_IN_TEXT_ONLY = "name_in_text_only"  # the text names a firm that owes; the payer is not it
    PAYER_UNKNOWN = "payer_unknown"  # the amount is owed, and the payer is nobody known
    NOTHING_FITS = "nothing_fits"


class FoundBy(StrEnum):
    """By what a line was brought to its notices."""

    REFERENCE = "reference"
    LOOK_ALIKE = "look_alike"  # the reference with look-alikes read as meant, confirmed by the exact amount
    AMOUNT_AND_PAYER = "amount_and_payer"


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency; refuses a float with TypeError, and NaN and infinity with ValueError."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"{self.amount!r} is no Decimal.")
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is no amount.")


@dataclass(frozen=True, slots=True)
class Owed:
    """A notice: what is still owed on it, until when, and by whom.

    `names` are those of the firm; `people` may pay for it too, but a person's name alone never finds a notice.
    """

    key: int
    reference: str
    balance: Money
    due_on: date
    firm: int
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    tax_code: str = ""
    standing: Standing = Standing.OPEN


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement; `transaction` is the bank's own id for it, `payer` what the bank says of who paid."""

    transaction: str
    booked_on: date
    money: Money
    text: str
    payer: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """How much of a line goes to a notice."""

    key: int
    money: Money


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a line: parts and rest together are its amount.

    `notices` are those it is about; of an uncertain line the suggestions, the likeliest first.
    """

    line: Line
    outcome: Outcome
    rest: Money
    rules: tuple[Rule, ...] = ()
    notices: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()
    found_by: FoundBy | None = None

    @property
    def certain(self) -> bool:
        """Whether it is known which notices the line is about."""
        return self.outcome not in {Outcome.UNCERTAIN, Outcome.NONE}
