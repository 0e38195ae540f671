"""Who stands at the booth, by the code on their badge."""

from datetime import timedelta

from django.utils.translation import gettext as _

from buyers.codes import is_short_code, is_signed, normalise
from buyers.models import Badge
from fairs.callers import count_try, tries
from fairs.errors import DomainError, Invalid, Refused, TooMany
from fairs.models import Consent, Edition, Participation, Person
from fairs.permissions import Actor

# One who guesses codes is stopped long before one is found, as at the gates.
WRONG_AT_MOST, WRONG_WITHIN = 20, timedelta(minutes=5)
CODES = "booth-codes"


def buyer_with_badge(edition: Edition, code: str, *, by: Actor) -> tuple[Participation, Person]:
    """The importer's part and the person of a valid badge, by its short code or what its QR code holds.

    It names somebody, so the badge's holder must have agreed to that. Refuses with `unknown_badge`, `not_a_buyer`,
    `not_agreed`, or `too_many_unknown` whoever has tried too many.
    """
    badge = badge_shown(edition, code, guesser=str(by.pk))
    part = Participation.objects.filter(
        edition=edition, company_id=badge.company_id or 0, role="importer", state="active"
    ).select_related("company")
    found = part.first()
    if found is None:
        raise _refused(Invalid, "not_a_buyer", _("This badge does not belong to an importer."))
    if yes_to_scans(badge.person, edition) is None:
        sentence = _(
            "This buyer has not agreed that a scan of the badge names them. Ask them to allow it on their own page, "
            "or to ask you for a meeting there."
        )
        raise _refused(Refused, "not_agreed", sentence)
    return found, badge.person


def badge_shown(edition: Edition, code: str, *, guesser: str) -> Badge:
    """The valid badge with this code.

    Refuses with `unknown_badge`, and with `too_many_unknown` whatever comes from a `guesser` who has tried too many.
    """
    _not_too_many(guesser)
    badge = _badge(edition, normalise(code), guesser)
    if badge is None:
        raise _refused(
            Invalid, "unknown_badge", _("No valid badge has this code. Compare it with the badge once more.")
        )
    return badge


def yes_to_scans(person: Person, edition: Edition) -> Consent | None:
    """The person's yes to being named to exhibitors who scan their badge, if it stands now."""
    purpose = Consent.Purpose.SHARE_ON_SCAN
    return Consent.objects.filter(person=person, edition=edition, purpose=purpose, withdrawn_at=None).first()


def _badge(edition: Edition, code: str, guesser: str) -> Badge | None:
    """The badge with this code; a slip of the finger cannot be one, and is not counted as a guess."""
    found = Badge.objects.valid().with_code(code).filter(edition=edition)
    known: Badge | None = found.select_related("person", "company").first()
    if known is None and (is_short_code(code) or is_signed(code)):
        count_try(CODES, guesser, within=WRONG_WITHIN.total_seconds())
    return known


def _not_too_many(guesser: str) -> None:
    if tries(CODES, guesser) >= WRONG_AT_MOST:
        sentence = _("Too many unknown codes. Wait five minutes, then type the code from the badge once more.")
        raise _refused(TooMany, "too_many_unknown", sentence)


def _refused(kind: type[DomainError], code: str, sentence: str) -> DomainError:
    return kind(code, sentence, {"code": [sentence]})
