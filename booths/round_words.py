"""Why an exhibitor stands where it does, in sentences of the active language: made from the solver's own figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fairs.templatetags.fair import number

NO_PLACE = {
    "class_too_small": gettext_lazy("The floor has fewer booths of this class than you ask for."),
    "no_run": gettext_lazy("Nowhere on the floor do so many booths of this class stand side by side."),
    "full": gettext_lazy("Every place of this size is given to others."),
    "rivals": gettext_lazy("Each place left touches somebody whom you must not stand beside."),
    "power": gettext_lazy("Each place left is in a zone without enough power for what you need."),
    "count": gettext_lazy("Each place left is in a zone that may hold no more exhibitors."),
    "together": gettext_lazy("No place left would keep your group together."),
}
"""By the codes of booths.allocation.reasons."""


def no_place(rule: str) -> Any:
    """Why somebody has no place."""
    return NO_PLACE[rule]


Names = Mapping[str, str] | None
"""Names of applicants; None counts them only, for whom others are none of their business."""


def criteria_sentences(weights: Mapping[str, float], *, strict: bool) -> list[str]:
    """What each term of the total is worth, of an instance's weights."""
    more = weights["points"] * 100
    facts = {name: number(abs(value), 0 if float(value).is_integer() else 1) for name, value in weights.items()}
    facts["more"] = number(more, 0 if more.is_integer() else 1)
    zone = (
        _("Nobody stands outside the zone of its goods.") if strict else _("In the zone of its goods: %(zone)s points.")
    )
    said = [
        zone,
        _("Nearness to an entrance: %(quality)s for each of 20 degrees, %(more)s%% more for each priority point."),
        _("A corner for who asked for one: %(corner_wanted)s; for who did not: minus %(corner_unwanted)s."),
        _("Booths, zones and neighbours wished for, each by its rank; they too count more with priority points."),
        _("Two of one village, or who asked for each other, side by side: %(village)s."),
    ]
    if weights.get("fragment"):
        said.append(_("A free booth left alone between two others: minus %(fragment)s."))
    return [sentence % facts for sentence in said]


def why_sentences(why: Mapping[str, Any], names: Names = None) -> list[str]:
    """What speaks for a place, then what was traded off. `why` is an explain.Why."""
    if why["fixed"]:
        return [_("These booths were chosen or pinned before the round; it left them alone.")]
    return [_speaks_for(why, names), _traded_off(why, names)]


def _speaks_for(why: Mapping[str, Any], names: Names) -> str:
    terms = why["terms"]
    points = [_("in the zone of its goods") if terms["zone"] > 0 else _("outside the zone of its goods")]
    if terms["corner"] > 0:
        points.append(_("on a corner, as asked"))
    elif terms["corner"] < 0:
        points.append(_("on a corner that it did not ask for"))
    if terms["wishes"] > 0:
        points.append(_("where it wished to be"))
    if why["fellows"]:
        points.append(_("beside %(names)s, as wished or of one village") % {"names": _listed(why["fellows"], names)})
    rank = why["better_places"] + 1
    place = (
        _("the best of %(count)d places for it alone") if rank == 1 else _("place %(rank)d of %(count)d for it alone")
    )
    points.append(place % {"rank": rank, "count": max(why["places"], 1)})
    sentence = _("%(points)s.") % {"points": "; ".join(points)}
    return _begun(sentence)


def _traded_off(why: Mapping[str, Any], names: Names) -> str:
    better = why["better"]
    if better is None:
        return _("Nothing was traded off.")
    facts = {
        "booths": ", ".join(better["booths"]),
        "gain": _figure(better["gain"]),
        "others": _figure(better["others"]),
        "names": _listed(better["holders"], names),
        "homeless": _listed(better["homeless"], names),
    }
    if better["homeless"]:
        return _("At %(booths)s it would gain %(gain)s, but %(homeless)s would be left without a place.") % facts
    if better["rule"]:
        return _("At %(booths)s it would gain %(gain)s, but a rule of the floor forbids it there.") % facts
    if better["others"] <= 0:
        return _("At %(booths)s it would gain %(gain)s, and the plan as a whole would lose nothing.") % facts
    if not better["holders"]:
        return (
            _("At %(booths)s, which is free, it would gain %(gain)s, but the plan as a whole would lose %(others)s.")
            % facts
        )
    sentence = (
        _("At %(booths)s, now of %(names)s, it would gain %(gain)s, but the plan as a whole would lose %(others)s.")
        % facts
    )
    fewer = better["fewer_points"]
    if fewer:
        more = ngettext(
            "%(names)s has fewer priority points, but no place as good for what it needs.",
            "%(names)s have fewer priority points, but no places as good for what they need.",
            len(fewer),
        )
        return f"{sentence} {_begun(more % {'names': _listed(fewer, names)})}"
    return sentence


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _listed(whos: Sequence[str], names: Names) -> str:
    if names is None:
        return ngettext("another exhibitor", "%(count)d other exhibitors", len(whos)) % {"count": len(whos)}
    shown = [names.get(who, who) for who in whos[:3]]
    rest = len(whos) - len(shown)
    if rest:
        shown.append(ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest})
    return ", ".join(shown)


def _figure(points: float) -> str:
    return ngettext("%(figure)s point", "%(figure)s points", round(points)) % {"figure": number(points, 1)}
