"""The code that a recording side shows on its phone, and the number that only the other side's letter says.

The code alone proves nothing: whoever shows it can read it on another phone. So an answer by it needs the number, or an
account of the other side.
"""

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from fairs.callers import count_try
from matchmaking.models import Deal

MINUTES = 20
SALT = "matchmaking.deal_code"
NUMBER_SALT = "matchmaking.deal_number"
DIGITS = 6
TRIES = 10  # of all phones together
TRIES_WITHIN = 24 * 60 * 60  # seconds


def code_of(deal: Deal) -> str:
    """A signed link part that opens this one deal for some minutes; the link of the letter is not in it."""
    return signing.TimestampSigner(salt=SALT).sign(str(deal.pk))


def deal_behind(code: str) -> int | None:
    """The key of the deal that a code opens; nothing for a forged one or one that is too old."""
    try:
        return int(signing.TimestampSigner(salt=SALT).unsign(code, max_age=MINUTES * 60))
    except (signing.BadSignature, ValueError):
        return None


def opens(code: str, deal: Deal) -> bool:
    """Whether a code opens this deal."""
    return bool(code) and deal_behind(code) == deal.pk


def number_of(deal: Deal) -> str:
    """The digits in the other side's letter; they come from its link, which the recording side never sees."""
    return str(int(salted_hmac(NUMBER_SALT, deal.token, algorithm="sha256").hexdigest(), 16))[-DIGITS:]


def tried_too_often(deal: Deal) -> bool:
    """Whether the number of a deal was tried more often than anybody mistypes it; else this time is counted."""
    return count_try("deal-number", str(deal.pk), within=TRIES_WITHIN) > TRIES


def is_number_of(deal: Deal, said: str) -> bool:
    """Whether somebody typed the digits of the letter, however they are spaced."""
    return constant_time_compare("".join(said.split()), number_of(deal))
