"""Tags on samples tie them to product, maker, buyer and contract, and tell strangers little."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from fairs import clock
from fairs.actions.merging import merge_companies
from fairs.errors import DomainError, Forbidden, Refused
from fairs.models import Product
from fairs.papers.sample_tags import TagFace, tags_pdf
from fairs.states import StateConflict
from matchmaking.actions import sample as samples
from matchmaking.models import Sample
from matchmaking.views.sample import WRONG_AT_MOST
from tests import world
from tests.matchmaking.asking import page, recorded, shown
from tests.matchmaking.following import met
from tests.papers import LONG, codes_on, needs_poppler, page_of, pages_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """The first morning of the fair, a pair that met, a product, a sheet of tags."""
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides()
        met(sides)
        sides.vase = Product.objects.create(
            company=sides.exhibitor.company, product_group=world.product_group(), name_vi="Bình gốm", name_en="Vase"
        )
        sides.tag = samples.print_tags(sides.exhibitor, by=sides.maker)[0]
        yield sides


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def handed(fair, **more):
    given = {"price": Decimal("7.50"), "currency": "USD", "importer": fair.importer} | more
    return samples.hand_over(fair.tag, product=fair.vase, by=fair.maker, **given)


def test_tags_are_numbered_on_and_not_without_end(fair):
    samples.print_tags(fair.exhibitor, by=fair.maker, count=4)
    assert sorted(Sample.objects.values_list("number", flat=True)) == list(range(1, 26))
    with pytest.raises(Refused) as refusal:
        samples.print_tags(fair.exhibitor, by=fair.maker, count=200)
    assert refusal.value.code == "enough_tags"
    for by in (fair.buyer, world.officer(fair.edition, "director")):
        with pytest.raises(Forbidden):
            samples.print_tags(fair.exhibitor, by=by)
    assert len(set(Sample.objects.values_list("token", flat=True))) == 25


def test_a_tag_is_tied_to_product_buyer_and_contract(fair):
    one = handed(fair)
    assert (one.state, one.goods, one.price, one.importer) == ("handed", "Bình gốm", Decimal("7.50"), fair.importer)
    for _twice in range(2):
        samples.keep_sample(one, importer=fair.importer, by=fair.buyer)
    assert one.state == "kept"
    deal = recorded(fair)
    samples.tie_sample(one, deal=deal, by=fair.maker)
    assert one.deal == deal
    with pytest.raises(StateConflict):
        handed(fair)


def test_the_contract_names_a_buyer_that_was_not_known(fair):
    one = handed(fair, importer=None)
    samples.tie_sample(one, deal=recorded(fair), by=fair.maker)
    assert one.importer == fair.importer


def test_what_does_not_fit_is_refused(fair):
    strange = Product.objects.create(
        company=fair.importer.company, product_group=world.product_group(), name_vi="Lạ", name_en="Strange"
    )
    other = world.importer(fair.edition)
    wrong = [
        ("not_own_product", lambda: samples.hand_over(fair.tag, product=strange, by=fair.maker)),
        ("price", lambda: handed(fair, price=Decimal(-1))),
        ("currency", lambda: handed(fair, currency="")),
        ("not_a_buyer", lambda: handed(fair, importer=fair.exhibitor)),
        ("another_deal", lambda: samples.tie_sample(fair.tag, deal=recorded(fair), by=fair.maker)),
    ]
    for code, deed in wrong:
        with pytest.raises(DomainError) as refusal:
            deed()
        assert refusal.value.code == code
    handed(fair)
    with pytest.raises(Refused) as refusal:
        samples.keep_sample(fair.tag, importer=other.part, by=other.person)
    assert refusal.value.code == "kept_by_another"
    with pytest.raises(Forbidden):
        samples.keep_sample(fair.tag, importer=fair.importer, by=other.person)


def test_strangers_see_the_product_and_its_maker_and_nothing_confidential(fair):
    handed(fair)
    address = page("sample", fair, tag=fair.tag.token)
    text = shown(Client(), address)
    assert "Vase" in text
    assert fair.exhibitor.company.name_vi in text
    assert reverse("matchmaking:ask", args=[fair.edition.slug, fair.exhibitor.pk]) in text
    assert "7.50" not in text
    assert fair.importer.company.name_vi not in text
    assert Client().post(address).status_code == 404
    assert signed_in(world.exhibitor(fair.edition).person).post(address).status_code == 404


def test_the_maker_says_on_the_phone_what_it_is(fair):
    maker, address = signed_in(fair.maker), page("sample", fair, tag=fair.tag.token)
    assert "Hand it over" in shown(maker, address)
    given = {"product": fair.vase.pk, "price": "7.50", "currency": "USD", "importer": fair.importer.pk}
    assert maker.post(address, given, headers={"accept-language": "en"}).url == address
    assert Sample.objects.get(pk=fair.tag.pk).price == Decimal("7.50")
    deal = recorded(fair)
    assert maker.post(address, {"deed": "tie", "deal": deal.pk}).url == address
    assert deal.number in shown(maker, address)
    listed = shown(maker, page("samples", fair))
    assert "#1 Vase" in listed
    assert "20 tags are not used yet" in listed


def test_a_spoiled_tag_leads_nowhere(fair):
    maker, address = signed_in(fair.maker), page("sample", fair, tag=fair.tag.token)
    assert maker.post(address, {"deed": "throw_away"}).status_code == 302
    shown(maker, address, status=404)


def test_a_buyer_says_that_they_keep_it(fair):
    handed(fair, importer=None)
    buyer, address = signed_in(fair.buyer), page("sample", fair, tag=fair.tag.token)
    assert "We keep this sample" in shown(buyer, address)
    for _twice in range(2):
        assert buyer.post(address).url == address
    assert Sample.objects.get(pk=fair.tag.pk).importer == fair.importer
    assert "You keep this sample." in shown(buyer, address)
    assert "You keep this sample." not in shown(Client(), address)


def test_tags_cannot_be_guessed(fair):
    client, wrong = Client(), page("sample", fair, tag="guessed")
    for _try in range(WRONG_AT_MOST):
        assert client.get(wrong).status_code == 404
    assert client.get(wrong).status_code == 429


@needs_poppler
def test_a_sheet_holds_twenty_one_tags_and_every_code_is_read_back(fair, tmp_path):
    samples.print_tags(fair.exhibitor, by=fair.maker, count=1)
    pdf = signed_in(fair.maker).get(page("sample_tags_pdf", fair)).content
    assert pages_of(pdf) == 2
    assert "#21" in text_of(pdf)
    read = {code.text for code in codes_on(page_of(pdf, tmp_path))}
    first = Sample.objects.filter(number__lte=21)
    assert read == {settings.SITE_URL.rstrip("/") + page("sample", fair, tag=one.token) for one in first}


@needs_poppler
def test_the_longest_name_stays_on_its_tag(tmp_path):
    face = TagFace("#1", LONG, "https://fair.example/hgs-2018/sample/abcdefgh", (LONG, LONG))
    picture = page_of(tags_pdf([face], title="Tags"), tmp_path)
    width, height = picture.size
    beside = picture.crop((int(width / 3) + 3, 0, int(width * 2 / 3) - 3, int(height / 7) - 3))
    assert [colour for _count, colour in beside.getcolors()] == [(255, 255, 255)]


def test_samples_of_companies_that_become_one_are_numbered_on(fair):
    other = world.exhibitor(fair.edition)
    samples.print_tags(other.part, by=other.person, count=2)
    merge_companies(fair.exhibitor.company, drop=other.part.company, by=world.officer(fair.edition, "booth_desk"))
    assert sorted(Sample.objects.values_list("number", flat=True)) == list(range(1, 24))
    assert Sample.objects.values("exhibitor").distinct().count() == 1


@pytest.mark.parametrize("count", world.ROWS)
def test_a_list_takes_the_same_queries_for_any_number(fair, count, django_assert_num_queries):
    Sample.objects.update(state="handed", handed_at=clock.now(), goods="x", product=fair.vase, importer=fair.importer)
    Sample.objects.bulk_create(
        Sample(edition=fair.edition, exhibitor=fair.exhibitor, number=100 + n, state="handed", handed_at=clock.now(),
               goods="x", importer=fair.importer)
        for n in range(count)
    )  # fmt: skip
    client = signed_in(fair.maker)
    client.get(page("samples", fair))
    with django_assert_num_queries(9):
        client.get(page("samples", fair))
