"""What somebody has agreed to, as their own page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from fairs.consent_texts import VERSION, words
from fairs.models import Consent, Edition, Participation, Person

EXHIBITORS_ASKED = (Consent.Purpose.NEWS, Consent.Purpose.PHOTOGRAPHS)


@dataclass(frozen=True)
class Choice:
    """One purpose in one edition: what stands, or what would be agreed to."""

    purpose: str
    label: str
    standing: Consent | None
    last: Consent | None  # withdrawn, when none stands
    needed: bool
    offered: bool

    @property
    def sentence(self) -> str:
        """The words agreed to; where nothing stands, those that are asked now."""
        return self.standing.words if self.standing else words(self.purpose, VERSION, get_language() or "vi")

    @property
    def dialog(self) -> str:
        """What tells its dialogue apart on the page."""
        return str(self.standing.pk) if self.standing else ""

    @property
    def spoken(self) -> str:
        """The language of the sentence."""
        return self.standing.language if self.standing else get_language() or "vi"


@dataclass(frozen=True)
class OwnConsents:
    """The choices of one edition."""

    edition: Edition
    choices: list[Choice]


def consents_of(person: Person) -> list[OwnConsents]:
    """Each edition the person has agreed to something for, or exhibits at, the newest first."""
    given: dict[int, list[Consent]] = {}
    for consent in Consent.objects.filter(person=person).order_by("given_at", "pk"):
        given.setdefault(consent.edition_id, []).append(consent)
    exhibits = Participation.objects.filter(company_id__in=person.company_ids, role="exhibitor", state="active")
    editions = Edition.objects.filter(pk__in={*given, *exhibits.values_list("edition", flat=True)})
    return [OwnConsents(edition, choices(given.get(edition.pk, []))) for edition in editions.order_by("-opens_on")]


def home_edition(person: Person) -> Edition | None:
    """Whose organiser answers what the person asks: the newest edition they have to do with, else the newest of all."""
    known = consents_of(person)
    published = Edition.objects.filter(published=True).order_by("-opens_on", "-pk")
    return known[0].edition if known else published.first()


def choices(given: Iterable[Consent]) -> list[Choice]:
    """One for each purpose that was given once, or may be given here."""
    newest = {consent.purpose: consent for consent in given}
    offered: tuple[Any, ...] = Consent.ASKED_ANYWHERE if "registration" in newest else EXHIBITORS_ASKED
    shown = [purpose for purpose in Consent.Purpose if purpose in newest or purpose in offered]
    return [_choice(purpose, newest.get(purpose), offered) for purpose in shown]


def _choice(purpose: Consent.Purpose, last: Consent | None, offered: tuple[Any, ...]) -> Choice:
    standing = last if last and last.withdrawn_at is None else None
    return Choice(
        purpose=purpose.value,
        label=str(purpose.label),
        standing=standing,
        last=None if standing else last,
        needed=purpose == Consent.Purpose.REGISTRATION,
        offered=purpose in offered,
    )
