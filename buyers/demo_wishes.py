"""What the demonstration's importers look for, each from a chance of its own so that nothing else is dealt anew."""

from functools import cache
from random import Random
from typing import Any

from buyers.choices import MARKETS_FIRST
from buyers.models import Registration
from fairs.demo.world import SEED
from fairs.invention import ImporterIdea
from fairs.models import Certificate, Edition, Material

SAY_MORE = 0.6  # the others leave it at the first five answers
ASKED_MOST = ("fsc", "amfori-bsci", "smeta", "oeko-tex-100", "reach", "food-contact", "wfto", "iso-9001")


def of(edition: Edition, idea: ImporterIdea) -> dict[str, Any]:
    """Materials, certificates, markets, price, order and days, or nothing."""
    chance = Random(f"{SEED}/wishes/{idea.key}")
    if chance.random() > SAY_MORE:
        return {}
    markets = {idea.country, *chance.sample(MARKETS_FIRST, chance.randint(0, 2))}
    return {
        "materials": chance.sample(_materials(edition.pk), chance.randint(1, 4)),
        "certificates": [one for one in _certificates(edition.pk) if chance.random() < 0.3],
        "markets": sorted(markets),
        "price_band": chance.choice([value for value in Registration.PriceBand.values if value]),
        "order_size": chance.choice([value for value in Registration.OrderSize.values if value]),
        "days": [day for day in edition.days.all() if chance.random() < 0.6],
    }


@cache
def _materials(_edition: int) -> list[Material]:
    return list(Material.objects.all())


@cache
def _certificates(_edition: int) -> list[Certificate]:
    return list(Certificate.objects.filter(code__in=ASKED_MOST))
