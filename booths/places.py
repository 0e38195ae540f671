"""Who stands in whose block, for the common ground."""

from collections.abc import Iterator

from booths.querysets import households_at
from fairs.discovery import add_blocks
from fairs.models import Edition


@add_blocks
def households_in_blocks(edition: Edition, companies: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Households that were named by a group stand in its block, and whoever acts for the group acts for them."""
    rows = households_at(edition).filter(company__in=companies).order_by("pk")
    yield from rows.values_list("company_id", "application__company_id")
