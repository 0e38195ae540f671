"""A group stands in one block: in the live sale its booths touch, unless the edition or the group says otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from booths.floorplan import Rect, detached
from booths.models import Application, Booth
from fairs import clock
from fairs.errors import Refused
from fairs.journal import record
from fairs.permissions import Actor, may


@dataclass(frozen=True)
class _Stand:
    """A booth on the ground."""

    code: str
    rect: Rect


def check_together(application: Application, booths: Iterable[Booth], *, by: Actor) -> None:
    """Refuse with `not_together`, naming the booths that do not touch the others; the booth desk may part a group."""
    astray = out_of_block(application, booths)
    if astray and not may(by, "booths.decide", application):
        sentence = _(
            "Your group stands in one block, so its booths touch each other. Not touching the others: %(codes)s. "
            "Choose booths beside the others, or agree to stand apart."
        )
        raise Refused("not_together", sentence % {"codes": ", ".join(astray)})


def check_block(application: Application, *, by: Actor) -> None:
    """Refuse with `not_together` when what it has now does not hang together."""
    if application.keeps_together:
        check_together(application, live_booths(application), by=by)


def out_of_block(application: Application, booths: Iterable[Booth]) -> list[str]:
    """The codes of those that do not hang together with most of them; nothing where they need not."""
    if not application.keeps_together:
        return []
    ground = ((booth.code, Rect(*map(float, (booth.x, booth.y, booth.width, booth.depth)))) for booth in booths)
    return detached([_Stand(code, rect) for code, rect in ground])


def live_booths(application: Application) -> list[Booth]:
    """What it has now, on hold or kept."""
    rows = application.reservations.live(clock.now()).select_related("booth")
    return [row.booth for row in rows]


def agree_apart(application: Application, *, by: Actor) -> None:
    """The group agrees that its booths need not touch; called inside the transaction."""
    if application.keeps_together:
        application.side_by_side = False
        application.save(update_fields=["side_by_side"])
        record("edit", application, by=by, fields=["side_by_side"])
