"""Somebody who acts for one company enters another one in the browser, and acts for that from then on."""

import pytest
from django.urls import reverse

from booths.models import Application
from fairs import clock
from fairs.actions.people import MOST_COMPANIES, found_own_company
from fairs.errors import TooMany
from fairs.models import Company, Entry, Province
from tests import world

pytestmark = pytest.mark.django_db
PAGE = reverse("fairs:found_company")
GIVEN = {"name_vi": "Lụa Hà", "legal_form": "company", "country": "VN", "phone": "0912 345 678"}


@pytest.fixture
def edition():
    """An edition with a floor."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        yield made


@pytest.fixture
def person(edition, client):
    """The contact of an application, signed in."""
    made = world.application(edition, state="submitted").contact
    client.force_login(made)
    return made


@pytest.mark.parametrize(
    ("language", "link", "done"),
    [
        ("vi", "Đăng ký cho đơn vị khác của bạn", "Đã nhập đơn vị. Từ giờ bạn làm việc cho đơn vị này."),
        ("en", "Apply for another company of yours", "The company is entered, and you act for it now."),
    ],
)
def test_from_the_page_of_ones_booths_to_the_application_of_another_company(
    edition, person, client, language, link, done
):
    headers = {"accept-language": language}
    apply = reverse("booths:apply", args=[edition.slug])
    home = client.get(reverse("booths:application", args=[edition.slug]), headers=headers).content.decode()
    assert link in home
    assert f"{PAGE}?next={apply}" in home
    answer = client.post(f"{PAGE}?next={apply}", GIVEN, headers=headers)
    company = Company.objects.get(name_vi="Lụa Hà")
    assert answer["Location"] == f"{apply}?company={company.pk}"
    page = client.get(answer["Location"], headers=headers).content.decode()
    assert done in page
    assert 'value="Lụa Hà"' in page
    province = Province.objects.create(code="01", name_vi="Hà Nội", name_en="Hanoi", valid_from=world.OPENS)
    client.post(answer["Location"], GIVEN | {"province": province.pk}, headers=headers)
    assert Application.objects.get(company=company).contact == person
    # The other one stays as it is, and both are a choice now.
    other = Company.objects.exclude(pk=company.pk).get()
    page = client.get(f"{reverse('booths:application', args=[edition.slug])}?company={other.pk}").content.decode()
    assert f"{reverse('booths:application', args=[edition.slug])}?company={company.pk}" in page
    assert PAGE in page


def test_from_ones_account_to_the_page_of_the_company(person, client):
    assert PAGE in client.get(reverse("fairs:profile")).content.decode()
    answer = client.post(PAGE, GIVEN)
    assert answer["Location"] == reverse("fairs:company", args=[Company.objects.get(name_vi="Lụa Hà").pk])


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "me/", "/\\evil.example/", "javascript:x"]
)
def test_it_leads_nowhere_else(person, client, target):
    answer = client.post(f"{PAGE}?next={target}", GIVEN)
    assert answer["Location"].startswith("/me/companies/")


def test_a_known_tax_code_and_too_many_are_refused(person, client):
    world.company(tax_code="0101234567", name_vi="Gốm Lan")
    answer = client.post(PAGE, GIVEN | {"tax_code": "0101234567"})
    assert answer.status_code == 422
    assert 'value="Lụa Hà"' in answer.content.decode()
    Entry.objects.bulk_create(
        Entry(actor=person, verb="fairs.company.found", subject="", at=clock.now()) for _each in range(MOST_COMPANIES)
    )
    with pytest.raises(TooMany):
        found_own_company(by=person, name_vi="Lụa Hà")
    assert not Company.objects.filter(name_vi="Lụa Hà").exists()
