"""What a meeting of each pair is worth, for whoever plans them all at once."""

from django.db.models import QuerySet

from buyers.models import Registration
from fairs.models import Edition, Participation
from matchmaking.actions.matching import terms_of
from matchmaking.gathering import certificates_day, exhibitors_of, importers_of, ties_of
from matchmaking.ranking.scoring import scores, shares
from matchmaking.wishes import unwanted_pairs

Pair = tuple[int, int]
"""The exhibitor's and the importer's part."""


def worth_of_pairs(edition: Edition) -> dict[Pair, int]:
    """0 to 100 for each exhibitor and each importer who takes part, by the edition's weights and the wishes of both.

    Of an importing company's people the one who fits best counts; pairs of which a side said no are left out. The
    number of queries does not grow with the pairs.
    """
    approved = Registration.objects.filter(edition=edition, state=Registration.State.APPROVED)
    importers, exhibitors = importers_of(approved), exhibitors_of(edition)
    found = shares(importers, exhibitors, ties_of(edition, approved), on=certificates_day(edition))
    scored = scores(found, [terms_of(edition).terms] * len(importers)).round().astype(int).tolist()
    part_of = _parts(edition, approved)
    refused = unwanted_pairs(edition)
    worth: dict[Pair, int] = {}
    for importer, line in zip(importers, scored, strict=True):
        for exhibitor, score in zip(exhibitors, line, strict=True):
            pair = (exhibitor.id, part_of.get(importer.id, 0))
            if pair[1] and pair not in refused:
                worth[pair] = max(score, worth.get(pair, 0))
    return worth


def _parts(edition: Edition, approved: QuerySet[Registration]) -> dict[int, int]:
    """The part of the company of each registration."""
    rows = Participation.objects.filter(edition=edition, role=Participation.Role.IMPORTER, state="active")
    parts = dict(rows.values_list("company", "pk"))
    return {pk: parts[company] for pk, company in approved.order_by().values_list("pk", "company") if company in parts}
