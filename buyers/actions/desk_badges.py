"""Badges given at a desk: by name to the press, speakers and staff; on the spot to whoever stands there."""

from collections.abc import Callable, Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buyers.actions.badges import give_badge
from buyers.actions.consents import give_consents, require_needed
from buyers.actions.quotas import hold_grades
from buyers.actions.registrations import let_in, live_registration
from buyers.grades import PLAIN
from buyers.models import Badge, Registration
from buyers.names import given_name
from fairs import clock
from fairs.actions.merging import still_standing
from fairs.actions.people import found_company, know_person
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Company, Edition, Person
from fairs.permissions import Actor, require
from fairs.text import name_key

# Importers come by their registration, and exhibitors within the quota of their company.
NAMED_KINDS = tuple(kind for kind in Badge.Kind if kind not in (Badge.Kind.IMPORTER, Badge.Kind.EXHIBITOR))
VISITORS = (Badge.Kind.TRADE_VISITOR, Badge.Kind.VISITOR)
WELCOMED_KINDS = (Badge.Kind.IMPORTER, *VISITORS)


def issue_by_name(
    edition: Edition,
    *,
    full_name: str,
    kind: str,
    by: Actor,
    email: str = "",
    organisation: str = "",
    country: str = "",
    key: str = "",
    **more: str,
) -> Badge:
    """A badge for somebody known by name alone, or by e-mail; the same key again answers the first.

    `more` may hold original_name and job_title of somebody new. Refuses with `kind_elsewhere` importers and
    exhibitors, and with `other_badge` whoever has a valid badge of another kind.
    """
    require(by, "buyers.give_badges", edition)
    if kind not in NAMED_KINDS:
        sentence = _("Importers get their badge when they are approved, exhibitors from their company.")
        raise Refused("kind_elsewhere", sentence, {"kind": [sentence]})

    def issue() -> Badge:
        person = _person(full_name, email, country, by, **more)
        return give_badge(
            edition, person=person, company=None, kind=kind, by=by, organisation=organisation, country=country, key=key
        )

    return _once(edition, key, issue)


def welcome(
    edition: Edition,
    *,
    full_name: str,
    kind: str,
    consents: Iterable[str],
    language: str,
    by: Actor,
    person: Person | None = None,
    email: str = "",
    organisation: str = "",
    country: str = "",
    key: str = "",
) -> Badge:
    """Register whoever stands at the desk, with a badge at once; the same key again answers the first.

    `person` is somebody known whom the desk recognised. An importer comes in as an ordinary one, by their e-mail and
    company. Refuses with `consent_needed`, `kind_elsewhere`, `missing`, `declined` and `other_badge`.
    """
    require(by, "buyers.welcome", edition)
    purposes = set(consents)
    require_needed(purposes)
    _may_be_welcomed(kind, email if person is None else person.email or "", organisation)

    def give() -> Badge:
        guest = person or _person(full_name, email, country, by)
        give_consents(guest, edition=edition, purposes=purposes, language=language, means="desk")
        if kind == Badge.Kind.IMPORTER:
            return _importer(edition, guest, organisation, country, by)
        return give_badge(
            edition, person=guest, company=None, kind=kind, by=by, organisation=organisation, country=country, key=key
        )

    return _once(edition, key, give)


def _once(edition: Edition, key: str, give: Callable[[], Badge]) -> Badge:
    """The badge of this form, given in one transaction; of two that send it at once, the second takes the first's."""
    sent = Badge.objects.filter(edition=edition, key=key).exclude(key="")
    if known := sent.first():
        return known
    try:
        with transaction.atomic():
            return give()
    except IntegrityError:
        known = sent.first()
        if known is None:
            raise
        return known


def _person(full_name: str, email: str, country: str, by: Actor, **more: str) -> Person:
    """Somebody whose name is written as their country does, and who reads Vietnamese if they come from here."""
    home = country or "VN"
    more |= {"given_name": given_name(full_name, home), "language": "vi" if home == "VN" else "en"}
    return know_person(email=email or None, full_name=full_name, by=by, **more)


def _may_be_welcomed(kind: str, email: str, organisation: str) -> None:
    if kind not in WELCOMED_KINDS:
        sentence = _("At this desk importers, trade visitors and visitors are registered.")
        raise Refused("kind_elsewhere", sentence, {"kind": [sentence]})
    if kind != Badge.Kind.IMPORTER:
        return
    sentence = _("An importer is registered with e-mail and company.")
    missing = {name: [sentence] for name, said in (("email", email), ("organisation", organisation)) if not said}
    if missing:
        raise Invalid("missing", sentence, missing)


def _importer(edition: Edition, person: Person, company_name: str, country: str, by: Actor) -> Badge:
    """Their registration, approved as an ordinary one if nobody has decided yet; what the desk declined stays so."""
    company = still_standing(_company(person, company_name, country, by))
    hold_grades(edition)
    now = clock.now()
    registration, new = live_registration(edition, person, company, entered_by=by, registered_at=now)
    if registration.can("register"):
        registration.follow("register", by=by, registered_at=now)
    elif new:
        record("register", registration, by=by)
    if registration.state == Registration.State.DECLINED:
        raise Refused(
            "declined",
            _("The importer desk has declined this registration. Send them there, or give a visitor’s badge."),
        )
    if registration.can("approve"):
        let_in(registration, grade=PLAIN, by=by)
    announce(edition, "importers")
    return give_badge(edition, person=person, company=registration.company, kind=Badge.Kind.IMPORTER, by=by, country="")


def _company(person: Person, name: str, country: str, by: Actor) -> Company:
    """The one of theirs with this name, else a new one: what they typed gives nobody a company of somebody else's."""
    own = next((one for one in person.companies.all() if name_key(one.name_vi) == name_key(name)), None)
    return own or found_company(by=by, contact=person, name_vi=name, country=country or "VN")
