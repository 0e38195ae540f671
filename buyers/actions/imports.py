"""Taking over importers from a sheet the organiser already has."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from buyers.actions.registrations import invite_importer, live_registration
from buyers.models import Registration
from fairs import clock
from fairs.actions.people import add_member, found_company, know_person
from fairs.errors import Refused
from fairs.imports import Taken, Values
from fairs.journal import record
from fairs.live import announce
from fairs.models import Company, Edition, Membership, Person, ProductGroup
from fairs.permissions import Actor, require
from fairs.text import fold

PERSON_FIELDS = ("full_name", "job_title", "phone")
COMPANY_FIELDS = ("website", "address")
REGISTRATION_FIELDS = ("volume", "languages", "interest")

VOLUMES = (
    (Decimal(100_000), Registration.Volume.SMALL),
    (Decimal(1_000_000), Registration.Volume.MIDDLE),
    (Decimal(10_000_000), Registration.Volume.LARGE),
)


def taker(edition: Edition, by: Actor) -> Callable[[Values], Taken]:
    """What takes one row of a sheet after the other."""
    require(by, "buyers.invite", edition)
    groups = {group.code: group for group in ProductGroup.objects.all()}
    known = known_companies()

    def take(values: Values) -> Taken:
        given = dict(values) | {
            "product_groups": [groups[code] for code in values.get("product_groups") or ()],
            "languages": ",".join(values.get("languages") or ()),
            "volume": volume_of(values.get("purchases")),
        }
        return enter_importer(edition, values=given, by=by, known=known)

    return take


def volume_of(purchases: Decimal | None) -> str:
    """The range of a year's purchases in US dollars."""
    if purchases is None:
        return ""
    return next((volume for limit, volume in VOLUMES if purchases < limit), Registration.Volume.GREAT)


def enter_importer(
    edition: Edition, *, values: Mapping[str, Any], by: Actor, known: dict[tuple[str, str], int] | None = None
) -> Taken:
    """Register the importer of one row, or bring a known one up to date; the same row again changes nothing.

    `values` holds full_name, company, country and email, and may hold job_title, phone, website, address, volume,
    languages, interest and product_groups. The e-mail says who it is. No letter leaves and no consent is made up: the
    person is asked when they first sign in. What people keep themselves, once they have signed in, stays theirs. With
    `invite` somebody new is not registered but invited, by a letter. Whoever enters many rows hands over the companies
    `known` by country and folded name, which then grow with the rows. Refuses with `looks_after_itself` somebody new
    at a company whose people have signed in: they alone say who acts for it.
    """
    require(by, "buyers.invite", edition)
    with transaction.atomic():
        person = know_person(email=values["email"], full_name=values["full_name"], by=by, language="en")
        company = _company(person, values, by, known)
        if values.get("invite"):
            new = not Registration.objects.live().filter(edition=edition, person=person).exists()
            registration = invite_importer(edition, company=company, person=person, by=by)
        else:
            registration, new = live_registration(
                edition, person, company, registered_at=clock.now(), entered_by=by, state=Registration.State.REGISTERED
            )
        changed = _bring_up_to_date(registration, company, values)
        if new or changed:
            if not new or not values.get("invite"):
                record("enter" if new else "edit", registration, by=by, fields=changed)
            announce(edition, "importers")
    return "new" if new else "changed" if changed else "same"


def known_companies() -> dict[tuple[str, str], int]:
    """The oldest company of each country and folded name."""
    rows = Company.objects.standing().exclude(country="VN").order_by("-pk").values_list("pk", "name_vi", "country")
    return {(country, fold(name)): pk for pk, name, country in rows.iterator()}


def _company(person: Person, values: Mapping[str, Any], by: Actor, known: dict[tuple[str, str], int] | None) -> Company:
    """The company of that name and country, whatever its accents, whose colleague the person becomes; or a new one.

    A name on a list proves nothing, so only a company that does not look after itself takes somebody in this way.
    """
    key = values["country"], fold(values["company"])
    for company in person.companies.all():
        if fold(company.name_vi) == key[1]:
            return company
    if pk := _namesake(key) if known is None else known.get(key):
        company = Company.objects.get(pk=pk)
        if looking_after_themselves().filter(pk=pk).exists():
            sentence = _(
                "People of %(company)s have signed in, so they say who acts for it. Ask them to add this person, or "
                "skip the row."
            )
            raise Refused("looks_after_itself", sentence % {"company": company.name_vi})
        add_member(company, person=person, by=by)
    else:
        company = found_company(by=by, contact=person, name_vi=values["company"], country=values["country"])
    if known is not None:
        known[key] = company.pk
    return company


def invited_company(person: Person, *, name: str, country: str, by: Actor) -> Company:
    """The company somebody is invited for by its name: one of theirs, one known by that name that does not look after
    itself, or a new one.
    """
    own = list(person.companies.all())
    if own:
        return next((one for one in own if fold(one.name_vi) == fold(name)), own[0])
    if (pk := _namesake((country, fold(name)))) and not looking_after_themselves().filter(pk=pk).exists():
        company = Company.objects.get(pk=pk)
        add_member(company, person=person, by=by)
        return company
    return found_company(by=by, contact=person, name_vi=name, country=country)


def _namesake(key: tuple[str, str]) -> int | None:
    """The oldest company of a country with a folded name."""
    rows = Company.objects.standing().filter(country=key[0], folded__startswith=key[1]).order_by("pk")
    return next((pk for pk, name in rows.values_list("pk", "name_vi") if fold(name) == key[1]), None)


def looking_after_themselves() -> QuerySet[Company]:
    """The companies of which somebody has ever signed in."""
    return Company.objects.filter(pk__in=Membership.objects.filter(person__last_login__isnull=False).values("company"))


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
