"""A fair that is over, for the tests of what its report says for ever."""

from datetime import timedelta
from decimal import Decimal

from fairs.models import Edition, LegalPaper, ReportFrame
from matchmaking.models import Deal
from tests import world

OVER = world.FIRST_MORNING + timedelta(days=20)


def fair_that_is_over() -> Edition:
    """Three booths of six planned, a contract in dollars and one in yen, a legal paper."""
    made = world.edition(number=12, theme_vi="Làng nghề", theme_en="Craft villages")
    sides = world.two_sides(made)
    world.floor(made, 3)
    record_deal(sides)
    record_deal(sides, currency="JPY", amount=Decimal(5000), usd=Decimal(45))
    world.target(made, "B1.planned", 6)
    LegalPaper.objects.create(
        edition=made, number="50/KH-UBND", issued_on=world.OPENS, issuer_vi="UBND thành phố", issuer_en="the city",
        subject_vi="kế hoạch khuyến công", subject_en="the plan of the year",
    )  # fmt: skip
    return made


def record_deal(sides: world.Sides, **fields: object) -> Deal:
    """A deal of two sides, confirmed unless said otherwise."""
    number = Deal.objects.count() + 1
    given = {
        "edition": sides.edition, "number": f"HD-{number}", "exhibitor": sides.exhibitor, "importer": sides.importer,
        "product_group": world.product_group(), "currency": "USD", "amount": Decimal(1000), "usd": Decimal(1000),
        "signed_on": world.OPENS, "recorded_side": "exhibitor", "recorded_by": sides.maker,
        "recorded_at": world.FIRST_MORNING, "state": "confirmed", "token": f"t{number}", "key": f"k{number}",
    }  # fmt: skip
    return Deal.objects.create(**given | fields)


def framed(edition: Edition) -> ReportFrame:
    """What its official report says around the figures."""
    return ReportFrame.objects.create(
        edition=edition, number="45/BC-TTKC", superior_vi="Sở Công Thương", superior_en="Department of Trade",
        place_vi="Hà Nội", place_en="Ha Noi", addressee_vi="Sở Công Thương Hà Nội", addressee_en="The Department",
        office_vi="Giám đốc", office_en="Director", copies_vi="Như trên;\nLưu: VT.", copies_en="As above;\nFile.",
        remarks_vi="Hội chợ thành công.\nĐề nghị duy trì.", remarks_en="It went well.\nWe propose to go on.",
    )  # fmt: skip
