"""Work with money that leaves the request, and its steps of the heartbeat."""

from contextlib import suppress

from django.core.cache import cache
from django_tasks import task

from fairs.discovery import on_beat
from fairs.money.actions import card_returns
from fairs.money.actions.card_events import forget_events
from fairs.money.actions.card_truth import reconcile
from fairs.money.stripe_client import Unreachable, is_configured

BETWEEN = 15  # seconds between two rounds of questions to the card company


@task()
def send_refund(pk: int) -> None:
    """Ask the card company to send one refund."""
    with suppress(Unreachable):  # the heartbeat asks again
        card_returns.send_refund(pk)


@on_beat
def ask_about_cards() -> None:
    """Ask the card company for the truth about what is pending."""
    if cache.add("cards.asked", True, BETWEEN):
        reconcile()


@on_beat
def ask_what_went_back() -> None:
    """Some times a day, ask what went back of card payments by others' hands."""
    if is_configured() and cache.add("cards.returns", True, 6 * 3600):
        with suppress(Unreachable):  # the next time is soon enough
            card_returns.hear_all_returns()


@on_beat
def forget_card_events() -> None:
    """Once a day, drop the ids of events that are not told again."""
    if cache.add("cards.forgotten", True, 24 * 3600):
        forget_events()
