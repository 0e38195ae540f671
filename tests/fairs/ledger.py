"""A desk where money comes and goes, and what must be true of the ledger after every deed."""

from decimal import Decimal

from django.db.models import Sum

from booths.actions.reservations import hold_booths, reserve_held
from booths.models import Application, Booth, Reservation
from fairs.models import CreditNote, Edition, Notice, Payment, Person, Posting, Refund
from fairs.money.actions.credits import credit_notice
from fairs.money.actions.payments import record_receipt, take_in
from fairs.money.actions.refunds import refund_payment
from tests import world

PRICE = 13_500_000
TODAY = world.NOON.date()


class Desk:
    """An edition with finance, and an exhibitor who reserved one booth for PRICE đồng."""

    def __init__(self) -> None:
        self.edition: Edition = world.edition(slug="hgs-2018")
        self.finance: Person = world.officer(self.edition, "finance")
        self.booths: list[Booth] = world.floor(self.edition, 4)
        self.notice = self.reserve(self.booths[0])

    def reserve(self, *booths: Booth) -> Notice:
        application: Application = world.application(self.edition, booths=len(booths))
        hold_booths(application, booths=list(booths), by=application.contact)
        return reserve_held(application, by=application.contact)

    def cash(self, amount: int, key: str = "k", **given: object) -> Payment:
        fields = {"way": "cash", "received_on": TODAY, "by": self.finance} | given
        return record_receipt(self.notice, amount=Decimal(amount), key=key, **fields)  # type: ignore[arg-type]

    def from_outside(self, amount: int, key: str = "o", currency: str = "VND") -> Payment:
        """Money that a bank reported."""
        return take_in(
            self.edition, way="transfer", amount=Decimal(amount), currency=currency, received_on=TODAY, key=key, by=None
        )

    def refund(self, payment: Payment, amount: int, key: str = "r") -> Refund:
        return refund_payment(payment, amount=Decimal(amount), reason="Paid twice", key=key, by=self.finance)

    def credit(self, amount: int = 0, key: str = "c", *, end: bool = False) -> CreditNote:
        return credit_notice(
            self.notice, amount=Decimal(amount), reason="Smaller booth", key=key, by=self.finance, end=end
        )

    def booth(self) -> Reservation:
        return self.booths[0].reservations.latest("pk")


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def adds_up() -> None:
    """What must be true after every deed."""
    for payment in Payment.objects.all():
        sums = payment.postings.values_list("notice", "amount")
        assert sum(amount for notice, amount in sums if notice is None) == payment.free >= 0
        assert sum(amount for notice, amount in sums if notice) == payment.assigned >= 0
        gone = payment.refunds.exclude(state="failed").aggregate(sum=Sum("amount"))["sum"] or 0
        assert payment.returned == (payment.amount if payment.state == "void" else gone)
        assert bool(payment.question) == bool(payment.free)
    for notice in Notice.objects.all():
        assert notice.paid == (notice.postings.aggregate(sum=Sum("amount"))["sum"] or 0)
        assert notice.credited == (notice.credit_notes.aggregate(sum=Sum("amount"))["sum"] or 0)
        assert (notice.balance == 0) == (notice.state in ("paid", "credited"))
    for reservation in Reservation.objects.filter(state__in=Reservation.KEPT):
        [notice] = Notice.objects.live().about(Reservation.SOURCE, [reservation.pk])
        assert bool(reservation.permit) == (notice.balance == 0)
    received = Payment.objects.exclude(state="void").aggregate(sum=Sum("amount"))["sum"] or 0
    gone = Refund.objects.exclude(state="failed").aggregate(sum=Sum("amount"))["sum"] or 0
    assert (Posting.objects.aggregate(sum=Sum("amount"))["sum"] or 0) == received - gone
