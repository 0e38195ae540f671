"""The two codes of a badge: a token for scanners and a short code for fingers, each with its own check."""

import secrets

# Crockford's digits: capitals and figures that a QR code packs tightly, without I, L, O and U.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VERSION = "1"
TOKEN_DIGITS = 26  # 130 random bits
SHORT_DIGITS = 7
# Primes above the base: one wrong digit or two neighbours swapped always change the remainder.
TOKEN_PRIME, SHORT_PRIME = 1021, 37
TOKEN_LENGTH = len(VERSION) + TOKEN_DIGITS + 2
SHORT_LENGTH = SHORT_DIGITS + 1

_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "\t": None, "\r": None, "\n": None})


def new_token() -> str:
    """29 digits: the version, 130 random bits, two check digits."""
    body = VERSION + _random(TOKEN_DIGITS)
    return body + _written(_number(body) % TOKEN_PRIME, 2)


def new_short_code() -> str:
    """Eight digits, the last one a check: of a million guesses not one in thirty thousand badges would open a gate."""
    while True:
        body = _random(SHORT_DIGITS)
        check = _number(body) % SHORT_PRIME
        if check < len(DIGITS):
            return body + DIGITS[check]


def normalise(typed: str) -> str:
    """What was meant: capitals, no spaces or dashes, 0 for the letter O, 1 for I and L."""
    return typed.upper().translate(_MEANT)


def is_token(code: str) -> bool:
    """Whether a normalised code is a whole token of a version we know."""
    if len(code) != TOKEN_LENGTH or not code.startswith(VERSION) or not set(code) <= set(DIGITS):
        return False
    return _number(code[:-2]) % TOKEN_PRIME == _number(code[-2:])


def is_short_code(code: str) -> bool:
    """Whether a normalised code is a whole short code."""
    if len(code) != SHORT_LENGTH or not set(code) <= set(DIGITS):
        return False
    return _number(code[:-1]) % SHORT_PRIME == _number(code[-1])


def spaced(short_code: str) -> str:
    """The short code as people read it: K7MQ 2XV9."""
    return f"{short_code[:4]} {short_code[4:]}"


def _random(digits: int) -> str:
    return "".join(secrets.choice(DIGITS) for _digit in range(digits))


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * len(DIGITS) + DIGITS.index(digit)
    return number


def _written(number: int, digits: int) -> str:
    written = ""
    for _digit in range(digits):
        number, rest = divmod(number, len(DIGITS))
        written = DIGITS[rest] + written
    return written
