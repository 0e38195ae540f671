"""The certificates that a company says it holds."""

from datetime import date

from django.db import transaction

from fairs.actions.merging import still_standing
from fairs.journal import record
from fairs.models import Certificate, Company, HeldCertificate
from fairs.permissions import Actor, require


def hold_certificate(
    company: Company, *, certificate: Certificate, by: Actor, number: str = "", valid_until: date | None = None
) -> HeldCertificate:
    """Say that the company holds it, or how long it now does; refuses with `company_merged`."""
    require(by, "fairs.change_company", company)
    with transaction.atomic():
        still_standing(company)
        held, _new = HeldCertificate.objects.update_or_create(
            company=company, certificate=certificate, defaults={"number": number, "valid_until": valid_until}
        )
        record("hold", held, by=by, fields=["number", "valid_until"])
    return held


def drop_certificate(held: HeldCertificate, *, by: Actor) -> None:
    """Say that the company holds it no more."""
    require(by, "fairs.change_company", held.company)
    with transaction.atomic():
        record("drop", held, by=by)
        held.delete()
