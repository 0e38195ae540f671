"""What the organiser's pages show of a proposal: a row for each applicant, signs for the plan, who stands elsewhere."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from booths import drawing
from booths.actions.round_moves import changes
from booths.models import Proposal, Round
from booths.plan import Plan
from booths.round_instance import application_of
from booths.round_names import names_of
from booths.round_words import no_place, why_sentences
from fairs.text import fold, words_of

FILTERS = {
    "all": _("All"),
    "unplaced": _("Without a place"),
    "moved": _("Moved by the last step"),
    "pinned": _("Pinned"),
    "new": _("Proposed"),
    "kept": _("Had their booths before"),
}
"""What the list of a proposal can be narrowed down to."""


def sign_words() -> dict[str, str]:
    """What each letter of a sign means in a proposal; the letters are those of booths.drawing."""
    return {
        "f": pgettext("booth", "free"),
        "r": pgettext("booth", "proposed"),
        "h": pgettext("booth", "pinned"),
        "c": pgettext("booth", "had before the round"),
        "x": pgettext("booth", "not to let"),
    }


@dataclass
class Row:
    """An applicant in a proposal; `rule` is the one in the way of a place, `kept` those that had booths before."""

    who: str
    name: str
    zone: str
    points: float
    wanted: int
    codes: Sequence[str]
    rule: str
    pinned: bool
    kept: bool
    moved: bool
    why: Mapping[str, Any] | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def application(self) -> int:
        """The key of its application."""
        return application_of(self.who)

    @property
    def letters(self) -> str:
        """The colour of the zone of its goods."""
        return self.zone[:2]

    @property
    def movable(self) -> bool:
        """Whether the officer may put it elsewhere now."""
        return not (self.kept or self.pinned)

    @cached_property
    def reasons(self) -> list[str]:
        """Why it stands there, or why nowhere."""
        if self.why is None:
            return [str(no_place(self.rule))] if self.rule else []
        return why_sentences(self.why, self.names)

    @property
    def sign(self) -> str:
        """The letter of its booths on the plan."""
        return "c" if self.kept else "h" if self.pinned else "r"

    def is_in(self, name: str) -> bool:
        """Whether a filter keeps it."""
        tests = {"unplaced": not self.codes, "moved": self.moved, "pinned": self.pinned, "kept": self.kept,
                 "new": bool(self.codes) and not self.kept}  # fmt: skip
        return tests.get(name, True)

    def says(self, words: Iterable[str]) -> bool:
        """Whether its name or one of its booths holds each of some folded words."""
        text = f"{fold(self.name)} {fold(' '.join(self.codes))}"
        return all(word in text for word in words)


@dataclass(frozen=True)
class Elsewhere:
    """An applicant whose booths differ between two plans."""

    name: str
    before: Sequence[str]
    after: Sequence[str]
    application: int


class Look:
    """A proposal of a round, with the names of its applicants: one query."""

    def __init__(self, worked: Round, proposal: Proposal) -> None:
        self.round, self.proposal = worked, proposal
        self.names = names_of(one["id"] for one in worked.instance["exhibitors"])

    @cached_property
    def rows(self) -> list[Row]:
        """Those without a place first, then by name."""
        rows = [self._row(one) for one in self.round.instance["exhibitors"]]
        return sorted(rows, key=lambda row: (bool(row.codes), fold(row.name), row.who))

    @cached_property
    def by_who(self) -> dict[str, Row]:
        """The rows by applicant of the instance."""
        return {row.who: row for row in self.rows}

    @cached_property
    def holders(self) -> dict[str, Row]:
        """The rows by the booths that they have."""
        return {code: row for row in self.rows for code in row.codes}

    @cached_property
    def last_step(self) -> list[Elsewhere]:
        """Who stands elsewhere than in the proposal from which this one was made."""
        before = self.proposal.before
        return _elsewhere(before.plan, self.proposal.plan, self.names) if before else []

    def found(self, name: str, search: str) -> list[Row]:
        """The rows of a filter that say the words of a search, accents ignored."""
        words = words_of(search)
        return [row for row in self.rows if row.is_in(name) and row.says(words)]

    def counts(self) -> dict[str, int]:
        """How many rows each filter keeps."""
        return {name: sum(row.is_in(name) for row in self.rows) for name in FILTERS}

    def sign_of(self, code: str) -> str:
        """The letter of a booth. One that the round does not know came later, and is not its to give."""
        if code in self.holders:
            return self.holders[code].sign
        return "f" if code in self._to_give else "x"

    def booth_counts(self, codes: Iterable[str]) -> dict[str, int]:
        """How many booths bear each letter."""
        signs = [self.sign_of(code) for code in codes]
        return {letter: signs.count(letter) for letter in "frhcx"}

    def markup(self, plan: Plan, marked: Collection[str] = ()) -> SafeString:
        """The drawing with the signs of the proposal: each booth says who has it, and leads to it on this page."""
        drawn, codes = plan.drawing, list(plan.drawing.places)
        said = [self._said(code) for code in codes]
        own = replace(
            drawn,
            codes=tuple(said),
            links=tuple(f'<a href="?b={escape(code)}" class="' for code in codes),
            words=sign_words(),
        )
        found = {label for code, label in zip(codes, said, strict=True) if code in marked}
        signs = "".join(self.sign_of(code) for code in codes)
        return mark_safe(drawing.with_signs(own, signs, found))  # every name is escaped here or by the drawing

    def _said(self, code: str) -> str:
        held = self.holders.get(code)
        return escape(f"{code}, {held.name}" if held else code)

    @cached_property
    def _to_give(self) -> set[str]:
        blocked = set(self.round.instance["blocked"])
        return {one["id"] for one in self.round.instance["booths"]} - blocked

    @cached_property
    def _moved(self) -> set[str]:
        before = self.proposal.before
        return {who for who, _was, _now in changes(before.plan, self.proposal.plan)} if before else set()

    def _row(self, one: Mapping[str, Any]) -> Row:
        who = one["id"]
        return Row(
            who=who,
            name=self.names[who],
            zone=one["group"],
            points=one["points"],
            wanted=one["booths"],
            codes=self.proposal.plan.get(who, []),
            rule=self.proposal.unplaced.get(who, ""),
            pinned=who in self.proposal.pins,
            kept=who in self.round.instance["fixed"],
            moved=who in self._moved,
            why=self.proposal.why.get(who),
            names=self.names,
        )


def elsewhere(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> list[Elsewhere]:
    """Who stands elsewhere in the plan of another round: whole applications, as a group is one once it has booths."""
    one, other = _by_application(before), _by_application(after)
    return _elsewhere(one, other, names_of({**one, **other}))


def _by_application(plan: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    whole: dict[str, list[str]] = {}
    for who, codes in plan.items():
        whole.setdefault(f"a{application_of(who)}", []).extend(codes)
    return whole


def _elsewhere(
    before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]], names: Mapping[str, str]
) -> list[Elsewhere]:
    """By name."""
    found = [Elsewhere(names.get(who, who), was, now, application_of(who)) for who, was, now in changes(before, after)]
    return sorted(found, key=lambda one: fold(one.name))
