"""Money of a day: cards by a stand-in for Stripe, transfers as SePay tells them, and both in any order and twice."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from fairs import clock
from fairs.models import BankAccount, Notice, NoticeLine, Officer, Participation
from fairs.money.actions.notices import issue_notice
from fairs.replay.day import Day, happens
from fairs.replay.recount import Count, lost, noted, number, recounts
from fairs.stripe_standin import CardCompany
from fairs.stripe_standin.company import OK, SLOW_OK

NOTICES = 120
PRICES = (Decimal(1_320_000), Decimal(2_750_000), Decimal(880_000))
CARD, STRIPE, SEPAY = "card page opened", "webhook of Stripe", "webhook of SePay"
FLUSHED_EVERY = timedelta(minutes=6)
LAST = "17:52"


def card_company(environment: dict[str, str]) -> CardCompany:
    """The one on the other side of the wire, by the clock of the fair."""
    return CardCompany(
        key=environment["STRIPE_SECRET_KEY"],
        signs_with=environment["STRIPE_WEBHOOK_SECRET"],
        now=lambda: clock.now().timestamp(),
    )


@happens(order=50)
def money(day: Day) -> None:
    """Services ordered yesterday are paid today; what the card company has to say comes in batches out of order."""
    chance, finance = day.chance("money"), _finance(day)
    parts = Participation.objects.filter(edition=day.edition, role="exhibitor", state="active", host=None)
    for nth, part in enumerate(parts.select_related("company").order_by("pk")[: day.many(NOTICES)]):
        boss = part.company.people.order_by("pk")[0]
        price = chance.choice(PRICES)
        line = NoticeLine(
            kind=NoticeLine.Kind.PRICE, text_vi="Điện và bàn ghế thuê thêm", text_en="More power and furniture",
            quantity=1, unit_price=price, amount=price,
        )  # fmt: skip
        with transaction.atomic():
            notice = issue_notice(
                day.edition, company=part.company, currency="VND", lines=[line], contact=boss, by=finance,
                due_on=day.date + timedelta(days=1),
            )  # fmt: skip
        pay(day, notice.pk, day.token(boss), day.between(chance, "09:30", "16:30"), nth=nth)
    moment = day.hour("09:30")
    while moment < day.hour(LAST):
        day.at(moment, "Stripe", STRIPE, partial(_tell_some, day))
        moment += FLUSHED_EVERY
    day.at(day.hour(LAST), "Stripe", STRIPE, partial(_tell_some, day, everything=True))


def pay(day: Day, notice: int, token: str, moment: datetime, *, nth: int | None = None) -> None:
    """Let somebody pay a notice at a moment: every other one by card, the others by a transfer."""
    by_card = (notice if nth is None else nth) % 2 == 0
    deed = partial(_by_card, day, notice, token) if by_card else partial(_by_transfer, day, notice)
    day.at(moment, f"payer {notice}", CARD if by_card else SEPAY, deed)


def _by_card(day: Day, notice: int, token: str) -> None:
    """Type the number on the card page; every fourth card is decided by its bank only later."""
    answer = day.ask(CARD, "checkouts/", {"notice": notice, "whole": True}, by=token)
    if not answer.good:
        return
    company, session, amount = day.known["cards"], answer.told["url"].rpartition("/")[2], answer.told["amount"]
    slow = notice % 8 == 0
    if company.pay(session, SLOW_OK if slow else OK) not in ("paid", "slow"):
        day.noted.complain(f"the card page of notice {notice} was closed")
        return
    if slow:
        company.decide(session, paid=True)
    intent = company.known["sessions"][session]["payment_intent"]
    day.noted.note("card", intent, float(amount))


def _tell_some(day: Day, *, everything: bool = False) -> None:
    """What waits is told shuffled, a third only the next time, and every seventh event twice."""
    company, chance = day.known["cards"], day.chance(f"told {clock.now():%H:%M}")
    with company.lock:
        waiting, company.waiting = company.waiting, []
    chance.shuffle(waiting)
    if not everything:
        kept = len(waiting) // 3
        with company.lock:
            company.waiting[:0] = waiting[:kept]
        waiting = waiting[kept:]
    for nth, event in enumerate(waiting):
        for _turn in range(2 if nth % 7 == 0 else 1):
            body = json.dumps(event).encode()
            headers = {"Content-Type": "application/json", "Stripe-Signature": company.signature(body)}
            answer = day.site.ask(STRIPE, "POST", "/hooks/stripe/", body, headers=headers)
            if day.expect(STRIPE, event["type"], answer, frozenset()).good:
                day.noted.note("event", event["id"])


def _by_transfer(day: Day, notice: int) -> None:
    """The bank's word about a transfer, signed; every fifth comes twice."""
    owed = Notice.objects.get(pk=notice)
    account = BankAccount.objects.get(edition=day.edition)
    reference = f"FT{notice:010d}"
    told: dict[str, Any] = {
        "id": notice, "gateway": account.bank_name, "accountNumber": account.number, "content": owed.reference,
        "transactionDate": f"{clock.now().astimezone(day.edition.zone):%Y-%m-%d %H:%M:%S}", "transferType": "in",
        "transferAmount": int(owed.balance), "referenceCode": reference,
    }  # fmt: skip
    for _turn in range(2 if notice % 5 == 0 else 1):
        if _tell_sepay(day, json.dumps(told).encode()):
            day.noted.note("transfer", reference, float(told["transferAmount"]))


def _tell_sepay(day: Day, body: bytes) -> bool:
    stamp = str(int(time.time()))  # by the time of the wire
    signed = hmac.new(settings.SEPAY_SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-SePay-Timestamp": stamp, "X-SePay-Signature": f"sha256={signed}"}
    answer = day.site.ask(SEPAY, "POST", "/hooks/sepay/", body, headers=headers)
    return day.expect(SEPAY, "/hooks/sepay/", answer, frozenset()).good


def _finance(day: Day) -> Any:
    return Officer.objects.filter(edition=day.edition, role="finance").select_related("person").order_by("pk")[0].person


CARDS = "SELECT 1 FROM fairs_checkout page JOIN fairs_payment paid ON paid.id = page.payment_id"
BANKED = "SELECT 1 FROM fairs_bankline line JOIN fairs_payment paid ON paid.id = line.payment_id"


@recounts
def paid(day: Day) -> Iterator[Count]:
    """What was paid came in once, all of it, and lies where it belongs."""
    since = day.hour("00:00")
    card = f"{CARDS} WHERE page.payment_intent = noted.key AND paid.amount = noted.number"
    yield Count(f"{noted('card'):,} payments by card: not in the tables", 0, lost("card", card))
    transfer = f"{BANKED} WHERE line.transaction = noted.key AND paid.amount = noted.number"
    yield Count(f"{noted('transfer'):,} transfers: not in the tables", 0, lost("transfer", transfer))
    event = "SELECT 1 FROM fairs_cardevent told WHERE told.stripe_id = noted.key AND told.handled IS NOT NULL"
    yield Count(f"{noted('event'):,} events of Stripe: not handled", 0, lost("event", event))
    told = """SELECT COALESCE(SUM(number), 0)::bigint FROM
        (SELECT DISTINCT key, number FROM noted WHERE kind IN ('card', 'transfer')) AS once"""
    came = """SELECT COALESCE(SUM(amount), 0)::bigint FROM fairs_payment
        WHERE edition_id = %s AND recorded_at >= %s AND state <> 'void'"""
    yield Count("đồng that came in", number(told), number(came, day.edition.pk, since))
    apart = """SELECT COUNT(*) FROM fairs_notice notice WHERE notice.edition_id = %s AND notice.paid <>
        (SELECT COALESCE(SUM(move.amount), 0) FROM fairs_posting move WHERE move.notice_id = notice.id)"""
    yield Count("notices that say otherwise than their postings", 0, number(apart, day.edition.pk))
