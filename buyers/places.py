"""Who has passes to the place of the fair, for the common ground."""

from collections.abc import Iterator

from buyers.models import Badge
from fairs.discovery import add_given_passes, add_passes
from fairs.models import Edition


@add_passes
def companies_with_passes(edition: Edition, companies: frozenset[int]) -> Iterator[int]:
    """Companies of which somebody has a valid pass."""
    badges = Badge.objects.valid().filter(edition=edition, kind=Badge.Kind.EXHIBITOR, company__in=companies)
    yield from badges.order_by().values_list("company_id", flat=True).distinct()


@add_given_passes
def passes_in_use(edition: Edition, company: int) -> int:
    """Passes of a company that open a gate."""
    return Badge.objects.valid().filter(edition=edition, company=company, kind=Badge.Kind.EXHIBITOR).count()
