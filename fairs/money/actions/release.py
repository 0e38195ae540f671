"""Notices on which nothing was paid in time: cancelled by themselves, and what they were for is free again."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from fairs import clock
from fairs.deliveries import owe
from fairs.live import announce
from fairs.models import Notice, Payment
from fairs.money.ledger import locked_notice
from fairs.money.sources import dropped

Sparing = Callable[[Notice], bool]
_sparing: list[Sparing] = []


def spare(rule: Sparing) -> Sparing:
    """From a way of paying: whether money for a notice may be on its way, such as an open checkout of a card, or a
    bank's line that names its reference and waits for a person. Asked with the notice locked.
    """
    _sparing.append(rule)
    return rule


def spared(notice: Notice) -> bool:
    """Whether a notice is kept past its day: money that finance has yet to place came in, or a way says so."""
    waiting = Payment.objects.waiting().filter(edition=notice.edition_id, company=notice.company_id)
    return waiting.exists() or any(rule(notice) for rule in _sparing)


def release_unpaid_notices() -> list[Notice]:
    """Cancel every notice whose day is over and on which nothing was paid; each in a transaction of its own."""
    tomorrow = clock.now().date() + timedelta(days=1)  # the farthest that any fair's day can be
    due = Notice.objects.unpaid().filter(paid=0, release_on__lt=tomorrow).order_by("pk")
    return [released for notice in due if (released := release_notice(notice))]


def release_notice(notice: Notice) -> Notice | None:
    """Cancel one notice if its day is over, nothing was paid and nothing may be on its way; else None.

    Asked twice it does nothing more. Its contact gets a letter.
    """
    with transaction.atomic():
        notice = locked_notice(notice)
        if not _ran_out(notice) or spared(notice):
            return None
        notice.follow("release", by=None)
        dropped(notice, by=None)
        if notice.contact:
            owe("fairs.notice_released", to=notice.contact, about=notice, edition=notice.edition)
        announce(notice.edition, "money")
    return notice


def _ran_out(notice: Notice) -> bool:
    issued, day = notice.state == Notice.State.ISSUED, notice.release_on
    return issued and not notice.paid and day is not None and day < clock.today(notice.edition)
