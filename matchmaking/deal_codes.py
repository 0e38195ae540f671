"""The code that a recording side shows on its phone, so that the other side confirms where they stand together."""

from django.core import signing

from matchmaking.models import Deal

MINUTES = 20
SALT = "matchmaking.deal_code"


def code_of(deal: Deal) -> str:
    """A signed link part that opens this one deal for some minutes; the link of the letter is not in it."""
    return signing.TimestampSigner(salt=SALT).sign(str(deal.pk))


def deal_behind(code: str) -> int | None:
    """The key of the deal that a code opens; nothing for a forged one or one that is too old."""
    try:
        return int(signing.TimestampSigner(salt=SALT).unsign(code, max_age=MINUTES * 60))
    except (signing.BadSignature, ValueError):
        return None


def opens(code: str, deal: Deal) -> bool:
    """Whether a code opens this deal."""
    return bool(code) and deal_behind(code) == deal.pk
