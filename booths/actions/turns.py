"""Nobody goes ahead of their turn in the live sale, but for the booth desk with a reason that is kept."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from booths.models import Application, Booth
from booths.turns import turn_of
from fairs import clock
from fairs.errors import Refused
from fairs.permissions import Actor, may


def check_turn(application: Application, booths: Sequence[Booth], *, ahead: str, by: Actor) -> str:
    """Refuse with `not_your_turn` or `in_the_waiting_room` who may not choose yet; the desk with `reason_wanted`.

    Answers the reason to keep, which is empty in one's turn. Booths that the application has already are no choice.
    """
    turn = turn_of(application)
    if turn.open or _has_all(application, booths):
        return ""
    if not may(by, "booths.decide", application):
        raise turn.refusal
    if not ahead.strip():
        sentence = _("It is not the turn of this exhibitor yet. Write why you choose for them now: it is kept.")
        raise Refused("reason_wanted", sentence, {"ahead": [sentence]})
    return ahead.strip()[:300]


def _has_all(application: Application, booths: Sequence[Booth]) -> bool:
    wanted = {booth.pk for booth in booths}
    return application.reservations.live(clock.now()).filter(booth__in=wanted).count() == len(wanted)
