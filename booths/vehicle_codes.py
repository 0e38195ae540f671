"""The codes of a vehicle pass: one for cameras that nobody guesses, and a short one for fingers."""

import secrets

# Crockford's digits: without I, L, O and U, which are taken for others.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHORT_LENGTH = 8
FOLDER = "vehicle"  # the part of a pass's address before its token
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "\t": None, "\r": None, "\n": None})


def new_token() -> str:
    """144 random bits, as a part of an address."""
    return secrets.token_urlsafe(18)


def new_short_code() -> str:
    """Eight digits: 40 random bits, behind a limit of wrong tries."""
    return "".join(secrets.choice(DIGITS) for _digit in range(SHORT_LENGTH))


def spaced(short_code: str) -> str:
    """The short code as people read it: K7MQ 2XV9."""
    return f"{short_code[:4]} {short_code[4:]}"


def fields_of(read: str) -> dict[str, str]:
    """Which pass was read or typed: the token in a pass's address, or the short code; nothing when it is neither."""
    before, found, token = read.strip().rstrip("/").rpartition(f"/{FOLDER}/")
    if found and before and token and "/" not in token:
        return {"token": token}
    code = read.upper().translate(_MEANT)
    return {"short_code": code} if len(code) == SHORT_LENGTH and set(code) <= set(DIGITS) else {}
