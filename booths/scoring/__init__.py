"""The arithmetic of a jury: scores, ranks, thresholds, and who judges what. Knows no database."""

from booths.scoring.marks import Mark, mean, of_review, reaches, spread
from booths.scoring.places import Place, places
from booths.scoring.shares import Share, shares

__all__ = ["Mark", "Place", "Share", "mean", "of_review", "places", "reaches", "shares", "spread"]
