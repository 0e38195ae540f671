"""The demonstration's groups: associations that apply with households of their village."""

from random import Random
from typing import Any

from booths.actions.groups import apply_as_group, name_households
from booths.models import Application
from fairs.actions.people import add_product
from fairs.demo.offers import materials_of, price_of
from fairs.demo.world import SEED
from fairs.invention import ExhibitorIdea
from fairs.invention.people import vietnamese
from fairs.models import ProductGroup

# Three of the invented associations, with the number of their households.
SIZES = {"hoi-gom-su-cay": 6, "hoi-cham-khac-go-thai-yen": 8, "hoi-may-tre-dan-thu-thuy": 5}


def is_group(idea: ExhibitorIdea) -> bool:
    """Whether this exhibitor of the demonstration comes with households."""
    return idea.key in SIZES


def bring_households(application: Application, idea: ExhibitorIdea) -> None:
    """Name the group's households in its draft, the same ones every time."""
    contact = application.contact
    apply_as_group(application, is_group=True, by=contact)
    name_households(application, households=_households(idea), by=contact)


def show_products(application: Application, idea: ExhibitorIdea) -> None:
    """Each household shows one of the things its village makes."""
    groups = {group.code: group for group in ProductGroup.objects.filter(code__in=idea.groups)}
    for number, household in enumerate(application.households.select_related("company")):
        made = idea.products[number % len(idea.products)]
        add_product(
            household.company,  # type: ignore[arg-type]  # accepted, so it has one
            by=application.contact,
            product_group=groups.get(made.group) or groups[idea.groups[0]],
            name_vi=made.name_vi,
            name_en=made.name_en,
            hs_code=made.hs6,
            minimum_order=made.moq,
            lead_days=made.lead_days,
            price_band=price_of(made),
            materials=materials_of(made, application.edition_id),
        )


def _households(idea: ExhibitorIdea) -> list[dict[str, Any]]:
    """Each is named after whoever is in charge of it; one pass each, so that the booths' passes are enough."""
    chance = Random(f"{SEED}/{idea.key}/households")
    found: dict[str, dict[str, Any]] = {}
    while len(found) < SIZES[idea.key]:
        name = vietnamese(chance, position=("Chủ hộ", "Owner"), domain="example").full_name
        goods = idea.products[len(found) % len(idea.products)].name_vi
        row = {"person_in_charge": name, "craft": goods[:1].upper() + goods[1:], "passes": 1}
        found.setdefault(f"Hộ {name}", {"name": f"Hộ {name}"} | row)
    return list(found.values())
