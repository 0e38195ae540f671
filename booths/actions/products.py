"""What an applicant brings to the fair."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from fairs.actions.people import add_product, change_company, change_product, remove_product
from fairs.models import Company, Product, ProductGroup
from fairs.permissions import Actor


def bring_products(
    company: Company, *, groups: Iterable[ProductGroup], products: Iterable[Mapping[str, Any]], by: Actor
) -> list[Product]:
    """Make these the company's groups and products: one with the `id` of a known product changes it, others are new.

    A known product that is not among them is taken off the list.
    """
    with transaction.atomic():
        change_company(company, by=by, product_groups=list(groups))
        known = {product.pk: product for product in company.products.all()}
        kept = [_bring(company, known, dict(given), by) for given in products]
        for product in known.values():
            remove_product(product, by=by)
    return kept


def _bring(company: Company, known: dict[int, Product], given: dict[str, Any], by: Actor) -> Product:
    product = known.pop(given.pop("id", None) or 0, None)
    return change_product(product, by=by, **given) if product else add_product(company, by=by, **given)
