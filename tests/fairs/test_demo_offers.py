"""What the demonstration's makers tell: prices, materials, certificates, languages, the same every time."""

import pytest

from booths.demo import _add_products, _company_fields
from fairs import clock, invention
from fairs.actions.people import found_company
from fairs.actions.reference import load_reference
from fairs.demo import offers
from fairs.models import Company, HeldCertificate, PriceBand, Product
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_makers_tell_of_their_goods_and_certificates():
    load_reference()
    with clock.at(world.NOON):
        maker, edition = world.person(), world.edition().pk
        for idea in invention.exhibitors(1, 40):
            company = found_company(by=maker, contact=maker, **_company_fields(idea))
            _add_products(company, idea, edition, by=maker)
            offers.hold_certificates(company, idea, edition, by=maker)
    made = Product.objects.count()
    assert set(Product.objects.values_list("price_band", flat=True)) <= set(PriceBand.values) - {""}
    assert Product.objects.exclude(materials=None).distinct().count() > made / 3
    assert HeldCertificate.objects.count() > 5
    assert Company.objects.exclude(languages="").count() > 15
    assert Company.objects.exclude(export_markets="").count() > 10
