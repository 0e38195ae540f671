"""The invented noisy statement as real notices and as the file that a bank would give."""

from datetime import UTC, datetime
from decimal import Decimal

from fairs.models import Company, Membership, Notice, Payment, Person
from fairs.money.actions.payments import take_in, use_payment
from fairs.money.matching import Line, Standing
from tests.fairs.bank.fair import Fair
from tests.fairs.matching.statement import DUE, Statement

AFTER = datetime(2018, 11, 1, 5, 0, tzinfo=UTC)  # when all of it was booked
COLUMNS = {"booked_on": 0, "transaction": 1, "amount": 2, "currency": 3, "text": 4, "payer": 5}
HEAD = "Ngày giao dịch;Số tham chiếu;Số tiền;Loại tiền;Nội dung;Tên đối ứng"


def write_notices(fair: Fair, made: Statement) -> dict[int, int]:
    """A row for each notice of the statement; its key in the database by its key there."""
    firms = {one.firm: one for one in made.owed}
    companies = Company.objects.bulk_create(Company(name_vi=one.names[0]) for one in firms.values())
    people = Person.objects.bulk_create(
        Person(email=f"p{firm}@example.org", full_name=one.people[0]) for firm, one in firms.items()
    )
    Membership.objects.bulk_create(
        Membership(company=company, person=person) for company, person in zip(companies, people, strict=True)
    )
    by_firm = dict(zip(firms, companies, strict=True))
    notices = Notice.objects.bulk_create(
        Notice(
            edition=fair.edition, company=by_firm[one.firm], number=f"N{one.key}", reference=one.reference,
            currency="VND", due=one.balance.amount, due_on=DUE,
            state="cancelled" if one.standing == Standing.CANCELLED else "issued",
        )
        for one in made.owed
    )  # fmt: skip
    for one, notice in zip(made.owed, notices, strict=True):
        if one.standing == Standing.SETTLED:
            _pay(fair, notice)
    return {one.key: notice.pk for one, notice in zip(made.owed, notices, strict=True)}


def _pay(fair: Fair, notice: Notice) -> Payment:
    payment = take_in(
        fair.edition, way="cash", amount=notice.due, currency="VND", received_on=DUE, key=f"cash-{notice.pk}", by=None
    )
    return use_payment(payment, notices=[notice], by=None)


def as_file(lines: list[Line]) -> bytes:
    """With a letterhead above and a total below; amounts as 13.500.000,00."""
    rows = [
        f'{line.booked_on:%d/%m/%Y};{line.transaction};{_amount(line.money.amount)};{line.money.currency};"{line.text}";'
        f'"{line.payer}"'
        for line in lines
    ]
    return "\n".join(["SAO KÊ TÀI KHOẢN", "", HEAD, *rows, "Tổng cộng;;1.000,00;;;"]).encode()


def _amount(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
