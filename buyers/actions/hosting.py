"""Hosting an importer: offered with a deadline, its terms accepted as they are, given back or left behind."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from buyers.actions.grades import write_checked
from buyers.actions.hosting_ends import end_overdue, fall_back, is_late
from buyers.actions.many import decide_each
from buyers.actions.quotas import hold_grades
from buyers.actions.registrations import change_grade
from buyers.checklists import Outlook
from buyers.models import Grade, HostedContract, HostedTerms, Registration, TravelItem
from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require

LETTERS = {"offer": "buyers.hosting_offered", "accept": "buyers.hosting_accepted"}
State = HostedContract.State


def publish_hosted_terms(edition: Edition, *, by: Actor, **fields: Any) -> HostedTerms:
    """Give the terms of hosting a new version; who accepted an earlier one keeps it. Refuses with `code_known`."""
    require(by, "buyers.set_grades", edition)
    terms: HostedTerms = write_checked(HostedTerms(edition=edition), "publish", fields, by=by)
    return terms


def offer_hosting(registration: Registration, *, answer_by: date, by: Actor) -> HostedContract:
    """Offer an approved importer what their grade pays, to be answered until a day; asked again, nothing new happens.

    Refuses with `not_hosted`, `no_terms`, `day_passed` and `company_has_one`.
    """
    require(by, "buyers.decide", registration)
    with transaction.atomic():
        hold_grades(registration.edition)
        if known := HostedContract.objects.filter(registration=registration).first():
            return known
        registration.refresh_from_db(fields=["state", "grade"])
        if registration.state != Registration.State.APPROVED or not registration.hosted:
            raise Refused("not_hosted", _("Hosting is offered to approved importers whose grade is hosted."))
        if not registration.edition.hosted_terms.exists():
            raise Refused("no_terms", _("Publish the terms of hosting first: the importer accepts them."))
        _still_to_come(registration.edition, answer_by)
        contract = _new(registration, answer_by)
        TravelItem.objects.bulk_create(_items(contract, contract.grade))
        record("offer", contract, by=by)
        _tell("offer", contract)
    return contract


def offer_many(registrations: Sequence[Registration], *, answer_by: date, by: Actor) -> list[Outlook]:
    """Offer hosting to each to whom it may be; each with what stood against it."""
    return decide_each(registrations, lambda one: offer_hosting(one, answer_by=answer_by, by=by))


def accept_offer(contract: HostedContract, *, by: Actor) -> HostedContract:
    """The importer accepts the terms in force, which the contract keeps in both languages.

    Accepted before, it answers what was accepted. Refuses with `offer_over` after its day, and ends it.
    """
    require(by, "buyers.answer_offer", contract)
    if contract.accepted_at is not None:
        return contract
    if contract.answer_by < clock.today(contract.edition):
        end_overdue(contract.edition)
        contract.refresh_from_db()
    if contract.ran_out:
        raise Refused("offer_over", _("The day until which to answer has passed. Write to the importer desk."))
    terms = contract.edition.hosted_terms.first()
    if terms is None:
        raise Refused("no_terms", _("Publish the terms of hosting first: the importer accepts them."))
    text_vi, text_en = full_terms(contract, terms)
    with transaction.atomic():
        contract.follow(
            "accept", by=by, accepted_at=clock.now(), accepted_by=by, terms_version=terms.version, terms_vi=text_vi,
            terms_en=text_en,
        )  # fmt: skip
        _tell("accept", contract)
    return contract


def lengthen_offer(contract: HostedContract, *, answer_by: date, by: Actor) -> HostedContract:
    """Let an offer stand until another day; one that ran out or was declined stands again, and its letter leaves again.

    Refuses with `day_passed`, and where a place is to be taken again as `change_grade` does.
    """
    require(by, "buyers.decide", contract)
    _still_to_come(contract.edition, answer_by)
    with transaction.atomic():
        hold_grades(contract.edition)
        contract.refresh_from_db(fields=["state"])
        again = contract.state == State.DECLINED
        if again:
            change_grade(contract.registration, grade=contract.grade.code, by=by)
        contract.follow("lengthen", by=by, answer_by=answer_by, reason="")
        if again:
            _tell("offer", contract)
        announce(contract.edition, "importers")
    return contract


def decline_offer(contract: HostedContract, *, by: Actor, reason: str = "") -> HostedContract:
    """The importer, or the desk for them, declines: they come at their own cost, and their place is free."""
    require(by, "buyers.end_hosting", contract)
    with transaction.atomic():
        hold_grades(contract.edition)
        contract.follow("decline", by=by, reason=reason.strip())
        fall_back(contract.registration, by=by)
        announce(contract.edition, "importers")
    return contract


def withdraw_from_hosting(contract: HostedContract, *, by: Actor, reason: str = "") -> HostedContract:
    """Take hosting back after it was accepted; after the free days it is late, and is kept so for the next years."""
    require(by, "buyers.end_hosting", contract)
    with transaction.atomic():
        hold_grades(contract.edition)
        contract.follow("withdraw", by=by, reason=reason.strip(), late=is_late(contract))
        fall_back(contract.registration, by=by)
        announce(contract.edition, "importers")
    return contract


def full_terms(contract: HostedContract, terms: HostedTerms) -> tuple[str, str]:
    """What the importer accepts, in Vietnamese and in English: what is promised and asked, then the general terms."""
    texts = []
    for language, text in (("vi", terms.text_vi), ("en", terms.text_en)):
        with override(language):
            facts = {"contract": contract, "items": contract.items.all(), "grade": contract.grade, "text": text}
            texts.append(render_to_string("buyers/hosted_terms.txt", facts).strip())
    return texts[0], texts[1]


def _still_to_come(edition: Edition, answer_by: date) -> None:
    if answer_by < clock.today(edition):
        sentence = _("This day has passed.")
        raise Invalid("day_passed", sentence, {"answer_by": [sentence]})


def _new(registration: Registration, answer_by: date) -> HostedContract:
    grade = registration.grade
    assert grade is not None
    try:
        with transaction.atomic():
            return HostedContract.objects.create(
                edition=registration.edition, registration=registration, company=registration.company, grade=grade,
                one_a_company=grade.one_a_company, min_meetings=grade.min_meetings, min_days=grade.min_days,
                answer_by=answer_by,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(
            "company_has_one", _("Somebody of this company is hosted already, or was offered it at this moment.")
        ) from None


def _items(contract: HostedContract, grade: Grade) -> list[TravelItem]:
    """The parts of the journey that a grade pays, each with its ceiling as it is now."""
    kinds = TravelItem.Kind
    found = []
    if grade.flight_ceiling is not None:
        found.append(TravelItem(kind=kinds.FLIGHT, ceiling=grade.flight_ceiling))
    if grade.nights:
        whole = None if grade.night_ceiling is None else grade.night_ceiling * Decimal(grade.nights)
        found.append(TravelItem(kind=kinds.NIGHTS, number=grade.nights, ceiling=whole))
    if grade.transfers:
        found.append(TravelItem(kind=kinds.TRANSFER, ceiling=grade.transfer_ceiling))
    for item in found:
        item.contract, item.currency = contract, grade.currency
    return found


def _tell(what: str, contract: HostedContract) -> None:
    owe(LETTERS[what], to=contract.registration.person, about=contract, edition=contract.edition)
    announce(contract.edition, "importers")
