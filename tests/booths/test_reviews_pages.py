"""The jury's pages: what a juror sees, what nobody shows them, and the desk's page of the jury."""

import pytest
from django.urls import reverse

from booths.actions.reviews import assign_reviews
from booths.models import Application, Criterion, Review, Threshold
from fairs import clock
from fairs.models import Membership, Product
from fairs.views.home import places_of
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition with two criteria: one scored by buttons, one typed."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        world.criterion(made, "Quality", weight=2, most=10, order=1)
        world.criterion(made, "Story", weight=1, most=40, order=2)
        yield made


@pytest.fixture
def juror(edition):
    """Somebody of the jury."""
    return world.officer(edition, "reviewer", email="juror@museum.example")


@pytest.fixture
def visit(client, edition):
    """Asks for a page, or posts to it when there is something to post; follows nothing."""

    def ask(name, *args, by=None, language="en", post=None, app="booths", **query):
        client.logout()
        if by:
            client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(f"{app}:{name}", args=[edition.slug, *args], query=query)
        headers = {"accept-language": language}
        return client.get(address, headers=headers) if post is None else client.post(address, post, headers=headers)

    return ask


@pytest.fixture
def count_queries(client, edition, django_assert_num_queries):
    """Asks for a page a second time and holds it to a number of queries."""

    def ask(name, *args, by, queries, app="booths", **query):
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(f"{app}:{name}", args=[edition.slug, *args], query=query)
        assert client.get(address).status_code == 200
        with django_assert_num_queries(queries):
            client.get(address)

    return ask


def sheet(edition, *given, **more):
    keys = Criterion.objects.filter(edition=edition).values_list("pk", flat=True)
    return {f"points_{key}": value for key, value in zip(keys, given, strict=True)} | {"verb": "score"} | more


def test_a_juror_works_through_the_queue(visit, edition, juror):
    desk = world.officer(edition, "booth_desk")
    rows = [world.application(edition, state="submitted") for _each in range(3)]
    assign_reviews(edition, each=1, by=desk)
    first, second, third = Review.objects.order_by("pk")
    page = visit("reviews", by=juror).content.decode()
    assert all(row.company.name_vi in page for row in rows)
    assert "0 / 3" in page
    assert reverse("booths:review", args=[edition.slug, first.pk]) in page
    answer = visit("review", first.pk, by=juror, post=sheet(edition, "8", "20,5", comment="Đẹp"), language="vi")
    assert answer["Location"] == reverse("booths:review", args=[edition.slug, second.pk])
    assert Application.objects.get(pk=first.application_id).score == Review.objects.get(pk=first.pk).result
    answer = visit("review", second.pk, by=juror, post={"verb": "step_aside", "conflict": "Chị họ tôi"})
    assert answer["Location"] == reverse("booths:review", args=[edition.slug, third.pk])
    assert visit("review", third.pk, by=juror, post=sheet(edition, "1", "1"))["Location"].endswith("/reviews/")
    assert "2 / 2" in visit("reviews", by=juror).content.decode()
    assert "Chị họ tôi" in visit("review", second.pk, by=juror).content.decode()


def test_a_sheet_that_lacks_something_comes_back_with_everything_typed(visit, edition, juror):
    review = world.review(world.application(edition, state="under_review"), juror)
    answer = visit("review", review.pk, by=juror, post=sheet(edition, "8", "", comment="Màu men sâu"))
    assert answer.status_code == 422
    assert "Màu men sâu" in answer.content.decode()
    answer = visit("review", review.pk, by=juror, post={"verb": "step_aside", "conflict": ""})
    assert answer.status_code == 422


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_jury_sees_neither_contacts_nor_money_nor_other_scores(visit, edition, juror, language):
    application = world.application(edition, world.person("Bùi Thị Hiền", phone="0912345678"), state="under_review")
    company = application.company
    company.phone, company.email, company.tax_code = "0987654321", "ban-hang@gom.example", "0101234567"
    company.address, company.website, company.about_vi = "12 Giang Cao", "https://gom.example", "Men rạn cổ"
    company.save()
    application.support_asked = "Xin hỗ trợ 50 phần trăm"
    application.save()
    group = world.product_group()
    Product.objects.create(company=company, product_group=group, name_vi="Lọ hoa men rạn", minimum_order=100)
    other = world.person("Giám khảo khác")
    told = world.review(application, other, result="87.65")
    told.comment = "Hàng nhập từ nơi khác"
    told.save()
    review = world.review(application, juror)
    page = visit("review", review.pk, by=juror, language=language).content.decode()
    assert "Men rạn cổ" in page
    assert "Lọ hoa men rạn" in page or language == "en"
    hidden = (
        "Bùi Thị Hiền",
        "0912345678",
        "0987654321",
        "ban-hang",
        "0101234567",
        "12 Giang Cao",
        "https://gom.example",
    )
    for secret in (*hidden, "Xin hỗ trợ", "87.65", "87,65", "Hàng nhập", "Giám khảo khác"):
        assert secret not in page, secret


def test_a_juror_opens_no_other_page_of_the_desk(visit, edition, juror):
    application = world.application(edition, state="under_review")
    other = world.review(application)
    elsewhere = world.review(world.application(world.edition(), state="under_review"), juror)
    for name, *args in (
        ("applications_desk",), ("application_desk", application.pk), ("booths_desk",), ("jury",), ("add_criterion",),
        ("set_threshold",), ("review", other.pk), ("review", elsewhere.pk), ("enter_application",),
    ):  # fmt: skip
        assert visit(name, *args, by=juror).status_code == 404, name
    for name in ("desk", "wall", "money_desk", "journal", "set_up", "officers", "report"):
        assert visit(name, by=juror, app="fairs").status_code == 404, name
    assert visit("reviews", by=world.officer(edition, "director")).status_code == 404
    page = visit("reviews", by=juror).content.decode()
    assert f'"{reverse("fairs:desk", args=[edition.slug])}"' not in page
    assert reverse("booths:applications_desk", args=[edition.slug]) not in page


def test_a_juror_lands_at_their_queue(edition, juror):
    assert [place["url"] for place in places_of(juror)] == [reverse("booths:reviews", args=[edition.slug])]


def test_a_tied_juror_is_offered_only_to_step_aside(visit, edition, juror):
    application = world.application(edition, state="under_review")
    Membership.objects.create(company=application.company, person=juror)
    review = world.review(application, juror)
    page = visit("review", review.pk, by=juror).content.decode()
    assert "You cannot judge this application." in page
    assert 'value="step_aside"' in page
    assert 'value="score"' not in page
    assert visit("review", review.pk, by=juror, post=sheet(edition, "1", "1")).status_code == 422


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_the_queue_takes_the_same_queries_whatever_its_length(edition, juror, rows, count_queries):
    for _each in range(rows):
        world.review(world.application(edition, state="under_review"), juror)
    count_queries("reviews", by=juror, queries=9)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_desk_sets_the_jury_up_and_hands_out(visit, edition, juror, language):
    desk = world.officer(edition, "booth_desk")
    world.application(edition, state="submitted")
    fields = {"name_vi": "Xuất khẩu", "name_en": "Export", "weight": "2", "most": "10", "order": "3"}
    assert visit("add_criterion", by=desk, post=fields, language=language).status_code == 302
    one = Criterion.objects.get(name_en="Export")
    assert visit("change_criterion", one.pk, by=desk).status_code == 200
    assert visit("change_criterion", one.pk, by=desk, post=fields | {"weight": "0"}).status_code == 422
    visit("change_criterion", one.pk, by=desk, post=fields | {"weight": "3"})
    assert Criterion.objects.get(pk=one.pk).weight == 3
    assert visit("set_threshold", by=desk, post={"least": "60"}).status_code == 302
    assert visit("set_threshold", by=desk, threshold=Threshold.objects.get().pk).status_code == 200
    assert visit("jury", by=desk, post={"each": "1"}).status_code == 302
    page = visit("jury", by=desk, language=language).content.decode()
    assert "60" in page
    assert juror.full_name in page
    assert Review.objects.count() == 1
    visit("remove_threshold", Threshold.objects.get().pk, by=desk, post={})
    visit("remove_criterion", one.pk, by=desk, post={})
    assert (Criterion.objects.count(), Threshold.objects.count()) == (2, 0)


@pytest.mark.parametrize("jurors", [1, 3, 20])
def test_the_desks_page_of_the_jury_takes_the_same_queries(edition, jurors, count_queries):
    desk = world.officer(edition, "booth_desk")
    for _each in range(jurors):
        world.review(world.application(edition, state="under_review"))
    count_queries("jury", by=desk, queries=11)
