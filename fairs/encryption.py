"""What must be unreadable to whoever sees only the database, such as the secrets of second factors."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def encrypted(text: str) -> str:
    """The text under the newest key."""
    return _box().encrypt(text.encode()).decode()


def decrypted(token: str) -> str:
    """The text again, whichever of the keys it was put under; raises InvalidToken when none fits."""
    return _box().decrypt(token.encode()).decode()


def renewed(token: str) -> str:
    """The same text under the newest key; the very token when it is under that one already."""
    try:
        _boxes()[0].decrypt(token.encode())
    except InvalidToken:
        return encrypted(decrypted(token))
    return token


def on_new_key(renew: Callable[[], int]) -> Callable[[], int]:
    """Register what puts the encrypted columns of a model under the newest key, and says how many it changed."""
    _renewals.append(renew)
    return renew


def renew_all() -> int:
    """Put everything under the newest key, so that an old one may go; safe to repeat. How many were changed."""
    return sum(renew() for renew in _renewals)


_renewals: list[Callable[[], int]] = []


def _box() -> MultiFernet:
    """The first key encrypts."""
    return MultiFernet(_boxes())


def _boxes() -> list[Fernet]:
    """Keys are phrases of any length."""
    return [Fernet(urlsafe_b64encode(sha256(key.encode()).digest())) for key in settings.ENCRYPTION_KEYS]
