"""The one place where money moves: onto a notice, off it, back to its payer. Called inside the mover's transaction.

Whoever locks several things locks the payment first, then notices in the order of their keys, then what the notices
are about. The cached sums of payments and notices change here and nowhere else, with the postings that explain them.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from fairs.live import announce
from fairs.models import Notice, Payment, Posting, Refund
from fairs.money.models.notices import left_of
from fairs.money.sources import dropped, reopened, settled
from fairs.permissions import Actor

Kind = Posting.Kind
NOTHING = Decimal(0)


def locked_payment(payment: Payment) -> Payment:
    """The payment as it is now, kept from others until the transaction ends."""
    return Payment.objects.select_for_update(of=("self",)).select_related("edition", "company").get(pk=payment.pk)


def locked_notice(notice: Notice) -> Notice:
    """The notice as it is now, kept from others until the transaction ends."""
    [found] = locked_notices([notice])
    return found


def enter(payment: Payment, *, by: Actor) -> None:
    """Write that a payment just made came in; it is free until it is assigned."""
    _post(payment, Kind.RECEIVED, payment.amount, by=by)


def assign(payment: Payment, notice: Notice, amount: Decimal, *, by: Actor, reason: str = "") -> None:
    """Move free money of a locked payment onto a locked notice of its currency; a balance of zero settles the notice.

    The constraints refuse what is not free or not owed.
    """
    if payment.currency != notice.currency:
        raise ValueError(f"{payment.currency} cannot pay a notice in {notice.currency}.")
    _post(payment, Kind.ASSIGNED, -amount, by=by, reason=reason)
    _post(payment, Kind.ASSIGNED, amount, by=by, reason=reason, notice=notice)
    _book(payment, assigned=payment.assigned + amount)
    weigh(notice, by=by, paid=notice.paid + amount)


def take_off(payment: Payment, notice: Notice, amount: Decimal, *, by: Actor, reason: str) -> None:
    """Move money of a locked payment off a locked notice, so that it is free again; a settled notice is open again."""
    free(payment, notice, amount, by=by, reason=reason)
    weigh(notice, by=by, paid=notice.paid - amount)


def clear(payment: Payment, *, by: Actor, reason: str) -> None:
    """Take all of a locked payment off every notice on which it stands."""
    for notice, amount in notices_of(payment):
        take_off(payment, notice, amount, by=by, reason=reason)


def free(payment: Payment, notice: Notice, amount: Decimal, *, by: Actor, reason: str) -> None:
    """The payment's half of taking money off a notice; whoever calls it weighs the notice."""
    _post(payment, Kind.TAKEN_OFF, -amount, by=by, reason=reason, notice=notice)
    _post(payment, Kind.TAKEN_OFF, amount, by=by, reason=reason)
    _book(payment, assigned=payment.assigned - amount)


def give_back(payment: Payment, amount: Decimal, *, by: Actor, reason: str, refund: Refund | None = None) -> None:
    """Count free money of a locked payment as gone: refunded, disputed, or void when there is no refund."""
    _post(payment, Kind.RETURNED if refund else Kind.VOIDED, -amount, by=by, reason=reason, refund=refund)
    _book(payment, returned=payment.returned + amount)


def take_back(payment: Payment, amount: Decimal, *, by: Actor, reason: str, refund: Refund) -> None:
    """Count money that a refund could not return as free again."""
    _post(payment, Kind.CAME_BACK, amount, by=by, reason=reason, refund=refund)
    _book(payment, returned=payment.returned - amount)


def locked_notices(notices: Iterable[Notice]) -> list[Notice]:
    """The notices as they are now, kept from others until the transaction ends, in the order given."""
    rows = Notice.objects.select_for_update(of=("self",)).select_related("edition", "company").order_by("pk")
    found = {notice.pk: notice for notice in rows.filter(pk__in=[notice.pk for notice in notices])}
    return [found[notice.pk] for notice in notices]


def on_notice(payment: Payment, notice: Notice) -> Decimal:
    """How much of a payment stands on a notice."""
    return payment.postings.filter(notice=notice).aggregate(sum=Sum("amount"))["sum"] or NOTHING


def notices_of(payment: Payment) -> list[tuple[Notice, Decimal]]:
    """The notices on which money of a payment stands, locked, and how much; the latest first."""
    rows = payment.postings.filter(notice__isnull=False).order_by().values("notice").annotate(sum=Sum("amount"))
    sums = {row["notice"]: row["sum"] for row in rows if row["sum"]}
    notices = Notice.objects.filter(pk__in=sums).order_by("-pk")
    return [(notice, sums[notice.pk]) for notice in locked_notices(list(notices))]


def weigh(
    notice: Notice, *, by: Actor, paid: Decimal | None = None, credited: Decimal | None = None, end: bool = False
) -> None:
    """Set what is paid and credited on a locked notice, and what follows: it is settled, open again, or `end`ed."""
    sums = {
        "paid": notice.paid if paid is None else paid,
        "credited": notice.credited if credited is None else credited,
    }
    left = notice.due - sums["paid"] - sums["credited"]
    if end:
        notice.follow("credit", by=by, **sums)
        dropped(notice, by=by)
    elif left == 0 and notice.state == Notice.State.ISSUED:
        notice.follow("settle", by=by, **sums)
        settled(notice, by=by)
    elif left and notice.state == Notice.State.PAID:
        notice.follow("reopen", by=by, **sums, **_next_day(notice, sums))
        reopened(notice, by=by)
    else:
        fields = sums | (_next_day(notice, sums) if notice.state == Notice.State.ISSUED else {})
        Notice.objects.filter(pk=notice.pk).update(**fields)
        notice.refresh_from_db(fields=list(fields))
    announce(notice.edition, "money")


def _next_day(notice: Notice, sums: dict[str, Decimal]) -> dict[str, Any]:
    """The day of the first instalment that what was paid and credited does not reach."""
    parts = left_of(notice.instalments.all(), sums["paid"] + sums["credited"])
    return next(({"due_on": part.due_on} for part, left in parts if left), {})


def _post(
    payment: Payment, kind: Kind, amount: Decimal, *, by: Actor, reason: str = "",
    notice: Notice | None = None, refund: Refund | None = None,
) -> None:  # fmt: skip
    Posting.objects.create(
        payment=payment, notice=notice, refund=refund, kind=kind, amount=amount, reason=reason, by=whom(by)
    )


def _book(payment: Payment, **sums: Decimal) -> None:
    Payment.objects.filter(pk=payment.pk).update(**sums)
    for name, value in sums.items():
        setattr(payment, name, value)


def whom(by: Actor) -> Any:
    """The person in whose name, or None when a machine speaks."""
    return by if by is not None and by.is_authenticated else None
