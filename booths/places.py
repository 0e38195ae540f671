"""Who stands in whose block, and who has paid for more passes, for the common ground."""

from collections.abc import Iterator

from booths.querysets import households_at
from booths.service_querysets import passes_ordered
from fairs.discovery import add_blocks, add_more_passes
from fairs.models import Edition


@add_blocks
def households_in_blocks(edition: Edition, companies: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Households that were named by a group stand in its block, and whoever acts for the group acts for them."""
    rows = households_at(edition).filter(company__in=companies).order_by("pk")
    yield from rows.values_list("company_id", "application__company_id")


@add_more_passes
def passes_paid_for(edition: Edition, company: int) -> int:
    """Those ordered among the services, from the payment on."""
    return passes_ordered(edition, company)
