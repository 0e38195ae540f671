"""Companies and the people who act for them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fairs.errors import Refused
from fairs.journal import record
from fairs.models import Company, Membership, Person
from fairs.permissions import Actor, require


def found_company(*, by: Actor, contact: Person, product_groups: Any = (), **fields: Any) -> Company:
    """Enter a company with the person in charge; refuses a tax code that another company has.

    Anybody signed in may enter their own; an officer enters one for somebody else.
    """
    try:
        with transaction.atomic():
            company = Company.objects.create(**fields)
            company.product_groups.set(product_groups)
            Membership.objects.create(company=company, person=contact)
            record("found", company, by=by, company_id=company.pk, fields=fields)
    except IntegrityError:
        sentence = _("A company with this tax code is already known. Ask its person in charge to add you.")
        raise Refused("tax_code_known", sentence, {"tax_code": [sentence]}) from None
    _forget(contact)
    return company


def change_company(company: Company, *, by: Actor, **fields: Any) -> Company:
    """Change what a company says about itself."""
    require(by, "fairs.change_company", company)
    groups = fields.pop("product_groups", None)
    changed = {name for name, value in fields.items() if getattr(company, name) != value}
    try:
        with transaction.atomic():
            for name in changed:
                setattr(company, name, fields[name])
            company.save()
            if groups is not None:
                company.product_groups.set(groups)
            record("change", company, by=by, company_id=company.pk, fields=changed)
    except IntegrityError:
        sentence = _("Another company has this tax code.")
        raise Refused("tax_code_known", sentence, {"tax_code": [sentence]}) from None
    return company


def add_member(company: Company, *, person: Person, by: Actor, role: str = Membership.Role.STAFF) -> Membership:
    """Let a person act for a company; adding them again changes nothing."""
    require(by, "fairs.change_company", company)
    with transaction.atomic():
        membership, new = Membership.objects.get_or_create(company=company, person=person, defaults={"role": role})
        if new:
            record("add_member", company, by=by, company_id=company.pk)
    _forget(person)
    return membership


def remove_member(membership: Membership, *, by: Actor) -> None:
    """A person acts for the company no more; the last one stays."""
    require(by, "fairs.change_company", membership.company)
    if membership.company.memberships.count() == 1:
        raise Refused("last_member", _("A company needs somebody in charge. Add another person first."))
    with transaction.atomic():
        record("remove_member", membership.company, by=by, company_id=membership.company_id)
        membership.delete()
    _forget(membership.person)


def know_person(*, email: str | None, full_name: str, by: Actor, **fields: Any) -> Person:
    """The person with this e-mail, or a new one; somebody without an e-mail is always new."""
    email = email.strip().lower() if email else None
    known = Person.objects.filter(email=email).first() if email else None
    if known:
        return known
    with transaction.atomic():
        person = Person.objects.create_user(email, full_name=full_name, **fields)
        record("enter", person, by=by)
    return person


def _forget(person: Person) -> None:
    """What a person object remembers of its companies is asked again."""
    person.__dict__.pop("company_ids", None)
