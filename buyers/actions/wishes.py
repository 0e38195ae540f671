"""Keeping what an importer looks for, and taking it up again in a later edition."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from buyers.models import Registration, SalesMarket
from fairs.errors import Invalid
from fairs.journal import record
from fairs.live import announce
from fairs.models import Company, ProductGroup
from fairs.permissions import Actor, require

FACTS = ("volume", "languages", "interest", "price_band", "order_size")
LISTS = ("materials", "certificates", "days")
LISTS_TAKEN_UP = ("product_groups", "materials", "certificates")


def say_wishes(
    registration: Registration, *, by: Actor, product_groups: Iterable[ProductGroup] = (), **wishes: Any
) -> Registration:
    """Keep what the importer looks for, as they say it or the desk enters it; refuses as `wish` does."""
    require(by, "buyers.register", registration)
    with transaction.atomic():
        wish(registration, registration.company, product_groups, wishes)
        record("edit", registration, by=by, fields=wishes)
        announce(registration.edition, "importers")
    return registration


def wish(
    registration: Registration, company: Company, product_groups: Iterable[ProductGroup], wishes: Mapping[str, Any]
) -> None:
    """Keep what the person says this time; what they leave out stays, and an approved one keeps their company.

    `wishes` may hold the facts, materials, certificates, days (of the edition) and markets (codes of countries).
    Refuses with `other_day` a day of another edition. Inside the caller's transaction.
    """
    _days_of_the_edition(registration, wishes.get("days", ()))
    said = [name for name in FACTS if name in wishes]
    for name in said:
        setattr(registration, name, wishes[name])
    if registration.company_id != company.pk and registration.state != Registration.State.APPROVED:
        registration.company = company
        said.append("company")
    registration.save(update_fields=said)  # and nothing that the desk may decide at the same moment
    if groups := list(product_groups):
        registration.product_groups.set(groups)
    for name in wishes.keys() & set(LISTS):
        getattr(registration, name).set(wishes[name])
    if "markets" in wishes:
        _sell_in(registration, wishes["markets"])


def take_up(registration: Registration) -> None:
    """Begin a new registration with what the person said last time, or else somebody of their company.

    Days belong to one edition and are asked again. Inside the caller's transaction.
    """
    known = last_registration(registration.person_id, registration.company_id, besides=registration.pk)
    if known is None:
        return
    for name in FACTS:
        setattr(registration, name, getattr(registration, name) or getattr(known, name))
    registration.save()
    for name in LISTS_TAKEN_UP:
        if not getattr(registration, name).exists():
            getattr(registration, name).set(getattr(known, name).all())
    if not registration.markets.exists():
        _sell_in(registration, known.markets.values_list("country", flat=True))


def last_registration(person: int | None, company: int | None, *, besides: int = 0) -> Registration | None:
    """The newest registration of the person that was filled in, else the newest of the company."""
    filled = Registration.objects.exclude(registered_at=None).exclude(pk=besides)
    newest = filled.order_by("-registered_at", "-pk")
    own = newest.filter(person=person).first() if person else None
    return own or (newest.filter(company=company).first() if company else None)


def _sell_in(registration: Registration, countries: Iterable[str]) -> None:
    """These markets and no others."""
    wanted = set(countries)
    registration.markets.exclude(country__in=wanted).delete()
    SalesMarket.objects.bulk_create(
        [SalesMarket(registration=registration, country=code) for code in sorted(wanted)], ignore_conflicts=True
    )


def _days_of_the_edition(registration: Registration, days: Iterable[Any]) -> None:
    if any(day.edition_id != registration.edition_id for day in days):
        sentence = _("Choose days of this fair.")
        raise Invalid("other_day", sentence, {"days": [sentence]})
