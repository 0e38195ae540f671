"""Which importers an exhibitor should meet: those who agreed to be listed, by company and goods, never by contact."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from fairs import clock
from matchmaking.actions.wishes import wish
from matchmaking.models import Wish
from matchmaking.suggestions import importers_for
from tests import world
from tests.matchmaking.wishing import agree, certificate, maker, registered

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        cache.clear()
        yield world.edition()


@pytest.fixture
def side(edition):
    return maker(edition)


def page(name, edition, **kwargs):
    return reverse(f"matchmaking:{name}", kwargs={"edition": edition.slug} | kwargs)


def found(side, words=""):
    return [one.importer for one in importers_for(side.part, words=words)]


def test_only_who_was_approved_agreed_and_restricts_nothing_is_proposed(edition, side):
    agreed = registered(edition)
    registered(edition, listed=False)
    registered(edition, state="registered")
    quiet = registered(edition)
    quiet.person.restricted_at = world.NOON
    quiet.person.save()
    back = registered(edition)
    back.person.consents.update(withdrawn_at=world.NOON)
    assert found(side) == [agreed.pk]


def test_a_company_is_proposed_once_by_whoever_of_it_fits_best(edition, side):
    first, other = registered(edition), registered(edition)
    first.product_groups.clear()
    other.company = first.company
    other.save()
    assert found(side) == [other.pk]


def test_where_a_side_said_no_the_exhibitor_finds_nobody_whatever_it_searches(edition, side):
    refused, refusing, left = (registered(edition) for _each in range(3))
    wish(refused, exhibitor=side.part, side="exhibitor", kind="no", by=side.person)
    wish(refusing, exhibitor=side.part, side="importer", kind="no", by=refusing.person)
    assert found(side) == [left.pk]
    assert found(side, "ceramics") == [left.pk]


def test_who_wants_to_meet_comes_first_and_says_so(edition, side):
    _plain, wants = registered(edition), registered(edition)
    wish(wants, exhibitor=side.part, side="importer", kind="must", by=wants.person)
    assert found(side)[0] == wants.pk
    assert importers_for(side.part)[0].reasons[0].code == "must"


@pytest.mark.parametrize("words", ["gom", "PHÁP", "france", "fsc", "lefevre"])
def test_the_search_goes_by_goods_certificate_country_and_company(edition, side, words):
    registration = registered(edition)
    registration.certificates.add(certificate("fsc"))
    assert found(side, words) == [registration.pk]
    assert found(side, "nobody here") == []


def test_what_importers_wrote_themselves_is_not_searched(edition, side):
    registered(edition, interest="Call me: 0777")
    assert found(side, "0777") == []


def test_the_page_names_companies_and_no_person(edition, side, client):
    registration = registered(edition, interest="Call 0777")
    registration.person.phone, registration.company.email = "+33 600000777", "office@maison.example"
    registration.person.save(), registration.company.save()
    client.force_login(side.person)
    shown = client.get(page("importers_to_meet", edition), headers=ENGLISH).content.decode()
    assert registration.company.name_vi in shown
    assert "Looked for and made" in shown
    for secret in ("0777", "maison.example", registration.person.full_name, registration.person.email):
        assert secret not in shown


def test_nobody_is_named_who_has_not_agreed(edition, side, client):
    hidden = registered(edition, listed=False)
    client.force_login(side.person)
    assert hidden.company.name_vi not in client.get(page("importers_to_meet", edition)).content.decode()
    assert client.post(page("wish_importer", edition, importer=hidden.pk), {"kind": "must"}).status_code == 404
    agree(hidden)
    assert client.post(page("wish_importer", edition, importer=hidden.pk), {"kind": "must"}).status_code == 302


def test_what_is_said_stands_on_the_list_until_it_is_taken_back(edition, side, client):
    registration = registered(edition)
    client.force_login(side.person)
    client.post(page("wish_importer", edition, importer=registration.pk), {"kind": "like"})
    assert Wish.objects.values_list("side", "kind").get() == ("exhibitor", "like")
    assert registration.company.name_vi in client.get(page("importers_to_meet", edition)).content.decode()
    registration.person.consents.update(withdrawn_at=world.NOON)
    assert registration.company.name_vi not in client.get(page("importers_to_meet", edition)).content.decode()
    assert client.post(page("forget_importer", edition, importer=registration.pk)).status_code == 404
    agree(registration)
    client.post(page("forget_importer", edition, importer=registration.pk))
    assert not Wish.objects.exists()


def test_for_who_does_not_exhibit_it_does_not_exist(edition, client):
    client.force_login(registered(edition).person)
    assert client.get(page("importers_to_meet", edition)).status_code == 404


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_page_costs_the_same_however_many_there_are(edition, side, client, rows, django_assert_num_queries):
    for _one in range(min(rows, 40)):
        registered(edition)
    client.force_login(side.person)
    with django_assert_num_queries(35):
        client.get(page("importers_to_meet", edition))
    with django_assert_num_queries(36):
        client.get(page("importers_to_meet", edition) + "?q=gom")
