"""One decision about many importers: each by itself, so that one refusal leaves the others decided."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from buyers.checklists import Outlook
from buyers.models import Registration
from fairs.errors import DomainError, Forbidden


def decide_each(registrations: Iterable[Registration], decide: Callable[[Registration], Any]) -> list[Outlook]:
    """Decide on each, the oldest first, all in one transaction; each comes back with what stood against it.

    Whoever may not decide at all is refused with `forbidden`, and nothing is decided.
    """
    with transaction.atomic():
        return [_decided(one, decide) for one in sorted(registrations, key=lambda one: one.pk)]


def _decided(registration: Registration, decide: Callable[[Registration], Any]) -> Outlook:
    try:
        with transaction.atomic():
            decide(registration)
    except Forbidden:
        raise
    except DomainError as refusal:
        return Outlook(registration, [refusal.message])
    return Outlook(registration)
