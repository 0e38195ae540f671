"""What a correction keeps, in the page's language."""

from fairs.templatetags.fair import day, money
from matchmaking.actions.deal_corrections import parsed
from matchmaking.models import Deal, DealCorrection


def content_words(field: str, text: str) -> str:
    """What a correction keeps, in the page's language."""
    said = parsed(field, text)
    if field == DealCorrection.Field.VALUE:
        return money(said["amount"], said["currency"])
    return day(said["signed_on"]) if field == DealCorrection.Field.SIGNED_ON else str(Deal.Kind(said["kind"]).label)
