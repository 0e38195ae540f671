"""Who stands at the booth, by the code on their badge."""

from datetime import timedelta

from django.core.cache import cache
from django.utils.translation import gettext as _

from buyers.codes import is_short_code, is_token, normalise
from buyers.models import Badge
from fairs.errors import DomainError, Invalid, TooMany
from fairs.models import Edition, Participation, Person
from fairs.permissions import Actor

# One who guesses codes is stopped long before one is found, as at the gates.
WRONG_AT_MOST, WRONG_WITHIN = 20, timedelta(minutes=5)


def buyer_with_badge(edition: Edition, code: str, *, by: Actor) -> tuple[Participation, Person]:
    """The importer's part and the person of a valid badge, by its short code or what its QR code holds.

    Refuses with `unknown_badge`, `not_a_buyer`, or `too_many_unknown` whoever has tried too many.
    """
    _not_too_many(by)
    badge = _badge(edition, normalise(code), by)
    if badge is None or badge.company_id is None:
        raise _refused(
            Invalid, "unknown_badge", _("No valid badge has this code. Compare it with the badge once more.")
        )
    part = Participation.objects.filter(
        edition=edition, company_id=badge.company_id, role="importer", state="active"
    ).select_related("company")
    found = part.first()
    if found is None:
        raise _refused(Invalid, "not_a_buyer", _("This badge does not belong to an importer."))
    return found, badge.person


def _badge(edition: Edition, code: str, by: Actor) -> Badge | None:
    """The badge with this code; a slip of the finger cannot be one, and is not counted as a guess."""
    column = "token" if is_token(code) else "short_code" if is_short_code(code) else ""
    if not column:
        return None
    known = Badge.objects.valid().filter(edition=edition, **{column: code}).select_related("person").first()
    if known is None:
        cache.add(_tries(by), 0, WRONG_WITHIN.total_seconds())
        cache.incr(_tries(by))
    return known


def _not_too_many(by: Actor) -> None:
    if cache.get(_tries(by), 0) >= WRONG_AT_MOST:
        sentence = _("Too many unknown codes. Wait five minutes, then type the code from the badge once more.")
        raise _refused(TooMany, "too_many_unknown", sentence)


def _tries(by: Actor) -> str:
    return f"booth-codes:{by.pk}"


def _refused(kind: type[DomainError], code: str, sentence: str) -> DomainError:
    return kind(code, sentence, {"code": [sentence]})
