"""What stands against an edit of a plan, and what to look at on it, in words."""

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from booths.floor_content import Touched
from booths.floorplan.document import Content, PlanFault
from booths.floorplan.findings import Finding
from fairs.errors import Invalid, Refused
from fairs.templatetags.fair import local, number

MOST_NAMED = 6

FAULTS: Mapping[str, Any] = {
    "wrong_shape": gettext_lazy("This is no change of a plan: %(place)s. Reload the page and try again."),
    "wrong_value": gettext_lazy("“%(value)s” does not fit in “%(field)s”. Correct it."),
    "too_many": gettext_lazy("That is more than %(most)s at once. Lay it in several steps."),
    "code_twice": gettext_lazy("The code %(code)s stands twice. Choose another."),
    "code_taken": gettext_lazy("Another booth has the code %(code)s. Choose another number or letter."),
    "no_hall": gettext_lazy(
        "Booth %(code)s stands in a hall that is not on the plan. Choose a hall for it, or remove the booth first."
    ),
    "no_zone": gettext_lazy("Booth %(code)s is in a zone that is not on the plan. Choose a zone for it first."),
    "no_class": gettext_lazy("Booth %(code)s has a class that this edition does not have. Choose another."),
    "no_group": gettext_lazy("There is no product group “%(code)s”. Choose from the list."),
    "no_booth": gettext_lazy("There is no booth %(code)s on this plan. Check the code."),
    "nothing_chosen": gettext_lazy("Choose at least one booth of this plan."),
    "no_block": gettext_lazy("A block has at least one row and one column, and booths with a size."),
    "not_numbers": gettext_lazy("“%(text)s” is no number. Write numbers such as 4, 13-15."),
    "several_booths": gettext_lazy("Split one booth at a time."),
    "one_booth": gettext_lazy("Choose two booths or more to merge."),
    "several_halls": gettext_lazy("Booths of two halls cannot become one."),
    "no_rectangle": gettext_lazy(
        "These booths do not make a rectangle together, so they cannot become one. Choose booths that touch along a "
        "whole side."
    ),
    "wrong_parts": gettext_lazy("A booth is split into 2 parts or more, at most %(most)s."),
}  # fmt: skip
FIELDS: Mapping[str, Any] = {
    "code": gettext_lazy("Code"), "name_vi": gettext_lazy("Name in Vietnamese"),
    "name_en": gettext_lazy("Name in English"),
    "x": gettext_lazy("From the left"), "y": gettext_lazy("From the top"), "width": gettext_lazy("Width"),
    "depth": gettext_lazy("Depth"), "kind": gettext_lazy("Kind"), "aisle": gettext_lazy("Aisles at least"),
}  # fmt: skip


def refusal(fault: PlanFault) -> Invalid:
    """The refusal of an edit, as people are told it."""
    facts = {name: number(fact) if isinstance(fact, int) else str(fact) for name, fact in fault.facts.items()}
    if fault.code == "wrong_value":
        facts["field"] = str(FIELDS.get(fault.facts["field"], fault.facts["field"]))
    return Invalid(fault.code, str(FAULTS[fault.code]) % facts)


def in_use(touched: Iterable[Touched]) -> Refused:
    """Why booths that somebody has may not go away or become something else."""
    return Refused("booth_in_use", " ".join(orphan_sentence(one) for one in list(touched)[:MOST_NAMED]))


def orphan_sentence(one: Touched) -> str:
    """Names the booth and its holder, and what to do."""
    facts = {"code": (one.change.before or {})["code"], "holder": one.held.company.name_vi}
    if one.change.after is None:
        return _("Booth %(code)s belongs to %(holder)s: it cannot go away or be merged. Give it back first.") % facts
    if one.change.resized:
        return _("Booth %(code)s belongs to %(holder)s: its size cannot change. Give it back first.") % facts
    return _("Booth %(code)s belongs to %(holder)s: its class cannot change. Give it back first.") % facts


def warning_sentence(one: Touched) -> str:
    """What becomes of a booth that somebody has."""
    before, after = one.change.before or {}, one.change.after or {}
    facts = {"code": before["code"], "new": after["code"], "holder": one.held.company.name_vi}
    if one.change.renumbered and one.change.moved:
        return _("Booth %(code)s of %(holder)s moves and becomes %(new)s.") % facts
    if one.change.renumbered:
        return _("Booth %(code)s of %(holder)s becomes %(new)s.") % facts
    if one.change.moved:
        return _("Booth %(code)s of %(holder)s moves.") % facts
    return _("Booth %(code)s of %(holder)s changes its zone.") % facts


def finding_sentence(finding: Finding, content: Content) -> str:
    """What to look at, with the codes of the booths."""
    codes = _codes(finding, content)
    if finding.code == "overlap":
        return _("%(codes)s stand on the same ground.") % {"codes": codes}
    if finding.code == "outside":
        return _("%(codes)s reaches out of hall %(hall)s.") % {"codes": codes, "hall": finding.facts["hall"]}
    if finding.code == "exit_shut":
        name = local(SimpleNamespace(**finding.facts), "name") or _("a door")
        return _("%(codes)s: too close to %(exit)s.") % {"codes": codes, "exit": name}
    return _("Aisle of %(metres)s m, less than %(least)s m: %(codes)s.") % {
        "metres": metres(finding.facts["metres"]),
        "least": metres(finding.facts["least"]),
        "codes": codes,
    }


def metres(value: float) -> str:
    """3, 3.5 or 3.25: as many decimals as it has."""
    hundredths = round(abs(value) * 100)
    return number(round(value, 2), 0 if hundredths % 100 == 0 else 1 if hundredths % 10 == 0 else 2)


def _codes(finding: Finding, content: Content) -> str:
    codes = sorted(content["booths"][key]["code"] for key in finding.keys)
    more = len(codes) - MOST_NAMED
    shown = ", ".join(codes[:MOST_NAMED])
    if more <= 0:
        return shown
    return ngettext("%(shown)s and %(more)s more", "%(shown)s and %(more)s more", more) % {
        "shown": shown,
        "more": number(more),
    }
