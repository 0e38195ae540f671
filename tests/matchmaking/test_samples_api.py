"""Samples as programs make, hand over, keep and tie them."""

from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from fairs import clock
from fairs.models import Product
from matchmaking.actions import sample as samples
from matchmaking.models import Sample
from tests import world
from tests.matchmaking.asking import recorded
from tests.matchmaking.following import met

pytestmark = pytest.mark.django_db
API = "/api/v1/samples/"


@pytest.fixture
def fair():
    """The first morning of the fair, a pair that met, and a product."""
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides()
        met(sides)
        sides.vase = Product.objects.create(
            company=sides.exhibitor.company, product_group=world.product_group(), name_vi="Bình gốm", name_en="Vase"
        )
        yield sides


def program(person):
    client = APIClient(headers={"accept-language": "en"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def made(fair, **given):
    asked = {"edition": fair.edition.slug, "exhibitor": fair.exhibitor.pk, "after": 0, "count": 2} | given
    return program(fair.maker).post(API, asked)


def handed(fair, **given):
    one = made(fair).json()[0]
    said = {"product": fair.vase.pk, "price": "7.50", "currency": "USD"} | given
    answer = program(fair.maker).post(f"{API}{one['id']}/hand_over/", said)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def keep(fair, one, person, part):
    tag = one["url"].rstrip("/").rpartition("/")[2]
    return program(person).post(f"{API}keep/", {"edition": fair.edition.slug, "tag": tag, "importer": part.pk})


def test_the_same_call_again_answers_the_same_tags(fair):
    first, again = made(fair), made(fair)
    assert (first.status_code, [one["number"] for one in first.json()]) == (201, [1, 2])
    assert again.json() == first.json()
    assert Sample.objects.count() == 2
    assert [one["number"] for one in made(fair, after=2, count=1).json()] == [3]
    late = made(fair)
    assert (late.status_code, late.json()["code"]) == (409, "other_numbers")
    assert made(fair, after=9).status_code == 409
    assert Sample.objects.count() == 3


def test_it_goes_from_the_maker_to_the_buyer_to_the_contract(fair):
    one = handed(fair)
    assert (one["state"], one["goods"], one["price"], one["importer"]) == ("handed", "Bình gốm", "7.50", None)
    for _twice in range(2):
        kept = keep(fair, one, fair.buyer, fair.importer).json()
        assert (kept["state"], kept["importer"], kept["version"]) == ("kept", fair.importer.pk, one["version"] + 1)
    deal = recorded(fair)
    tied = program(fair.maker).post(f"{API}{one['id']}/tie/", {"deal": deal.pk})
    assert (tied.status_code, tied.json()["deal"]) == (200, deal.pk)
    other = recorded(fair, key="other", importer=world.importer(fair.edition).part)
    wrong = program(fair.maker).post(f"{API}{one['id']}/tie/", {"deal": other.pk})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "another_deal")


def test_only_the_two_see_it_and_only_the_maker_says_what_it_is(fair):
    one = handed(fair, importer=fair.importer.pk)
    address = f"{API}{one['id']}/"
    assert program(fair.buyer).get(address).json()["price"] == "7.50"
    assert program(fair.buyer).post(f"{address}hand_over/", {"product": fair.vase.pk}).status_code == 403
    assert program(fair.buyer).post(f"{address}throw_away/").status_code == 403
    for person in (world.officer(fair.edition, "director"), world.exhibitor(fair.edition).person, world.person()):
        assert program(person).get(address).status_code == 404
        assert program(person).get(API).json()["count"] == 0
        assert program(person).post(f"{address}tie/", {"deal": 1}).status_code == 404
    tags = {"edition": fair.edition.slug, "exhibitor": fair.exhibitor.pk, "after": 0}
    assert program(fair.buyer).post(API, tags).status_code == 404
    assert APIClient().get(address).status_code == 401


def test_another_buyer_does_not_keep_what_was_noted_for_one(fair):
    one, other = handed(fair, importer=fair.importer.pk), world.importer(fair.edition)
    answer = keep(fair, one, other.person, other.part)
    assert (answer.status_code, answer.json()["code"]) == (409, "kept_by_another")
    assert keep(fair, one, other.person, fair.importer).status_code == 403
    assert keep(fair, one | {"url": "/nothing/"}, fair.buyer, fair.importer).status_code == 404


def test_a_spoiled_tag_leads_nowhere(fair):
    one = made(fair).json()[0]
    assert program(fair.maker).post(f"{API}{one['id']}/throw_away/").json()["state"] == "void"
    assert keep(fair, one, fair.buyer, fair.importer).status_code == 404


@pytest.mark.parametrize("count", world.ROWS)
def test_the_list_takes_the_same_queries_for_any_number(fair, count, django_assert_num_queries):
    samples.print_tags(fair.exhibitor, by=fair.maker, count=1)
    tag = samples.hand_over(Sample.objects.get(), product=fair.vase, by=fair.maker, importer=fair.importer)
    common = {"edition": fair.edition, "exhibitor": fair.exhibitor, "importer": fair.importer, "product": fair.vase}
    common |= {"state": "handed", "goods": "Vase", "handed_at": tag.handed_at, "price": Decimal(1), "currency": "USD"}
    Sample.objects.bulk_create(Sample(**common, number=n + 2) for n in range(count))
    client = program(fair.maker)
    client.get(API)
    with django_assert_num_queries(5):
        assert client.get(API).json()["count"] == count + 1
