"""Recording what two sides agreed on, and the other side's yes or no."""

import secrets
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, ExchangeRate, Participation, ProductGroup
from fairs.models.fields import CURRENCIES
from fairs.money.numbers import next_number
from fairs.permissions import Actor, require
from matchmaking.actions.contacts import name_within, write_about_deal
from matchmaking.models import Deal, Meeting

ROWS = {Deal.Kind.CONTRACT: "HD", Deal.Kind.TRIAL_ORDER: "HD", Deal.Kind.MEMORANDUM: "BB"}
LARGEST_AMOUNT = Decimal(10) ** 15
CENT = Decimal("0.01")
EARLIEST = timedelta(days=365)  # before the opening: papers prepared for this edition, not slips of the pen


def record_deal(
    edition: Edition,
    *,
    exhibitor: Participation,
    importer: Participation,
    recorded_side: str,
    kind: str,
    product_group: ProductGroup,
    currency: str,
    amount: Decimal,
    signed_on: date,
    key: str,
    by: Actor,
    goods: str = "",
    meeting: Meeting | None = None,
) -> Deal:
    """Record a contract, trial order or memorandum; the other side gets a link to confirm it or to say what differs.

    `amount` is in whole and hundredth units of `currency`, with no decimals where the currency has none. The same
    `key` again answers the deal already recorded. Refuses with `not_taking_part`, `amount`, `signed_on`, `currency`,
    `another_meeting`, `already_recorded` (by the other side) or `key_used`.
    """
    deal = Deal(
        edition=edition, exhibitor=exhibitor, importer=importer, recorded_side=recorded_side, kind=kind,
        product_group=product_group, goods=goods.strip(), currency=currency, amount=amount, signed_on=signed_on,
        meeting=meeting, key=key,
    )  # fmt: skip
    _check_side(deal)
    require(by, "matchmaking.record_deal", deal)
    if known := Deal.objects.filter(key=key).first():
        return _recorded_before(known, deal)
    _check(deal)
    try:
        with transaction.atomic():
            _write(deal, by=by)
    except IntegrityError:  # the same form, sent twice at one moment
        return _recorded_before(Deal.objects.get(key=key), deal)
    return deal


def confirm_deal(deal: Deal, *, by: Actor, token: str = "") -> Deal:
    """The other side says that the deal is true, signed in or by its link; said again, it changes nothing.

    Raises Forbidden for the side that recorded it and for a wrong link.
    """
    _require_other_side(deal, by=by, token=token)
    if deal.state == Deal.State.CONFIRMED:
        return deal
    with transaction.atomic():
        deal.follow("confirm", by=by, confirmed_at=clock.now())
        write_about_deal("matchmaking.deal_confirmed", deal, side=deal.recorded_side)
        announce(deal.edition, "deals")
    return deal


def dispute_deal(deal: Deal, *, by: Actor, other_amount: Decimal | None, note: str = "", token: str = "") -> Deal:
    """The other side says that something differs: its own value, a note, or both.

    Refuses with `nothing_differs` or `amount`; raises Forbidden as confirming does.
    """
    _require_other_side(deal, by=by, token=token)
    if (other_amount is None or other_amount == deal.amount) and not note.strip():
        sentence = _("Write the value as you know it, or say in a few words what differs.")
        raise Invalid("nothing_differs", sentence, {"other_amount": [sentence]})
    if other_amount is not None:
        _check_amount(other_amount, deal.currency, field="other_amount", least=_least(deal))
    with transaction.atomic():
        deal.follow("dispute", by=by, other_amount=other_amount, other_note=note.strip()[:500])
        write_about_deal("matchmaking.deal_disputed", deal, side=deal.recorded_side)
        announce(deal.edition, "deals")
    return deal


def agree_deal(deal: Deal, *, by: Actor) -> Deal:
    """The recording side takes the other side's value; what it first claimed is kept beside it."""
    require(by, "matchmaking.agree_deal", deal)
    agreed = deal.other_amount if deal.other_amount is not None else deal.amount
    with transaction.atomic():
        deal.follow(
            "agree",
            by=by,
            amount=agreed,
            claimed_amount=deal.amount,
            usd=in_dollars(agreed, deal.currency, deal.rate),
            confirmed_at=clock.now(),
        )
        write_about_deal("matchmaking.deal_confirmed", deal, side=deal.other_side)
        announce(deal.edition, "deals")
    return deal


def cancel_deal(deal: Deal, *, by: Actor) -> Deal:
    """Take a deal back that the other side has not confirmed; its number stays used."""
    require(by, "matchmaking.cancel_deal", deal)
    with transaction.atomic():
        deal.follow("cancel", by=by)
        write_about_deal("matchmaking.deal_cancelled", deal, side=deal.other_side)
        announce(deal.edition, "deals")
    return deal


def rate_on(currency: str, day: date) -> ExchangeRate | None:
    """The last known rate on or before a day; a later one is never used."""
    return ExchangeRate.objects.filter(currency=currency, date__lte=day).order_by("-date").first()


def in_dollars(amount: Decimal, currency: str, rate: ExchangeRate | None) -> Decimal | None:
    """The worth in US dollars to the cent; nothing where no rate is known."""
    if currency == "USD":
        return amount
    return (amount * rate.usd).quantize(CENT, ROUND_HALF_UP) if rate else None


def _write(deal: Deal, *, by: Actor) -> None:
    deal.rate = rate_on(deal.currency, deal.signed_on) if deal.currency != "USD" else None
    deal.usd = in_dollars(deal.amount, deal.currency, deal.rate)
    deal.number = next_number(deal.edition, ROWS[Deal.Kind(deal.kind)])
    deal.token = secrets.token_urlsafe(24)
    deal.recorded_by, deal.recorded_at = by, clock.now()
    deal.save(force_insert=True)
    record("record", deal, by=by, company_id=getattr(deal, deal.recorded_side).company_id)
    write_about_deal("matchmaking.deal_recorded", deal, side=deal.other_side)
    announce(deal.edition, "deals")


def _check(deal: Deal) -> None:
    for part, role in [(deal.exhibitor, "exhibitor"), (deal.importer, "importer")]:
        if part.edition_id != deal.edition_id or part.role != role:
            raise Refused(
                "not_taking_part",
                _("%(company)s does not take part in this edition, so there can be no contract.")
                % {"company": name_within(deal.edition, part)},
            )
    _check_meeting(deal)
    if deal.currency not in CURRENCIES:
        raise _invalid("currency", _("Choose one of the currencies on the list."))
    _check_amount(deal.amount, deal.currency, field="amount", least=_least(deal))
    _check_signed_on(deal)
    _check_not_recorded_by_other_side(deal)


def _check_side(deal: Deal) -> None:
    if deal.recorded_side not in Deal.Side.values:
        raise _invalid("recorded_side", _("Say which side records: the exhibitor or the importer."))
    if deal.kind not in Deal.Kind.values:
        raise _invalid("kind", _("Choose contract, trial order or memorandum."))


def _check_meeting(deal: Deal) -> None:
    meeting = deal.meeting
    if meeting and (meeting.exhibitor_id, meeting.importer_id) != (deal.exhibitor_id, deal.importer_id):
        raise _invalid("another_meeting", _("That meeting was between other companies."), field="meeting")


def _least(deal: Deal) -> Decimal:
    return CENT if deal.is_contract else Decimal(0)


def _check_amount(amount: Decimal, currency: str, *, field: str, least: Decimal) -> None:
    if not amount.is_finite() or amount < least:
        raise _invalid("amount", _("Write a value above zero."), field=field)
    if amount >= LARGEST_AMOUNT:
        raise _invalid("amount", _("This value is too large. Check the number of zeros."), field=field)
    if amount != amount.quantize(Decimal(1).scaleb(-get_currency_precision(currency))):
        sentence = _("%(currency)s has no such small unit. Leave out the digits after the decimal point.")
        raise _invalid("amount", sentence % {"currency": currency}, field=field)


def _check_signed_on(deal: Deal) -> None:
    if deal.signed_on > clock.today(deal.edition):
        raise _invalid("signed_on", _("The day of signing cannot be in the future."))
    if deal.signed_on < deal.edition.opens_on - EARLIEST:
        raise _invalid("signed_on", _("Check the year: this is long before the fair."))


def _check_not_recorded_by_other_side(deal: Deal) -> None:
    """A contract that both sides declare is counted once: the second is asked to confirm the first."""
    same = Deal.objects.filter(
        exhibitor=deal.exhibitor, importer=deal.importer, recorded_side=deal.other_side, kind=deal.kind,
        currency=deal.currency, amount=deal.amount, signed_on=deal.signed_on, state=Deal.State.RECORDED,
    ).first()  # fmt: skip
    if same:
        raise Refused(
            "already_recorded",
            _("The other side has recorded this already as %(number)s. Open it and confirm it; nothing is lost.")
            % {"number": same.number},
        )


def _require_other_side(deal: Deal, *, by: Actor, token: str) -> None:
    """By its link, or signed in; whoever is signed in for the recording side alone has the wrong link in hand."""
    by_link = bool(token) and constant_time_compare(token, deal.token)
    mine = by.is_authenticated and getattr(deal, deal.recorded_side).company_id in by.company_ids
    if by_link and not mine:
        return
    if by_link:
        raise Forbidden(
            "own_deal", _("Your company recorded this, so the other side must confirm it. Send them the link.")
        )
    require(by, "matchmaking.answer_deal", deal)


def _recorded_before(known: Deal, deal: Deal) -> Deal:
    if (known.exhibitor_id, known.importer_id) != (deal.exhibitor_id, deal.importer_id):
        raise Refused("key_used", _("This form has been sent before for another contract. Open a new one."))
    return known


def _invalid(code: str, sentence: str, *, field: str = "") -> Invalid:
    details: dict[str, Any] = {field or code: [sentence]}
    return Invalid(code, sentence, details)
