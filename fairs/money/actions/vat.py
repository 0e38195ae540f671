"""Setting the rates of VAT."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from fairs.errors import Invalid
from fairs.journal import record
from fairs.models import Edition, LegalPaper, VatRate
from fairs.permissions import Actor, require


def set_vat_rate(
    edition: Edition, *, item: str, percent: Decimal, by: Actor, starts_on: date | None = None,
    legal_basis: LegalPaper | None = None,
) -> VatRate:  # fmt: skip
    """Say which rate is in the prices of an item from a day on; one that begins on that day already is changed.

    Notices already issued keep theirs. Refuses with `no_rate` or `of_another_edition`.
    """
    require(by, "fairs.set_vat", edition)
    if not 0 <= percent <= 100:
        sentence = _("A rate is from 0 to 100 percent.")
        raise Invalid("no_rate", sentence, {"percent": [sentence]})
    if legal_basis and legal_basis.edition_id != edition.pk:
        sentence = _("This belongs to another edition.")
        raise Invalid("of_another_edition", sentence, {"legal_basis": [sentence]})
    with transaction.atomic():
        rate, _new = VatRate.objects.update_or_create(
            edition=edition, item=item, starts_on=starts_on, defaults={"percent": percent, "legal_basis": legal_basis}
        )
        record("set", rate, by=by, fields=["percent", "legal_basis"])
    return rate


def remove_vat_rate(rate: VatRate, *, by: Actor) -> None:
    """Take a rate away: the one before it holds on. Notices already issued keep theirs."""
    require(by, "fairs.set_vat", rate)
    with transaction.atomic():
        record("remove", rate, by=by)
        rate.delete()
