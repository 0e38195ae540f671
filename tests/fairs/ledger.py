"""What must be true of the ledger after every deed."""

from django.db.models import Sum

from booths.models import Reservation
from fairs.models import Notice, Payment, Posting, Refund


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
