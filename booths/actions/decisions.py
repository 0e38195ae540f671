"""Deciding on many applications at once, exactly as they were seen."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booths.actions.applications import accept_application, reject_application, waitlist_application
from booths.models import Application
from fairs.errors import Invalid, Refused
from fairs.models import Edition
from fairs.permissions import Actor, require

MOST = 500  # at once: each is told by letter
DEEDS: dict[str, Callable[..., Application]] = {
    "accept": accept_application,
    "waitlist": waitlist_application,
    "reject": reject_application,
}
LETTERS = {
    "accept": "booths.application_accepted",
    "waitlist": "booths.application_answered",
    "reject": "booths.application_answered",
}


def decide_applications(
    edition: Edition, *, seen: Mapping[int, int], verb: str, by: Actor, reason: str = ""
) -> list[Application]:
    """Accept, put on the waiting list or turn down all of these, or none.

    `seen` is the version of each application as the officer saw it, by key. Refuses with `unknown_verb`, `none_chosen`,
    `too_many`, `no_reason`, and with `changed_meanwhile`, which names those that somebody else moved in between.
    """
    require(by, "booths.decide", edition)
    deed = _deed(verb, reason)
    _check_number(seen)
    with transaction.atomic():
        rows = Application.objects.select_for_update(of=("self",)).select_related(
            "edition__sale_terms", "company", "contact"
        )
        found = list(rows.filter(edition=edition, pk__in=seen).order_by("pk"))
        changed = [one for one in found if one.version != seen[one.pk] or not one.can(verb)]
        if changed or len(found) < len(seen):
            raise _changed(changed)
        return [deed(application, by=by, reason=reason) for application in found]


def _deed(verb: str, reason: str) -> Callable[..., Application]:
    if verb not in DEEDS:
        raise Invalid("unknown_verb", _("Choose an answer: accept, waiting list or turn down."))
    if verb != "accept" and not reason.strip():
        sentence = _("Give the reason: the applicant will read it.")
        raise Invalid("no_reason", sentence, {"reason": [sentence]})
    return DEEDS[verb]


def _check_number(seen: Mapping[int, Any]) -> None:
    if not seen:
        raise Invalid("none_chosen", _("Tick the applications first."))
    if len(seen) > MOST:
        raise Invalid("too_many", _("Decide on at most %(most)d applications at once.") % {"most": MOST})


def _changed(changed: list[Application]) -> Refused:
    names = ", ".join(f"{one.company.name_vi} ({one.get_state_display()})" for one in changed)
    sentence = _("Nothing was decided, because these have changed since you looked: %(names)s. See how it stands now.")
    return Refused("changed_meanwhile", sentence % {"names": names or "?"})
