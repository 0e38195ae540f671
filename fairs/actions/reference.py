"""Loading the facts that every installation starts with."""

from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

from django.db import models, transaction

from fairs import reference
from fairs.models import Certificate, CraftVillage, Holiday, Material, ProductGroup, Province, RequestTerm

Row = TypeVar("Row", bound=models.Model)


def load_reference() -> None:
    """Bring the facts up to the files that ship with the project; safe to repeat."""
    with transaction.atomic():
        _provinces()
        _product_groups()
        _craft_villages()
        _holidays_and_terms()
        _asked_for()


def _provinces() -> None:
    """Successors are units of a later date, so the newest come first, a date at a time."""
    known: list[Province] = []
    facts = sorted(reference.provinces(), key=lambda fact: fact.valid_from, reverse=True)
    for _date, of_one_date in groupby(facts, key=lambda fact: fact.valid_from):
        known += _bring_up_to_date(
            ["code", "valid_from"],
            [
                Province(
                    code=fact.code,
                    valid_from=fact.valid_from,
                    name_vi=fact.name_vi,
                    name_en=fact.name_en,
                    kind=fact.kind,
                    region=fact.region,
                    valid_to=fact.valid_to,
                    successor=next((heir for heir in known if heir.code == fact.successor), None),
                )
                for fact in of_one_date
            ],
        )


def _product_groups() -> None:
    _bring_up_to_date(
        ["code"],
        [
            ProductGroup(
                code=fact.code, name_vi=fact.name_vi, name_en=fact.name_en, kind=fact.kind, hs_codes=list(fact.hs6)
            )
            for fact in reference.product_groups()
        ],
    )


def _craft_villages() -> None:
    groups = {group.code: group for group in ProductGroup.objects.all()}
    _bring_up_to_date(
        ["slug"],
        [
            CraftVillage(
                slug=fact.slug,
                name_vi=fact.name_vi,
                craft_vi=fact.craft_vi,
                craft_en=fact.craft_en,
                product_group=groups[fact.product_group],
                commune_vi=f"{fact.commune_2018}, {fact.district_2018}",
            )
            for fact in reference.craft_villages()
        ],
    )


def _holidays_and_terms() -> None:
    """Only what is not there yet: an organiser may have set them otherwise."""
    Holiday.objects.bulk_create((Holiday(**fact) for fact in reference.holidays()), ignore_conflicts=True)
    RequestTerm.objects.bulk_create((RequestTerm(**fact) for fact in reference.request_terms()), ignore_conflicts=True)


def _asked_for() -> None:
    """What goods are made of and are certified for."""
    for model, facts in ((Material, reference.materials()), (Certificate, reference.certificates())):
        _bring_up_to_date(
            ["code"],
            [model(code=one.code, name_vi=one.name_vi, name_en=one.name_en, kind=one.kind) for one in facts],
        )


def _bring_up_to_date(key: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """Add the rows, or change those known by their key, all by one statement; the rows, with their primary keys."""
    model = type(rows[0])
    facts = [field.name for field in model._meta.concrete_fields if not field.primary_key and field.name not in key]
    return model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=key, update_fields=facts)
