"""Companies that write from one house: by their website, their e-mail, or the e-mail of their people."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from django.db.models import Q, QuerySet

from fairs.models import Company, Membership

HOME = "VN"  # at home a company's people mostly write from letterboxes of their own


def domains_of(company: Company) -> set[str]:
    """The domains that belong to the company; one query for a foreign one, none for one at home."""
    own = {company.site_key, company.mail_key}
    if company.country != HOME:
        own |= set(company.people.values_list("mail_key", flat=True))
    return own - {""}


def with_domains(domains: set[str]) -> Q:
    """Companies with one of the domains."""
    of_people = Q(pk__in=Membership.objects.filter(person__mail_key__in=domains).values("company")) & ~Q(country=HOME)
    return Q(site_key__in=domains) | Q(mail_key__in=domains) | of_people


def pairs_by_domain(here: set[int], most: int) -> Iterator[tuple[int, int]]:
    """Pairs of one country that share a domain, at least one of them among those here; three queries."""
    groups: dict[tuple[str, str], set[int]] = defaultdict(set)
    for country, domain, pk in _rows():
        groups[country, domain].add(pk)
    for group in groups.values():
        if 1 < len(group) <= most:
            yield from (pair for pair in combinations(sorted(group), 2) if here & set(pair))


def _rows() -> Iterator[tuple[str, str, int]]:
    standing: QuerySet[Company] = Company.objects.standing().order_by()
    for column in ("site_key", "mail_key"):
        yield from standing.exclude(**{column: ""}).values_list("country", column, "pk")
    acting = Membership.objects.exclude(person__mail_key="").exclude(company__country=HOME)
    rows = acting.filter(company__merged_into=None).order_by()
    yield from rows.values_list("company__country", "person__mail_key", "company")
