"""A statement of 5,000 noisy lines, uploaded as a file: nothing is put wrongly, nearly all with a reference is put."""

from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from fairs import clock
from fairs.models import BankLine, Notice, Payment, Posting
from fairs.money.actions.lines import Booked, receive_lines
from fairs.money.actions.matching import match_lines
from fairs.money.matching import Outcome
from tests.fairs.bank.fair import ACCOUNT, Fair
from tests.fairs.bank.noisy import AFTER, COLUMNS, as_file, write_notices
from tests.fairs.bank.test_statements import Desk
from tests.fairs.matching.statement import statement

pytestmark = pytest.mark.django_db


def ledger() -> tuple[int, int, Decimal, int]:
    return BankLine.objects.count(), Payment.objects.count(), sum(_paid().values(), Decimal(0)), Posting.objects.count()


def _paid() -> dict[int, Decimal]:
    return dict(Notice.objects.filter(paid__gt=0).values_list("pk", "paid"))


@pytest.mark.once
def test_five_thousand_noisy_lines(django_capture_on_commit_callbacks):
    with clock.at(AFTER):
        fair = Fair(booths=1)
        made = statement(2018, 5_000)
        keys = write_notices(fair, made)
        desk = Desk(fair, django_capture_on_commit_callbacks)
        upload = desk.bring(as_file(made.lines), **COLUMNS)
        truths = {line.transaction: truth for line, truth in zip(made.lines, made.truths, strict=True) if truth.notices}
        carrying = {line.transaction for line, truth in zip(made.lines, made.truths, strict=True) if truth.carries}
        lines = {
            line.transaction: line
            for line in BankLine.objects.select_related("payment").prefetch_related("payment__postings")
        }
        assert upload.result["new"] == len(lines) == len({line.transaction for line in made.lines})
        assert not BankLine.objects.filter(state="new").exists()

        wrong, put = [], 0
        for name, line in lines.items():
            meant = {keys[key] for key in truths[name].notices} if name in truths else set()
            stands_on = (
                {one.notice_id for one in line.payment.postings.all() if one.notice_id} if line.payment else set()
            )
            if line.state == "matched" and (set(line.suggested) != meant or not stands_on <= meant):
                wrong.append((name, line.outcome, line.suggested, meant))
            put += name in carrying and line.state == "matched"
        assert wrong == []
        assert put >= 0.98 * len(carrying)
        assert set(Counter(line.outcome for line in lines.values())) == set(Outcome)
        _adds_up_in_bulk()

        before = ledger()
        again = desk.bring(as_file(made.lines))
        assert (again.result["new"], ledger()) == (0, before), "the same file once more changes nothing"
        told = [
            Booked(
                line.booked_on, line.money.amount, currency=line.money.currency, text=line.text,
                transaction=line.transaction, told_as=f"s-{line.transaction}",
            )
            for line in made.lines[4_000:]
        ]  # fmt: skip
        for one in told[::50]:
            receive_lines(ACCOUNT, [one], edition=fair.edition, source="sepay", by=None)
        match_lines(ACCOUNT)
        assert ledger() == before, "nor does a service that tells of the same"


def _adds_up_in_bulk() -> None:
    """As `adds_up`, by sums: 5,000 lines one by one would take minutes."""
    notices: dict[int, Decimal] = defaultdict(Decimal)
    free: dict[int, Decimal] = defaultdict(Decimal)
    for on, of, amount in Posting.objects.values_list("notice", "payment", "amount"):
        if on:
            notices[on] += amount
        else:
            free[of] += amount
    assert {pk: paid for pk, paid in notices.items() if paid} == _paid()
    for payment in Payment.objects.all():
        assert free[payment.pk] == payment.free >= 0
        assert bool(payment.question) == bool(payment.free)
    for notice in Notice.objects.all():
        assert (notice.balance == 0) == (notice.state == "paid")
    matched = BankLine.objects.filter(state="matched")
    assert sum(line.amount for line in matched) == sum(
        payment.amount for payment in Payment.objects.filter(way="transfer")
    )
