"""Applications that an officer types in for somebody."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booths.actions.applications import draft_application, submit_application
from booths.actions.rules import newest_version
from booths.models import Application, Booth, BoothClass, Zone
from fairs.actions.people import found_company, know_person
from fairs.errors import Invalid
from fairs.models import Company, Edition, Person, ProductGroup
from fairs.permissions import Actor, require


def enter_application(
    edition: Edition,
    *,
    by: Actor,
    company: Company | None,
    full_name: str,
    phone: str,
    email: str,
    product_groups: Iterable[ProductGroup],
    agreed: bool,
    booth_class: BoothClass,
    zones: Iterable[Zone] = (),
    booths: Sequence[Booth] = (),
    booth_count: int = 1,
    side_by_side: bool = True,
    wants_corner: bool = False,
    wishes: str = "",
    power_kw: Decimal | None = None,
    water: bool = False,
    support_asked: str = "",
    **about: Any,
) -> Application:
    """Enter and hand in an application on behalf of an artisan, with the company and its person when they are new.

    The application says who entered it. Refuses with `rules_not_accepted`, `nobody_answers`, or what founding the
    company, drafting and handing in refuse; then nothing at all is kept.
    """
    require(by, "booths.decide", edition)
    with transaction.atomic():
        firm, contact = (company, _who_answers(company)) if company else _introduce(by, full_name, phone, email, about)
        if not company:
            firm.product_groups.set(product_groups)
        application = draft_application(
            edition,
            company=firm,
            contact=contact,
            booth_class=booth_class,
            booth_count=booth_count,
            side_by_side=side_by_side,
            wants_corner=wants_corner,
            wishes=wishes,
            power_kw=power_kw,
            water=water,
            support_asked=support_asked,
            zones=zones,
            booths=booths,
            by=by,
        )
        return submit_application(application, by=by, rules_version=newest_version(edition) if agreed else "")


def _introduce(by: Actor, full_name: str, phone: str, email: str, about: dict[str, Any]) -> tuple[Company, Person]:
    person = know_person(email=email or None, full_name=full_name, phone=phone, by=by)
    return found_company(by=by, contact=person, phone=phone, country="VN", **about), person


def _who_answers(company: Company) -> Person:
    membership = company.memberships.select_related("person").order_by("role", "pk").first()
    if membership is None:
        sentence = _("Nobody acts for this company yet. Enter it as a new one, with a person.")
        raise Invalid("nobody_answers", sentence, {"company": [sentence]})
    return membership.person
