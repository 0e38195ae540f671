"""Which notice a bank's line pays: by its reference first, then by amount and payer. Knows no database."""

from fairs.money.matching.cases import FoundBy, Line, Match, Money, Outcome, Owed, Part, Rule, Standing
from fairs.money.matching.deciding import match

__all__ = ["FoundBy", "Line", "Match", "Money", "Outcome", "Owed", "Part", "Rule", "Standing", "match"]
