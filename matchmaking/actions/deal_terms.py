"""What a contract says besides its value: delivery, payment, days, certificates, and its goods line by line."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.permissions import Actor, require
from fairs.templatetags.fair import local, money
from matchmaking.models import INCOTERMS, Deal, DealLine

TERMS = ("signed_in", "incoterm", "place", "payment", "lead_days", "latest_shipment", "certificates")
MOST_LINES = 40
LONGEST_LEAD = 1000  # days
HS_DIGITS = range(4, 11)


def describe_deal(
    deal: Deal,
    *,
    by: Actor,
    terms: Mapping[str, Any],
    lines: Sequence[Mapping[str, Any]] | None = None,
    differs: bool = False,
) -> Deal:
    """Write what else a paper says. Until the other side has confirmed, everything; afterwards only what was empty.

    A line has `product` or `words`, `quantity`, `unit`, `unit_price`, `hs_code`; lines that are not given stay.
    Refuses with `taken_back`, `settled` for what both sides have confirmed, `lines_differ`, and for each term by its
    name.
    """
    require(by, "matchmaking.describe_deal", deal)
    with transaction.atomic():
        deal = Deal.objects.select_for_update(of=("self",), no_key=True).with_sides().get(pk=deal.pk)
        new, new_lines = checked_terms(deal, terms), checked_lines(deal, lines or [], differs=differs)
        _check_open(deal, new, lines_change=lines is not None)
        changed = _write_terms(deal, new)
        if lines is not None:
            write_lines(deal, new_lines)
            changed.append("lines")
        record("describe", deal, by=by, fields=changed)
        announce(deal.edition, "deals")
    return deal


def checked_terms(deal: Deal, terms: Mapping[str, Any]) -> dict[str, Any]:
    """The terms as they are written down; refuses those that make no sense, each by its name."""
    new = {name: terms[name] for name in TERMS if name in terms}
    for name in ("signed_in", "place", "payment"):
        if name in new:
            new[name] = (new[name] or "").strip()
    if new.get("incoterm") and new["incoterm"] not in INCOTERMS:
        raise _wrong("incoterm", _("Choose one of the eleven Incoterms 2020."))
    days = new.get("lead_days")
    if days is not None and not 0 < days <= LONGEST_LEAD:
        raise _wrong("lead_days", _("Write a number of days, at most 1000."))
    if new.get("latest_shipment") and new["latest_shipment"] < deal.signed_on:
        raise _wrong("latest_shipment", _("The goods cannot be shipped before the paper was signed."))
    return new


def checked_lines(deal: Deal, lines: Sequence[Mapping[str, Any]], *, differs: bool) -> list[DealLine]:
    """The lines of goods, not saved; refuses with `lines` and `lines_differ`, saying by how much."""
    if len(lines) > MOST_LINES:
        raise _wrong("lines", _("At most %(most)d lines. Put small things together.") % {"most": MOST_LINES})
    made = [_line(deal, number, given) for number, given in enumerate(lines, 1)]
    off = difference(deal, made)
    if off and not differs:
        raise Invalid(
            "lines_differ", difference_words(off, deal.currency), {"lines": [difference_words(off, deal.currency)]}
        )
    return made


def difference(deal: Deal, lines: Sequence[DealLine]) -> Decimal:
    """By how much the lines come to more than the value, or with a minus to less; zero without any line."""
    return sum((line.sum_in(deal.currency) for line in lines), Decimal(0)) - deal.amount if lines else Decimal(0)


def difference_words(off: Decimal, currency: str) -> str:
    """The difference in a sentence; nothing where there is none."""
    if not off:
        return ""
    more = _("The lines come to %(amount)s more than the value.")
    less = _("The lines come to %(amount)s less than the value.")
    return (more if off > 0 else less) % {"amount": money(abs(off), currency)}


def write_lines(deal: Deal, lines: Sequence[DealLine]) -> None:
    """Let these be the lines of a deal."""
    deal.lines.all().delete()
    for line in lines:
        line.deal = deal
    DealLine.objects.bulk_create(lines)


def _line(deal: Deal, number: int, given: Mapping[str, Any]) -> DealLine:
    product = given.get("product")
    if product and product.company_id != deal.exhibitor.company_id:
        raise _wrong_line(number, _("this is not a product of the exhibitor."))
    words = (given.get("words") or "").strip() or (local(product, "name") if product else "")
    if not words:
        raise _wrong_line(number, _("say what it is."))
    quantity, price = given.get("quantity"), given.get("unit_price")
    if quantity is None or not quantity.is_finite() or not 0 < quantity < Decimal(10) ** 11:
        raise _wrong_line(number, _("write how many."))
    if price is None or not price.is_finite() or not 0 <= price < Decimal(10) ** 14:
        raise _wrong_line(number, _("write the price of one."))
    hs_code = "".join((given.get("hs_code") or (product.hs_code if product else "") or "").replace(".", " ").split())
    if hs_code and not (hs_code.isascii() and hs_code.isdigit() and len(hs_code) in HS_DIGITS):
        raise _wrong_line(number, _("an HS code has 4 to 10 figures."))
    unit = given.get("unit") or DealLine.Unit.PIECE
    if unit not in DealLine.Unit.values:
        raise _wrong_line(number, _("choose a unit on the list."))
    return DealLine(
        order=number, product=product, words=words, hs_code=hs_code, quantity=quantity, unit=unit, unit_price=price
    )


def _check_open(deal: Deal, new: Mapping[str, Any], *, lines_change: bool) -> None:
    if deal.state == Deal.State.CANCELLED:
        raise Refused("taken_back", _("This record was taken back. Record the paper anew."))
    if deal.state != Deal.State.CONFIRMED:
        return
    filled = [name for name, value in new.items() if _now(deal, name) and _now(deal, name) != _plain(value)]
    if filled or (lines_change and deal.lines.exists()):
        raise Refused(
            "settled", _("Both sides have confirmed this, so it stays. What was left empty may still be added.")
        )


def _write_terms(deal: Deal, new: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in new.items() if _now(deal, name) != _plain(value)]
    for name in changed:
        if name == "certificates":
            deal.certificates.set(new[name])
        else:
            setattr(deal, name, new[name])
    deal.save(update_fields=[name for name in changed if name != "certificates"])
    return changed


def _now(deal: Deal, name: str) -> Any:
    return set(deal.certificates.all()) if name == "certificates" else getattr(deal, name)


def _plain(value: Any) -> Any:
    return set(value) if isinstance(value, list | tuple | set) or hasattr(value, "model") else value


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(field, sentence, {field: [sentence]})


def _wrong_line(number: int, what: str) -> Invalid:
    sentence = _("Line %(number)d: %(what)s") % {"number": number, "what": what}
    return Invalid("lines", sentence, {"lines": [sentence]})
