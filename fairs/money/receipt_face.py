"""The receipt for money, and the credit note, as their papers show them."""

from decimal import Decimal

from django.utils.translation import gettext as _

from fairs.models import CreditNote, Payment
from fairs.money.face import in_words, letterhead, payer, subject
from fairs.money.ways import way_named
from fairs.papers import notice as paper
from fairs.papers.letter import Signature
from fairs.templatetags.fair import day, language, money, number


def receipt_face(payment: Payment) -> paper.NoticeFace:
    """What was received, from whom, and for which notices; a void one says so over its number."""
    brings_money = way_named(payment.way).brings_money
    title = _("Receipt") if brings_money else _("Confirmation of what is not to be paid")
    other = ("Receipt" if brings_money else "Confirmation") if language() == "vi" else "Phiếu thu"
    void = [(_("Void"), day(payment.state_changed_at))] if payment.state == Payment.State.VOID else []
    sums = _sums(payment)
    lines = [paper.Line(_("Payment notice %(number)s") % {"number": name}, number(part)) for name, part in sums.items()]
    if payment.free:
        lines.append(paper.Line(_("Not yet put onto a notice"), number(payment.free)))
    return paper.NoticeFace(
        head=letterhead(payment.edition),
        title=title,
        subtitle=other,
        facts=[(_("Number"), payment.receipt), (_("Date"), day(payment.received_on)), *void],
        payer=payer(payment.company),
        subject=subject(payment.edition),
        columns=(_("Item"), "", "", _("Amount")),
        lines=lines or [paper.Line(payment.note or title, number(payment.amount))],
        totals=[(_("Way of paying"), str(way_named(payment.way).label))],
        due=(_("Received") if brings_money else _("Amount"), money(payment.amount, payment.currency)),
        in_words=in_words(payment.amount, payment.currency),
        notes_title=_("Good to know") if payment.note else "",
        notes=[payment.note] if payment.note else [],
        signatures=[
            Signature(_("Payer")),
            Signature(_("Finance"), name=payment.recorded_by.full_name if payment.recorded_by else ""),
        ],
        page_word=_("Page"),
        lang=language(),
    )


def credit_face(credit: CreditNote) -> paper.NoticeFace:
    """By how much a notice is lowered, and why."""
    notice = credit.notice
    return paper.NoticeFace(
        head=letterhead(notice.edition),
        title=_("Credit note"),
        subtitle="Credit note" if language() == "vi" else "Thông báo giảm trừ",
        facts=[(_("Number"), credit.number), (_("Date"), day(credit.issued_at))],
        payer=payer(notice.company),
        subject=subject(notice.edition),
        columns=(_("Item"), "", "", _("Amount")),
        lines=[
            paper.Line(
                _("Payment notice %(number)s") % {"number": notice.number}, number(-credit.amount), detail=credit.reason
            )
        ],
        due=(_("Credited"), money(credit.amount, credit.currency)),
        in_words=in_words(credit.amount, credit.currency),
        notes_title=_("Good to know"),
        notes=[_("This paper is not a VAT invoice. An e-invoice that was issued is adjusted separately.")],
        signatures=[
            Signature(_("Prepared by"), name=credit.issued_by.full_name if credit.issued_by else ""),
            Signature(_("Finance")),
        ],
        page_word=_("Page"),
        lang=language(),
    )


def _sums(payment: Payment) -> dict[str, Decimal]:
    """How much of it stands on each notice, by the notice's number."""
    sums: dict[str, Decimal] = {}
    for name, part in payment.postings.filter(notice__isnull=False).values_list("notice__number", "amount"):
        sums[name] = sums.get(name, Decimal(0)) + part
    return {name: part for name, part in sums.items() if part}
