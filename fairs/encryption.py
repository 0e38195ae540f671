"""What must be unreadable to whoever sees only the database, such as the secrets of second factors."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypted(text: str) -> str:
    """The text under the newest key."""
    return _box().encrypt(text.encode()).decode()


def decrypted(token: str) -> str:
    """The text again, whichever of the keys it was put under; raises InvalidToken when none fits."""
    return _box().decrypt(token.encode()).decode()


def _box() -> MultiFernet:
    """Keys are phrases of any length; the first one encrypts."""
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(key.encode()).digest())) for key in settings.ENCRYPTION_KEYS])
