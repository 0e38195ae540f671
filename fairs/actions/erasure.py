"""Erasing a person: nothing says any more who they were, and every count, paper and line of the journal stays."""

import re
from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from fairs import clock
from fairs.actions.restrictions import end_optional
from fairs.errors import Refused
from fairs.journal import record
from fairs.letterboxes import forget_keys
from fairs.models import Consent, Person
from fairs.models.fields import FoldedField, KeyField
from fairs.permissions import Actor
from fairs.personal import end_before_erasing, parts

NAME = "Đã xóa · Erased"
GAP = "…"
OURS = ("fairs", "booths", "buyers", "matchmaking")
# What a bank said is kept as it was said, as accounting law asks; the journal and the drawings never hold such values.
KEPT = frozenset(
    {
        "fairs.bankline", "fairs.linereport", "fairs.entry", "fairs.person", "booths.floordraft", "booths.floorversion",
        "booths.round", "booths.proposal",
    }
)  # fmt: skip
# A business goes by its registered name, which may be that of its owner.
BUSINESS_NAMES = frozenset({"fairs.company.name_vi", "fairs.company.name_en"})
LEAST_NAME, LEAST_DIGITS = 6, 7  # what is shorter would be found in the words of others


def erase_person(person: Person, *, by: Actor) -> Person:
    """Mask everything personal of them, end what is open, and sign them out everywhere; again changes nothing.

    Inside the caller's transaction. Refuses with `an_administrator`, who is to lose that right first.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        return person
    if person.is_superuser:
        raise Refused("an_administrator", _("This person administers the installation. Take that right back first."))
    values = list(_values(person))
    end_before_erasing(person, by)
    end_optional(person, by=by, purposes=Consent.Purpose.values)
    for part in parts():
        part.erase(person)
    _forget_account(person)
    sweep(values)
    record("erase", person, by=by)
    return person


def sweep(values: list[str]) -> None:
    """Take these words out of every text of our own tables, wherever somebody may have typed them."""
    if not values:
        return
    pattern = re.compile("|".join(re.escape(value) for value in sorted(values, key=len, reverse=True)), re.IGNORECASE)
    for model in _models():
        for row in _holding(model, values):
            _clean(row, pattern)


def _forget_account(person: Person) -> None:
    forget_keys(person)
    Authenticator.objects.filter(user=person).delete()
    person.full_name, person.email, person.is_active, person.is_staff = NAME, None, False, False
    person.given_name = person.original_name = person.honorific = person.job_title = person.phone = ""
    person.last_login, person.erased_at = None, clock.now()
    person.save()


def _values(person: Person) -> Iterator[str]:
    """What tells who the person is, as far as it can be looked for."""
    if person.email:
        yield person.email
    if sum(letter.isdigit() for letter in person.phone) >= LEAST_DIGITS:
        yield person.phone
    for name in (person.full_name, person.original_name):
        if len(name) >= LEAST_NAME and " " in name.strip():
            yield name


def _models() -> list[type[models.Model]]:
    found = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if model._meta.label_lower not in KEPT]


def _holding(model: type[models.Model], values: list[str]) -> Iterator[Any]:
    """The rows in whose text one of the words stands. What is written as JSON is looked through row by row."""
    columns = _texts(model)
    found = Q()
    for column in columns:
        if not isinstance(column, models.JSONField):
            for value in values:
                found |= Q(**{f"{column.name}__icontains": value})
    whole = any(isinstance(column, models.JSONField) for column in columns)
    if found or whole:
        yield from list(model._base_manager.filter(Q() if whole else found))


def _texts(model: type[models.Model]) -> list[Any]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    made = (FoldedField, KeyField)
    return [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, kinds)
        and not isinstance(column, made)
        and not column.choices
        and f"{model._meta.label_lower}.{column.name}" not in BUSINESS_NAMES
    ]


def _clean(row: Any, pattern: re.Pattern[str]) -> None:
    changed = {}
    for column in _texts(type(row)):
        said = getattr(row, column.attname)
        clean = _without(said, pattern, whole="" if column.blank else GAP)
        if clean != said:
            changed[column.attname] = clean
    if changed:
        for name, value in changed.items():
            setattr(row, name, value)
        made = [one.attname for one in row._meta.concrete_fields if isinstance(one, FoldedField | KeyField)]
        row.save(update_fields=[*changed, *made])


def _without(said: Any, pattern: re.Pattern[str], *, whole: str) -> Any:
    if isinstance(said, str):
        return whole if pattern.fullmatch(said.strip()) else pattern.sub(GAP, said)
    if isinstance(said, list):
        return [_without(one, pattern, whole=GAP) for one in said]
    if isinstance(said, dict):
        return {key: _without(one, pattern, whole=GAP) for key, one in said.items()}
    return said
