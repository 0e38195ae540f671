"""Until when a paper that is signed after closing still comes from an edition."""

from datetime import date

from fairs.models import Edition
from fairs.months import months_after

MONTHS_AFTER = 12


def latest_signing(edition: Edition) -> date:
    """The last day on which a paper of the edition may be signed."""
    return months_after(edition.closes_on, MONTHS_AFTER)
