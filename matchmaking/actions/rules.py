"""How an edition cuts its days into meetings, and what it allows."""

from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid
from fairs.journal import record
from fairs.models import Edition
from fairs.permissions import Actor, require
from matchmaking.models import BASE, MeetingRules

SHORTEST, LONGEST = 10, 120
BASE_MINUTES = BASE.seconds // 60
# What a new edition takes over; the day requests open is its own.
COPIED = (
    "slot_minutes", "more_minutes", "step_minutes", "way_minutes", "lunch_from", "lunch_to", "place", "day_percent",
    "most_in_all", "answer_hours", "answer_hours_on_site", "remind_days",
)  # fmt: skip


def set_meeting_rules(
    edition: Edition,
    *,
    slot_minutes: int,
    by: Actor,
    lunch_from: time | None = None,
    lunch_to: time | None = None,
    opens_on: date | None = None,
    **more: Any,
) -> MeetingRules:
    """Set the length of meetings, the lunch break, the day requests open and what else is given; agreed meetings stay.

    `more` are further fields of the rules. Refuses with `slot_minutes` (also for other lengths) outside 10 to 120
    minutes or no multiple of 5, `lunch` when its end is not after its beginning, `step`, `day_percent` and `hours`.
    """
    require(by, "matchmaking.set_rules", edition)
    for minutes in [slot_minutes, *more.get("more_minutes", [])]:
        if not SHORTEST <= minutes <= LONGEST or minutes % BASE_MINUTES:
            sentence = _("Choose from %(least)d to %(most)d minutes, in steps of five.")
            raise _wrong("slot_minutes", sentence % {"least": SHORTEST, "most": LONGEST})
    if (lunch_from is None) != (lunch_to is None) or (lunch_from and lunch_to and lunch_to <= lunch_from):
        sentence = _("Give the beginning and the end of lunch, the end later, or leave both empty.")
        raise Invalid("lunch", sentence, {"lunch_to": [sentence]})
    _check_more(more)
    fields = {"slot_minutes": slot_minutes, "lunch_from": lunch_from, "lunch_to": lunch_to, "opens_on": opens_on}
    with transaction.atomic():
        rules, _made = MeetingRules.objects.update_or_create(edition=edition, defaults=fields | more)
        record("set", rules, by=by, fields=fields | more)
    return rules


def copy_rules(source: Edition, target: Edition) -> None:
    """Give a new edition the slots and lunch of an earlier one; the day requests open is its own."""
    known = MeetingRules.objects.filter(edition=source).first()
    if known:
        MeetingRules.objects.get_or_create(edition=target, defaults={name: getattr(known, name) for name in COPIED})


def _check_more(given: dict[str, Any]) -> None:
    for name in ("step_minutes", "way_minutes"):
        minutes = given.get(name)
        if minutes is not None and (minutes % BASE_MINUTES or not 0 <= minutes <= LONGEST):
            raise _wrong(name, _("Choose up to %(most)d minutes, in steps of five.") % {"most": LONGEST})
    if given.get("step_minutes") == 0:
        raise _wrong("step_minutes", _("Choose up to %(most)d minutes, in steps of five.") % {"most": LONGEST})
    if not 1 <= given.get("day_percent", 100) <= 100:
        raise _wrong("day_percent", _("Choose from 1 to 100 percent."))
    for name in ("answer_hours", "answer_hours_on_site"):
        if given.get(name, 1) < 1:
            raise _wrong(name, _("Give at least an hour to answer."))


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(field, sentence, {field: [sentence]})
