"""Putting a confirmed contract right: one side asks with a reason, the other agrees; both values are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Forbidden, Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models.fields import CURRENCIES
from fairs.permissions import Actor, require
from matchmaking.actions.contacts import people_of
from matchmaking.actions.deal_papers import settle_seen, side_in
from matchmaking.actions.deals import check_amount, check_signed_on, least, worth
from matchmaking.actions.opportunities import restage
from matchmaking.correction_words import columns_of, text_of, value_text
from matchmaking.models import Deal, DealCorrection

Field = DealCorrection.Field


def ask_correction(
    deal: Deal,
    *,
    field: str,
    reason: str,
    by: Actor,
    amount: Decimal | None = None,
    currency: str = "",
    signed_on: date | None = None,
    kind: str = "",
) -> DealCorrection:
    """Ask the other side to agree that a confirmed paper is put right in one thing: its value, day or kind.

    The director asks for the side that recorded it. Refuses with `not_confirmed`, `reason`, `nothing_changes`,
    `asked_already`, and for a value, day or kind as recording does.
    """
    require(by, "matchmaking.correct_deal", deal)
    _check_agreed(deal)
    if not reason.strip():
        raise _wrong("reason", _("Say in a few words why."))
    given = {Field.VALUE: (amount, currency or deal.currency), Field.SIGNED_ON: signed_on, Field.KIND: kind}
    if field not in Field.values:
        raise _wrong("field", _("Choose what is to be put right."))
    after = _checked(deal, field, given[Field(field)])
    if after == text_of(deal, field):
        raise Invalid("nothing_changes", _("That is what stands there now."))
    return _ask(deal, field, after, reason.strip()[:500], by=by)


def agree_correction(correction: DealCorrection, *, by: Actor, token: str = "") -> DealCorrection:
    """The other side agrees, signed in or by its link: the paper is put right, its dollars by the rate of its day.

    Whether an officer has seen its paper begins anew. Refuses with `changed_meanwhile`, and with `not_confirmed` what
    was objected to or taken back.
    """
    _require_asked(correction, by=by, token=token)
    with transaction.atomic():
        deal = _locked(correction)
        _check_agreed(deal)
        if text_of(deal, correction.field) != correction.before:
            raise Refused("changed_meanwhile", _("The paper has been put right otherwise meanwhile. Look at it again."))
        correction.follow("agree", by=by, answered_at=clock.now(), answered_by=_person(by))
        _put_right(deal, correction, by=by)
        _tell("matchmaking.correction_agreed", correction, deal, side=correction.side)
    return correction


def refuse_correction(correction: DealCorrection, *, by: Actor, token: str = "") -> DealCorrection:
    """The other side does not agree; the paper stays as it was confirmed."""
    _require_asked(correction, by=by, token=token)
    with transaction.atomic():
        deal = _locked(correction)
        correction.follow("refuse", by=by, answered_at=clock.now(), answered_by=_person(by))
        _tell("matchmaking.correction_refused", correction, deal, side=correction.side)
    return correction


def withdraw_correction(correction: DealCorrection, *, by: Actor) -> DealCorrection:
    """The side that asked asks no more."""
    require(by, "matchmaking.withdraw_correction", correction)
    with transaction.atomic():
        deal = _locked(correction)
        correction.follow("withdraw", by=by, answered_at=clock.now(), answered_by=_person(by))
        announce(deal.edition, "deals")
    return correction


def _check_agreed(deal: Deal) -> None:
    if not deal.is_agreed:
        raise Refused(
            "not_confirmed", _("It is not confirmed yet: take it back and record it anew, or say what differs.")
        )


def _checked(deal: Deal, field: str, given: Any) -> str:
    """The new content in the form in which it is kept."""
    if field == Field.VALUE:
        amount, currency = given
        if amount is None or currency not in CURRENCIES:
            raise _wrong("amount", _("Write the value and choose its currency."))
        check_amount(amount, currency, field="amount", least=least(deal))
        return value_text(amount, currency)
    if field == Field.SIGNED_ON:
        if given is None:
            raise _wrong("signed_on", _("Choose the day of signing."))
        check_signed_on(deal.edition, given)
        return given.isoformat()
    if given not in Deal.Kind.values or (given != Deal.Kind.MEMORANDUM and not deal.amount):
        raise _wrong("kind", _("Choose contract, trial order or memorandum; a contract has a value."))
    return str(given)


def _ask(deal: Deal, field: str, after: str, reason: str, *, by: Actor) -> DealCorrection:
    side = side_in(deal, by) or deal.recorded_side
    new = DealCorrection(
        deal=deal, field=field, before=text_of(deal, field), after=after, reason=reason, side=side, asked_by=by,
        asked_at=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            new.save(force_insert=True)
            record("ask", new, by=by)
            _tell("matchmaking.correction_asked", new, deal, side=new.other_side)
    except IntegrityError:
        raise Refused("asked_already", _("A correction of this waits for an answer. Take it back first.")) from None
    return new


def _put_right(deal: Deal, correction: DealCorrection, *, by: Actor) -> None:
    new: dict[str, Any] = dict(columns_of(correction.field, correction.after))
    now = {"amount": deal.amount, "currency": deal.currency, "signed_on": deal.signed_on} | new
    new |= worth(now["amount"], now["currency"], now["signed_on"])
    Deal.objects.filter(pk=deal.pk).update(**new, version=F("version") + 1)
    deal.refresh_from_db()
    record("correct", deal, by=by, fields=new)
    settle_seen(deal)
    restage(deal.opportunity, by=by)


def _require_asked(correction: DealCorrection, *, by: Actor, token: str) -> None:
    """Somebody of the side that is asked, signed in or by the link of its letters."""
    deal = correction.deal
    theirs = correction.other_side == deal.other_side and bool(token) and constant_time_compare(token, deal.token)
    mine = by.is_authenticated and getattr(deal, correction.side).company_id in by.company_ids
    if theirs and not mine:
        return
    if theirs:
        raise Forbidden("own_correction", _("Your company asked for this, so the other side must agree."))
    require(by, "matchmaking.answer_correction", correction)


def _locked(correction: DealCorrection) -> Deal:
    rows = Deal.objects.select_for_update(of=("self",), no_key=True).with_sides().select_related("edition")
    return rows.get(pk=correction.deal_id)


def _tell(kind: str, correction: DealCorrection, deal: Deal, *, side: str) -> None:
    for person in people_of(deal, side):
        owe(kind, to=person, about=correction, edition=deal.edition)
    announce(deal.edition, "deals")


def _person(by: Actor) -> Actor:
    return by if by is not None and by.is_authenticated else None


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(field, sentence, {field: [sentence]})
