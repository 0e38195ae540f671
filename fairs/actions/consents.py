"""Keeping a person's yes, with the proof the law asks for, as long as they stand by it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fairs import clock
from fairs.consent_texts import VERSION
from fairs.errors import Invalid
from fairs.journal import record, record_many
from fairs.models import Consent, Edition, Person
from fairs.permissions import Actor, require
from fairs.personal import end_with


def give_consents(
    person: Person, *, edition: Edition, purposes: Iterable[str], language: str, means: str, ip: str | None = None
) -> None:
    """Record each yes with version and language of its text, the means and the address it came from.

    One that stands is kept as it is. Inside the caller's transaction.
    """
    standing = set(live(person, edition).values_list("purpose", flat=True))
    proof = _proof(language, means, ip)
    Consent.objects.bulk_create(
        Consent(person=person, edition=edition, purpose=purpose, **proof)
        for purpose in dict.fromkeys(purposes)
        if purpose not in standing
    )


def give_consent(
    person: Person, *, edition: Edition, purpose: str, language: str, by: Actor, means: str = "web",
    ip: str | None = None,
) -> Consent:  # fmt: skip
    """Say yes to one purpose; again changes nothing. Refuses with `asked_elsewhere` what has a page of its own."""
    require(by, "fairs.answer_for_oneself", person)
    if purpose not in Consent.ASKED_ANYWHERE:
        raise Invalid("asked_elsewhere", _("This is asked where it is needed. Go to that page to agree."))
    standing = live(person, edition).filter(purpose=purpose)
    if known := standing.first():
        return known
    try:
        with transaction.atomic():
            proof = _proof(language, means, ip)
            consent = Consent.objects.create(person=person, edition=edition, purpose=purpose, **proof)
            record("give", consent, by=by)
    except IntegrityError:  # they pressed the button twice at the same moment
        return standing.get()
    return consent


def withdraw_consent(consent: Consent, *, by: Actor) -> Consent:
    """Take a yes back, at once, with what hangs on it; again changes nothing."""
    require(by, "fairs.answer_for_oneself", consent.person)
    with transaction.atomic():
        ended = Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=clock.now())
        consent.refresh_from_db()
        if ended:
            record("withdraw", consent, by=by)
            end_with(consent, by)
    return consent


def end_consents(consents: Iterable[Consent], *, by: Actor) -> None:
    """Take several back, inside the caller's transaction, for actions that have asked for their own permission."""
    ending = list(consents)
    Consent.objects.filter(pk__in=[one.pk for one in ending]).update(withdrawn_at=clock.now())
    record_many("withdraw", ending, by=by)
    for consent in ending:
        end_with(consent, by)


def live(person: Person, edition: Edition) -> QuerySet[Consent]:
    """What the person stands by in an edition."""
    return Consent.objects.filter(person=person, edition=edition, withdrawn_at=None)


def forget_addresses() -> int:
    """Drop the network addresses of consents that are old enough: by then nobody needs that part of the proof."""
    old = Consent.objects.filter(given_at__lt=clock.now() - timedelta(days=settings.CONSENT_ADDRESS_DAYS))
    return old.exclude(ip=None).update(ip=None)


def _proof(language: str, means: str, ip: str | None) -> dict[str, Any]:
    """What shows that a yes was given: to which words, when, and how."""
    return {"text_version": VERSION, "language": language, "means": means, "ip": ip, "given_at": clock.now()}
