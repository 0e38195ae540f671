"""Keeping a person's yes, with the proof the law asks for, as long as they stand by it."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from buyers.consents import OPTIONAL, TEXT_VERSION
from fairs import clock
from fairs.errors import Invalid
from fairs.models import Consent, Edition, Person


def give_consents(person: Person, *, edition: Edition, purposes: Iterable[str], language: str, means: str) -> None:
    """Record each yes with the version and language of its text and the means; one that stands is kept as it is.

    Inside the caller's transaction.
    """
    standing = set(_standing(person, edition).values_list("purpose", flat=True))
    Consent.objects.bulk_create(
        Consent(
            person=person,
            edition=edition,
            purpose=purpose,
            text_version=TEXT_VERSION,
            language=language,
            means=means,
            given_at=clock.now(),
        )
        for purpose in dict.fromkeys(purposes)
        if purpose not in standing
    )


def keep_only(person: Person, *, edition: Edition, purposes: Iterable[str], language: str, means: str) -> None:
    """Take back every optional yes that is not among the purposes, and give those that are."""
    wanted = {asked.purpose for asked in OPTIONAL} & set(purposes)
    dropped = _standing(person, edition).filter(purpose__in={asked.purpose for asked in OPTIONAL} - wanted)
    dropped.update(withdrawn_at=clock.now())
    give_consents(person, edition=edition, purposes=wanted, language=language, means=means)


def require_needed(purposes: Iterable[str]) -> None:
    """Refuse with `consent_needed` when the one yes without which nobody can be registered is missing."""
    if Consent.Purpose.REGISTRATION not in purposes:
        sentence = _("Without this the organiser may not register you. Tick it to go on.")
        raise Invalid("consent_needed", sentence, {"registration": [sentence]})


def _standing(person: Person, edition: Edition) -> QuerySet[Consent]:
    return Consent.objects.filter(person=person, edition=edition, withdrawn_at=None)
