"""What the two sides' wishes mean for meetings."""

from fairs.models import Edition, Participation
from matchmaking.models import Wish


def unwanted(exhibitor: Participation, importer: Participation) -> bool:
    """Whether either side has said no to the other: the two are never scheduled, and nobody is told which it was."""
    return Wish.objects.between(exhibitor, importer).refusals().exists()


def unwanted_pairs(edition: Edition) -> frozenset[tuple[int, int]]:
    """The exhibitor's and the importer's part of every such pair of an edition, in one query."""
    refused = Wish.objects.filter(registration__edition=edition).exclude(registration__state="withdrawn").refusals()
    parts = "registration__company__participations"
    rows = refused.filter(**{f"{parts}__edition": edition, f"{parts}__role": Participation.Role.IMPORTER})
    return frozenset(rows.order_by().values_list("exhibitor", f"{parts}__pk"))
