"""What an editor shows of a draft besides its content: sides, findings, who has what."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from booths.floor_content import held_by
from booths.floorplan.document import Content
from booths.floorplan.findings import Finding, findings, sides_of
from booths.models import Booth, FloorDraft, Reservation
from booths.plan_words import finding_sentence
from fairs.clock import today
from fairs.models import Edition
from fairs.templatetags.fair import clock, local, moment

KEPT_FOR = 3600
"""Seconds; a new version of the draft has a new key anyway."""
SIGNS = {"held": "h", "reserved": "r", "confirmed": "c", "handed_over": "c"}


def look(draft: FloorDraft, halls: Collection[str] | None = None) -> dict[str, Any]:
    """The version, what to look at on the whole plan, and the open sides of booths, of some halls or of all."""
    return {
        "version": draft.version,
        "sides": sides_of(draft.content, halls),
        "findings": found_of(draft),
    }


def found_of(draft: FloorDraft) -> list[dict[str, Any]]:
    """What to look at on a draft; looked for once a version."""
    key = f"floor-findings:{draft.pk}:{draft.version}"
    known = cache.get(key)
    if known is None:
        known = findings(draft.content)
        cache.set(key, known, KEPT_FOR)
    return _in_words(known, draft.content)


def found(content: Content) -> list[dict[str, Any]]:
    """What to look at, each with its sentence and the keys of its booths."""
    return _in_words(findings(content), content)


def halls_touched(before: Content, after: Content, changes: Any) -> set[str]:
    """The halls in which a change can open or shut a side of a booth."""
    halls = set(changes.get("halls", {}))
    if any("wall" in (_kind(before, key), _kind(after, key)) for key in changes.get("facilities", {})):
        return set(after["halls"])
    for key in changes.get("booths", {}):
        halls |= {plan["booths"][key]["hall"] for plan in (before, after) if key in plan["booths"]}
    return halls


def state(draft: FloorDraft) -> dict[str, Any]:
    """What changes while an editor is open: the version, who has which booth, which are not let."""
    edition = draft.edition
    return {"version": draft.version, "holders": _holders(edition), "blocked": _blocked(edition)}


def whole(draft: FloorDraft) -> dict[str, Any]:
    """Everything an editor opens with."""
    return (
        look(draft)
        | state(draft)
        | {
            "content": draft.content,
            "classes": [{"code": one.code, "name": local(one, "name")} for one in draft.edition.booth_classes.all()],
        }
    )


def _in_words(list_of: Iterable[Finding], content: Content) -> list[dict[str, Any]]:
    return [{"code": one.code, "text": finding_sentence(one, content), "keys": list(one.keys)} for one in list_of]


def _holders(edition: Edition) -> dict[str, dict[str, str]]:
    return {key: {"sign": SIGNS[row.state], "name": row.company.name_vi, "state": _state(row)}
            for key, row in held_by(edition).items()}  # fmt: skip


def _state(row: Reservation) -> str:
    if row.state == Reservation.State.HELD:
        with timezone.override(row.edition.zone):
            ends_today = row.held_until.astimezone(row.edition.zone).date() == today(row.edition)
            time = clock(row.held_until) if ends_today else moment(row.held_until, "short")
            return _("on hold until %(time)s") % {"time": time}
    return str(row.get_state_display())


def _blocked(edition: Edition) -> dict[str, str]:
    rows: Iterable[tuple[int, str]] = (
        Booth.objects.filter(edition=edition).exclude(blocked="").values_list("pk", "blocked")
    )
    return {f"b{pk}": reason for pk, reason in rows}


def _kind(content: Content, key: str) -> str:
    return str(content["facilities"].get(key, {}).get("kind", ""))
