"""The codes of a badge: a signed one for scanners and a short one for fingers, each with its own check."""

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
# The kind stands in the signed code, so a gate without a network knows whom a badge it never heard of lets in.
KIND_DIGITS = {
    "importer": "1", "companion": "2", "trade_visitor": "3", "visitor": "4", "exhibitor": "5", "press": "6",
    "delegate": "7", "speaker": "8", "organiser": "9", "staff": "A", "contractor": "B", "volunteer": "C",
    "interpreter": "D",
}  # fmt: skip
KINDS = {digit: kind for kind, digit in KIND_DIGITS.items()}
SIGNATURE_BYTES = 64
SIGNATURE_DIGITS = 103  # 512 bits, and three more that are zero
SIGNED_LENGTH = TOKEN_LENGTH + 1 + SIGNATURE_DIGITS

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


def signed_text(edition: int, kind: str, token: str) -> str:
    """What the signature of a badge vouches for: this token, of this kind, at the edition with this key."""
    return f"{edition}.{token}{KIND_DIGITS[kind]}"


def signed_code(token: str, kind: str, signature: str) -> str:
    """What the QR code of a badge holds: 133 digits, for version 8 at level Q in alphanumeric mode."""
    return f"{token}{KIND_DIGITS[kind]}{signature}"


def signature_digits(signature: bytes) -> str:
    """64 bytes as 103 digits, the first bit first."""
    spare = 5 * SIGNATURE_DIGITS - 8 * SIGNATURE_BYTES
    return _written(int.from_bytes(signature) << spare, SIGNATURE_DIGITS)


def signature_bytes(digits: str) -> bytes:
    """The 64 bytes again; refuses with ValueError digits that no signature is written with."""
    spare = 5 * SIGNATURE_DIGITS - 8 * SIGNATURE_BYTES
    number = _number(digits)
    if len(digits) != SIGNATURE_DIGITS or number % (1 << spare):
        raise ValueError("These are not the digits of a signature.")
    return (number >> spare).to_bytes(SIGNATURE_BYTES)


def is_signed(code: str) -> bool:
    """Whether a normalised code has the form of a QR code of a badge; only the key tells whether it is one."""
    return (
        len(code) == SIGNED_LENGTH
        and set(code) <= set(DIGITS)
        and code[TOKEN_LENGTH] in KINDS
        and is_token(code[:TOKEN_LENGTH])
    )


def fields_of(code: str) -> dict[str, str]:
    """What a badge with this normalised code holds: the parts of the signed one, or the short one."""
    if is_signed(code):
        return dict(zip(("token", "kind", "signature"), parts(code), strict=True))
    return {"short_code": code} if is_short_code(code) else {}


def parts(code: str) -> tuple[str, str, str]:
    """Token, kind and signature of a code that is_signed."""
    return code[:TOKEN_LENGTH], KINDS[code[TOKEN_LENGTH]], code[TOKEN_LENGTH + 1 :]


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


def new_invitation_token() -> str:
    """What leads to the registration of one invited person: 192 bits that nobody guesses, and nothing about anybody."""
    return secrets.token_urlsafe(24)
