"""The values of contracts behind the public sums: by product group, importer’s country, maker’s province."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from fairs.breakdowns import NOT_SAID
from fairs.models import Edition, ProductGroup, Province
from fairs.open_data import Contract, Parting, Worth, both, country_names, declare
from fairs.provinces import as_now, key_of
from matchmaking.reports import contracts as signed

ABROAD = "abroad"


def contracts(edition: Edition) -> list[Contract]:
    """The contracts that the report counts in US dollars, each with its two companies and its parts."""
    rows = signed(edition).filter(usd__isnull=False)
    heirs = {pk: key_of(one) for pk, one in as_now().items()}
    return [_contract(row, heirs) for row in rows.select_related("exhibitor__province").order_by("pk")]


def group_names(keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Product groups by their code."""
    groups = ProductGroup.objects.filter(code__in=keys)
    return {one.code: (one.name_vi, one.name_en) for one in groups}


def province_names(keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Provinces by their key, those from abroad and those not said."""
    known = {key_of(one): (one.name_vi, one.name_en) for one in Province.objects.all()}
    for key, words in ((ABROAD, both(_("Abroad"))), ("", both(NOT_SAID))):
        known[key] = (words["vi"], words["en"])
    return {key: known[key] for key in keys if key in known}


def _contract(row: Any, heirs: Mapping[int, str]) -> Contract:
    province = row.exhibitor.province
    elsewhere = ABROAD if row.exhibitor.company.country != "VN" else ""
    parts = {
        "group": row.product_group.code,
        "country": row.importer.company.country,
        "province": key_of(province) if province and not elsewhere else elsewhere,
        "province-now": heirs[province.pk] if province and not elsewhere else elsewhere,
    }
    return Contract(str(row.pk), row.usd, (row.exhibitor.company_id, row.importer.company_id), parts)


declare(
    worth=Worth(
        "F1.value_usd",
        contracts,
        [
            Parting("group", _("Value of contracts by product group"), _("Product group"), group_names),
            Parting("country", _("Value of contracts by country or territory of the importer"),
                    _("Country or territory"), country_names),
            Parting("province", _("Value of contracts by province of the maker, as at the time of the fair"),
                    _("Province"), province_names),
            Parting("province-now", _("Value of contracts by province of the maker, as since 1 July 2025"),
                    _("Province"), province_names),
        ],
    )
)  # fmt: skip
