"""What people ask about their own data: received, acknowledged, answered within its working days."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fairs import clock
from fairs.actions.erasure import erase_person
from fairs.actions.restrictions import end_optional, restrict
from fairs.deliveries import owe, send_before_forgetting
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Company, DataRequest, Edition, Holiday, Person, RequestKind
from fairs.permissions import Actor, require
from fairs.relations import editions_of
from fairs.terms import due_days, extended

CORRECTABLE = ("full_name", "given_name", "original_name", "job_title", "phone")


def ask(edition: Edition, *, person: Person, kind: str, by: Actor, wish: str = "", means: str = "page") -> DataRequest:
    """Ask about one's own data; asked again while it is open, it is the same request."""
    require(by, "fairs.ask_about_data", person)
    return _receive(edition, person, kind, by=by, wish=wish, means=means, received_on=clock.today(edition))


def record_request(
    edition: Edition, *, person: Person, kind: str, means: str, received_on: date, by: Actor, wish: str = ""
) -> DataRequest:
    """Write down what somebody asked by letter or telephone; its days count from when it came.

    Refuses with `unknown_person` one who has to do with other organisers alone, whose officers answer for them, and
    with `comes_later` a day that is still to come.
    """
    require(by, "fairs.answer_data_request", edition)
    if not _answers_for(edition, person):
        sentence = _("Nobody is known by this address, so nothing is kept about them.")
        raise Invalid("unknown_person", sentence, {"email": [sentence]})
    if received_on > clock.today(edition):
        sentence = _("It cannot have come after today.")
        raise Invalid("comes_later", sentence, {"received_on": [sentence]})
    return _receive(edition, person, kind, by=by, wish=wish, means=means, received_on=received_on)


def acknowledge(request: DataRequest, *, by: Actor) -> DataRequest:
    """Tell the person that it came, and by when they have the answer."""
    require(by, "fairs.answer_data_request", request)
    with transaction.atomic():
        request.follow("acknowledge", by=by)
        owe("fairs.data_request_acknowledged", to=request.person, about=request, edition=request.edition)
        announce(request.edition, "privacy")
    return request


def extend(request: DataRequest, *, reason: str, by: Actor) -> DataRequest:
    """Take the one extension that the law allows, with the reason, before the term is over (`too_late`)."""
    require(by, "fairs.answer_data_request", request)
    if request.due_on < clock.today(request.edition):
        raise Refused("too_late", _("The term is over: it cannot be extended any more."))
    with transaction.atomic():
        request.follow("extend", by=by, reason=_given(reason), due_on=extended(request.kind, request.due_on))
        owe("fairs.data_request_extended", to=request.person, about=request, edition=request.edition)
        announce(request.edition, "privacy")
    return request


def refuse(request: DataRequest, *, reason: str, by: Actor) -> DataRequest:
    """Say no, with the reason that the law knows."""
    require(by, "fairs.answer_data_request", request)
    with transaction.atomic():
        request.follow("refuse", by=by, reason=_given(reason))
        owe("fairs.data_request_refused", to=request.person, about=request, edition=request.edition)
        announce(request.edition, "privacy")
    return request


def finish(request: DataRequest, *, by: Actor, **corrected: str) -> DataRequest:
    """Do what was asked, and tell the person: the copy is ready, the data corrected, restricted, or erased.

    `corrected` holds what a correction changes of the person. After a deletion there is nobody to write to, so the
    letter is written before.
    """
    require(by, "fairs.answer_data_request", request)
    with transaction.atomic():
        request.follow("finish", by=by)
        if request.kind == RequestKind.DELETION:
            send_before_forgetting("fairs.data_request_done", to=request.person, about=request, edition=request.edition)
            erase_person(request.person, by=by)
            request.refresh_from_db()
        else:
            _do(request, corrected, by)
            owe("fairs.data_request_done", to=request.person, about=request, edition=request.edition)
        announce(request.edition, "privacy")
    return request


def withdraw(request: DataRequest, *, by: Actor) -> DataRequest:
    """The person asks for it no more."""
    require(by, "fairs.ask_about_data", request.person)
    with transaction.atomic():
        request.follow("withdraw", by=by)
        announce(request.edition, "privacy")
    return request


def add_holiday(edition: Edition, *, day: date, name_vi: str, name_en: str, by: Actor, works: bool = False) -> Holiday:
    """Say that a day is off, or that a weekend day is worked on; requests that came before keep their days."""
    require(by, "fairs.set_holidays", edition)
    with transaction.atomic():
        facts = {"name_vi": name_vi, "name_en": name_en, "works": works}
        holiday, _new = Holiday.objects.update_or_create(date=day, defaults=facts)
        record("set", holiday, by=by, subject=day.isoformat())
    return holiday


def _answers_for(edition: Edition, person: Person) -> bool:
    """Whether the organiser of an edition has to do with a person, or nobody has yet."""
    companies = Company.objects.filter(pk__in=person.company_ids)
    having = editions_of(person).union(*(company.edition_ids for company in companies))
    if person.roles_in(edition) or Edition.objects.filter(pk__in=having, series=edition.series_id).exists():
        return True
    return not (having or person.is_superuser or person.offices.exists())


def _receive(
    edition: Edition, person: Person, kind: str, *, by: Actor, wish: str, means: str, received_on: date
) -> DataRequest:
    acknowledge_by, due_on = due_days(kind, received_on)
    facts: dict[str, Any] = {
        "edition": edition, "wish": wish.strip(), "means": means, "received_on": received_on,
        "acknowledge_by": acknowledge_by, "due_on": due_on, "recorded_by": None if by == person else by,
    }  # fmt: skip
    waiting = DataRequest.objects.open().filter(person=person, kind=kind).select_related("edition", "person")
    if known := waiting.first():
        return known
    try:
        with transaction.atomic():
            request = DataRequest.objects.create(person=person, kind=kind, **facts)
            record("ask", request, by=by)
            announce(edition, "privacy")
    except IntegrityError:  # they pressed the button twice at the same moment
        return waiting.get()
    return request


def _do(request: DataRequest, corrected: dict[str, str], by: Actor) -> None:
    person = request.person
    if request.kind == RequestKind.RESTRICTION:
        restrict(person, by=by)
    elif request.kind == RequestKind.OBJECTION:
        end_optional(person, by=by)
    elif request.kind == RequestKind.CORRECTION and corrected:
        for name in CORRECTABLE:
            setattr(person, name, corrected.get(name, getattr(person, name)))
        person.save()
        record("change", person, by=by, fields=corrected)


def _given(reason: str) -> str:
    if not reason.strip():
        sentence = _("Give the reason: the person will read it.")
        raise Invalid("no_reason", sentence, {"reason": [sentence]})
    return reason.strip()
