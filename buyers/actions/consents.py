"""The consents of importers: the one without which nobody is registered, and those of their profile."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from buyers.consents import OPTIONAL
from fairs.actions.consents import end_consents, give_consents, live
from fairs.errors import Invalid
from fairs.models import Consent, Edition, Person
from fairs.permissions import Actor

__all__ = ["give_consents", "keep_only", "require_needed"]


def keep_only(
    person: Person, *, edition: Edition, purposes: Iterable[str], language: str, means: str, by: Actor,
    ip: str | None = None,
) -> None:  # fmt: skip
    """Take back every optional yes that is not among the purposes, and give those that are."""
    optional = {asked.purpose for asked in OPTIONAL}
    wanted = optional & set(purposes)
    end_consents(live(person, edition).filter(purpose__in=optional - wanted), by=by)
    give_consents(person, edition=edition, purposes=wanted, language=language, means=means, ip=ip)


def require_needed(purposes: Iterable[str]) -> None:
    """Refuse with `consent_needed` when the one yes without which nobody can be registered is missing."""
    if Consent.Purpose.REGISTRATION not in purposes:
        sentence = _("Without this the organiser may not register you. Tick it to go on.")
        raise Invalid("consent_needed", sentence, {"registration": [sentence]})
