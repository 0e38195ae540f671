"""Money for what may be gone meanwhile: the things are taken again while they are free, all of them or none."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from fairs.errors import DomainError
from fairs.models import Notice, Payment
from fairs.money import sources

BOOTH_GONE = frozenset({"booth_taken", "booth_gone", "blocked_booth"})


def paid_by(notice: Notice) -> tuple[list[Notice], str]:
    """What money for a locked notice pays: itself, or what charges for its things again; or nothing, and why."""
    if notice.state != Notice.State.CANCELLED:
        return [notice], ""
    named: dict[str, set[int]] = {}
    for kind, pk in notice.lines.values_list("source_kind", "source_id"):
        if pk is not None:
            named.setdefault(kind, set()).add(pk)
    return claimed({kind: sorted(ids) for kind, ids in named.items()})


def claimed(things: Mapping[str, Sequence[int]]) -> tuple[list[Notice], str]:
    """The notices of things, by their kinds, that were taken again; or none, and why."""
    if not things or not all(sources.can_claim(kind) for kind in things):
        return [], Payment.Question.NOT_OWED
    try:
        with transaction.atomic():
            return [sources.claim(kind, list(ids), by=None) for kind, ids in things.items()], ""
    except DomainError as refusal:
        gone = refusal.code in BOOTH_GONE
        return [], Payment.Question.BOOTH_GONE if gone else Payment.Question.NOT_OWED
