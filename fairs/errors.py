"""How the fair refuses: a code for programs, a sentence for people."""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import OperationalError
from django.utils.translation import gettext as _


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


class Busy(DomainError):
    """The database does not answer now: it is being written by somebody else, or is away (503)."""

    status = 503


def refusal_in(error: Exception) -> DomainError | None:
    """What a person or program is told of an error; nothing for a fault of ours."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, OperationalError):
        logging.getLogger("fairs.database").error("busy", exc_info=error)
        return Busy("busy", _("Too much is being written at this moment. Go back, and send it once more in a minute."))
    return None
