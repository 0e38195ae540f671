"""Who came to a meeting, from scans and from what both sides say. Pure."""

from typing import NamedTuple

EXHIBITOR, IMPORTER, BOTH, HELD = "exhibitor", "importer", "both", "held"


class Known(NamedTuple):
    """What is known of one meeting: whose badge was read there, and what each side says: held, or who was absent."""

    exhibitor_here: bool = False
    importer_here: bool = False
    exhibitor_says: str = ""
    importer_says: str = ""


class Verdict(NamedTuple):
    """What became of it: held, or who was absent; `agreed` is whether nobody says otherwise."""

    outcome: str
    agreed: bool = True


def judge(known: Known) -> Verdict | None:
    """What became of a meeting; None while nothing is known.

    A scan stands above words: whose badge was read was there. Between words, whoever owns up to an absence of their own
    is believed; where each accuses the other, or one says they met, it is not agreed, and what speaks for the buyer
    stands: a seller's absence never counts against them.
    """
    if known.exhibitor_here and known.importer_here:
        return Verdict(HELD)
    mine, theirs = _without(known, known.exhibitor_says), _without(known, known.importer_says)
    if not mine and not theirs:
        return None
    if not mine or not theirs or mine == theirs:
        return Verdict(mine or theirs)
    return _between(mine, theirs)


def _without(known: Known, said: str) -> str:
    """What somebody says, less what a scan disproves."""
    if said == BOTH and known.exhibitor_here:
        return IMPORTER
    if said == BOTH and known.importer_here:
        return EXHIBITOR
    disproved = (said == EXHIBITOR and known.exhibitor_here) or (said == IMPORTER and known.importer_here)
    return "" if disproved else said


def _between(mine: str, theirs: str) -> Verdict:
    """Of two different words: the exhibitor's, and the importer's."""
    own = {one for one, said in ((EXHIBITOR, mine), (IMPORTER, theirs)) if said in (one, BOTH)}
    if own == {EXHIBITOR, IMPORTER}:
        return Verdict(BOTH)
    if own:
        return Verdict(own.pop())
    return Verdict(theirs, agreed=False)
