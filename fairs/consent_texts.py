"""What people were and are asked to agree to, in the very words they read.

A consent names its version, so a version stays here for ever and never changes: `tests/fairs/test_consent_texts.py`
holds its fingerprint. Both languages stand side by side, apart from the translations of pages, which may be bettered at
any time.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """One sentence in both languages."""

    vi: str
    en: str


VERSION = "2026-1"
TEXTS: Mapping[str, Mapping[str, Words]] = {
    "2026-1": {
        "registration": Words(
            "Tôi đồng ý để ban tổ chức lưu những gì tôi ghi ở đây để đăng ký, làm thẻ và gửi thư cho tôi về việc này.",
            "I agree that the organiser keeps what I write here to register me, make my badge and write to me about "
            "it.",
        ),
        "share_on_scan": Words(
            "Khi đơn vị trưng bày quét thẻ của tôi, họ được nhận tên, đơn vị và e-mail của tôi.",
            "When a maker scans my badge, they may have my name, company and e-mail.",
        ),
        "directory": Words(
            "Đơn vị trưng bày được xem tên đơn vị của tôi và mặt hàng tôi tìm, để đề nghị gặp gỡ.",
            "Makers may see my company and what I look for, so that they can propose meetings.",
        ),
        "news": Words(
            "Ban tổ chức được mời tôi đến các kỳ sau.",
            "The organiser may invite me to later editions.",
        ),
        "passport": Words(
            "Tôi đồng ý để ban tổ chức lưu dữ liệu hộ chiếu tôi ghi ở đây, dưới dạng mã hóa, chỉ để soạn thư mời làm "
            "thị thực. Chỉ cán bộ thị thực đọc được; dữ liệu tự xóa sau hội chợ.",
            "I agree that the organiser keeps the passport data I write here, encrypted, only to draw up the letter "
            "for my visa. The visa officer alone reads it, and it is deleted by itself after the fair.",
        ),
        "photographs": Words(
            "Ban tổ chức được chụp và dùng ảnh có tôi tại hội chợ, và in ảnh chân dung tôi đưa lên thẻ.",
            "The organiser may take and show photographs of me at the fair, and print the portrait I give on my badge.",
        ),
    }
}


def words(purpose: str, version: str, language: str) -> str:
    """The sentence of a purpose as that version said it; empty for a version that never was."""
    found = TEXTS.get(version, {}).get(purpose)
    if found is None:
        return ""
    return found.vi if language.startswith("vi") else found.en
