"""A draft beside the plan that stands: what becomes of each booth, who must be told, what stands against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from booths.floor_content import Touched, held_by, live_content, touched
from booths.floorplan.difference import BoothChange, booth_changes, other_changes
from booths.floorplan.document import Content
from booths.models import FloorDraft, SaleTerms
from booths.plan_look import found
from booths.plan_words import metres, orphan_sentence, warning_sentence
from fairs.templatetags.fair import local, number

KINDS = ("new", "gone", "moved", "renumbered", "resized", "rezoned", "reclassed")


@dataclass(frozen=True)
class Row:
    """One booth and what becomes of it, in words."""

    change: BoothChange
    kinds: Sequence[str]
    says: Sequence[str]
    holder: str


@dataclass(frozen=True)
class Review:
    """Everything somebody should know before they publish."""

    rows: Sequence[Row]
    refusals: Sequence[str]
    warnings: Sequence[str]
    findings: Sequence[Mapping[str, Any]]
    others: Sequence[str]
    is_outdated: bool

    @property
    def may_publish(self) -> bool:
        """Whether nothing stands against it."""
        return not (self.refusals or self.is_outdated)

    @property
    def is_empty(self) -> bool:
        """Whether the draft says what stands already."""
        return not (self.rows or self.others)

    @property
    def counts(self) -> dict[str, int]:
        """How many booths are new, gone and so on."""
        counts = {kind: sum(kind in row.kinds for row in self.rows) for kind in KINDS}
        return {kind: count for kind, count in counts.items() if count}

    @property
    def options(self) -> list[tuple[str, str, int]]:
        """The kinds of change there are, to choose from."""
        return [("", _("All"), len(self.rows)), *((kind, _words()[kind], count) for kind, count in self.counts.items())]

    def rows_of(self, kind: str) -> Sequence[Row]:
        """The booths of one kind of change; without one, all."""
        return [row for row in self.rows if not kind or kind in row.kinds]


def review(draft: FloorDraft) -> Review:
    """Compare a draft with the plan that everybody sees at this moment."""
    edition = draft.edition
    before, after = live_content(edition), draft.content
    changes, held = booth_changes(before, after), held_by(edition)
    concerned = touched(changes, held)
    version = SaleTerms.objects.filter(edition=edition).values_list("floor_version", flat=True).first()
    names = _Names(before, after, {one.code: local(one, "name") for one in edition.booth_classes.all()})
    return Review(
        rows=[_row(change, held, names) for change in changes],
        refusals=[orphan_sentence(one) for one in concerned if one.orphans],
        warnings=[warning_sentence(one) for one in concerned if _is_a_warning(one)],
        findings=found(after),
        others=list(_others(before, after)),
        is_outdated=version != draft.begun_from,
    )


@dataclass(frozen=True)
class _Names:
    """What keys and codes are called, on either plan."""

    before: Content
    after: Content
    classes: Mapping[str, str]

    def code(self, section: str, key: str) -> str:
        thing = self.after[section].get(key) or self.before[section].get(key) or {"code": "?"}
        return str(thing["code"])


def _is_a_warning(one: Touched) -> bool:
    return not one.orphans and (one.is_told or one.change.rezoned)


def _row(change: BoothChange, held: Mapping[str, Any], names: _Names) -> Row:
    holder = held[change.key].company.name_vi if change.key in held else ""
    if change.before is None or change.after is None:
        kind = "new" if change.before is None else "gone"
        return Row(change, [kind], [_words()[kind]], holder)
    kinds = [kind for kind in KINDS[2:] if getattr(change, kind)]
    return Row(change, kinds, [_say(kind, change.before, change.after, names) for kind in kinds], holder)


def _say(kind: str, before: Mapping[str, Any], after: Mapping[str, Any], names: _Names) -> str:
    if kind == "moved":
        if before["hall"] != after["hall"]:
            return _("To hall %(hall)s") % {"hall": names.code("halls", after["hall"])}
        return _("Moved %(how_far)s") % {"how_far": _how_far(after["x"] - before["x"], after["y"] - before["y"])}
    if kind == "renumbered":
        return _("%(old)s becomes %(new)s") % {"old": before["code"], "new": after["code"]}
    if kind == "resized":
        return _("%(old)s becomes %(new)s") % {"old": _size(before), "new": _size(after)}
    if kind == "rezoned":
        return _("Zone %(zone)s") % {"zone": names.code("zones", after["zone"])}
    return names.classes.get(after["class"], after["class"])


def _how_far(dx: float, dy: float) -> str:
    """One way or two, without the one in which nothing moves."""
    across = _("%(m)s m to the right") if dx > 0 else _("%(m)s m to the left")
    along = _("%(m)s m down") if dy > 0 else _("%(m)s m up")
    return ", ".join(text % {"m": metres(abs(by))} for text, by in ((across, dx), (along, dy)) if round(by, 2))


def _size(booth: Mapping[str, Any]) -> str:
    return f"{metres(booth['width'])} × {metres(booth['depth'])} m"


def _words() -> dict[str, str]:
    return {
        "new": pgettext("booth", "New"),
        "gone": pgettext("booth", "Removed"),
        "moved": pgettext("booth", "Moved"),
        "renumbered": pgettext("booth", "Renumbered"),
        "resized": pgettext("booth", "Other size"),
        "rezoned": pgettext("booth", "Other zone"),
        "reclassed": pgettext("booth", "Other class"),
    }


def _others(before: Content, after: Content) -> Iterator[str]:
    titles = {"halls": _("Halls"), "zones": _("Zones"), "facilities": _("Walls, doors and the like")}
    for section, (new, changed, gone) in other_changes(before, after).items():
        yield _("%(what)s: %(new)s new, %(changed)s changed, %(gone)s removed") % {
            "what": titles[section], "new": number(new), "changed": number(changed), "gone": number(gone),
        }  # fmt: skip
