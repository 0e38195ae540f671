"""Asking both sides of a pair what became of it, at each rung after the fair, and taking their answers."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, Participation, Person
from fairs.models.fields import CURRENCIES
from fairs.permissions import Actor, require
from matchmaking.actions.contacts import contacts_of
from matchmaking.actions.deals import LARGEST_AMOUNT, record_deal
from matchmaking.follow_up_pairs import pairs_of, parts_in_pairs
from matchmaking.models import Deal, FollowUp, FollowUpRules, FollowUpRung, NoFollowUps

BY_DAY = range(8, 18)  # nobody is written to at night
MOST_AT_ONCE = 100  # sides that one beat writes to; the next goes on
LASTS = timedelta(days=21)  # a rung that nobody could ask by then, as when nothing ran, is left out
LONGEST_LADDER = 730  # days
MOST_RUNGS = 8


def rules_after(edition: Edition) -> FollowUpRules:
    """Those of the edition, or the usual ones that nobody has saved."""
    return FollowUpRules.objects.filter(edition=edition).first() or FollowUpRules(edition=edition)


def set_follow_up_rules(edition: Edition, *, days: Iterable[int], remind_after: int, by: Actor) -> FollowUpRules:
    """Set after how many days both sides are asked, and after how many more they are reminded once (0: never).

    What was asked stays. Refuses with `days` more than eight of them or one outside 1 to 730, with `remind_after` more
    than 21.
    """
    require(by, "matchmaking.set_follow_ups", edition)
    rungs = sorted(set(days))
    if len(rungs) > MOST_RUNGS or any(not 1 <= one <= LONGEST_LADDER for one in rungs):
        sentence = _("Give up to eight numbers of days, each from 1 to 730.")
        raise Invalid("days", sentence, {"days": [sentence]})
    if not 0 <= remind_after <= LASTS.days:
        sentence = _("Choose from 0 to 21 days.")
        raise Invalid("remind_after", sentence, {"remind_after": [sentence]})
    fields = {"days": rungs, "remind_after": remind_after}
    with transaction.atomic():
        rules, _made = FollowUpRules.objects.update_or_create(edition=edition, defaults=fields)
        record("set", rules, by=by, fields=fields)
    return rules


def copy_follow_up_rules(source: Edition, target: Edition) -> None:
    """Give a new edition the rungs of an earlier one."""
    known = FollowUpRules.objects.filter(edition=source).first()
    if known:
        said = {"days": known.days, "remind_after": known.remind_after}
        FollowUpRules.objects.get_or_create(edition=target, defaults=said)


def owe_follow_ups() -> int:
    """Owe each side of the pairs of a closed edition its letter of the rung that is due; how many sides it came to."""
    written = 0
    for rules in _closed_lately():
        days = rules.rung_on(clock.today(rules.edition), LASTS)
        if days is not None and _by_day(rules.edition):
            for part in _unasked(rules.edition, days)[: MOST_AT_ONCE - written]:
                written += ask(part, days)
    return written


def ask(part: Participation, days: int) -> bool:
    """Ask one side about all its pairs by one letter; whether it was this call that did. Of two at once one does.

    A pair of which this side has said that it came to nothing is left out; with no pair or no reader left the rung is
    noted all the same, so that nobody looks again.
    """
    try:
        with transaction.atomic():
            rung = FollowUpRung.objects.create(edition=part.edition, part=part, days=days, made_at=clock.now())
            readers = readers_of(part)
            if readers and _questions(rung):
                _write("matchmaking.follow_up", rung, readers)
                record("ask", rung, by=None, company_id=part.company_id, subject=f"+{days}")
                announce(part.edition, "follow_ups")
    except IntegrityError:
        return False
    return True


def owe_reminders() -> int:
    """Remind each side once that has not answered everything; how many sides it came to."""
    written = 0
    for rules in _closed_lately():
        if rules.remind_after and _by_day(rules.edition):
            since = timedelta(days=rules.remind_after)
            late = FollowUpRung.objects.filter(edition=rules.edition, made_at__gt=clock.now() - since - LASTS)
            for rung in late.to_remind(asked_by=clock.now() - since)[: MOST_AT_ONCE - written]:
                written += remind(rung)
    return written


def remind(rung: FollowUpRung) -> bool:
    """Write once more about what is not answered; whether it was this call that did."""
    with transaction.atomic():
        if not FollowUpRung.objects.filter(pk=rung.pk, reminded_at=None).update(reminded_at=clock.now()):
            return False
        _write("matchmaking.follow_up_again", rung, readers_of(rung.part))
    return True


def readers_of(part: Participation) -> list[Person]:
    """Those in charge of a side who have not said that they want no more of these letters."""
    people = contacts_of(part)
    silent = NoFollowUps.objects.filter(edition=part.edition_id, person__in=people).values_list("person", flat=True)
    return [person for person in people if person.pk not in set(silent)]


def stop_follow_ups(edition: Edition, *, person: Person, by: Actor) -> NoFollowUps:
    """No more letters after this edition for one person; said again, it stays so. By whoever has the link of one."""
    with transaction.atomic():
        stopped, made = NoFollowUps.objects.get_or_create(edition=edition, person=person)
        if made:
            record("say", stopped, by=by)
    return stopped


def answer_follow_up(
    one: FollowUp,
    *,
    answer: str,
    by: Actor,
    amount: Decimal | None = None,
    currency: str = "",
    reason: str = "",
    note: str = "",
    token: str = "",
) -> FollowUp:
    """Say what became of it, by the link of the letter or signed in; said again, it changes nothing.

    An order has a value, and “lost” a reason. Another answer replaces the first while no paper was recorded from it.
    Refuses with `answer`, `amount`, `currency`, `reason` and `deal_recorded`.
    """
    if not (token and constant_time_compare(token, one.token)):
        require(by, "matchmaking.answer_follow_up", one)
    ordered, lost = answer == FollowUp.State.ORDERED, answer == FollowUp.State.LOST
    said = {
        "currency": currency if ordered else "", "amount": amount if ordered else None,
        "reason": reason if lost else "", "note": note.strip()[:500],
    }  # fmt: skip
    _check(answer, said)
    if one.state == answer and all(getattr(one, name) == value for name, value in said.items()):
        return one
    if one.deal_id:
        raise Refused("deal_recorded", _("A contract was recorded from this answer. Change it there, or cancel it."))
    person = by if by is not None and by.is_authenticated else None
    with transaction.atomic():
        verb = FollowUp.VERBS[FollowUp.State(answer)]
        one.follow(verb, by=by, **said, answered_at=clock.now(), answered_by=person)
        announce(one.edition, "follow_ups")
    return one


def record_order(one: FollowUp, *, by: Actor, **given: Any) -> Deal:
    """Record the paper of an order placed; it belongs to the edition whose question it answers.

    `given` is what `record_deal` takes. Refuses with `no_order`, and as recording does.
    """
    require(by, "matchmaking.answer_follow_up", one)
    if one.state != FollowUp.State.ORDERED:
        raise Refused("no_order", _("Say first that an order was placed, and of what value."))
    with transaction.atomic():
        deal = record_deal(
            one.edition, exhibitor=one.exhibitor, importer=one.importer, recorded_side=one.side, by=by, **given
        )
        FollowUp.objects.filter(pk=one.pk).update(deal=deal)
        record("tie", one, by=by, fields=["deal"])
    one.deal = deal
    return deal


def _closed_lately() -> list[FollowUpRules]:
    """The rules of each edition that may be due: closed, and not so long ago that its last rung is past."""
    today = clock.now().date()
    since, until = today - timedelta(days=LONGEST_LADDER) - LASTS, today + timedelta(days=1)
    return [rules_after(edition) for edition in Edition.objects.filter(closes_on__range=(since, until)).order_by("pk")]


def _by_day(edition: Edition) -> bool:
    return clock.now().astimezone(edition.zone).hour in BY_DAY


def _unasked(edition: Edition, days: int) -> Any:
    """The sides that are in a pair and were not looked at on this rung."""
    asked = FollowUpRung.objects.filter(edition=edition, days__gte=days).values("part")
    return parts_in_pairs(edition).exclude(pk__in=asked).select_related("edition", "company").order_by("pk")


def _questions(rung: FollowUpRung) -> list[FollowUp]:
    """One question about each pair of the side, but for those that this side gave up."""
    part = rung.part
    side = FollowUp.Side(part.role)
    lost = FollowUp.objects.filter(side=side, state=FollowUp.State.LOST, days__lt=rung.days, **{part.role: part})
    given_up = set(lost.values_list("exhibitor", "importer"))
    same = {"edition": rung.edition, "rung": rung, "days": rung.days, "side": side}
    return FollowUp.objects.bulk_create(
        FollowUp(exhibitor_id=exhibitor, importer_id=importer, **same)
        for exhibitor, importer in sorted(pairs_of(part) - given_up)
    )


def _write(kind: str, rung: FollowUpRung, readers: list[Person]) -> None:
    for person in readers:
        owe(kind, to=person, about=rung, edition=rung.edition)


def _check(answer: str, said: dict[str, Any]) -> None:
    if answer not in FollowUp.VERBS:
        raise _invalid("answer", _("Choose one of the four answers."))
    if answer == FollowUp.State.ORDERED:
        _check_value(said["amount"], said["currency"])
    if answer == FollowUp.State.LOST and said["reason"] not in FollowUp.Reason.values:
        raise _invalid("reason", _("Say in one tap why it came to nothing."))


def _check_value(amount: Decimal | None, currency: str) -> None:
    if currency not in CURRENCIES:
        raise _invalid("currency", _("Choose one of the currencies on the list."))
    if amount is None or not amount.is_finite() or amount <= 0:
        raise _invalid("amount", _("Write a value above zero."))
    if amount >= LARGEST_AMOUNT:
        raise _invalid("amount", _("This value is too large. Check the number of zeros."))
    if amount != amount.quantize(Decimal(1).scaleb(-get_currency_precision(currency))):
        sentence = _("%(currency)s has no such small unit. Leave out the digits after the decimal point.")
        raise _invalid("amount", sentence % {"currency": currency})


def _invalid(code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, {code: [sentence]})
