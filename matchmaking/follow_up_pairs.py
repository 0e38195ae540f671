"""Which exhibitor and importer have had to do with each other: they met, signed, or handed over their details."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from fairs.models import Edition, Participation
from matchmaking.models import Deal, FollowUp, Lead, Meeting

IMPORTS = Participation.Role.IMPORTER


def parts_in_pairs(edition: Edition) -> QuerySet[Participation]:
    """The sides of an edition that stand and are in a pair."""
    found = Participation.objects.filter(edition=edition, state="active")
    met = _met(edition).filter(Q(exhibitor=OuterRef("pk")) | Q(importer=OuterRef("pk")))
    signed = _signed(edition).filter(Q(exhibitor=OuterRef("pk")) | Q(importer=OuterRef("pk")))
    noted = _noted(edition).filter(exhibitor=OuterRef("pk"))
    left = _noted(edition).filter(buyer=OuterRef("company"))
    either = Exists(noted) | (Q(role=IMPORTS) & Q(Exists(left)))
    return found.filter(Q(Exists(met)) | Q(Exists(signed)) | Q(either))


def pairs_of(part: Participation) -> set[tuple[int, int]]:
    """The pairs of one side, each the exhibitor's part and the importer's."""
    own = {part.role: part}
    met = _met(part.edition).filter(**own).values_list("exhibitor", "importer")
    signed = _signed(part.edition).filter(**own).values_list("exhibitor", "importer")
    return set(met) | set(signed) | _handed_over(part)


def of_a_pair(edition: Edition) -> Q:
    """Whether the two sides of one of the edition's deals are a pair: it comes from the fair."""
    of_both = {"exhibitor": OuterRef("exhibitor"), "importer": OuterRef("importer")}
    left = _noted(edition).filter(exhibitor=OuterRef("exhibitor"), buyer=OuterRef("importer__company"))
    asked = FollowUp.objects.filter(deal=OuterRef("pk"))
    met = Exists(_met(edition).filter(**of_both))
    return Q(meeting__isnull=False) | Q(met) | Q(Exists(left)) | Q(Exists(asked))


def _met(edition: Edition) -> QuerySet[Meeting]:
    return Meeting.objects.filter(edition=edition, state=Meeting.State.HELD).order_by()


def _signed(edition: Edition) -> QuerySet[Deal]:
    return Deal.objects.filter(edition=edition).exclude(state=Deal.State.CANCELLED).order_by()


def _noted(edition: Edition) -> Any:
    """Visitors who stand by having handed their details over, and come for a company that imports."""
    imports = Participation.objects.filter(edition=edition, role=IMPORTS, state="active")
    standing: Any = Lead.objects.filter(edition=edition, buyer__in=imports.values("company")).standing()
    return standing.order_by()


def _handed_over(part: Participation) -> set[tuple[int, int]]:
    """The pairs of a side that come from details handed over at a booth."""
    noted = _noted(part.edition)
    if part.role == IMPORTS:
        makers = noted.filter(buyer=part.company_id, exhibitor__state="active").values_list("exhibitor", flat=True)
        return {(exhibitor, part.pk) for exhibitor in makers}
    buyers = noted.filter(exhibitor=part).values("buyer")
    parts = Participation.objects.filter(edition=part.edition_id, role=IMPORTS, state="active", company__in=buyers)
    return {(part.pk, importer) for importer in parts.values_list("pk", flat=True)}
