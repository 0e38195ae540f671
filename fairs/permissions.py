"""Who may do what: predicates asked by actions, pages, API and templates alike."""

from typing import Any

import rules
from django.utils.translation import gettext as _

from fairs import imports
from fairs.errors import Forbidden

Actor = Any  # a Person, or AnonymousUser for those who come by a link
JURY = frozenset({"reviewer"})  # judges applications
# Their work is confidential or theirs alone, so each is no officer in anything else.
APART = JURY | {"visa", "privacy"}
# What moves money asks for a second factor too, which signing in has checked.
WITH_MONEY = frozenset(
    {
        "fairs.record_receipt", "fairs.set_bank_account", "fairs.cancel_notice", "fairs.credit_notice",
        "fairs.refund_payment", "fairs.record_e_invoice", "fairs.decide_line",
    }
)  # fmt: skip
# An official act under somebody's name: nobody else may do it with a password found on a desk.
WITH_SECOND_FACTOR = WITH_MONEY | {"fairs.sign_report"}
REPORT_READERS = frozenset({"reports", "finance", "booth_desk", "importer_desk", "matchmaking_desk"})


def require(by: Actor, permission: str, thing: Any = None) -> None:
    """Go on only when the person has the permission on the thing; else raise Forbidden."""
    if lacks_second_factor(by, permission, thing):
        raise Forbidden("second_factor", _second_factor_for(permission))
    if not may(by, permission, thing):
        raise Forbidden(
            "forbidden",
            _("Your role does not allow this. Ask the fair director to do it or to give you the role."),
        )


def may(by: Actor, permission: str, thing: Any = None) -> bool:
    """Whether the person has the permission on the thing."""
    return bool(rules.has_perm(permission, by, thing)) and (permission not in WITH_SECOND_FACTOR or by.second_factor)


def lacks_second_factor(by: Actor, permission: str, thing: Any = None) -> bool:
    """Whether the person has the role for something that asks for a second factor, and none yet."""
    return permission in WITH_SECOND_FACTOR and bool(rules.has_perm(permission, by, thing)) and not by.second_factor


def _second_factor_for(permission: str) -> str:
    if permission in WITH_MONEY:
        return _("Whoever works with money signs in with a second factor. Switch it on under “My account”.")
    return _("Whoever signs a report signs in with a second factor. Switch it on under “My account”.")


def officer(*roles: str) -> rules.Predicate:
    """A person with one of the roles for the thing's edition; a director has them all."""

    def check(person: Actor, thing: Any) -> bool:
        edition = getattr(thing, "edition", thing)
        return bool(person.is_authenticated and edition and person.roles_in(edition) & {"director", *roles})

    return rules.predicate(check, name=f"officer:{'|'.join(roles) or 'director'}")


@rules.predicate
def any_officer(person: Actor, thing: Any) -> bool:
    """A person with any role for the thing's edition but those that stand apart."""
    return bool(person.is_authenticated and person.roles_in(getattr(thing, "edition", thing)) - APART)


@rules.predicate
def member(person: Actor, thing: Any) -> bool:
    """A member of the company that the thing belongs to, or of the company itself."""
    company_id = getattr(thing, "company_id", None) or getattr(thing, "pk", None)
    return bool(person.is_authenticated and company_id in person.company_ids)


@rules.predicate
def in_charge(person: Actor, company: Any) -> bool:
    """Somebody in charge of the company."""
    return bool(person.is_authenticated and person.memberships.filter(company=company, role="admin").exists())


@rules.predicate
def company_desk(person: Actor, company: Any) -> bool:
    """An officer who looks after the companies of an edition in which this one takes part."""
    return bool(person.is_authenticated and person.looks_after(company))


@rules.predicate
def oneself(person: Actor, other: Any) -> bool:
    """The person themselves."""
    return bool(person.is_authenticated and person == other)


@rules.predicate
def invited(person: Actor, invitation: Any) -> bool:
    """The person who is asked."""
    return bool(person.is_authenticated and person.pk == invitation.person_id)


@rules.predicate
def administrator(person: Actor, thing: Any = None) -> bool:
    """The one who looks after the installation."""
    return bool(person.is_authenticated and person.is_superuser)


@rules.predicate
def series_director(person: Actor, series: Any) -> bool:
    """A director of the whole series, or of one of its editions: who runs one may prepare the next."""
    return bool(person.is_authenticated and person.directs(series))


@rules.predicate
def desk_of_its_kind(person: Actor, upload: Any) -> bool:
    """An officer of the desk that imports sheets of this kind."""
    kind = imports.kind(upload.kind)
    return bool(kind and officer(*kind.roles)(person, upload))


@rules.predicate
def finance_of_its_account(person: Actor, line: Any) -> bool:
    """An officer who looks after the money of an edition that is paid to the account of a bank's line."""
    return bool(person.is_authenticated and type(line).objects.visible_to(person).filter(pk=line.pk).exists())


@rules.predicate
def desk_of_a_silent_company(person: Actor, company: Any) -> bool:
    """An officer of a desk, for a company of which nobody has ever signed in: somebody has to keep its facts."""
    if not person.is_authenticated or company.people.filter(last_login__isnull=False).exists():
        return False
    return bool(person.offices.filter(role__in=["director", "booth_desk", "importer_desk"]).exists())


@rules.predicate
def desk_of_what_it_does(person: Actor, company: Any) -> bool:
    """An officer of a desk, for a company that has to do with an edition of theirs."""
    return bool(person.is_authenticated and person.may_merge(company))


rules.add_perm("fairs.create_series", administrator)
rules.add_perm("fairs.create_edition", administrator | series_director)
rules.add_perm("fairs.set_up_edition", administrator | officer())
rules.add_perm("fairs.appoint_officer", administrator | officer())
rules.add_perm("fairs.open_desk", any_officer)
rules.add_perm("fairs.make_day_pack", any_officer)
rules.add_perm("fairs.read_journal", officer("reports"))
rules.add_perm("fairs.read_report", officer(*REPORT_READERS))
rules.add_perm("fairs.sign_report", officer())
rules.add_perm("fairs.set_report_frame", officer("reports"))
rules.add_perm("fairs.publish_open_data", officer("reports"))
rules.add_perm("fairs.change_person", oneself | administrator)
rules.add_perm("fairs.answer_for_oneself", oneself)
rules.add_perm("fairs.ask_about_data", oneself)
rules.add_perm("fairs.answer_data_request", officer("privacy"))
rules.add_perm("fairs.set_holidays", administrator | officer("privacy"))
rules.add_perm("fairs.change_company", member | administrator | company_desk | desk_of_a_silent_company)
rules.add_perm("fairs.merge_companies", administrator | desk_of_what_it_does)
rules.add_perm("fairs.manage_members", in_charge | administrator | desk_of_a_silent_company)
rules.add_perm("fairs.accept_invitation", invited)
rules.add_perm("fairs.close_account", administrator)
rules.add_perm("fairs.set_rate", administrator | officer("finance", "reports"))
rules.add_perm("fairs.correct_rate", administrator | officer())
rules.add_perm("fairs.record_receipt", officer("finance"))
rules.add_perm("fairs.set_bank_account", administrator | officer("finance"))
rules.add_perm("fairs.set_ways", administrator | officer("finance"))
rules.add_perm("fairs.pay_by_card", member)
rules.add_perm("fairs.set_vat", administrator | officer("finance"))
rules.add_perm("fairs.cancel_notice", officer("finance"))
rules.add_perm("fairs.credit_notice", officer("finance"))
rules.add_perm("fairs.refund_payment", officer("finance"))
rules.add_perm("fairs.record_e_invoice", officer("finance"))
rules.add_perm("fairs.remind", officer("finance"))
rules.add_perm("fairs.decide_line", finance_of_its_account)
rules.add_perm("fairs.import_sheet", desk_of_its_kind)
