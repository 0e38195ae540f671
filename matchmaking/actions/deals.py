"""Recording what two sides agreed on, and the other side's yes or no."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused, TooMany
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, ExchangeRate, Participation, ProductGroup
from fairs.models.fields import CURRENCIES
from fairs.money.numbers import next_number
from fairs.permissions import Actor, may, require
from fairs.states import StateConflict
from matchmaking.actions.contacts import name_within, write_about_deal
from matchmaking.actions.deal_pairs import release_twins
from matchmaking.actions.deal_papers import settle_seen
from matchmaking.actions.deal_terms import checked_lines, checked_terms, write_lines
from matchmaking.actions.opportunities import opportunity_for, restage
from matchmaking.correction_words import text_of, value_text
from matchmaking.deal_codes import is_number_of, opens, tried_too_often
from matchmaking.models import Deal, DealCorrection, Meeting, Opportunity
from matchmaking.months import latest_signing

ROWS = {Deal.Kind.CONTRACT: "HD", Deal.Kind.TRIAL_ORDER: "HD", Deal.Kind.MEMORANDUM: "BB"}
LARGEST_AMOUNT = Decimal(10) ** 15
CENT = Decimal("0.01")
EARLIEST = timedelta(days=365)  # before the opening: papers prepared for this edition, not slips of the pen
OBJECTION = timedelta(days=30)  # to a yes that was given by the code on a phone


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
    opportunity: Opportunity | None = None,
    terms: Mapping[str, Any] | None = None,
    lines: Sequence[Mapping[str, Any]] = (),
    differs: bool = False,
) -> Deal:
    """Record a contract, trial order or memorandum; the other side gets a link to confirm it or to say what differs.

    `amount` is in whole and hundredth units of `currency`, with no decimals where the currency has none. The same
    `key` again answers the deal already recorded. `terms` and `lines` are as `deal_terms` takes them; lines that come
    to another sum are taken when the person says that it `differs`. Refuses with `not_taking_part`, `amount`,
    `signed_on`, `currency`, `another_meeting`, `already_recorded` (by the other side), `key_used`, and as terms do.
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
    agreed, goods_lines = checked_terms(deal, terms or {}), checked_lines(deal, lines, differs=differs)
    certificates = agreed.pop("certificates", ())
    for name, value in agreed.items():
        setattr(deal, name, value)
    try:
        with transaction.atomic():
            deal.opportunity = opportunity_for(deal, opportunity, by=by)
            _write(deal, by=by)
            deal.certificates.set(certificates)
            write_lines(deal, goods_lines)
            restage(deal.opportunity, by=by, revive=True)
    except IntegrityError:  # the same form, sent twice at one moment
        return _recorded_before(Deal.objects.get(key=key), deal)
    return deal


def confirm_deal(deal: Deal, *, by: Actor, token: str = "", number: str = "") -> Deal:
    """The other side says that the deal is true, signed in or by its link; said again, it changes nothing.

    By the code on the recording side's phone it takes the `number` of the other side's letter, refused with `number`
    and `too_many_numbers`; such a yes is told to the other side, which may object to it.
    Raises Forbidden for the side that recorded it and for a wrong link.
    """
    means = _require_other_side(deal, by=by, token=token, number=number)
    try:
        with transaction.atomic():
            deal.follow("confirm", by=by, confirmed_at=clock.now(), confirmed_by=means)
            write_about_deal("matchmaking.deal_confirmed", deal, side=deal.recorded_side)
            if means == Deal.Means.CODE:
                write_about_deal("matchmaking.deal_confirmed_by_code", deal, side=deal.other_side)
            announce(deal.edition, "deals")
    except StateConflict:
        if deal.state != Deal.State.CONFIRMED:  # else by the letter and by the code at one moment
            raise
    return deal


def object_to_deal(deal: Deal, *, by: Actor, token: str = "") -> Deal:
    """The other side says that a yes by the code on a phone was not theirs; it then counts as a claim again.

    By their own letter or signed in, never by the code. Refuses with `not_by_code`, and `too_late` after a month.
    """
    if opens(token, deal):
        raise Forbidden("not_by_code", _("Open the link in your letter, or sign in."))
    _require_other_side(deal, by=by, token=token)
    if deal.confirmed_by != Deal.Means.CODE or deal.confirmed_at is None:
        raise Refused("not_by_code", _("This was confirmed by your own link or account, so ask for a correction."))
    if clock.now() > deal.confirmed_at + OBJECTION:
        raise Refused("too_late", _("That is more than a month ago. Write to the organiser, or ask for a correction."))
    with transaction.atomic():
        deal.follow("object", by=by, confirmed_at=None, confirmed_by="", other_amount=None, other_note="")
        write_about_deal("matchmaking.deal_disputed", deal, side=deal.recorded_side)
        announce(deal.edition, "deals")
    return deal


def dispute_deal(
    deal: Deal, *, by: Actor, other_amount: Decimal | None, note: str = "", token: str = "", number: str = ""
) -> Deal:
    """The other side says that something differs: its own value, a note, or both.

    Refuses with `nothing_differs` or `amount`; raises Forbidden as confirming does.
    """
    _require_other_side(deal, by=by, token=token, number=number)
    if (other_amount is None or other_amount == deal.amount) and not note.strip():
        sentence = _("Write the value as you know it, or say in a few words what differs.")
        raise Invalid("nothing_differs", sentence, {"other_amount": [sentence]})
    if other_amount is not None:
        check_amount(other_amount, deal.currency, field="other_amount", least=least(deal))
    with transaction.atomic():
        deal.follow("dispute", by=by, other_amount=other_amount, other_note=note.strip()[:500])
        write_about_deal("matchmaking.deal_disputed", deal, side=deal.recorded_side)
        announce(deal.edition, "deals")
    return deal


def agree_deal(deal: Deal, *, by: Actor) -> Deal:
    """The recording side takes the other side's value; what it first claimed is kept beside it.

    As after any correction, a look at a paper from before no longer counts.
    """
    require(by, "matchmaking.agree_deal", deal)
    agreed = deal.other_amount if deal.other_amount is not None else deal.amount
    with transaction.atomic():
        _keep_both_values(deal, agreed, by=by)
        deal.follow(
            "agree",
            by=by,
            amount=agreed,
            claimed_amount=deal.amount,
            usd=in_dollars(agreed, deal.currency, deal.rate),
            confirmed_at=clock.now(),
            confirmed_by=Deal.Means.ACCOUNT,
        )
        settle_seen(deal)
        write_about_deal("matchmaking.deal_confirmed", deal, side=deal.other_side)
        announce(deal.edition, "deals")
    return deal


def cancel_deal(deal: Deal, *, by: Actor) -> Deal:
    """Take a deal back that the other side has not confirmed; its number stays used.

    A paper that an officer counts as this one counts by itself again.
    """
    require(by, "matchmaking.cancel_deal", deal)
    with transaction.atomic():
        release_twins(deal, by=by)
        deal.follow("cancel", by=by)
        restage(deal.opportunity, by=by, why=_("The paper was taken back."))
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


def worth(amount: Decimal, currency: str, signed_on: date) -> dict[str, Any]:
    """The dated rate of a day of signing, and what an amount is worth by it."""
    rate = rate_on(currency, signed_on) if currency != "USD" else None
    return {"rate": rate, "usd": in_dollars(amount, currency, rate)}


def _keep_both_values(deal: Deal, agreed: Decimal, *, by: Actor) -> None:
    """The other side's value as a correction that both agreed on."""
    if agreed == deal.amount:
        return
    now = clock.now()
    DealCorrection.objects.create(
        deal=deal, field=DealCorrection.Field.VALUE, before=text_of(deal, DealCorrection.Field.VALUE),
        after=value_text(agreed, deal.currency), reason=deal.other_note or "–", side=deal.other_side, asked_at=now,
        state=DealCorrection.State.AGREED, answered_by=by, answered_at=now,
    )  # fmt: skip


def _write(deal: Deal, *, by: Actor) -> None:
    found = worth(deal.amount, deal.currency, deal.signed_on)
    deal.rate, deal.usd = found["rate"], found["usd"]
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
    check_amount(deal.amount, deal.currency, field="amount", least=least(deal))
    check_signed_on(deal.edition, deal.signed_on)
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


def least(deal: Deal) -> Decimal:
    """The smallest value that such a paper may have."""
    return CENT if deal.is_contract else Decimal(0)


def check_amount(amount: Decimal, currency: str, *, field: str, least: Decimal) -> None:
    """Refuses with `amount` what is too small, too large, or finer than the currency."""
    if not amount.is_finite() or amount < least:
        raise _invalid("amount", _("Write a value above zero."), field=field)
    if amount >= LARGEST_AMOUNT:
        raise _invalid("amount", _("This value is too large. Check the number of zeros."), field=field)
    if amount != amount.quantize(Decimal(1).scaleb(-get_currency_precision(currency))):
        sentence = _("%(currency)s has no such small unit. Leave out the digits after the decimal point.")
        raise _invalid("amount", sentence % {"currency": currency}, field=field)


def check_signed_on(edition: Edition, signed_on: date) -> None:
    """Refuses with `signed_on` a day to come, one long before the fair, or one too long after it."""
    if signed_on > clock.today(edition):
        raise _invalid("signed_on", _("The day of signing cannot be in the future."))
    if signed_on < edition.opens_on - EARLIEST:
        raise _invalid("signed_on", _("Check the year: this is long before the fair."))
    if signed_on > latest_signing(edition):
        sentence = _(
            "Signed more than 12 months after the fair, it is no contract of this edition any more (until %s)."
        )
        raise _invalid("signed_on", sentence % f"{latest_signing(edition):%d/%m/%Y}")


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


def _require_other_side(deal: Deal, *, by: Actor, token: str, number: str = "") -> str:
    """By its link, by the code with the number of its letter, or signed in; whoever is signed in for the recording side
    alone has the wrong link in hand.

    Answers by which means they came.
    """
    by_letter = bool(token) and constant_time_compare(token, deal.token)
    by_link = by_letter or opens(token, deal)
    mine = by.is_authenticated and getattr(deal, deal.recorded_side).company_id in by.company_ids
    if by_letter and not mine:
        return Deal.Means.LETTER
    if by_link and not mine:
        return _means_by_code(deal, by=by, number=number)
    if by_link:
        raise Forbidden(
            "own_deal", _("Your company recorded this, so the other side must confirm it. Send them the link.")
        )
    require(by, "matchmaking.answer_deal", deal)
    return Deal.Means.ACCOUNT


def _means_by_code(deal: Deal, *, by: Actor, number: str) -> str:
    """The code is in the recording side's own hand, so it takes something that side has not: an account or a letter."""
    if may(by, "matchmaking.answer_deal", deal):
        return Deal.Means.ACCOUNT
    if tried_too_often(deal):
        raise TooMany("too_many_numbers", _("Too many numbers were tried. Open the link in your letter, or sign in."))
    if not is_number_of(deal, number):
        raise _invalid("number", _("That is not the number in your letter about this paper."))
    return Deal.Means.CODE


def _recorded_before(known: Deal, deal: Deal) -> Deal:
    if (known.exhibitor_id, known.importer_id) != (deal.exhibitor_id, deal.importer_id):
        raise Refused("key_used", _("This form has been sent before for another contract. Open a new one."))
    return known


def _invalid(code: str, sentence: str, *, field: str = "") -> Invalid:
    details: dict[str, Any] = {field or code: [sentence]}
    return Invalid(code, sentence, details)
