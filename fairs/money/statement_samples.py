"""A statement to try the import with, as a bank would give it: in a demonstration it pays notices that are open."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zlib import crc32

from django.conf import settings
from openpyxl import Workbook

from fairs import clock
from fairs.models import BankAccount, Edition, Notice
from fairs.money.references import compose, prefix_of
from fairs.text import ascii_upper

HEADINGS = ["STT", "Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Số dư", "Nội dung giao dịch", "Tên đối ứng"]
MOST = 12
Told = tuple[Decimal, str, str]


def sample(edition: Edition) -> bytes:
    """A workbook with a letterhead above its headings, amounts as 13.500.000 and a total below."""
    account = BankAccount.objects.filter(edition=edition).first()
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Sao kê"
    sheet.append(["SAO KÊ TÀI KHOẢN"])
    sheet.append([f"Số tài khoản: {account.number if account else '0000000000000'}"])
    sheet.append([])
    sheet.append(HEADINGS)
    balance, today = Decimal(250_000_000), clock.today(edition)
    told = list(_told(edition))
    for number, (amount, text, payer) in enumerate(told, start=1):
        balance += amount
        sheet.append(_row(number, today - timedelta(days=(len(told) - number) // 4), amount, balance, text, payer))
    sheet.append(["Tổng cộng", None, None, None, _written(sum((one[0] for one in told), Decimal(0))), None, None])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _told(edition: Edition) -> Iterator[Told]:
    """What moved: most of it for notices that are open, some in parts, some without a reference, some not ours."""
    yield Decimal(-110_000), "PHI QUAN LY TAI KHOAN", ""
    if settings.DEMO:
        yield from _for_open_notices(edition)
    else:
        reference = compose(prefix_of(edition.code), 1)
        yield Decimal(13_500_000), f"MBVCB.4410223371.{reference} thanh toan gian hang", "CTY TNHH GOM BAT TRANG"
        yield Decimal(6_750_000), f"{reference.lower()[:4]} {reference.lower()[4:]} dot 1", "NGUYEN THI LAN"
    yield Decimal(77_000), "LAI TIEN GUI", ""
    yield Decimal(13_500_000), "thanh toan gian hang hoi cho", "TRAN VAN AI DO"


def _for_open_notices(edition: Edition) -> Iterator[Told]:
    paid_here = Notice.objects.filter(edition=edition, currency="VND").unpaid().select_related("company")
    for number, notice in enumerate(paid_here.order_by("due_on", "pk")[:MOST]):
        payer, text = ascii_upper(notice.company.name_vi), notice.reference
        if number % 4 == 1:
            text = f"CT DEN:8245{number:08d} {text.lower()[:5]} {text.lower()[5:]} tien gian hang"
        elif number % 4 == 2:
            text = f"IBFT {text}/{notice.number} chuyen tien hoi cho"
        elif number % 4 == 3:
            text = "tien gian hang hoi cho qua tang"  # found by amount and payer
        amount = notice.balance if number % 5 else notice.due_now
        yield amount, text, payer


def _row(number: int, day: date, amount: Decimal, balance: Decimal, text: str, payer: str) -> list[Any]:
    went_out, came_in = (_written(-amount), "") if amount < 0 else ("", _written(amount))
    name = f"FT{day:%y%j}{crc32(f'{text}{payer}{amount}'.encode()) % 10**7:07d}"
    return [number, f"{day:%d/%m/%Y}", name, went_out, came_in, _written(balance), text, payer]


def _written(amount: Decimal) -> str:
    return f"{amount:,.0f}".replace(",", ".")
