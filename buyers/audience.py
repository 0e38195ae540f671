"""Whom a round of invitations reaches: people of earlier editions by what they looked for, and new addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from buyers.models import Invitee, Registration
from buyers.pasted import Typed
from fairs.models import Consent, Edition, Person, ProductGroup
from fairs.permissions import Actor


class Reason(StrEnum):
    """Why somebody chosen is not asked."""

    REGISTERED = "registered"
    INVITED = "invited"
    UNSUBSCRIBED = "unsubscribed"
    NO_CONSENT = "no_consent"
    NO_ADDRESS = "no_address"

    @property
    def sentence(self) -> str:
        """The reason in words."""
        words = {
            Reason.REGISTERED: _("Registered for this fair already"),
            Reason.INVITED: _("Invited to this fair already"),
            Reason.UNSUBSCRIBED: _("Want no more invitations"),
            Reason.NO_CONSENT: _("Did not agree to be invited to later editions"),
            Reason.NO_ADDRESS: _("Have no e-mail, or a closed account"),
        }
        return words[self]


class Guest(NamedTuple):
    """Somebody to be asked: known, with their newest registration; or typed."""

    full_name: str
    company: str
    country: str
    person: Person | None = None
    registration: Registration | None = None
    typed: Typed | None = None


@dataclass
class Audience:
    """Those who will be asked, and the others by reason."""

    guests: list[Guest] = field(default_factory=list)
    left_out: dict[Reason, list[str]] = field(default_factory=dict)

    @property
    def new(self) -> int:
        """How many of them the fair does not know yet."""
        return sum(guest.person is None for guest in self.guests)

    @property
    def numbers_left_out(self) -> dict[str, int]:
        """How many are not asked, by reason."""
        return {str(reason): len(names) for reason, names in self.left_out.items()}

    @property
    def sentences_left_out(self) -> list[tuple[str, list[str]]]:
        """The same in words, with the names."""
        return [(reason.sentence, self.left_out[reason]) for reason in Reason if reason in self.left_out]


class Choice(NamedTuple):
    """What an officer chooses earlier importers by; what is empty does not narrow."""

    editions: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    product_groups: tuple[int, ...] = ()
    grades: tuple[str, ...] = ()
    attended: bool = False


def gather(edition: Edition, *, choice: Choice, typed: Iterable[Typed], by: Actor) -> Audience:
    """Everybody chosen, each once, in the order of their names; who may not be written to is left out with the reason.

    A fixed number of queries, however many there are.
    """
    known = _known(edition, choice, by)
    lines = {one.email: one for one in typed}
    for person in Person.objects.filter(email__in=lines):
        line = lines.pop(person.email or "")
        known.setdefault(person.pk, Guest(person.full_name, line.company, line.country, person=person, typed=line))
    audience = Audience()
    why = _reasons(edition, known)
    for pk, guest in sorted(known.items(), key=lambda item: (item[1].full_name, item[0])):
        if reason := why.get(pk):
            audience.left_out.setdefault(reason, []).append(guest.full_name)
        else:
            audience.guests.append(guest)
    audience.guests += [Guest(one.full_name, one.company, one.country, typed=one) for one in lines.values()]
    return audience


def chosen_registrations(edition: Edition, choice: Choice, by: Actor) -> QuerySet[Registration]:
    """Filled-in registrations of the chosen earlier editions whose importers the officer may read."""
    rows = Registration.objects.visible_to(by).filter(edition__in=choice.editions).exclude(edition=edition)
    rows = rows.exclude(registered_at=None).exclude(state="withdrawn")
    narrowed = {
        "company__country__in": choice.countries,
        "markets__country__in": choice.markets,
        "product_groups__in": choice.product_groups,
        "grade__code__in": choice.grades,
    }
    for column, values in narrowed.items():
        if values:
            rows = rows.filter(**{column: values})
    return rows.present() if choice.attended else rows


def unsubscribed(people: Iterable[int]) -> set[int]:
    """Those of the people who have asked not to be invited: by a link, or by taking their consent back for good."""
    ids = list(people)
    refused = set(Invitee.objects.filter(person__in=ids, refused_at__isnull=False).values_list("person", flat=True))
    news = Consent.objects.filter(person__in=ids, purpose=Consent.Purpose.NEWS)
    taken_back = set(news.filter(withdrawn_at__isnull=False).values_list("person", flat=True))
    return refused | (taken_back - set(news.filter(withdrawn_at=None).values_list("person", flat=True)))


def _known(edition: Edition, choice: Choice, by: Actor) -> dict[int, Guest]:
    if not choice.editions:
        return {}
    rows = chosen_registrations(edition, choice, by).select_related("person", "company").order_by("registered_at", "pk")
    return {
        one.person_id: Guest(
            one.person.full_name, one.company.name_vi, one.company.country, person=one.person, registration=one
        )
        for one in rows
    }


def _reasons(edition: Edition, known: Mapping[int, Guest]) -> dict[int, Reason]:
    """Why each of them is left out; the most telling reason where there are several."""
    ids = list(known)
    live = dict(
        Registration.objects.live().filter(edition=edition, person__in=ids).values_list("person", "registered_at")
    )
    asked = set(Invitee.objects.filter(edition=edition, person__in=ids).values_list("person", flat=True))
    against = unsubscribed(ids)
    consents = Consent.objects.filter(person__in=ids)
    agreed = set(consents.filter(purpose="news", withdrawn_at=None).values_list("person", flat=True))
    questioned = set(consents.values_list("person", flat=True))
    return {
        pk: reason
        for pk, guest in known.items()
        if (reason := _reason(pk, guest, live=live, asked=asked, against=against, agreed=agreed, questioned=questioned))
    }


def _reason(
    pk: int, guest: Guest, *, live: dict[int, Any], asked: set[int], against: set[int], agreed: set[int],
    questioned: set[int],
) -> Reason | None:  # fmt: skip
    """Somebody never asked for a consent, whose address the officer has typed, may be written to once."""
    assert guest.person is not None
    if not guest.person.email or not guest.person.is_active:
        return Reason.NO_ADDRESS
    if live.get(pk):
        return Reason.REGISTERED
    if pk in live or pk in asked:
        return Reason.INVITED
    if pk in against:
        return Reason.UNSUBSCRIBED
    if pk in agreed or (guest.registration is None and pk not in questioned):
        return None
    return Reason.NO_CONSENT


def groups_of(guest: Guest, typed_groups: Iterable[ProductGroup]) -> list[ProductGroup]:
    """What the guest is asked for: what they looked for last time, or what the officer says of new addresses."""
    return list(guest.registration.product_groups.all()) if guest.registration else list(typed_groups)
