"""Who stands at the booth, by the code on their badge."""

from django.utils.translation import gettext as _

from buyers.codes import normalise
from buyers.models import Badge
from fairs.errors import Invalid
from fairs.models import Edition, Participation, Person


def buyer_with_badge(edition: Edition, code: str) -> tuple[Participation, Person]:
    """The importer's part and the person of a valid badge, by its short code or what its QR code holds.

    Refuses with `unknown_badge` or `not_a_buyer`.
    """
    wanted = normalise(code)
    badges = Badge.objects.valid().filter(edition=edition).select_related("person")
    badge = badges.filter(short_code=wanted).first() or badges.filter(token=wanted).first()
    if badge is None or badge.company_id is None:
        raise _refused("unknown_badge", _("No valid badge has this code. Compare it with the badge once more."))
    part = Participation.objects.filter(
        edition=edition, company_id=badge.company_id, role="importer", state="active"
    ).select_related("company")
    found = part.first()
    if found is None:
        raise _refused("not_a_buyer", _("This badge does not belong to an importer."))
    return found, badge.person


def _refused(code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, {"code": [sentence]})
