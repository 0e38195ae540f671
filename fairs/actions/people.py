"""Companies, what they make, and the people who act for them."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.actions.merging import still_standing
from fairs.actions.photos import drop_files
from fairs.deliveries import owe
from fairs.errors import Forbidden, Refused, TooMany
from fairs.journal import record
from fairs.letterboxes import forget_keys, trust_only_the_letterbox
from fairs.models import Company, Entry, Invitation, Membership, Person, Product
from fairs.permissions import Actor, administrator, require

# What a company is found again by is made anew with what it is made of.
KEYS_OF_COMPANIES = ("name_key", "phone_key", "tax_key", "site_key", "mail_key")
MOST_INVITATIONS = 30  # a day, of one person
MOST_COMPANIES = 30


def found_company(
    *, by: Actor, contact: Person, product_groups: Any = (), on_behalf: bool = False, **fields: Any
) -> Company:
    """Enter a company with the person in charge; refuses a tax code that another company has.

    Anybody signed in may enter their own; an officer enters one for somebody else. Who enters one `on_behalf` of it
    acts for it only until `stop_acting`.
    """
    try:
        with transaction.atomic():
            company = Company.objects.create(**fields)
            company.product_groups.set(product_groups)
            Membership.objects.create(company=company, person=contact, on_behalf=on_behalf)
            record("found", company, by=by, company_id=company.pk, fields=fields)
    except IntegrityError:
        sentence = _("A company with this tax code is already known. Ask its person in charge to add you.")
        raise Refused("tax_code_known", sentence, {"tax_code": [sentence]}) from None
    _forget(contact)
    return company


def found_own_company(*, by: Actor, **fields: Any) -> Company:
    """Enter one more company of one's own; refuses a known tax code, and `too_many_companies` after 30 in a day."""
    if _done_today(by, "fairs.company.found") >= MOST_COMPANIES:
        raise TooMany("too_many_companies", _("You have entered many companies today. Go on tomorrow."))
    return found_company(by=by, contact=by, **fields)


def change_company(company: Company, *, by: Actor, **fields: Any) -> Company:
    """Change what a company says about itself; refuses a tax code that another company has, and `company_merged`."""
    require(by, "fairs.change_company", company)
    groups = fields.pop("product_groups", None)
    changed = {name for name, value in fields.items() if getattr(company, name) != value}
    try:
        with transaction.atomic():
            still_standing(company)
            for name in changed:
                setattr(company, name, fields[name])
            company.save(update_fields=[*changed, "folded", *KEYS_OF_COMPANIES])
            if groups is not None:
                company.product_groups.set(groups)
            record("change", company, by=by, company_id=company.pk, fields=changed)
    except IntegrityError:
        company.refresh_from_db()
        sentence = _("Another company has this tax code.")
        raise Refused("tax_code_known", sentence, {"tax_code": [sentence]}) from None
    return company


def add_product(company: Company, *, by: Actor, **fields: Any) -> Product:
    """Enter something that a company makes, with its materials; refuses with `company_merged`."""
    require(by, "fairs.change_company", company)
    materials = fields.pop("materials", ())
    with transaction.atomic():
        still_standing(company)
        product = Product.objects.create(company=company, **fields)
        product.materials.set(materials)
        record("add", product, by=by, fields=fields)
    return product


def change_product(product: Product, *, by: Actor, **fields: Any) -> Product:
    """Change what is said about a product; refuses with `company_merged`."""
    require(by, "fairs.change_company", product.company)
    materials = fields.pop("materials", None)
    changed = {name for name, value in fields.items() if getattr(product, name) != value}
    with transaction.atomic():
        still_standing(product.company)
        if materials is not None:
            product.materials.set(materials)
        if "photo" in changed:
            drop_files(product.photo.name or "")
        for name in changed:
            setattr(product, name, fields[name])
        product.save()
        record("change", product, by=by, fields=changed)
    return product


def remove_product(product: Product, *, by: Actor) -> None:
    """Take a product off the company's list."""
    require(by, "fairs.change_company", product.company)
    with transaction.atomic():
        record("remove", product, by=by)
        drop_files(product.photo.name or "")
        product.delete()


def invite_member(company: Company, *, email: str, full_name: str, by: Actor, role: str = "staff") -> Invitation:
    """Ask the person with this e-mail, known or new, to act for a company; a letter tells them how to say yes.

    Asking again changes nothing. Refuses with `member_already`, `not_yourself`, `company_merged` and, after 30 in a
    day, `too_many_invitations`: each is a letter with words of a stranger's choice.
    """
    require(by, "fairs.manage_members", company)
    with transaction.atomic():
        still_standing(company)
        person = know_person(email=email, full_name=full_name, by=by, language=by.language)
        _not_for_oneself(company, person, by)
        if company.memberships.filter(person=person, on_behalf=False).exists():
            sentence = _("This person acts for the company already.")
            raise Refused("member_already", sentence, {"email": [sentence]})
        typed = {"full_name": full_name, "email": email.strip().lower(), "role": role}
        invitation, new = Invitation.objects.get_or_create(company=company, person=person, defaults=typed)
        if new:
            _not_too_many(by)
            record("send", invitation, by=by)
            owe("fairs.member_invited", to=person, about=company)
    return invitation


def accept_invitation(invitation: Invitation, *, by: Actor) -> Membership:
    """Say yes: from now on the person acts for the company; refuses with `company_merged`."""
    require(by, "fairs.accept_invitation", invitation)
    with transaction.atomic():
        still_standing(invitation.company)
        record("accept", invitation, by=by)
        membership, _new = _own_member(invitation.company, invitation.person, invitation.role)
        invitation.delete()
    _forget(by)
    return membership


def end_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Say no, or take the question back."""
    if invitation.person_id != by.pk:
        require(by, "fairs.manage_members", invitation.company)
    with transaction.atomic():
        record("end", invitation, by=by)
        invitation.delete()


def add_member(company: Company, *, person: Person, by: Actor, role: str = Membership.Role.STAFF) -> Membership:
    """Let a person whom the desk or the company knows act for it, without asking; again changes nothing.

    Refuses with `not_yourself` and `company_merged`.
    """
    require(by, "fairs.manage_members", company)
    _not_for_oneself(company, person, by)
    with transaction.atomic():
        still_standing(company)
        membership, new = _own_member(company, person, role)
        if new:
            record("add_member", company, by=by, company_id=company.pk)
    _forget(person)
    return membership


def remove_member(membership: Membership, *, by: Actor) -> None:
    """A person no longer acts for the company; anybody may leave, and the last one in charge stays.

    Refuses with `last_member` and `company_merged`.
    """
    company = Company.objects.get(pk=membership.company_id)
    if membership.person_id != by.pk:
        require(by, "fairs.manage_members", company)
    with transaction.atomic():
        still_standing(company)
        in_charge = company.memberships.select_for_update().filter(role=Membership.Role.ADMIN)
        if set(in_charge.values_list("pk", flat=True)) == {membership.pk}:
            raise Refused("last_member", _("A company needs somebody in charge. Add another person first."))
        record("remove_member", company, by=by, company_id=company.pk)
        membership.delete()
    _forget(membership.person)


def stop_acting(company: Company, *, person: Person, by: Actor) -> None:
    """Who acted for a company only on its behalf acts for it no more; its own members stay.

    Called inside the transaction that parts them. It may leave nobody: a desk then lets its people in.
    """
    gone, _each = Membership.objects.filter(company=company, person=person, on_behalf=True).delete()
    if gone:
        record("remove_member", company, by=by, company_id=company.pk)
        _forget(person)
        if by.pk == person.pk:
            _forget(by)


def act_again(company: Company, *, person: Person, by: Actor) -> None:
    """Who once entered a company for which nobody acts now does so on its behalf again, inside that transaction."""
    founded = Entry.objects.filter(verb="fairs.company.found", company=company, actor=person)
    if not company.memberships.exists() and founded.exists():
        Membership.objects.create(company=company, person=person, on_behalf=True)
        record("add_member", company, by=by, company_id=company.pk)
        _forget(person)


def know_person(*, email: str | None, full_name: str, by: Actor, **fields: Any) -> Person:
    """The person with this e-mail, or a new one; somebody without an e-mail is always new.

    Whoever knows a person by e-mail is about to give them something, so an account of which nobody has proved the
    e-mail loses its password: only the letterbox opens it.
    """
    email = email.strip().lower() if email else None
    known = Person.objects.filter(email=email).first() if email else None
    if known:
        trust_only_the_letterbox(known)
        return known
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email, full_name=full_name, **fields)
            record("enter", person, by=by)
    except IntegrityError:
        person = Person.objects.get(email=email)  # somebody else entered them at this moment
        trust_only_the_letterbox(person)
    return person


def change_person(person: Person, *, by: Actor, **fields: Any) -> Person:
    """Change what a person says about themselves: names, phone, position, language."""
    require(by, "fairs.change_person", person)
    changed = {name for name, value in fields.items() if getattr(person, name) != value}
    if not changed:
        return person
    with transaction.atomic():
        for name in changed:
            setattr(person, name, fields[name])
        person.save()
        record("change", person, by=by, fields=changed)
    return person


def close_account(person: Person, *, by: Actor) -> Person:
    """Let nobody sign in as this person any more, and end what is open; their papers and the journal stay true."""
    require(by, "fairs.close_account", person)
    if person.pk == by.pk:
        raise Refused("own_account", _("You cannot close your own account. Ask another administrator."))
    with transaction.atomic():
        person.is_active = False
        person.save(update_fields=["is_active"])
        forget_keys(person)
        record("close", person, by=by)
    return person


def _not_for_oneself(company: Company, person: Person, by: Actor) -> None:
    """A desk looks after companies; it never becomes one of them, and so reads and confirms no contract of theirs."""
    own = Membership.objects.filter(company=company, person=person, role=Membership.Role.ADMIN, on_behalf=False)
    if person.pk == by.pk and not own.exists() and not administrator(by):
        raise Forbidden("not_yourself", _("You cannot add yourself. The person in charge of the company can."))


def _own_member(company: Company, person: Person, role: str) -> tuple[Membership, bool]:
    """The membership of a person in their own right, and whether it is new: acting on its behalf was not yet that."""
    membership, new = Membership.objects.get_or_create(company=company, person=person, defaults={"role": role})
    if membership.on_behalf:
        membership.on_behalf, new = False, True
        membership.save(update_fields=["on_behalf"])
    return membership, new


def _not_too_many(by: Actor) -> None:
    if _done_today(by, "fairs.invitation.send") >= MOST_INVITATIONS:
        raise TooMany("too_many_invitations", _("You have invited many people today. Go on tomorrow."))


def _done_today(by: Actor, verb: str) -> int:
    """How often a person did something within a day, by the journal, so that every way to do it counts."""
    since = clock.now() - timedelta(days=1)
    return Entry.objects.filter(actor_id=by.pk, verb=verb, at__gt=since).count()


def _forget(person: Person) -> None:
    """What a person object remembers of its companies is asked again."""
    with suppress(AttributeError):  # nothing remembered yet
        del person.company_ids  # also through the lazy person of a request
