"""Loading the facts that every installation starts with."""

from django.db import transaction

from fairs import reference
from fairs.models import CraftVillage, ProductGroup, Province


def load_reference() -> None:
    """Bring provinces, product groups and craft villages up to the files that ship with the project; safe to repeat."""
    with transaction.atomic():
        _provinces()
        _product_groups()
        _craft_villages()


def _provinces() -> None:
    """Successors are units of a later date, so the newest come first."""
    rows: dict[tuple[str, str], Province] = {}
    for fact in sorted(reference.provinces(), key=lambda fact: fact.valid_from, reverse=True):
        heirs = [row for row in rows.values() if row.code == fact.successor and row.valid_from > fact.valid_from]
        rows[fact.code, str(fact.valid_from)], _new = Province.objects.update_or_create(
            code=fact.code,
            valid_from=fact.valid_from,
            defaults={
                "name_vi": fact.name_vi,
                "name_en": fact.name_en,
                "kind": fact.kind,
                "region": fact.region,
                "valid_to": fact.valid_to,
                "successor": heirs[0] if heirs else None,
            },
        )


def _product_groups() -> None:
    for fact in reference.product_groups():
        ProductGroup.objects.update_or_create(
            code=fact.code,
            defaults={"name_vi": fact.name_vi, "name_en": fact.name_en, "kind": fact.kind, "hs_codes": list(fact.hs6)},
        )


def _craft_villages() -> None:
    groups = {group.code: group for group in ProductGroup.objects.all()}
    for fact in reference.craft_villages():
        CraftVillage.objects.update_or_create(
            slug=fact.slug,
            defaults={
                "name_vi": fact.name_vi,
                "craft_vi": fact.craft_vi,
                "craft_en": fact.craft_en,
                "product_group": groups[fact.product_group],
                "commune_vi": f"{fact.commune_2018}, {fact.district_2018}",
            },
        )
