"""Registering from a page that anybody may open, by people the fair knows or does not know yet."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buyers.actions.consents import require_needed
from buyers.actions.registrations import register_importer
from buyers.latin import is_latin
from buyers.models import Registration
from buyers.names import given_name
from fairs.actions.people import found_company
from fairs.deliveries import owe
from fairs.errors import Invalid
from fairs.models import Company, Edition, Person
from fairs.permissions import Actor
from fairs.text import fold


def register_newcomer(
    edition: Edition,
    *,
    email: str,
    full_name: str,
    company_name: str,
    country: str,
    consents: Iterable[str],
    language: str,
    means: str = "web",
    original_name: str = "",
    **wishes: Any,
) -> None:
    """Make the person, their company and their registration, all or nothing.

    An address that is known gets a letter instead, and nothing of it changes: only its owner, once signed in, may
    register with it (`register_known`). It answers nothing either way, so that no caller can tell whose address is
    known. Refuses with `consent_needed`, `fair_over`, and with `not_latin` a name that no reader at a gate can read.
    """
    email, purposes = email.strip().lower(), set(consents)
    require_needed(purposes)
    require_latin(full_name)
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                email,
                full_name=full_name,
                original_name=original_name,
                given_name=given_name(full_name, country),
                language=language,
            )
            company = found_company(by=person, contact=person, name_vi=company_name, country=country)
            register_importer(
                edition,
                person=person,
                company=company,
                consents=purposes,
                language=language,
                means=means,
                by=person,
                **wishes,
            )
    except IntegrityError:
        with transaction.atomic():
            owe("buyers.address_known", to=Person.objects.get(email=email), about=edition, edition=edition)


def require_latin(full_name: str) -> None:
    """Refuse with `not_latin` a name without its form in Latin letters, with how it may be written where that shows."""
    if is_latin(full_name):
        return
    sentence = _("Write your name in Latin letters, as in your passport. We keep it in its own script too.")
    raise Invalid("not_latin", sentence, {"full_name": [sentence]})


def register_known(
    edition: Edition, *, person: Person, company_name: str, country: str, by: Actor, **given: Any
) -> Registration:
    """Register somebody with an account for the company they name: the one they were invited for, one of theirs, or a
    new one. `given` is what `register_importer` asks.
    """
    with transaction.atomic():
        company = _company(edition, person, company_name) or found_company(
            by=by, contact=person, name_vi=company_name, country=country
        )
        return register_importer(edition, person=person, company=company, by=by, **given)


def _company(edition: Edition, person: Person, name: str) -> Company | None:
    invited = Registration.objects.live().filter(edition=edition, person=person).select_related("company").first()
    if invited:
        return invited.company
    return next((one for one in person.companies.all() if fold(one.name_vi) == fold(name)), None)
