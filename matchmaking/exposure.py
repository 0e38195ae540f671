"""Whom the exposure floor lifts onto importers' lists: found for a whole edition, and kept for a quarter of an hour."""

from collections.abc import Mapping

from django.core.cache import cache

from buyers.models import Registration
from fairs.models import Edition
from matchmaking.actions.matching import terms_of
from matchmaking.gathering import certificates_day, closed_pairs, exhibitors_of, importers_of, refusals_of, ties_of
from matchmaking.models import Wish
from matchmaking.ranking.facts import Exhibitor, Importer, Pair
from matchmaking.ranking.lists import CLOSED, Lists, fill_lists
from matchmaking.ranking.scoring import Array, scores, shares

KEPT = 15 * 60  # seconds


def lifted_for(registration: Registration) -> frozenset[int]:
    """The exhibitors that the floor lifts onto this importer's list."""
    edition = registration.edition
    key = f"matchmaking/lifted/{edition.pk}"
    lifted: Mapping[int, frozenset[int]] | None = cache.get(key)
    if lifted is None:
        lifted = _lifted(lists_of(edition))
        cache.set(key, lifted, KEPT)
    return lifted.get(registration.pk, frozenset())


def lists_of(edition: Edition) -> Lists:
    """The lists of all importers who mean to come, as each would see theirs now."""
    coming = Registration.objects.filter(edition=edition, state__in=Registration.COMING)
    importers, exhibitors = importers_of(coming), exhibitors_of(edition)
    terms = terms_of(edition).terms
    refusals = refusals_of(Wish.objects.filter(registration__in=coming, side=Wish.Side.IMPORTER), "registration")
    ties = ties_of(edition, coming, side=Wish.Side.IMPORTER)
    found = shares(importers, exhibitors, ties, on=certificates_day(edition))
    scored = scores(found, [terms.after(refusals[one.id]) for one in importers])
    close(scored, importers, exhibitors, closed_pairs(edition, coming))
    return fill_lists(importers, exhibitors, scored, terms)


def close(scored: Array, importers: list[Importer], exhibitors: list[Exhibitor], pairs: frozenset[Pair]) -> None:
    """Score the pairs that are not proposed so that no list takes them up."""
    lines = {one.id: number for number, one in enumerate(importers)}
    columns = {one.id: number for number, one in enumerate(exhibitors)}
    for importer, exhibitor in pairs:
        if importer in lines and exhibitor in columns:
            scored[lines[importer], columns[exhibitor]] = CLOSED


def _lifted(lists: Lists) -> dict[int, frozenset[int]]:
    return {pk: frozenset(one.exhibitor for one in listed if one.lifted) for pk, listed in lists.of.items()}
