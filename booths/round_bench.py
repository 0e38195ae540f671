"""What the workbench of a proposed round shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from booths.drawing import outline
from booths.models import Booth, Proposal, Round
from booths.plan import Plan, plan_of
from booths.round_counts import counts_of
from booths.round_look import FILTERS, Look, Row, sign_words

ROWS = 25  # on a page of the list
KEPT = ("only", "q", "page")
"""What of the address stays when something is done."""


@dataclass(frozen=True)
class Figure:
    """A number of a proposal beside that of the one it is compared with, each of so many whom it concerns."""

    label: Any
    now: float
    of: int | None
    before: float | None = None
    before_of: int | None = None

    @property
    def change(self) -> float:
        """How much more it is; rounding is no change."""
        return 0 if self.before is None else round(self.now - self.before)


@dataclass(frozen=True)
class Chosen:
    """A booth or an applicant that somebody looks at."""

    code: str
    row: Row | None
    booth: Booth | None = None
    outline: str = ""
    free: bool = False

    @property
    def codes(self) -> list[str]:
        """The booths to mark on the plan."""
        return list(self.row.codes) if self.row else [self.code] if self.code else []


def bench(worked: Round, asked: Mapping[str, str], *, who: str = "") -> dict[str, Any]:
    """The whole workbench; `asked` is the address, `who` the applicant something was just done with."""
    proposal = worked.current
    assert proposal is not None
    look = Look(worked, proposal)
    plan = plan_of(worked.edition)
    only = asked.get("only", "") if asked.get("only") in FILTERS else "all"
    words = asked.get("q", "").strip()
    found = look.found(only, words)
    counts = look.counts()
    return panel(worked, asked, look=look, plan=plan, who=who) | {
        "look": look,
        "plan": plan,
        "markup": look.markup(plan, {code for row in found for code in row.codes} if words or only != "all" else ()),
        "marked": bool(words or only != "all"),
        "signs": _legend(look, plan),
        "movable": {code: row.who for code, row in look.holders.items() if row.movable},
        "page": Paginator(found, ROWS).get_page(asked.get("page")),
        "only": only,
        "words": words,
        "options": _options(counts, only, words),
        "missing": counts["unplaced"],
        "figures": figures(worked, proposal, proposal.before),
        "better": proposal.objective - proposal.greedy if proposal.greedy is not None else None,
        "gap": gap(proposal),
        "short": max(0.0, proposal.bound - proposal.objective) if proposal.bound is not None else None,
        "may_redo": proposal.after.exists(),
    }


def panel(
    worked: Round, asked: Mapping[str, str], *, look: Look | None = None, plan: Plan | None = None, who: str = ""
) -> dict[str, Any]:
    """What is said of the booth or applicant that is chosen."""
    assert worked.current is not None
    look, plan = look or Look(worked, worked.current), plan or plan_of(worked.edition)
    code = asked.get("b", "")
    row = look.by_who.get(who or asked.get("who", "")) or look.holders.get(code)
    chosen = None
    if row or code in plan.drawing.places:
        places = [plan.drawing.places[one] for one in (row.codes if row else [code]) if one in plan.drawing.places]
        booth = None if row else _booth(worked, code)
        chosen = Chosen(code, row, booth, outline(places), free=look.sign_of(code) == "f")
    kept = {name: asked[name] for name in KEPT if asked.get(name)}
    return {
        "chosen": chosen,
        "proposal": worked.current,
        "shown": worked.current.number,
        "unplaced": [one for one in look.rows if not one.codes],
        "back": f"?{urlencode(kept)}" if kept else "",
    }


def figures(worked: Round, proposal: Proposal, other: Proposal | None, *, of: Round | None = None) -> list[Figure]:
    """A proposal in numbers, beside another one, of the same round or of one that is named."""
    now = _numbers(worked, proposal)
    before: Sequence[tuple[str, float | None, int | None]] = [("", None, None)] * len(now)
    if other:
        before = _numbers(of or worked, other)
    return [Figure(*one, was, was_of) for one, (_label, was, was_of) in zip(now, before, strict=True)]


def gap(proposal: Proposal) -> float | None:
    """By which share the plan is at most below the best there is; None while nothing is proven."""
    if not proposal.bound:
        return None
    return max(0.0, (proposal.bound - proposal.objective) / abs(proposal.bound))


def _numbers(worked: Round, proposal: Proposal) -> list[tuple[str, float, int | None]]:
    """Label, number and of how many; of those whom the round had to place."""
    counts = counts_of(worked, proposal)
    worth = sum(sum(why["terms"].values()) for why in proposal.why.values() if not why["fixed"])
    return [
        (_("Exhibitors placed"), counts.placed, counts.applicants),
        (_("Booths given"), counts.given, counts.wanted),
        (_("In the zone of their goods"), counts.in_zone.met, counts.in_zone.of),
        (_("Where they wished to be"), counts.wishes.met, counts.wishes.of),
        (_("On a corner, as asked"), counts.corners.met, counts.corners.of),
        (_("Beside whom they wished"), counts.beside, None),
        (_("Worth of their places, in points"), worth, None),
    ]


def _booth(worked: Round, code: str) -> Booth | None:
    rows = Booth.objects.filter(edition=worked.edition_id, code=code)
    return rows.select_related("booth_class", "zone").first()


def _options(counts: Mapping[str, int], only: str, words: str) -> list[dict[str, Any]]:
    search = {"q": words} if words else {}
    return [
        {"label": label, "url": f"?{urlencode({'only': name} | search)}", "current": name == only,
         "count": counts[name], "name": name}
        for name, label in FILTERS.items()
        if counts[name] or name == only
    ]  # fmt: skip


def _legend(look: Look, plan: Plan) -> list[dict[str, Any]]:
    words, counts = sign_words(), look.booth_counts(plan.drawing.places)
    return [{"sign": sign, "word": words[sign], "count": count} for sign, count in counts.items() if count]
