"""The buyers' steps of the heartbeat."""

from buyers.actions import visa_rules
from fairs.discovery import on_beat


@on_beat
def forget_passports() -> None:
    """Delete passport data whose days are over; nobody could read it any more even without this."""
    visa_rules.forget_passports()
