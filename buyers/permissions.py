"""Who may do what with registrations, badges and gates."""

from typing import Any

import rules

from fairs.models import Participation
from fairs.permissions import Actor, administrator, member, officer

GIVERS = {"importer_desk", "booth_desk"}


@rules.predicate
def oneself(person: Actor, thing: Any) -> bool:
    """The person the thing is about."""
    return bool(person.is_authenticated and thing.person_id == person.pk)


@rules.predicate
def visa_officer(person: Actor, thing: Any) -> bool:
    """The one who keeps passport data; a director gives the role, and has not its rights."""
    return bool(person.is_authenticated and "visa" in person.roles_in(getattr(thing, "edition", thing)))


@rules.predicate
def own_hosting(person: Actor, contract: Any) -> bool:
    """The importer whose hosting it is."""
    return bool(person.is_authenticated and contract.registration.person_id == person.pk)


@rules.predicate
def pass_of_own_company(person: Actor, badge: Any) -> bool:
    """An exhibitor's pass of a company the person acts for."""
    return bool(badge.kind == badge.Kind.EXHIBITOR and member(person, badge))


@rules.predicate
def pass_of_a_household(person: Actor, badge: Any) -> bool:
    """An exhibitor's pass of a household in the block of the person's company."""
    if not person.is_authenticated or badge.kind != badge.Kind.EXHIBITOR:
        return False
    guests = Participation.objects.guests_of(person)
    return bool(guests.filter(edition=badge.edition_id, company=badge.company_id).exists())


@rules.predicate
def badge_of_own_companion(person: Actor, badge: Any) -> bool:
    """The badge of somebody who comes with the person."""
    if not person.is_authenticated or badge.kind not in (badge.Kind.COMPANION, badge.Kind.INTERPRETER):
        return False
    with_oneself = badge.person.companionships.filter(registration__person=person)
    return bool(with_oneself.filter(registration__edition=badge.edition_id).exists())


@rules.predicate
def issued_by_oneself(person: Actor, badge: Any) -> bool:
    """A badge that the person gave with their own hands."""
    return bool(person.is_authenticated and badge.issued_by_id == person.pk)


rules.add_perm("buyers.open_desk", officer("importer_desk", "matchmaking_desk", "reports"))
rules.add_perm("buyers.invite", officer("importer_desk"))
rules.add_perm("buyers.register", oneself | officer("importer_desk"))
rules.add_perm("buyers.decide", officer("importer_desk"))
rules.add_perm("buyers.answer_offer", own_hosting)
rules.add_perm("buyers.end_hosting", own_hosting | officer("importer_desk"))
rules.add_perm("buyers.keep_travel", officer("importer_desk", "finance"))
rules.add_perm("buyers.read_evidence", oneself | officer("importer_desk"))
rules.add_perm("buyers.set_grades", administrator | officer("importer_desk"))
rules.add_perm("buyers.issue_badge", pass_of_own_company | pass_of_a_household | officer(*GIVERS))
rules.add_perm("buyers.end_badge", pass_of_own_company | pass_of_a_household | officer(*GIVERS))
rules.add_perm(
    "buyers.print_badge",
    oneself
    | pass_of_own_company
    | pass_of_a_household
    | officer(*GIVERS)
    | (issued_by_oneself & officer("gate"))
    | badge_of_own_companion,
)
rules.add_perm("buyers.give_badges", officer(*GIVERS))
rules.add_perm("buyers.welcome", officer("gate", "importer_desk"))
rules.add_perm("buyers.ask_for_letter", oneself)
rules.add_perm("buyers.read_passport", oneself | visa_officer)
rules.add_perm("buyers.decide_letter", visa_officer)
rules.add_perm("buyers.set_visa_rules", visa_officer)
rules.add_perm("buyers.scan", officer("gate"))
rules.add_perm("buyers.set_up_gates", officer("gate"))
