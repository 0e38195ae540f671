"""What a company tells of what it offers: certificates, languages, countries, materials, prices."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from fairs import clock
from fairs.actions.certificates import drop_certificate, hold_certificate
from fairs.actions.merging import merge_companies
from fairs.actions.people import add_product, change_company, change_product
from fairs.errors import Forbidden
from fairs.models import Entry, HeldCertificate, Product
from tests import world
from tests.matchmaking.wishing import certificate, material

pytestmark = pytest.mark.django_db
DAY = date(2020, 1, 31)


@pytest.fixture
def maker():
    with clock.at(world.NOON):
        yield world.exhibitor(world.edition())


def test_a_certificate_is_held_once_and_its_day_is_renewed(maker):
    company, by = maker.part.company, maker.person
    first = hold_certificate(company, certificate=certificate("fsc"), by=by, valid_until=DAY)
    again = hold_certificate(company, certificate=certificate("fsc"), by=by, number="C1", valid_until=None)
    assert (first.pk, again.number, again.valid_until) == (again.pk, "C1", None)
    drop_certificate(again, by=by)
    assert not HeldCertificate.objects.exists()
    verbs = Entry.objects.filter(verb__startswith="fairs.heldcertificate").order_by("pk")
    assert list(verbs.values_list("verb", "subject")) == [
        ("fairs.heldcertificate.hold", "FSC"), ("fairs.heldcertificate.hold", "FSC"),
        ("fairs.heldcertificate.drop", "FSC"),
    ]  # fmt: skip


def test_it_is_valid_until_its_last_day(maker):
    held = HeldCertificate(valid_until=DAY)
    assert (held.valid_on(DAY), held.valid_on(date(2020, 2, 1)), HeldCertificate().valid_on(DAY)) == (True, False, True)


def test_nobody_says_it_for_another_company(maker):
    with pytest.raises(Forbidden):
        hold_certificate(maker.part.company, certificate=certificate("fsc"), by=world.person())
    held = hold_certificate(maker.part.company, certificate=certificate("fsc"), by=maker.person)
    with pytest.raises(Forbidden):
        drop_certificate(held, by=world.person())


def test_the_database_holds_a_certificate_once(maker):
    hold_certificate(maker.part.company, certificate=certificate("fsc"), by=maker.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldCertificate.objects.create(company=maker.part.company, certificate=certificate("fsc"))


def test_two_companies_that_are_one_hold_it_once(maker):
    other = world.exhibitor(maker.part.edition)
    for side in (maker, other):
        hold_certificate(side.part.company, certificate=certificate("fsc"), by=side.person)
    change_company(other.part.company, by=other.person, languages="vi,en", export_markets="JP")
    desk = world.officer(maker.part.edition, "booth_desk")
    kept = merge_companies(maker.part.company, drop=other.part.company, by=desk)
    assert HeldCertificate.objects.get().company == kept
    assert (kept.languages, kept.export_markets) == ("vi,en", "JP")


def test_a_product_has_its_materials_and_price(maker):
    both = [material("rattan"), material("bamboo")]
    given = {"product_group": world.product_group(), "name_vi": "Giỏ", "price_band": "middle", "materials": both}
    product = add_product(maker.part.company, by=maker.person, **given)
    assert set(product.materials.all()) == set(both)
    change_product(product, by=maker.person, price_band="upper")
    assert (Product.objects.get().price_band, product.materials.count()) == ("upper", 2)
    change_product(product, by=maker.person, materials=both[:1])
    assert list(product.materials.all()) == both[:1]
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.update(price_band="cheap")


def test_all_of_it_is_told_on_pages_and_shown_to_everybody(maker, client):
    company, fsc = maker.part.company, certificate("fsc")
    client.force_login(maker.person)
    address = reverse("fairs:hold_certificate", args=[company.pk])
    assert client.post(address, {"certificate": fsc.pk, "valid_until": "2020-01-31", "number": "C9"}).status_code == 302
    changed = {
        "name_vi": company.name_vi, "legal_form": "company", "languages": ["vi", "ja"], "export_markets": ["JP"],
    }  # fmt: skip
    assert client.post(reverse("fairs:change_company", args=[company.pk]), changed).status_code == 302
    given = {
        "name_vi": "Giỏ", "product_group": world.product_group().pk, "price_band": "entry",
        "materials": [material("rattan", "Mây").pk],
    }  # fmt: skip
    assert client.post(reverse("fairs:add_product", args=[company.pk]), given).status_code == 302
    own = client.get(reverse("fairs:company", args=[company.pk])).content.decode()
    public = client.get(reverse("booths:exhibitor", args=[maker.part.edition.slug, maker.part.pk])).content.decode()
    for told in ("Tiếng Nhật", "Nhật Bản", "FSC"):
        assert told in own
        assert told in public
    assert "Mây" in public
    assert client.post(reverse("fairs:drop_certificate", args=[company.pk, HeldCertificate.objects.get().pk])).url


def test_what_has_run_out_before_the_fair_is_not_shown_to_buyers(maker, client):
    hold_certificate(
        maker.part.company, certificate=certificate("fsc"), by=maker.person, valid_until=date(2018, 10, 17)
    )
    address = reverse("booths:exhibitor", args=[maker.part.edition.slug, maker.part.pk])
    assert "FSC" not in client.get(address).content.decode()


def test_a_code_that_a_program_wrote_stays_when_the_form_is_sent(maker, client):
    company = maker.part.company
    change_company(company, by=maker.person, export_markets="BR")
    client.force_login(maker.person)
    form = client.get(reverse("fairs:change_company", args=[company.pk])).context["form"]
    assert "BR" in dict(form.fields["export_markets"].choices)
    assert form.initial["export_markets"] == ["BR"]


def test_programs_tell_it_too(maker, client):
    company = maker.part.company
    certificate("fsc"), material("rattan")
    client.force_login(maker.person)
    given = {"company": company.pk, "certificate": "fsc", "valid_until": "2020-01-31"}
    made = client.post("/api/v1/held-certificates/", given, "application/json")
    assert (made.status_code, made.json()["certificate"], made.json()["valid_until"]) == (201, "fsc", "2020-01-31")
    product = {"company": company.pk, "name_vi": "Giỏ", "product_group": world.product_group().code}
    told = client.post(
        "/api/v1/products/", product | {"materials": ["rattan"], "price_band": "fine"}, "application/json"
    )
    assert (told.json()["materials"], told.json()["price_band"]) == (["rattan"], "fine")
    patch = {"languages": "vi,en", "export_markets": "US,JP"}
    assert client.patch(f"/api/v1/companies/{company.pk}/", patch, "application/json").json()["languages"] == "vi,en"
    assert client.delete(f"/api/v1/held-certificates/{made.json()['id']}/").status_code == 204
    client.force_login(world.person())
    assert client.post("/api/v1/held-certificates/", given, "application/json").status_code == 404
