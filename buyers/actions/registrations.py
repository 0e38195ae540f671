"""An importer's way in: invited, registered, approved or declined, withdrawn."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buyers.actions.badges import give_badge, valid_badge
from buyers.actions.companions import come_along, stay_away
from buyers.actions.consents import give_consents, keep_only, require_needed
from buyers.actions.hosting_ends import end_hosting, end_overdue, no_hosting
from buyers.actions.quotas import free_places, grade_named, hold_grades, take_places
from buyers.actions.wishes import take_up, wish
from buyers.models import Badge, Grade, Invitee, Registration
from buyers.names import given_name
from fairs import clock
from fairs.actions.merging import still_standing
from fairs.actions.people import change_company, found_company, know_person
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Company, Edition, Participation, Person, ProductGroup
from fairs.permissions import Actor, require


def invite_importer(edition: Edition, *, company: Company, person: Person, by: Actor) -> Registration:
    """Ask somebody to come, with a letter that leads to a form of their own; asked again, nothing new happens.

    Refuses with `unsubscribed` somebody who has asked not to be invited any more.
    """
    require(by, "buyers.invite", edition)
    with transaction.atomic():
        invitee, _new = Invitee.objects.get_or_create(edition=edition, person=person, defaults={"company": company})
        if invitee.refused_at:
            raise Refused("unsubscribed", _("%(name)s has asked for no more invitations.") % {"name": person.full_name})
        if ask_to_come(invitee, by=by):
            announce(edition, "importers")
    return (
        Registration.objects.live().select_related("edition", "person", "company").get(edition=edition, person=person)
    )


def ask_to_come(invitee: Invitee, *, by: Actor) -> bool:
    """Keep that the person is invited and owe them the letter with their link; False for whoever is registered or
    invited already. Inside the caller's transaction.
    """
    registration, new = live_registration(
        invitee.edition, invitee.person, invitee.company, state=Registration.State.INVITED, entered_by=by
    )
    if new:
        invitee.asked_at = clock.now()
        invitee.save(update_fields=["asked_at"])
        record("invite", registration, by=by)
        owe("buyers.invited", to=invitee.person, about=invitee, edition=invitee.edition)
    return new


def register_importer(
    edition: Edition,
    *,
    person: Person,
    company: Company,
    consents: Iterable[str],
    language: str,
    by: Actor,
    means: str = "web",
    ip: str | None = None,
    product_groups: Iterable[ProductGroup] = (),
    **wishes: Any,
) -> Registration:
    """Register a person of a company; registered before, they take their registration up again with what is new.

    `wishes` are those of `actions.wishes`; somebody new goes on with what they said last time. `consents` are the
    purposes the person ticked. Refuses with `consent_needed`, `company_merged`, `other_day` and, for people who come by
    themselves, `fair_over`.
    """
    require(by, "buyers.register", Registration(edition=edition, person=person))
    purposes = set(consents)
    require_needed(purposes)
    behalf = None if by == person else by
    if behalf is None:
        _still_to_come(edition)
    with transaction.atomic():
        still_standing(company)
        registration, new = live_registration(edition, person, company, entered_by=behalf, registered_at=clock.now())
        if registration.can("register"):
            registration.follow("register", by=by, registered_at=clock.now())
            new = True
        wish(registration, company, product_groups, wishes)
        if new:
            take_up(registration)
        give_consents(person, edition=edition, purposes=purposes, language=language, means=means, ip=ip)
        record("register" if new else "edit", registration, by=by, fields=wishes)
        if new:
            owe("buyers.registered", to=person, about=registration, edition=edition)
        announce(edition, "importers")
    return registration


def invite_newcomer(
    edition: Edition, *, email: str, full_name: str, company_name: str, country: str, by: Actor
) -> Registration:
    """Invite somebody by their address; one who is known is invited for the company they already act for."""
    require(by, "buyers.invite", edition)
    with transaction.atomic():
        person = know_person(
            email=email, full_name=full_name, by=by, given_name=given_name(full_name, country), language="en"
        )
        company = person.companies.first() or found_company(
            by=by, contact=person, name_vi=company_name, country=country
        )
        return invite_importer(edition, company=company, person=person, by=by)


def approve_registration(registration: Registration, *, grade: str, by: Actor) -> Registration:
    """Let the importer in: their company takes part, their badge is ready, a letter leads to it.

    `grade` is the code of one of the edition. Refuses with `unknown_grade`, `evidence_missing`, `company_has_one` and
    `quota_full`.
    """
    require(by, "buyers.decide", registration)
    with transaction.atomic():
        return let_in(registration, grade=grade, by=by)


def let_in(registration: Registration, *, grade: str, by: Actor) -> Registration:
    """The same inside the caller's transaction, for actions that have asked for their own permission."""
    given = _open_grade(registration.edition, grade)
    registration.follow("approve", by=by, grade=given, reason="")
    take_places(registration, given)
    Participation.objects.update_or_create(
        edition_id=registration.edition_id,
        company_id=registration.company_id,
        role=Participation.Role.IMPORTER,
        defaults={"state": Participation.State.ACTIVE},
    )
    _give_badge(registration, by=by)
    come_along(registration, by=by)
    owe("buyers.approved", to=registration.person, about=registration, edition=registration.edition)
    announce(registration.edition, "importers")
    return registration


def decline_registration(registration: Registration, *, reason: str, by: Actor) -> Registration:
    """Turn the importer down, with a reason that they read."""
    require(by, "buyers.decide", registration)
    if not reason.strip():
        sentence = _("Give the reason: the importer will read it.")
        raise Invalid("no_reason", sentence, {"reason": [sentence]})
    with transaction.atomic():
        registration.follow("decline", by=by, reason=reason.strip())
        owe("buyers.declined", to=registration.person, about=registration, edition=registration.edition)
        announce(registration.edition, "importers")
    return registration


def withdraw_registration(registration: Registration, *, by: Actor) -> Registration:
    """The importer comes no more: their badge opens no gate, and they may register again."""
    require(by, "buyers.register", registration)
    with transaction.atomic():
        end_registration(registration, by=by)
    return registration


def end_registration(registration: Registration, *, by: Actor) -> None:
    """The same inside the caller's transaction, for actions that have asked for their own permission."""
    hold_grades(registration.edition)
    registration.follow("withdraw", by=by)
    end_hosting(registration, by=by)
    free_places(registration)
    _take_badge(registration, by=by)
    stay_away(registration, by=by)
    if not _colleagues(registration):
        Participation.objects.filter(
            edition_id=registration.edition_id,
            company_id=registration.company_id,
            role=Participation.Role.IMPORTER,
        ).update(state=Participation.State.WITHDRAWN)
    announce(registration.edition, "importers")


def change_registration(
    registration: Registration,
    *,
    consents: Iterable[str],
    language: str,
    by: Actor,
    person: Mapping[str, Any],
    ip: str | None = None,
    company: Mapping[str, Any] | None = None,
    product_groups: Iterable[ProductGroup] = (),
    **wishes: Any,
) -> Registration:
    """Bring up to date what the importer says of themselves, what they look for and what they agree to.

    `person` may hold full_name, original_name, given_name, job_title and phone, `company` its website; `wishes` are
    those of registering. `consents` are the optional purposes that stand from now on: what is not among them is
    withdrawn, with its time.
    """
    require(by, "buyers.register", registration)
    with transaction.atomic():
        for name, value in person.items():
            setattr(registration.person, name, value)
        registration.person.save(update_fields=[*person, "folded"])
        if company:
            change_company(registration.company, by=by, **company)
        wish(registration, registration.company, product_groups, wishes)
        keep_only(
            registration.person, edition=registration.edition, purposes=consents, language=language, means="web",
            by=by, ip=ip,
        )  # fmt: skip
        record("edit", registration, by=by, fields=[*person, *wishes])
        announce(registration.edition, "importers")
    return registration


def change_grade(registration: Registration, *, grade: str, by: Actor) -> Registration:
    """Give an approved importer another grade, by its code; refuses as approving does, and with `not_approved`."""
    require(by, "buyers.decide", registration)
    with transaction.atomic():
        given = _open_grade(registration.edition, grade)
        registration.refresh_from_db(fields=["state", "version"])
        if registration.state != Registration.State.APPROVED:
            raise Refused("not_approved", _("Only an approved importer has a grade. Approve them first."))
        no_hosting(registration)
        free_places(registration)
        take_places(registration, given)
        registration.grade = given
        registration.save(update_fields=["grade"])
        record("grade", registration, by=by, fields=["grade"])
        announce(registration.edition, "importers")
    return registration


def live_registration(edition: Edition, person: Person, company: Company, **fields: Any) -> tuple[Registration, bool]:
    """The person's registration that is not withdrawn, or a new one, inside the caller's transaction."""
    known = Registration.objects.select_for_update().live().filter(edition=edition, person=person)
    if registration := known.first():
        return registration, False
    try:
        with transaction.atomic():
            return Registration.objects.create(edition=edition, person=person, company=company, **fields), True
    except IntegrityError:  # they sent the form twice at the same moment
        return known.get(), False


def _open_grade(edition: Edition, code: str) -> Grade:
    """The grade with this code, all of them held; what nobody answered in time takes no place of it any more."""
    held = hold_grades(edition)
    end_overdue(edition)
    return grade_named(held, code)


def _still_to_come(edition: Edition) -> None:
    if clock.today(edition) > edition.closes_on:
        raise Refused("fair_over", _("This edition is over. Write to the organiser to hear of the next one."))


def _give_badge(registration: Registration, *, by: Actor) -> None:
    """Whoever has a badge already, as an exhibitor or a speaker, goes on with it."""
    if valid_badge(registration.edition, registration.person) is None:
        give_badge(
            registration.edition,
            person=registration.person,
            company=registration.company,
            kind=Badge.Kind.IMPORTER,
            by=by,
        )


def _take_badge(registration: Registration, *, by: Actor) -> None:
    badge = valid_badge(registration.edition, registration.person)
    if badge and badge.kind == Badge.Kind.IMPORTER:
        badge.follow("revoke", by=by)


def _colleagues(registration: Registration) -> bool:
    return (
        Registration.objects.filter(
            edition_id=registration.edition_id,
            company_id=registration.company_id,
            state=Registration.State.APPROVED,
        )
        .exclude(pk=registration.pk)
        .exists()
    )
