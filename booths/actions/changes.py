"""Telling open plans what changed: versions of the statuses, at most two a second for each edition."""

import time

from django.db import transaction

from booths.models import FloorChange, FloorSigns
from booths.plan import plan_of
from fairs.live import NotYet
from fairs.models import Edition

LEAST = 0.5
"""Seconds between two versions."""
KEPT_FOR = 3600
"""Seconds for which a version can be asked for; after that a page reads the whole."""
MOST = 200
"""So many booths may change in one version that is told in full; beyond it a page reads the whole."""


def note_change(edition: Edition) -> FloorChange | None:
    """Compare the floor with what was last told; a difference becomes the next version, none is None.

    The row of what was told is locked while the floor is read, so versions have no gap and each is newer than the
    last, whichever process finds it. Raises NotYet within half a second of the last one.
    """
    FloorSigns.objects.get_or_create(edition=edition)
    with transaction.atomic():
        told = FloorSigns.objects.select_for_update().get(edition=edition)
        early = told.told_at + LEAST - time.time()
        if 0 < early <= LEAST:
            raise NotYet(early)
        plan = plan_of(edition)
        if (told.floor, told.signs) == (plan.version, plan.signs):
            return None
        changed = _changed(told, plan.version, plan.signs)
        told.version, told.floor, told.signs, told.told_at = told.version + 1, plan.version, plan.signs, time.time()
        told.save()
        return FloorChange.objects.create(
            edition=edition, version=told.version, floor=told.floor, signs=changed, told_at=told.told_at
        )


def forget_old_changes() -> None:
    """Versions that no open page can still be waiting for."""
    FloorChange.objects.filter(told_at__lt=time.time() - KEPT_FOR).delete()


def _changed(told: FloorSigns, floor: int, signs: str) -> dict[str, str] | None:
    """New letters by place; None when the order is another one or too many changed."""
    if told.floor != floor or len(told.signs) != len(signs):
        return None
    changed = {str(place): new for place, (old, new) in enumerate(zip(told.signs, signs, strict=True)) if old != new}
    return changed if len(changed) <= MOST else None
