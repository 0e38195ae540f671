"""How an edition cuts its days into meetings."""

from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid
from fairs.journal import record
from fairs.models import Edition
from fairs.permissions import Actor, require
from matchmaking.models import MeetingRules

SHORTEST, LONGEST = 10, 120


def set_meeting_rules(
    edition: Edition,
    *,
    slot_minutes: int,
    by: Actor,
    lunch_from: time | None = None,
    lunch_to: time | None = None,
    opens_on: date | None = None,
) -> MeetingRules:
    """Set the length of meetings, the lunch break and the day requests open; agreed meetings stay as they are.

    Refuses with `slot_minutes` outside 10 to 120 minutes, or `lunch` when its end is not after its beginning.
    """
    require(by, "matchmaking.set_rules", edition)
    if not SHORTEST <= slot_minutes <= LONGEST:
        sentence = _("Choose from %(least)d to %(most)d minutes.") % {"least": SHORTEST, "most": LONGEST}
        raise Invalid("slot_minutes", sentence, {"slot_minutes": [sentence]})
    if (lunch_from is None) != (lunch_to is None) or (lunch_from and lunch_to and lunch_to <= lunch_from):
        sentence = _("Give the beginning and the end of lunch, the end later, or leave both empty.")
        raise Invalid("lunch", sentence, {"lunch_to": [sentence]})
    fields = {"slot_minutes": slot_minutes, "lunch_from": lunch_from, "lunch_to": lunch_to, "opens_on": opens_on}
    with transaction.atomic():
        rules, _made = MeetingRules.objects.update_or_create(edition=edition, defaults=fields)
        record("set", rules, by=by, fields=fields)
    return rules


def copy_rules(source: Edition, target: Edition) -> None:
    """Give a new edition the slots and lunch of an earlier one; the day requests open is its own."""
    known = MeetingRules.objects.filter(edition=source).first()
    if known:
        MeetingRules.objects.get_or_create(
            edition=target,
            defaults={
                "slot_minutes": known.slot_minutes,
                "lunch_from": known.lunch_from,
                "lunch_to": known.lunch_to,
            },
        )
