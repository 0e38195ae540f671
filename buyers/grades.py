"""The grades an edition begins with: the usual ones of hosted-buyer programmes, for its desk to change."""

from decimal import Decimal
from typing import Any

from buyers.models import Grade, HostedTerms
from fairs.models import Edition

PLAIN = "ordinary"

PENALTY = {
    "penalty_vi": "Không đến, hoặc không đủ số phiên hẹn và số ngày tối thiểu thì không được chi trả.",
    "penalty_en": "Whoever does not come, or has fewer meetings and days than agreed, is paid nothing.",
}

STANDARD: tuple[dict[str, Any], ...] = (
    {
        "code": "hosted", "name_vi": "Hỗ trợ toàn phần", "name_en": "Fully hosted", "hosted": True,
        "flight_ceiling": Decimal(800), "nights": 3, "night_ceiling": Decimal(90), "transfers": True,
        "one_a_company": True, **PENALTY,
    },
    {
        "code": "semi", "name_vi": "Hỗ trợ một phần", "name_en": "Partly hosted", "hosted": True, "nights": 3,
        "night_ceiling": Decimal(90), "transfers": True, "one_a_company": True, **PENALTY,
    },
    {
        "code": "appointment", "name_vi": "Theo lịch hẹn", "name_en": "By appointment", "hosted": True,
        "transfers": True, **PENALTY,
    },
    {"code": PLAIN, "name_vi": "Thường", "name_en": "Ordinary", "min_meetings": 0, "min_days": 0},
)  # fmt: skip

TERMS = {
    "version": "1",
    "text_vi": (
        "Nhà nhập khẩu tự chịu các chi phí khác. Chi phí được chi trả trong vòng một tháng sau hội chợ, sau khi nộp "
        "thẻ lên máy bay và hóa đơn khách sạn.\n"
        "Tên, công ty và kết quả được báo cáo cho cơ quan cấp kinh phí."
    ),
    "text_en": (
        "The importer bears all other costs. Payment follows within a month after the fair, once boarding pass and "
        "hotel bill are handed in.\nName, company and result are reported to the body that gives the money."
    ),
}


def begin_grades(edition: Edition) -> None:
    """Give a new edition the usual grades, without quotas, and the usual terms of hosting."""
    HostedTerms.objects.create(edition=edition, **TERMS)
    Grade.objects.bulk_create(Grade(edition=edition, order=order, **given) for order, given in enumerate(STANDARD, 1))
