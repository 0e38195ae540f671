"""Small importers and exhibitors for the tests of the ranking."""

from datetime import date

from matchmaking.ranking.facts import Exhibitor, Goods, Importer
from matchmaking.ranking.scoring import scores, shares
from matchmaking.ranking.terms import Terms

ON = date(2018, 10, 18)


def importer(pk: int = 1, **said) -> Importer:
    """Who looks for ceramics."""
    return Importer(pk, **{"groups": frozenset({"ceramics"})} | {name: kept(value) for name, value in said.items()})


def exhibitor(pk: int = 11, *goods: Goods, **said) -> Exhibitor:
    """Who makes ceramics."""
    told = {name: kept(value) for name, value in said.items()}
    return Exhibitor(pk, **{"groups": frozenset({"ceramics"}), "goods": goods} | told)


def kept(value):
    """Several codes written in a set."""
    return frozenset(value) if isinstance(value, set) else value


def score(one: Importer, other: Exhibitor, ties=None, terms: Terms | None = None) -> float:
    """The score of one pair."""
    found = shares([one], [other], ties or {}, on=ON)
    return float(scores(found, [terms or Terms()])[0, 0])
