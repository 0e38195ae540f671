"""How we know: the journal's lines about a meeting or deal, as points of a timeline."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairs.models import Entry
from matchmaking.models import Deal, Meeting

MEETING_STEPS = {
    "request": ("ok", gettext_lazy("Asked for")),
    "accept": ("ok", gettext_lazy("Agreed")),
    "decline": ("stop", gettext_lazy("Declined")),
    "expire": ("off", gettext_lazy("Not answered in time")),
    "cancel": ("stop", gettext_lazy("Called off")),
    "move": ("info", gettext_lazy("Moved")),
    "substitute": ("info", gettext_lazy("Somebody else comes")),
    "mark_held": ("ok", gettext_lazy("Noted as held")),
    "mark_no_show": ("stop", gettext_lazy("Noted that a side did not come")),
    "arrive": ("info", gettext_lazy("A badge was read")),
    "settle_held": ("ok", gettext_lazy("They met after all")),
    "settle_no_show": ("stop", gettext_lazy("Who did not come was put right")),
    "walk_in": ("ok", gettext_lazy("Met without an appointment")),
}


def history_of(meeting: Meeting) -> list[dict[str, Any]]:
    """What was done with a meeting, in order."""
    return [
        {"kind": kind, "title": title, "when": entry.at, "note": entry.actor.full_name if entry.actor else ""}
        for entry, (kind, title) in _steps(meeting, MEETING_STEPS)
    ]


def evidence_of(deal: Deal) -> list[dict[str, Any]]:
    """What speaks for a deal, in order, and what is still open."""
    steps = {
        "record": ("ok", _side_words(deal.recorded_side, _("Recorded by the maker"), _("Recorded by the buyer"))),
        "confirm": ("ok", _side_words(deal.other_side, _("Confirmed by the maker"), _("Confirmed by the buyer"))),
        "dispute": (
            "wait",
            _side_words(deal.other_side, _("The maker says it differs"), _("The buyer says it differs")),
        ),
        "agree": ("ok", _side_words(deal.recorded_side, _("The maker agreed"), _("The buyer agreed"))),
        "cancel": ("stop", _("Taken back")),
        "object": (
            "stop",
            _side_words(deal.other_side, _("The maker did not confirm it"), _("The buyer did not confirm it")),
        ),
        "describe": ("info", _("Terms written")),
        "correct": ("ok", _("Put right by both sides")),
    }
    met = [_met(deal.meeting)] if deal.meeting else []
    known = [
        {"kind": kind, "title": title, "when": entry.at, "note": _by(entry, deal)}
        for entry, (kind, title) in _steps(deal, steps)
    ]
    return met + sorted(known + _looks(deal), key=lambda event: event["when"]) + _still_open(deal)


def _looks(deal: Deal) -> list[dict[str, Any]]:
    """What officers found in its papers."""
    return [
        {
            "kind": "ok" if paper.verdict == "fits" else "stop",
            "title": _("Paper seen, it fits") if paper.verdict == "fits" else _("A paper does not fit"),
            "when": paper.checked_at,
            "note": ". ".join(filter(None, [paper.checked_by.full_name if paper.checked_by else "", paper.reason])),
        }
        for paper in deal.papers.exclude(verdict="").select_related("checked_by")
    ]


def _steps(thing: Meeting | Deal, steps: dict[str, Any]) -> list[tuple[Entry, Any]]:
    prefix = f"{thing._meta.label_lower}."
    entries = Entry.objects.filter(verb__in=[prefix + verb for verb in steps], object_id=str(thing.pk))
    return [
        (entry, steps[entry.verb.removeprefix(prefix)])
        for entry in entries.select_related("actor").order_by("at", "pk")
    ]


def _side_words(side: str, maker: str, buyer: str) -> str:
    return maker if side == Deal.Side.EXHIBITOR else buyer


def _met(meeting: Meeting) -> dict[str, Any]:
    held = meeting.state == Meeting.State.HELD
    return {
        "kind": "ok" if held else "info",
        "title": _("Met at the fair") if held else _("Meeting at the fair"),
        "when": meeting.starts_at,
        "note": meeting.where,
    }


def _by(entry: Entry, deal: Deal) -> str:
    verb = entry.verb.rpartition(".")[2]
    name = entry.actor.full_name if entry.actor else _("By the link sent to them, without signing in")
    return f"{name}. {deal.other_note}" if verb == "dispute" and deal.other_note else name


def _still_open(deal: Deal) -> list[dict[str, Any]]:
    if deal.state == Deal.State.RECORDED:
        title = _side_words(deal.other_side, _("Confirmation by the maker"), _("Confirmation by the buyer"))
        return [{"kind": "off", "title": title, "when": _("open"), "note": _("They have a letter with a link.")}]
    if deal.state == Deal.State.DISPUTED:
        title = _side_words(deal.recorded_side, _("Answer of the maker"), _("Answer of the buyer"))
        note = _("They can agree to the other value, or take the record back.")
        return [{"kind": "off", "title": title, "when": _("open"), "note": note}]
    return []
