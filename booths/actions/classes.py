"""The booth classes with which a floor opens, until the organiser changes them."""

from decimal import Decimal
from typing import NamedTuple

from booths.models import BoothClass, Price
from fairs.models import Edition
from fairs.money.vat import open_rates


class Opening(NamedTuple):
    """A class as a new floor gets it; prices of one booth, VAT included."""

    origin: str
    build: str
    name_vi: str
    name_en: str
    includes_vi: str
    includes_en: str
    resident: Decimal
    non_resident: Decimal

    @property
    def code(self) -> str:
        return f"{self.origin}-{self.build}"


BUILT_VI = "Vách, thảm, biển tên, 2 bàn, 4 ghế, 2 đèn, 1 ổ điện"
BUILT_EN = "Walls, carpet, name board, 2 tables, 4 chairs, 2 lamps, 1 socket"
BARE_VI, BARE_EN = "Mặt bằng trống, bạn tự dựng", "Bare floor, you build your own stand"

OPENINGS = (
    Opening(
        "domestic", "standard", "Gian trong nước, tiêu chuẩn", "Domestic booth, standard",
        BUILT_VI, BUILT_EN, Decimal(13_500_000), Decimal(800),
    ),
    Opening(
        "domestic", "raw", "Gian trong nước, đất trống", "Domestic booth, bare floor",
        BARE_VI, BARE_EN, Decimal(10_800_000), Decimal(640),
    ),
    Opening(
        "international", "standard", "Gian quốc tế, tiêu chuẩn", "International booth, standard",
        BUILT_VI, BUILT_EN, Decimal(20_700_000), Decimal(900),
    ),
    Opening(
        "international", "raw", "Gian quốc tế, đất trống", "International booth, bare floor",
        BARE_VI, BARE_EN, Decimal(16_560_000), Decimal(720),
    ),
    Opening(
        "technical", "standard", "Gian hỗ trợ kỹ thuật, tiêu chuẩn", "Technical support booth, standard",
        BUILT_VI, BUILT_EN, Decimal(9_000_000), Decimal(400),
    ),
)  # fmt: skip


def open_classes(edition: Edition) -> dict[str, BoothClass]:
    """Give the edition the opening classes it lacks, each with its two prices; all its classes, by code."""
    open_rates(edition)
    known = {made.code: made for made in edition.booth_classes.all()}
    fresh = [opening for opening in OPENINGS if opening.code not in known]
    made = BoothClass.objects.bulk_create(_class(edition, opening) for opening in fresh)
    Price.objects.bulk_create(
        price for row, opening in zip(made, fresh, strict=True) for price in _prices(row, opening)
    )
    return known | {row.code: row for row in made}


def _class(edition: Edition, opening: Opening) -> BoothClass:
    return BoothClass(
        edition=edition,
        code=opening.code,
        name_vi=opening.name_vi,
        name_en=opening.name_en,
        includes_vi=opening.includes_vi,
        includes_en=opening.includes_en,
        origin=opening.origin,
        build=opening.build,
    )


def _prices(booth_class: BoothClass, opening: Opening) -> list[Price]:
    audience = Price.Audience
    given = ((audience.RESIDENT, "VND", opening.resident), (audience.NON_RESIDENT, "USD", opening.non_resident))
    return [
        Price(booth_class=booth_class, audience=who, currency=currency, amount=amount)
        for who, currency, amount in given
    ]
