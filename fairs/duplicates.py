"""Companies that may be one: found by tax code, name, phone, and the domain of website and e-mail."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from fairs.domains import domains_of, pairs_by_domain, with_domains
from fairs.models import Company, Edition
from fairs.relations import of_editions

MOST_PAIRS = 200
"""So many are shown; whoever has merged these sees the next."""
MOST_ALIKE = 12
"""A phone that more companies share belongs to a market or an association, and says nothing."""


class Likeness(StrEnum):
    """What two companies have in common; the surest first."""

    TAX = "tax_key"
    NAME = "name_key"
    PHONE = "phone_key"
    DOMAIN = "domain"

    @property
    def sentence(self) -> str:
        """The likeness in words."""
        words = {
            Likeness.TAX: _("the same tax code"),
            Likeness.NAME: _("the same name"),
            Likeness.PHONE: _("the same phone"),
            Likeness.DOMAIN: _("the same website or e-mail domain"),
        }
        return words[self]


COLUMNS = (Likeness.TAX, Likeness.NAME, Likeness.PHONE)
"""Those that are a column of the company."""


@dataclass
class Pair:
    """Two companies that may be one; the one known longer comes first."""

    first: Company
    second: Company
    likenesses: list[Likeness] = field(default_factory=list)

    @property
    def why(self) -> list[str]:
        """What they have in common, in words."""
        return [likeness.sentence for likeness in self.likenesses]


def find_duplicates(edition: Edition) -> list[Pair]:
    """Pairs of which at least one has to do with the edition, the surest first, MOST_PAIRS of them.

    Seven queries and one for the rows, however many companies there are.
    """
    found: dict[tuple[int, int], list[Likeness]] = defaultdict(list)
    here = set(companies_of(edition))
    for likeness in COLUMNS:
        for pair in _alike(likeness, here):
            found[pair].append(likeness)
    for pair in set(pairs_by_domain(here, MOST_ALIKE)):
        found[pair].append(Likeness.DOMAIN)
    surest = sorted(found.items(), key=lambda item: (-len(item[1]), list(Likeness).index(item[1][0]), item[0]))
    return _with_rows(surest[:MOST_PAIRS])


def twins_of(company: Company) -> list[Pair]:
    """The companies that may be this one; a company at home costs one query."""
    wanted = Q()
    for likeness in COLUMNS:
        if key := getattr(company, likeness):
            wanted |= Q(**{likeness: key})
    if domains := domains_of(company):
        wanted |= with_domains(domains)
    if not wanted:
        return []
    others = Company.objects.standing().filter(wanted, country=company.country).exclude(pk=company.pk)
    rows = others.select_related("province").order_by("pk")[:MOST_ALIKE]
    return [Pair(company, other, _likenesses(company, other)) for other in rows]


def alike(first: Company, second: Company) -> Pair:
    """Two companies with what they have in common."""
    return Pair(first, second, _likenesses(first, second))


def companies_of(edition: Edition) -> Iterator[int]:
    """Every company that has to do with an edition: applied, takes part, registered, was charged."""
    rows: Any = None
    for relation in of_editions(Company):
        found = relation.related_model._base_manager.filter(edition=edition).order_by()
        ids = found.values_list(relation.field.attname)
        rows = ids if rows is None else rows.union(ids)
    yield from (pk for (pk,) in rows or () if pk is not None)


def _alike(likeness: Likeness, here: set[int]) -> Iterator[tuple[int, int]]:
    """Pairs that share a key in one country, at least one of them of the edition."""
    known = Company.objects.standing().exclude(**{likeness: ""}).order_by()
    shared = known.values("country", likeness).annotate(number=Count("pk")).filter(number__gt=1)
    keys = shared.filter(number__lte=MOST_ALIKE).values(likeness)
    groups: dict[Any, list[int]] = defaultdict(list)
    rows = known.filter(**{f"{likeness}__in": keys}).order_by("pk").values_list("country", likeness, "pk")
    for country, key, pk in rows:
        groups[country, key].append(pk)
    for group in groups.values():
        yield from (pair for pair in combinations(group, 2) if len(group) <= MOST_ALIKE and here & set(pair))


def _with_rows(found: Iterable[tuple[tuple[int, int], list[Likeness]]]) -> list[Pair]:
    pairs = list(found)
    wanted = {pk for pair, _likenesses_of in pairs for pk in pair}
    rows = Company.objects.select_related("province", "craft_village").in_bulk(wanted)
    return [Pair(rows[first], rows[second], likenesses) for (first, second), likenesses in pairs]


def _likenesses(first: Company, second: Company) -> list[Likeness]:
    found = [one for one in COLUMNS if getattr(first, one) and getattr(first, one) == getattr(second, one)]
    return found + ([Likeness.DOMAIN] if domains_of(first) & domains_of(second) else [])
