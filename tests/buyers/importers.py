"""Importers for the tests of their pages, and the addresses of these."""

from django.urls import reverse

from buyers.actions.registrations import approve_registration, register_importer
from buyers.models import Gate
from tests import world


def page(name, edition, **kwargs):
    return reverse(f"buyers:{name}", kwargs={"edition": edition.slug} | kwargs)


def importer(edition, *, grade=None, name="Linnea Berg"):
    person = world.person(name, given_name=name.split()[0], language="en")
    registration = register_importer(
        edition,
        person=person,
        company=world.importer_company(person),
        consents=["registration"],
        language="en",
        by=person,
        product_groups=[world.product_group()],
    )
    if grade:
        approve_registration(registration, grade=grade, by=world.officer(edition, "importer_desk"))
    return registration


def gate_of(edition):
    return Gate.objects.get_or_create(edition=edition, name_vi="Cổng 1", name_en="Gate 1")[0]
