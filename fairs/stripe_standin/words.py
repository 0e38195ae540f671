"""What the test page says, in both languages."""

WORDS = {
    "vi": {
        "title": "Trang thẻ thử",
        "test": "Đây là trang thử, không phải Stripe: không có thẻ thật nào, không có tiền thật nào.",
        "amount": "Số tiền",
        "number": "Số thẻ thử",
        "pay": "Trả tiền (thử)",
        "back": "Quay lại, không trả",
        "declined": "Ngân hàng từ chối thẻ này. Chưa có gì bị trừ: xin thử số khác.",
        "closed": "Trang này đã đóng. Không có gì bị trừ thêm.",
        "numbers": "Các số thẻ thử",
        "ok": "trả được ngay",
        "no": "bị từ chối",
        "slow_ok": "ngân hàng trả lời sau, rồi trả được",
        "slow_no": "ngân hàng trả lời sau, rồi không trả được",
        "other": "English",
    },
    "en": {
        "title": "Test card page",
        "test": "This is a test page, not Stripe: no real card, no real money.",
        "amount": "Amount",
        "number": "Test card number",
        "pay": "Pay (test)",
        "back": "Go back without paying",
        "declined": "The bank declined this card. Nothing was taken: try another number.",
        "closed": "This page is closed. Nothing more was taken.",
        "numbers": "Test card numbers",
        "ok": "is paid at once",
        "no": "is declined",
        "slow_ok": "the bank answers later, and pays",
        "slow_no": "the bank answers later, and does not pay",
        "other": "Tiếng Việt",
    },
}


def language_of(asked: str, locale: str) -> str:
    """The language asked for, else that of the session, else Vietnamese."""
    return next((one for one in (asked, locale) if one in WORDS), "vi")
