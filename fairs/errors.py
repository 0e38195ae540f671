"""How the fair refuses: a code for programs, a sentence for people."""

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """Something may not happen; `message` is translated, `fields` maps a field's name to its sentences."""

    status = 409

    def __init__(self, code: str, message: Any, fields: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = str(message)
        self.fields = dict(fields or {})


class Refused(DomainError):
    """The world is not in a state that allows it (409)."""


class Invalid(DomainError):
    """What was given makes no sense (400)."""

    status = 400


class Forbidden(DomainError):
    """The person may see it, yet may not do it (403)."""

    status = 403


class TooMany(DomainError):
    """Asked too often (429)."""

    status = 429
