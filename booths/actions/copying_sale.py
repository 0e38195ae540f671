"""Carrying the rounds of the sale and the waiting room of one edition over to the next."""

from datetime import datetime

from booths.actions.copying import twin
from booths.models import Opening, WaitingRoom
from fairs import clock
from fairs.models import Edition


def copy_sale(source: Edition, target: Edition) -> None:
    """Copy rounds and waiting room, as many days before the opening and at the same hour; nobody's place goes along."""
    for opening in Opening.objects.filter(edition=source):
        twin(opening, edition=target, opens_at=_shifted(opening.opens_at, source, target)).save()
    for room in WaitingRoom.objects.filter(edition=source):
        moved = {name: _shifted(getattr(room, name), source, target) for name in ("opens_at", "closes_at")}
        twin(room, edition=target, let_in_until=clock.now(), **moved).save()


def _shifted(moment: datetime, source: Edition, target: Edition) -> datetime:
    there = moment.astimezone(source.zone).replace(tzinfo=None) + (target.opens_on - source.opens_on)
    return there.replace(tzinfo=target.zone)
