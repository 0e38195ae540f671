"""Importers who look for something and makers who offer it, for the tests of who should meet whom."""

from datetime import date
from typing import Any

from buyers.models import Registration
from fairs.models import Certificate, Consent, HeldCertificate, Material, Product
from tests import world

OF_GOODS = ("hs_code", "minimum_order", "monthly_capacity", "price_band")


def registered(edition: Any, *, listed: bool = True, state: str = "approved", **fields: Any) -> Registration:
    """An importer who looks for ceramics, and who agreed to be listed unless told otherwise."""
    side = world.importer(edition)
    given: dict[str, Any] = {"registered_at": world.NOON, "languages": "en"} | fields
    if state == "approved":
        given["grade"] = world.grade(edition)
    made = Registration.objects.create(
        edition=edition, person=side.person, company=side.part.company, state=state, **given
    )
    made.product_groups.add(world.product_group())
    if listed:
        agree(made)
    return made


def agree(registration: Registration) -> Consent:
    """The importer's yes to being listed."""
    return Consent.objects.create(
        person=registration.person, edition=registration.edition, purpose="directory", text_version="2026-1",
        language="en", means="web",
    )  # fmt: skip


def maker(edition: Any, *, materials: tuple[str, ...] = (), certificates: Any = None, **fields: Any) -> world.Side:
    """An exhibitor with one product of ceramics."""
    goods = {name: fields.pop(name) for name in OF_GOODS if name in fields}
    product_name = fields.pop("product", "Bình hoa")
    side = world.exhibitor(edition, **fields)
    side.part.company.product_groups.add(world.product_group())
    product = Product.objects.create(
        company=side.part.company, product_group=world.product_group(), name_vi=product_name, **goods
    )
    product.materials.set([material(code) for code in materials])
    for code, until in (certificates or {}).items():
        hold(side, code, until)
    return side


def hold(side: world.Side, code: str, until: date | None = None) -> HeldCertificate:
    """A certificate of the exhibitor's."""
    return HeldCertificate.objects.create(company=side.part.company, certificate=certificate(code), valid_until=until)


def certificate(code: str) -> Certificate:
    """A certificate."""
    return Certificate.objects.get_or_create(
        code=code, defaults={"name_vi": code.upper(), "name_en": code.upper(), "kind": "forest"}
    )[0]


def material(code: str, name: str = "") -> Material:
    """A material, found again by its code."""
    defaults = {"name_vi": name or code, "name_en": code, "kind": "plant"}
    return Material.objects.get_or_create(code=code, defaults=defaults)[0]
