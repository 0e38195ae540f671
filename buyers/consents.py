"""What importers are asked to agree to when they register."""

from typing import Any, NamedTuple

from django.utils.functional import lazy
from django.utils.translation import get_language

from fairs.consent_texts import VERSION, words
from fairs.models import Consent


class Asked(NamedTuple):
    """One purpose with its sentence; nobody takes part without the needed one."""

    purpose: str
    sentence: Any
    needed: bool = False


def _now(purpose: str) -> str:
    return words(purpose, VERSION, get_language() or "vi")


sentence = lazy(_now, str)  # of a purpose, as it is asked now
_PURPOSES = (
    Consent.Purpose.REGISTRATION,
    Consent.Purpose.SHARE_ON_SCAN,
    Consent.Purpose.DIRECTORY,
    Consent.Purpose.NEWS,
    Consent.Purpose.PHOTOGRAPHS,
)
ASKED = tuple(
    Asked(purpose, sentence(purpose), needed=purpose == Consent.Purpose.REGISTRATION) for purpose in _PURPOSES
)
OPTIONAL = tuple(asked for asked in ASKED if not asked.needed)
