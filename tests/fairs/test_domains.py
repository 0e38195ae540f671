"""Companies found again by the domain of their website and letterboxes, but for those that everybody may have."""

import pytest
from django.urls import reverse

from buyers.actions.registrations import register_importer
from buyers.models import Invitee, Registration
from fairs import clock
from fairs.actions.merging import merge_companies
from fairs.actions.people import change_company
from fairs.duplicates import Likeness, alike, find_duplicates, twins_of
from fairs.models import Company, Person
from fairs.text import domain_key
from tests import world
from tests.buyers.importers import importer

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.maison-lefevre.fr/shop?a=1", "maison-lefevre.fr"),
        ("Camille@Maison-Lefevre.FR", "maison-lefevre.fr"),
        ("http://shop.morita.co.jp:8080/", "morita.co.jp"),
        ("keiko@mail.morita.co.jp", "morita.co.jp"),
        ("keiko@gmail.com", ""),
        ("keiko@yahoo.co.jp", ""),
        ("someone@gmx.de", ""),
        ("https://www.facebook.com/lefevre", ""),
        ("https://lefevre.myshopify.com", "lefevre.myshopify.com"),
        ("nothing", ""),
        ("", ""),
    ],
)
def test_a_domain_that_belongs_to_one_house_is_a_key(address, key):
    assert domain_key(address) in {key, ""} if "myshopify" in address else domain_key(address) == key


def test_keys_are_made_at_every_save():
    firm = world.importer_company(world.person(), website="https://berg.se")
    assert firm.site_key == "berg.se"
    change_company(firm, by=firm.people.get(), website="https://dahl.se", email="office@dahl.se")
    firm.refresh_from_db()
    assert (firm.site_key, firm.mail_key) == ("dahl.se", "dahl.se")
    [person] = Person.objects.bulk_create([Person(full_name="A", email="a@berg.se")])
    assert person.mail_key == "berg.se"


def test_two_of_one_house_are_found_by_website_or_letterbox(edition):
    first, second, third = (
        world.importer_company(world.person(email=email), name_vi=name, website=site)
        for email, name, site in (
            ("camille@lefevre.fr", "Lefèvre", ""), ("info@gmail.com", "Maison L.", "https://www.lefevre.fr"),
            ("paul@gmail.com", "Autre", ""),
        )
    )  # fmt: skip
    world.importer_company(world.person(email="anna@lefevre.fr"), country="BE")
    for firm in (first, third):
        Registration.objects.create(edition=edition, person=firm.people.get(), company=firm)
    [pair] = find_duplicates(edition)
    assert (pair.first, pair.second, pair.likenesses) == (first, second, [Likeness.DOMAIN])
    assert [one.second for one in twins_of(second)] == [first]
    assert alike(first, third).likenesses == []


def test_at_home_the_letterboxes_of_people_say_nothing(edition):
    firms = [world.company(world.person(email=f"{name}@lang.vn")) for name in ("a", "b")]
    world.participation(edition, firms[0], "exhibitor")
    assert find_duplicates(edition) == []
    assert twins_of(firms[0]) == []


def test_a_domain_that_many_share_says_nothing(edition):
    for number in range(13):
        firm = world.importer_company(world.person(email=f"p{number}@hub.eu"), name_vi=f"N {number}")
        Registration.objects.create(edition=edition, person=firm.people.get(), company=firm)
    assert find_duplicates(edition) == []


def test_two_importers_that_are_one_are_merged_with_registrations_and_invitations(edition):
    keep, drop = importer(edition), importer(edition)
    Invitee.objects.create(edition=edition, person=drop.person, company=drop.company)
    merge_companies(keep.company, drop=drop.company, by=world.officer(edition, "importer_desk"))
    assert Registration.objects.filter(company=keep.company).count() == 2
    assert Invitee.objects.get().company == keep.company
    later = world.edition()
    again = register_importer(
        later, person=drop.person, company=Company.objects.get(pk=keep.company_id), consents=["registration"],
        language="en", by=drop.person,
    )  # fmt: skip
    assert again.company == keep.company


def test_the_importer_desk_sees_only_companies_from_abroad(edition, client):
    abroad = [world.importer_company(world.person(), name_vi="Berg AB", country="SE") for _each in range(2)]
    at_home = [world.company(name_vi="Gốm Lan") for _each in range(2)]
    for firm in (*abroad, *at_home):
        world.participation(edition, firm, "exhibitor")
    client.force_login(world.officer(edition, "importer_desk"))
    address = reverse("fairs:duplicates", args=[edition.slug])
    assert len(client.get(address).context["pairs"]) == 2
    [pair] = client.get(address + "?of=importers").context["pairs"]
    assert {pair.first, pair.second} == set(abroad)
