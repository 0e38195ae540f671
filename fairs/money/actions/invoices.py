"""What the outside system of e-invoices issued, written beside the notices it is for."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import EInvoice, Notice
from fairs.money.ledger import whom
from fairs.permissions import Actor, require


def record_e_invoice(
    notice: Notice,
    *,
    symbol: str,
    number: str,
    issued_on: date,
    amount: Decimal,
    by: Actor,
    lookup_code: str = "",
    status: str = EInvoice.Status.ISSUED,
) -> EInvoice:
    """Write down an e-invoice that was issued for a notice; the same again answers what is written.

    Refuses with `incomplete`, `in_the_future`, `not_positive`, or `known_number` when the number is another notice's.
    """
    require(by, "fairs.record_e_invoice", notice)
    symbol, number = symbol.strip().upper(), number.strip()
    _check(notice, symbol, number, issued_on, amount, status)
    known = EInvoice.objects.filter(edition=notice.edition_id, symbol=symbol, number=number).first()
    if known:
        return _same(known, notice, amount)
    try:
        with transaction.atomic():
            made = EInvoice.objects.create(
                edition=notice.edition, notice=notice, symbol=symbol, number=number, issued_on=issued_on,
                amount=amount, currency=notice.currency, lookup_code=lookup_code.strip(), status=status,
                recorded_by=whom(by),
            )  # fmt: skip
            record("record", made, by=by)
            announce(notice.edition, "money")
    except IntegrityError:  # somebody wrote it at the same moment
        return _same(EInvoice.objects.get(edition=notice.edition_id, symbol=symbol, number=number), notice, amount)
    return made


def set_status(invoice: EInvoice, *, status: str, by: Actor) -> EInvoice:
    """Say that an invoice was replaced, or what else it is now."""
    require(by, "fairs.record_e_invoice", invoice)
    with transaction.atomic():
        invoice.status = EInvoice.Status(status)
        invoice.save(update_fields=["status"])
        record("set_status", invoice, by=by, fields=["status"])
    return invoice


def _same(known: EInvoice, notice: Notice, amount: Decimal) -> EInvoice:
    if (known.notice_id, known.amount) != (notice.pk, amount):
        sentence = _("This number is written down already, for notice %(number)s.") % {"number": known.notice.number}
        raise Refused("known_number", sentence, {"number": [sentence]})
    return known


def _check(notice: Notice, symbol: str, number: str, issued_on: date, amount: Decimal, status: str) -> None:
    blank = [name for name, value in (("symbol", symbol), ("number", number)) if not value]
    if blank:
        sentence = _("It stands on the e-invoice.")
        raise Invalid("incomplete", _("Symbol and number are needed to find it again."), {n: [sentence] for n in blank})
    if issued_on > clock.today(notice.edition):
        sentence = _("This day has not come yet. Enter the day the invoice bears.")
        raise Invalid("in_the_future", sentence, {"issued_on": [sentence]})
    if amount <= 0 and status != EInvoice.Status.ADJUSTING:
        sentence = _("Only an invoice that adjusts another one is not more than zero.")
        raise Invalid("not_positive", sentence, {"amount": [sentence]})
