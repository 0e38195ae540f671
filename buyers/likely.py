"""Whom the desk may know already: offered before a second person is made of one."""

from itertools import chain

from django.db.models import Q

from buyers.models import Badge, Registration
from fairs.models import Edition, Person
from fairs.text import fold, name_key

MOST = 5


def likely_people(edition: Edition, *, full_name: str, organisation: str, email: str) -> list[Person]:
    """People with this e-mail; then those of this edition with this name, and the same company where both name one."""
    email, name = email.strip().lower(), fold(full_name)
    by_email = Person.objects.filter(email=email) if email else Person.objects.none()
    known = Q(badges__edition=edition) | Q(registrations__edition=edition)
    named = Person.objects.filter(known, folded__startswith=name).distinct() if name else Person.objects.none()
    alike = (one for one in named[:50] if fold(one.full_name) == name and _same_house(edition, one, organisation))
    return list(dict.fromkeys(chain(by_email, alike)))[:MOST]


def _same_house(edition: Edition, person: Person, organisation: str) -> bool:
    badges = Badge.objects.filter(edition=edition, person=person).select_related("company")
    registrations = Registration.objects.filter(edition=edition, person=person).select_related("company")
    houses = {name_key(one.whose) for one in badges} | {name_key(one.company.name_vi) for one in registrations}
    return not organisation or not houses - {""} or name_key(organisation) in houses
