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
from buyers.actions.hosting_ends import is_late
from buyers.actions.quotas import free_places, hold_grades
from buyers.checklists import Outlook
from buyers.grades import PLAIN
from buyers.models import Grade, HostedContract, HostedTerms, Registration, TravelItem
from fairs import clock
from fairs.deliveries import owe
from fairs.errors import DomainError, Forbidden, Invalid, Refused
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
    edition = registration.edition
    if known := HostedContract.objects.filter(registration=registration).first():
        return known
    if registration.state != Registration.State.APPROVED or not registration.hosted:
        raise Refused("not_hosted", _("Hosting is offered to approved importers whose grade is hosted."))
    if not edition.hosted_terms.exists():
        raise Refused("no_terms", _("Publish the terms of hosting first: the importer accepts them."))
    if answer_by < clock.today(edition):
        sentence = _("This day has passed.")
        raise Invalid("day_passed", sentence, {"answer_by": [sentence]})
    with transaction.atomic():
        contract = _new(registration, answer_by)
        TravelItem.objects.bulk_create(_items(contract, contract.grade))
        record("offer", contract, by=by)
        _tell("offer", contract)
    return contract


def offer_many(registrations: Sequence[Registration], *, answer_by: date, by: Actor) -> list[Outlook]:
    """Offer hosting to each to whom it may be; each with what stood against it."""
    with transaction.atomic():
        return [_offered(one, answer_by, by) for one in sorted(registrations, key=lambda one: one.pk)]


def accept_offer(contract: HostedContract, *, by: Actor) -> HostedContract:
    """The importer accepts the terms in force, which the contract keeps in both languages; refuses with `offer_over`.

    Accepted before, it answers what was accepted.
    """
    require(by, "buyers.answer_offer", contract)
    if contract.accepted_at is not None:
        return contract
    if contract.expired:
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
    """Give an importer who has not answered until another day. Refuses with `not_open` and `day_passed`."""
    require(by, "buyers.decide", contract)
    if contract.state != State.OFFERED:
        raise Refused("not_open", _("This offer has been answered."))
    if answer_by < clock.today(contract.edition):
        sentence = _("This day has passed.")
        raise Invalid("day_passed", sentence, {"answer_by": [sentence]})
    with transaction.atomic():
        contract.answer_by = answer_by
        contract.save(update_fields=["answer_by"])
        record("lengthen", contract, by=by, fields=["answer_by"])
        announce(contract.edition, "importers")
    return contract


def decline_offer(contract: HostedContract, *, by: Actor, reason: str = "") -> HostedContract:
    """The importer, or the desk for them, declines: they come at their own cost, and their place is free."""
    require(by, "buyers.end_hosting", contract)
    with transaction.atomic():
        hold_grades(contract.edition)
        contract.follow("decline", by=by, reason=reason.strip())
        _fall_back(contract.registration, by=by)
        announce(contract.edition, "importers")
    return contract


def withdraw_from_hosting(contract: HostedContract, *, by: Actor, reason: str = "") -> HostedContract:
    """Take hosting back after it was accepted; after the free days it is late, and is kept so for the next years."""
    require(by, "buyers.end_hosting", contract)
    with transaction.atomic():
        hold_grades(contract.edition)
        contract.follow("withdraw", by=by, reason=reason.strip(), late=is_late(contract))
        _fall_back(contract.registration, by=by)
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


def _offered(registration: Registration, answer_by: date, by: Actor) -> Outlook:
    try:
        with transaction.atomic():
            offer_hosting(registration, answer_by=answer_by, by=by)
    except Forbidden:
        raise
    except DomainError as refusal:
        return Outlook(registration, [refusal.message])
    return Outlook(registration)


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


def _fall_back(registration: Registration, *, by: Actor) -> None:
    """Whoever is hosted no more is an ordinary importer, where the edition has that grade."""
    plain = Grade.objects.filter(edition=registration.edition_id, code=PLAIN).first()
    free_places(registration)
    if plain is None or registration.state != Registration.State.APPROVED:
        return
    registration.grade = plain
    registration.save(update_fields=["grade"])
    record("grade", registration, by=by, fields=["grade"])


def _tell(what: str, contract: HostedContract) -> None:
    owe(LETTERS[what], to=contract.registration.person, about=contract, edition=contract.edition)
    announce(contract.edition, "importers")
