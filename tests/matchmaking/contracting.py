"""A contract of two sides and what belongs to it, for tests that ask every address."""

from django.core.files.base import ContentFile

from fairs import clock
from matchmaking.models import Deal, DealCorrection, DealPair, DealPaper, Opportunity
from tests import world


def papers_of_a_pair(cast, sides):
    """The exhibitor's contract, a file, a correction, a paper that may be the same, and what they talk about."""
    deal = _recorded(cast, sides, "exhibitor", number="HGS18-HD00001", amount=18_400, key="one")
    twin = _recorded(cast, sides, "importer", number="HGS18-HD00002", amount=18_500, key="two")
    return {
        "deal": deal,
        "deal_file": DealPaper.objects.create(
            deal=deal, file=ContentFile(b"%PDF-1.4", "paper.pdf"), sha256="0" * 64, given_side="exhibitor",
            given_by=cast.people["exhibitor"],
        ),
        "deal_correction": DealCorrection.objects.create(
            deal=deal, field="value", before="18400.00 USD", after="18000.00 USD", reason="Freight", side="exhibitor"
        ),
        "pair": DealPair.objects.create(edition=cast.edition, first=deal, second=twin, state="different"),
        "opportunity": Opportunity.objects.create(
            **sides, source="typed", opened_by=cast.people["exhibitor"], key="one"
        ),
    }  # fmt: skip


def _recorded(cast, sides, side, **given):
    return Deal.objects.create(
        **sides, **given, product_group=world.product_group(), currency="USD", signed_on=world.NOON.date(),
        recorded_side=side, recorded_by=cast.people[side], recorded_at=clock.now(),
        token=f"a-token-nobody-guesses-{given['key']}",
    )  # fmt: skip
