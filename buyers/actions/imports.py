"""Taking over importers from a sheet the organiser already has."""

from collections.abc import Mapping
from typing import Any, Literal

from django.db import transaction

from buyers.actions.registrations import live_registration
from buyers.models import Registration
from fairs import clock
from fairs.actions.people import found_company, know_person
from fairs.journal import record
from fairs.live import announce
from fairs.models import Company, Edition, Person
from fairs.permissions import Actor, require
from fairs.text import fold

PERSON_FIELDS = ("full_name", "job_title", "phone")
COMPANY_FIELDS = ("website", "address")
REGISTRATION_FIELDS = ("volume", "languages", "interest")

Taken = Literal["new", "changed", "same"]


def enter_importer(edition: Edition, *, values: Mapping[str, Any], by: Actor) -> Taken:
    """Register the importer of one row, or bring a known one up to date; the same row again changes nothing.

    `values` holds full_name, company, country and email, and may hold job_title, phone, website, address, volume,
    languages, interest and product_groups. The e-mail says who it is. No letter leaves and no consent is made up: the
    person is asked when they first sign in. What people keep themselves, once they have signed in, stays theirs.
    """
    require(by, "buyers.invite", edition)
    with transaction.atomic():
        person = know_person(email=values["email"], full_name=values["full_name"], by=by, language="en")
        company = _company(person, values, by)
        registration, new = live_registration(
            edition, person, company, registered_at=clock.now(), entered_by=by, state=Registration.State.REGISTERED
        )
        changed = _bring_up_to_date(registration, company, values)
        if new or changed:
            record("enter" if new else "edit", registration, by=by, fields=changed)
            announce(edition, "importers")
    return "new" if new else "changed" if changed else "same"


def _company(person: Person, values: Mapping[str, Any], by: Actor) -> Company:
    """The person's company of that name, whatever its accents, or a new one."""
    name = fold(values["company"])
    for company in person.companies.all():
        if fold(company.name_vi) == name:
            return company
    return found_company(by=by, contact=person, name_vi=values["company"], country=values["country"])


def _bring_up_to_date(registration: Registration, company: Company, values: Mapping[str, Any]) -> list[str]:
    person = registration.person
    changed = _set(registration, REGISTRATION_FIELDS, values)
    if registration.company_id != company.pk and registration.state != Registration.State.APPROVED:
        registration.company = company
        changed.append("company")
    groups = list(values.get("product_groups") or [])
    if groups and set(registration.product_groups.all()) != set(groups):
        registration.product_groups.set(groups)
        changed.append("product_groups")
    if changed:
        registration.save()
    if person.last_login is None:
        changed += _saved(person, PERSON_FIELDS, values) + _saved(company, COMPANY_FIELDS, values)
    return changed


def _saved(thing: Any, names: tuple[str, ...], values: Mapping[str, Any]) -> list[str]:
    changed = _set(thing, names, values)
    if changed:
        thing.save()
    return changed


def _set(thing: Any, names: tuple[str, ...], values: Mapping[str, Any]) -> list[str]:
    """The names whose value is given and new; a blank cell says nothing."""
    changed = [name for name in names if values.get(name) and getattr(thing, name) != values[name]]
    for name in changed:
        setattr(thing, name, values[name])
    return changed
