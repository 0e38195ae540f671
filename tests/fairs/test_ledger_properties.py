"""Any order of payments, assignments, refunds, credit notes and corrections, with a crash between any two steps."""

from contextlib import suppress
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booths.actions.reservations import hold_booths, reserve_held
from fairs import clock
from fairs.errors import DomainError
from fairs.models import Notice, Payment, Posting, Refund
from fairs.money import ledger
from fairs.money.actions.credits import credit_notice
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import (
    assign_payment,
    record_receipt,
    take_in,
    take_off_notice,
    use_payment,
    void_payment,
)
from fairs.money.actions.refunds import came_back, finish_refund, refund_payment, withdraw
from tests import world
from tests.fairs.ledger import TODAY, Desk, adds_up

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PARTS = [1, 2, 3, 5, 10]  # tenths of a notice
VERBS = [
    "receipt",
    "arrive",
    "use",
    "assign",
    "take_off",
    "void",
    "refund",
    "fail",
    "finish",
    "credit",
    "withdraw",
    "end",
    "cancel",
]
Step = tuple[str, int, int, int, bool, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.integers(0, 3),  # which notice
        st.integers(0, 5),  # which payment
        st.sampled_from(PARTS),
        st.booleans(),  # whether the request is repeated
        st.integers(0, 8),  # after how many writes of the ledger the process dies; beyond them it lives
    ),
    min_size=4,
    max_size=14,
)


class Died(Exception):
    """The process is gone in the middle of a deed."""


class Fair(Desk):
    """Two exhibitors with a notice each, and every deed that finance, a bank or a card company can do."""

    def __init__(self) -> None:
        super().__init__()
        self.notices = [self.notice, self.reserve(self.booths[1])]
        self.came = 0  # what outsiders sent and were told that it was received

    def do(self, number: int, step: Step) -> None:
        """One deed, refused or not; the answer says what was promised to whoever sent money."""
        verb, which, paid, tenths, _twice, _dies = step
        notice = Notice.objects.get(pk=self.notices[which % len(self.notices)].pk)
        payments = list(Payment.objects.order_by("pk"))
        payment = payments[paid % len(payments)] if payments else None
        refund = Refund.objects.order_by("pk").last()
        amount = Decimal(1_350_000 * tenths)
        key, why = f"{verb}{number}", "Because"
        deeds = {
            "receipt": lambda: record_receipt(
                notice, way="cash", amount=amount, received_on=TODAY, key=key, by=self.finance
            ),
            "arrive": lambda: take_in(
                self.edition, way="transfer", amount=amount, currency="VND", received_on=TODAY, key=key, by=None
            ),
            "cancel": lambda: cancel_notice(notice, by=self.finance),
            "credit": lambda: credit_notice(notice, amount=amount, reason=why, key=key, by=self.finance),
            "end": lambda: credit_notice(notice, amount=amount, reason=why, key=key, by=self.finance, end=True),
        }
        if payment:
            deeds |= {
                "use": lambda: use_payment(payment, notices=[notice], by=None),
                "assign": lambda: assign_payment(payment, notice=notice, amount=amount, reason=why, by=self.finance),
                "take_off": lambda: take_off_notice(payment, notice=notice, reason=why, by=self.finance),
                "void": lambda: void_payment(payment, reason=why, by=self.finance),
                "refund": lambda: refund_payment(payment, amount=amount, reason=why, key=key, by=self.finance),
                "withdraw": lambda: withdraw(
                    payment, min(amount, payment.amount - payment.returned), reason=why, key=key, outside=key,
                    kind="dispute",
                ),
            }  # fmt: skip
        if refund:
            deeds |= {
                "fail": lambda: came_back(refund, reason=why, by=None),
                "finish": lambda: finish_refund(refund, by=self.finance),
            }
        if verb == "withdraw" and payment and payment.amount == payment.returned:
            return
        if verb in deeds:
            deeds[verb]()


def dying(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let the process die at one of the writes of the ledger."""
    done = 0

    def counted(write):
        def write_or_die(*args, **kwargs):
            nonlocal done
            done += 1
            if done > after:
                raise Died
            return write(*args, **kwargs)

        return write_or_die

    for name in ("_post", "_book", "weigh"):
        monkeypatch.setattr(ledger, name, counted(getattr(ledger, name)))


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_every_dong_stands_somewhere_and_once(steps):
    with clock.at(world.NOON), transaction.atomic():
        fair = Fair()
        for number, step in enumerate(steps):
            before = Posting.objects.count()
            with pytest.MonkeyPatch.context() as patch:
                dying(patch, step[5] if step[5] < 8 else 10_000)
                try:
                    with transaction.atomic():
                        fair.do(number, step)
                except Died:
                    assert Posting.objects.count() == before
                except DomainError:
                    pass
            looks_right(fair)
            for _time in range(1 + step[4]):  # whoever died or was refused repeats it, perhaps twice
                with suppress(DomainError):
                    fair.do(number, step)
                looks_right(fair)
        transaction.set_rollback(True)


def looks_right(fair: Fair) -> None:
    """The ledger adds up, with free money that nobody has looked at yet marked as such first."""
    for payment in Payment.objects.waiting().filter(question=""):
        use_payment(payment, notices=[], by=None)
    adds_up()
    for booth in fair.booths[:2]:
        [reservation] = booth.reservations.order_by("-pk")[:1]
        [notice] = Notice.objects.about("booths.reservation", [reservation.pk])
        assert bool(reservation.permit) == (notice.state == "paid")


def test_the_check_sees_a_booth_whose_permit_stayed():
    """A control: the properties can fail."""
    with clock.at(world.NOON):
        fair = Fair()
        payment = fair.cash(int(fair.notice.due))
        looks_right(fair)
        fair.booths[0].reservations.update(permit="")
        with pytest.raises(AssertionError):
            looks_right(fair)
        fair.booths[0].reservations.update(permit="HGS18-GP00001")
        Posting.objects.filter(payment=payment).last().delete()
        with pytest.raises(AssertionError):
            looks_right(fair)


def test_holding_again_after_everything_was_credited_is_a_new_notice():
    with clock.at(world.NOON):
        fair = Fair()
        fair.cash(int(fair.notice.due))
        fair.credit(end=True)
        application = fair.booths[0].reservations.get().application
        hold_booths(application, booths=[fair.booths[0]], by=application.contact)
        assert reserve_held(application, by=application.contact).number != fair.notice.number
        adds_up()
