"""A payment notice as its paper shows it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from fairs.models import Company, Edition, Notice, NoticeLine
from fairs.money.offered import OpenWay, differ, ways_for
from fairs.money.transfers import Transfer, transfer_for
from fairs.papers import notice as paper
from fairs.papers.letter import Letterhead, Pair, Signature
from fairs.papers.words import amount_en, amount_vi
from fairs.templatetags.fair import day, day_range, language, local, money, number


def notice_face(notice: Notice) -> paper.NoticeFace:
    """Every text, figure and date in the active language."""
    return paper.NoticeFace(
        head=letterhead(notice.edition),
        title=_("Payment notice"),
        subtitle="Payment notice" if language() == "vi" else "Thông báo nộp tiền",
        facts=[
            (_("Number"), notice.number),
            (_("Date"), day(notice.issued_at)),
            (_("To be paid by"), day(notice.due_on)),
        ],
        payer=payer(notice.company),
        subject=subject(notice.edition),
        columns=(_("Item"), _("Quantity"), _("Unit price"), _("Amount")),
        lines=[_line(line) for line in notice.lines.all()],
        totals=_totals(notice),
        parts=_parts(notice),
        due=(_("Amount due"), money(notice.balance, notice.currency)),
        in_words=in_words(notice.balance, notice.currency),
        pay=_ways(notice, transfer_for(notice)) if notice.state == Notice.State.ISSUED else None,
        notes_title=_("Good to know"),
        notes=[
            *_kept(notice),
            _("Once all is paid you get the permit to build your booths."),
            _("This notice is not a VAT invoice. The organiser issues the e-invoice separately."),
        ],
        signatures=[
            Signature(_("Prepared by"), name=notice.issued_by.full_name if notice.issued_by else ""),
            Signature(_("Finance")),
        ],
        page_word=_("Page"),
        lang=language(),
    )


def _kept(notice: Notice) -> list[str]:
    if notice.release_on is None or notice.paid:
        return []
    sentence = _("What it is for is kept for you until %(day)s; if nothing is paid by then, it is free again.")
    return [sentence % {"day": day(notice.release_on)}]


def in_words(amount: Decimal, currency: str) -> list[str]:
    """An amount read out, so that nobody adds a figure to it."""
    read_out = amount_vi if language() == "vi" else amount_en
    return [_("In words: %(words)s.") % {"words": read_out(amount, currency)}]


def letterhead(edition: Edition) -> Letterhead:
    """The organiser's block at the top of its papers."""
    series = edition.series
    contact = [
        _("Tax code %(code)s") % {"code": series.tax_code} if series.tax_code else "",
        _("phone %(phone)s") % {"phone": series.phone} if series.phone else "",
    ]
    lines = [series.address, ", ".join(part for part in contact if part)]
    return Letterhead(series.short_name, local(series, "operator"), [line for line in lines if line])


def payer(company: Company | None) -> paper.Party:
    """Who pays, as far as it is known."""
    if company is None:
        return paper.Party(_("Payer"), _("Not known yet"))
    lines = [company.address, _("Tax code %(code)s") % {"code": company.tax_code} if company.tax_code else ""]
    return paper.Party(_("Payer"), company.name_vi, [line for line in lines if line])


def subject(edition: Edition) -> paper.Party:
    """What it is about: the fair, its days and its place."""
    place = ", ".join(part for part in (local(edition, "venue"), edition.venue_address) if part)
    days = day_range(edition.opens_on, edition.closes_on)
    return paper.Party(_("For"), local(edition, "name"), [f"{days}, {place}"])


def _line(line: NoticeLine) -> paper.Line:
    vat = _("VAT %(rate)s %% included") % {"rate": number(line.vat_rate)} if line.vat_rate is not None else ""
    priced = line.kind == NoticeLine.Kind.PRICE
    return paper.Line(
        local(line, "text"),
        number(line.amount),
        detail=vat,
        quantity=number(line.quantity) if priced else "",
        unit_price=number(line.unit_price) if priced else "",
    )


def _totals(notice: Notice) -> list[Pair]:
    """List price and support apart; what was paid only once something was."""
    totals = [(_("List price"), money(notice.list_price, notice.currency))]
    if notice.support:
        totals.append((_("Support"), money(notice.support, notice.currency)))
    if notice.credited:
        totals.append((_("Credit notes"), money(-notice.credited, notice.currency)))
    if notice.paid:
        totals.append((_("Already paid"), money(-notice.paid, notice.currency)))
    return totals


def _parts(notice: Notice) -> list[Pair]:
    """The instalments, each with its day and whether what came in reaches it."""
    rows: list[Pair] = []
    for part, left in notice.parts:
        amount = money(part.amount, notice.currency)
        rows.append((_("By %(day)s") % {"day": day(part.due_on)}, amount if left else f"{amount}, {_('paid')}"))
    return rows


def _ways(notice: Notice, transfer: Transfer | None) -> paper.WaysToPay:
    """By transfer, with the code to scan, where the edition has an account; at the finance desk everywhere."""
    series = notice.edition.series
    ways = ways_for(notice)
    if transfer:
        return _by_transfer(notice, transfer, ways)
    return paper.WaysToPay(
        _("How to pay"),
        [
            (_("Where"), local(series, "operator")),
            (_("Address"), series.address),
            (_("Say the number"), notice.number),
            *_untils(ways),
        ],
        note=_("Finance gives you a receipt for what you pay."),
    )


def _untils(ways: list[OpenWay]) -> list[Pair]:
    """Each way that is offered with its day, where they differ: else the notice's own day says it."""
    return [(str(way.label), _("by %(day)s") % {"day": day(way.until)}) for way in ways if differ(ways)]


def _by_transfer(notice: Notice, transfer: Transfer, ways: list[OpenWay]) -> paper.WaysToPay:
    account = transfer.account
    return paper.WaysToPay(
        _("Pay by bank transfer"),
        [
            (_("Bank"), account.bank_name),
            (_("Account number"), account.number),
            (_("Account holder"), account.holder),
            (_("Transfer text"), transfer.reference),
            *_untils(ways),
        ],
        note=_("Or pay at the finance desk and say the number %(number)s.") % {"number": notice.number}
        if any(way.code == "cash" for way in ways)
        else "",
        code=transfer.payload,
        code_title=_("Scan to pay"),
        code_note=_("with your bank’s app"),
    )
