"""Carrying the floor of one edition over to the next."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from booths.models import Booth, BoothClass, Hall, HouseRules, ManualTask, Price, SaleTerms, Zone
from booths.querysets import rules_of
from fairs import clock
from fairs.models import Edition


def copy_floor(source: Edition, target: Edition) -> None:
    """Copy sale terms, the newest rules, classes with prices, halls, zones, facilities, booths and the manual.

    Nobody's reservations go along. Called inside the transaction that begins the new edition.
    """
    _copy_terms(source, target)
    _copy_rules(source, target)
    halls = _copy(source.halls.all(), edition=target)
    classes = _copy(source.booth_classes.all(), edition=target)
    zones = _copy(source.zones.all(), edition=target)
    _copy_groups(zones)
    _copy(source.facilities.all(), edition=target)
    Price.objects.bulk_create(
        twin(
            price,
            booth_class=classes[price.booth_class_id],
            starts_on=price.starts_on and price.starts_on + (target.opens_on - source.opens_on),
        )
        for price in Price.objects.filter(booth_class__edition=source)
    )
    _copy_booths(source, target, halls, zones, classes)
    _copy_manual(source, target, classes)


def _copy_terms(source: Edition, target: Edition) -> None:
    terms = SaleTerms.objects.filter(edition=source).first()
    if terms is None:
        return
    fresh = twin(terms, edition=target)
    for name in ("balance_due_on", "households_until"):
        if day := getattr(terms, name):
            setattr(fresh, name, day + (target.opens_on - source.opens_on))
    fresh.save()


def _copy_manual(source: Edition, target: Edition, classes: Mapping[int, BoothClass]) -> None:
    """The tasks, their last days as long before the opening as they were; nobody's answers."""
    shift = target.opens_on - source.opens_on
    ManualTask.objects.bulk_create(
        twin(
            task,
            edition=target,
            booth_class=classes[task.booth_class_id] if task.booth_class_id else None,
            due_on=task.due_on + shift,
        )
        for task in ManualTask.objects.filter(edition=source)
    )


def _copy_rules(source: Edition, target: Edition) -> None:
    """The newest rules, to begin from, and those that have an effect."""
    if effects := HouseRules.objects.filter(edition=source).first():
        twin(effects, edition=target).save()
    rules = rules_of(source)
    if rules:
        twin(rules, edition=target, published_at=clock.now()).save()


def _copy(rows: models.QuerySet[Any], **owner: Any) -> dict[int, Any]:
    """Copies of the rows with another owner, by the key of the row each is a copy of."""
    old = list(rows)
    new = rows.model._base_manager.bulk_create(twin(row, **owner) for row in old)
    return {row.pk: made for row, made in zip(old, new, strict=True)}


def _copy_groups(zones: Mapping[int, Zone]) -> None:
    through = Zone.product_groups.through
    through.objects.bulk_create(
        through(zone_id=zones[link.zone_id].pk, productgroup_id=link.productgroup_id)
        for link in through.objects.filter(zone__in=zones)
    )


def _copy_booths(
    source: Edition,
    target: Edition,
    halls: Mapping[int, Hall],
    zones: Mapping[int, Zone],
    classes: Mapping[int, BoothClass],
) -> None:
    Booth.objects.bulk_create(
        twin(
            booth,
            edition=target,
            hall=halls[booth.hall_id],
            zone=zones[booth.zone_id],
            booth_class=classes[booth.booth_class_id],
            blocked="",
        )
        for booth in source.booths.all()
    )


def twin(row: Any, **changed: Any) -> Any:
    """An unsaved copy of a row, without its key, with some columns changed."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in changed
    }
    return type(row)(**kept, **changed)
