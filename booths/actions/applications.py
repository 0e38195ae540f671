"""Asking for booths, and the booth desk's answer."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.actions.endings import settle_offer
from booths.actions.groups import settle_households
from booths.actions.reservations import locked
from booths.actions.rules import check_accepted, note_acceptance
from booths.actions.service_orders import give_services_back
from booths.actions.taking_part import leave, take_part
from booths.actions.wishes import set_wishes, standing_wishes
from booths.actions.withdrawals import note_withdrawal
from booths.models import Application, BoothClass, Reservation
from fairs import clock
from fairs.actions.merging import still_standing
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Company, Edition, Notice, Person
from fairs.money.actions.notices import drop_notice
from fairs.permissions import Actor, require


def draft_application(
    edition: Edition, *, company: Company, contact: Person, booth_class: BoothClass, by: Actor, **wishes: Any
) -> Application:
    """Begin an application, or take up the one the company already has; typed by an officer, it says so.

    `wishes` are those of `set_wishes`. Refuses with `already_applied` when an earlier one has been handed in, and with
    `company_merged` when the company, or one near which it would like to stand, was a duplicate of another one.
    """
    require(by, "booths.apply", Application(edition=edition, company=company))
    with transaction.atomic():
        still_standing(company, *wishes.get("near", ()), *wishes.get("apart", ()))
        application, created = _live_application(edition, company, contact, booth_class, by)
        if application.state != Application.State.DRAFT:
            raise Refused(
                "already_applied", _("Your company has already applied to this edition. Its page shows how it stands.")
            )
        application.contact, application.booth_class = contact, booth_class
        set_wishes(application, **wishes)
        record("draft" if created else "edit", application, by=by, fields=wishes)
    return application


def submit_application(
    application: Application, *, by: Actor, rules_version: str, received_at: datetime | None = None
) -> Application:
    """Hand the application in, with the version of the fair's rules that was accepted.

    An officer who types in a paper may say when it was received; it counts from then. Refuses with
    `rules_not_accepted`, `rules_changed` or `rules_not_published`.
    """
    require(by, "booths.apply", application)
    moment = min(received_at or clock.now(), clock.now())
    with transaction.atomic():
        check_accepted(application.edition, rules_version)
        settle_households(application, by=by)
        application.follow("submit", by=by, submitted_at=moment, rules_version=rules_version)
        note_acceptance(application, by=by)
        announce(application.edition, "applications")
    return application


def correct_wishes(
    application: Application, *, by: Actor, booth_class: BoothClass | None = None, **wishes: Any
) -> Application:
    """Change what an application asks for, while nothing is decided; what is not named stays.

    For what the desk has entered itself: refuses with `not_entered_here` and `already_decided`.
    """
    require(by, "booths.decide", application)
    if application.entered_by_id is None:
        raise Refused("not_entered_here", _("The company wrote this application itself, so only it may change it."))
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        if application.state not in (Application.State.DRAFT, *Application.WAITING):
            raise Refused("already_decided", _("This application has been decided and cannot be changed any more."))
        application.booth_class = booth_class or application.booth_class
        set_wishes(application, **standing_wishes(application) | wishes)
        record("edit", application, by=by, fields=wishes)
        announce(application.edition, "applications")
    return application


def accept_application(application: Application, *, by: Actor, reason: str = "") -> Application:
    """Accept: the company takes part in the edition and may now choose its booths, with it the households of a group.

    The legal form it has now is the one its support goes by from here on, whatever it writes of itself later.
    Booths that are offered to it from the waiting list stay on hold for it as long as the offer would have stood.
    Refuses with `takes_part_already` when a household exhibits elsewhere at the edition.
    """
    require(by, "booths.decide", application)
    with transaction.atomic():
        admit(application, by=by, reason=reason)
        owe("booths.application_accepted", to=application.contact, about=application, edition=application.edition)
    return application


def admit(application: Application, *, by: Actor, reason: str = "") -> None:
    """Let the company take part, inside the transaction of whoever decides it; an offer it has is taken with that."""
    application.follow("accept", by=by, reason=reason, legal_form=application.company.legal_form)
    settle_offer(application, "take", by=by)
    take_part(application)
    announce(application.edition, "applications")


def waitlist_application(application: Application, *, by: Actor, reason: str) -> Application:
    """Put the application on the waiting list, with a reason the applicant reads."""
    return _answer(application, "waitlist", by=by, reason=reason)


def reject_application(application: Application, *, by: Actor, reason: str) -> Application:
    """Turn the application down, with a reason the applicant reads."""
    return _answer(application, "reject", by=by, reason=reason)


def withdraw_application(application: Application, *, by: Actor) -> Application:
    """Take the application back: its held and reserved booths are free again, their unpaid notices cancelled.

    Refuses with `has_booths` or `has_services` once a booth or a service is paid for, and with `has_payments` once
    money came in.
    """
    require(by, "booths.apply", application)
    with transaction.atomic():
        application = locked(application)
        if application.reservations.filter(state__in=["confirmed", "handed_over"]).exists():
            raise Refused("has_booths", _("You have paid for booths. Withdraw in writing: nothing is paid back."))
        note_withdrawal(application, by=by)
        application.follow("withdraw", by=by)
        settle_offer(application, "decline", by=by)
        give_services_back(application, by=by)
        _give_everything_back(application, by=by)
        announce(application.edition, "floor")
        announce(application.edition, "applications")
    return application


def _live_application(
    edition: Edition, company: Company, contact: Person, booth_class: BoothClass, by: Actor
) -> tuple[Application, bool]:
    known = Application.objects.live().select_for_update().filter(edition=edition, company=company)
    if application := known.first():
        return application, False
    behalf = by if company.pk not in by.company_ids else None
    try:
        with transaction.atomic():
            return (
                Application.objects.create(
                    edition=edition, company=company, contact=contact, booth_class=booth_class, entered_by=behalf
                ),
                True,
            )
    except IntegrityError:  # somebody of the company began one at the same moment
        return known.get(), False


def _answer(application: Application, verb: str, *, by: Actor, reason: str) -> Application:
    require(by, "booths.decide", application)
    if not reason.strip():
        sentence = _("Give the reason: the applicant will read it.")
        raise Invalid("no_reason", sentence, {"reason": [sentence]})
    with transaction.atomic():
        application.follow(verb, by=by, reason=reason.strip())
        settle_offer(application, "take_back", by=by)
        owe("booths.application_answered", to=application.contact, about=application, edition=application.edition)
        announce(application.edition, "applications")
    return application


def _give_everything_back(application: Application, *, by: Actor) -> None:
    kept = application.reservations.filter(state__in=["held", "reserved"]).select_related("booth").order_by("booth_id")
    for notice in Notice.objects.unpaid().about(Reservation.SOURCE, [row.pk for row in kept]):
        drop_notice(notice, by=by)
    for reservation in kept.all():
        reservation.follow("release", by=by)
    leave(application)
