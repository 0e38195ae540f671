"""What the demonstration's makers tell of prices, materials, certificates, languages and markets."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from fairs.actions.certificates import hold_certificate
from fairs.demo.world import SEED
from fairs.invention import ExhibitorIdea, ProductIdea
from fairs.models import Certificate, Company, Material, Person, PriceBand
from fairs.text import fold

BANDS = ((Decimal(5), PriceBand.ENTRY), (Decimal(20), PriceBand.MIDDLE), (Decimal(100), PriceBand.UPPER))
MARKETS = ("US", "JP", "GB", "ES", "DE", "FR", "KR", "AU", "NL", "IN")
# What the invention calls otherwise than the list of certificates does.
CALLED = {"lfgb": "food-contact", "fda": "food-contact"}
ALSO_CALLED = {
    "stoneware": ("clay", "white clay"), "terracotta": ("brown clay",), "natural-lacquer": ("lacquer",),
    "seagrass": ("sedge",), "linen": ("hemp", "linen"), "coconut": ("coconut",), "bronze": ("copper", "bronze"),
    "iron": ("steel", "iron"), "mother-of-pearl": ("mother-of-pearl", "shell"), "paper": ("paper", "card"),
}  # fmt: skip
# What is on the wall is mostly valid for two years more; one in eight has run out.
FAIR, RUN_OUT = date(2018, 10, 18), 0.12


def price_of(made: ProductIdea) -> str:
    """The band in which most of its pieces are."""
    middle = (made.price_low + made.price_high) / 2
    return next((band for most, band in BANDS if middle < most), PriceBand.FINE)


def materials_of(made: ProductIdea, edition: int) -> list[Material]:
    """The materials that its own words name."""
    words = f" {fold(made.materials_en)} {fold(made.materials_vi)} ".replace(",", " ")
    return [one for one, names in _materials(edition) if any(f" {name} " in words for name in names)]


def tells(idea: ExhibitorIdea) -> dict[str, str]:
    """Languages spoken at the booth and the countries sold to, of seven in ten makers."""
    chance = Random(f"{SEED}/{idea.key}/offers")
    if chance.random() > 0.7:
        return {}
    spoken = dict.fromkeys(["vi"] * idea.resident + list(idea.languages))
    sold = chance.sample(MARKETS, chance.randint(0, 4))
    return {"languages": ",".join(spoken), "export_markets": ",".join(sorted(sold))}


def hold_certificates(company: Company, idea: ExhibitorIdea, edition: int, *, by: Person) -> None:
    """Those of the idea that the list knows."""
    chance = Random(f"{SEED}/{idea.key}/certificates")
    for name in idea.certificates:
        certificate = _certificates(edition).get(CALLED.get(fold(name), fold(name)))
        if certificate:
            days = -chance.randint(5, 200) if chance.random() < RUN_OUT else chance.randint(60, 900)
            number = f"{certificate.code.upper()[:4]}-{chance.randint(10_000, 99_999)}"
            hold_certificate(
                company, certificate=certificate, number=number, valid_until=FAIR + timedelta(days=days), by=by
            )


@cache
def _materials(_edition: int) -> list[tuple[Material, Iterable[str]]]:
    rows = Material.objects.all()
    return [(one, (fold(one.name_en), fold(one.name_vi), *ALSO_CALLED.get(one.code, ()))) for one in rows]


@cache
def _certificates(_edition: int) -> dict[str, Certificate]:
    rows = Certificate.objects.all()
    return {fold(one.name_en): one for one in rows} | {one.code: one for one in rows}
