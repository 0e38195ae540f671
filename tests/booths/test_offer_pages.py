"""The offer on the applicant's page, the waiting list at the desk, and both for programs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from booths.actions.offers import decline_offer, make_offers
from booths.models import Application, Offer, Price
from fairs import clock
from fairs.deliveries import compose
from fairs.models import Delivery, SupportRule
from tests import world
from tests.booths.test_offers import LATER, a_line, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition with three free booths, whose clock stands at noon."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made, 3)
        yield made


@pytest.fixture
def visit(client, edition):
    """Asks for a page in a language, or posts to it."""

    def ask(name, *args, by, language="en", post=None):
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(f"booths:{name}", args=[edition.slug, *args])
        headers = {"accept-language": language}
        return client.get(address, headers=headers) if post is None else client.post(address, post, headers=headers)

    return ask


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Booths A01, A02 are free for you", "After that they go to the next in line.")),
        ("vi", ("Các gian A01, A02 đang dành cho bạn", "Hết giờ, gian sẽ được mời cho người kế tiếp.")),
    ],
)
def test_the_applicant_sees_the_offer_with_its_hours_price_and_two_answers(visit, edition, language, words):
    asked = waiting(edition, booths=2)
    [offer] = make_offers(edition)
    page = visit("application", by=asked.contact, language=language).content.decode()
    for sentence in words:
        assert sentence in page
    assert 'data-seconds-left="172800"' in page
    assert "48:00:00" in page
    assert 'id="reserve"' not in page
    for name in ("take_offer", "decline_offer"):
        assert reverse(f"booths:{name}", args=[edition.slug, offer.pk]) in page
    panel = visit("booth", "A01", by=asked.contact, language=language).content.decode()
    assert ("Offered to you" if language == "en" else "Đang mời bạn") in panel
    assert 'id="reserve"' not in panel


def test_yes_leads_to_the_payment_notice_and_no_back_to_the_line(visit, edition):
    yes, no = waiting(edition, minutes=1), waiting(edition, minutes=2)
    first, second = make_offers(edition)
    answer = visit("take_offer", first.pk, by=yes.contact, post={})
    assert answer.headers["Location"].startswith(f"/{edition.slug}/notices/")
    assert visit("decline_offer", second.pk, by=no.contact, post={}).status_code == 302
    assert "You are next when booths become free" in visit("application", by=no.contact).content.decode()
    assert visit("take_offer", second.pk, by=yes.contact, post={}).status_code == 404


def test_a_place_further_down_is_told(visit, edition):
    waiting(edition, minutes=1, booths=9)
    asked = waiting(edition, minutes=2, booths=9)
    assert "You are number 2 in line" in visit("application", by=asked.contact).content.decode()


def test_an_offer_that_ran_out_is_said_so_and_stays_ended(visit, edition):
    asked = waiting(edition)
    [offer] = make_offers(edition)
    with clock.at(LATER):
        assert visit("take_offer", offer.pk, by=asked.contact, post={}).status_code == 409
    offer.refresh_from_db()
    assert offer.state == "expired"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_desk_sees_the_line_its_reasons_and_what_became_of_offers(visit, edition, language):
    desk = world.officer(edition, "booth_desk")
    gone = waiting(edition, minutes=1, reason="Hết gian khu Gốm sứ")
    waiting(edition, minutes=2, booths=9, reason="Chờ thêm gian")
    [offer] = make_offers(edition)
    decline_offer(offer, by=gone.contact)
    page = visit("waiting_list", by=desk, language=language)
    assert [one.booth_count for one in page.context["page"]] == [9, 1]
    text = page.content.decode()
    for said in ("Hết gian khu Gốm sứ", "Chờ thêm gian", "A01", "Declined" if language == "en" else "Đã từ chối"):
        assert said in text
    assert visit("make_offers", by=desk, language=language, post={}).status_code == 302
    assert Offer.objects.count() == 2


def test_the_desk_answers_for_somebody_without_a_phone(visit, edition):
    desk, asked = world.officer(edition, "booth_desk"), waiting(edition)
    [offer] = make_offers(edition)
    page = visit("application_desk", asked.pk, by=desk).content.decode()
    assert "Take it for them" in page
    visit("take_offer", offer.pk, by=desk, post={})
    asked.refresh_from_db()
    assert asked.state == "accepted"
    assert "took its offer" in visit("application_desk", asked.pk, by=desk).content.decode()


@pytest.mark.parametrize("count", world.ROWS)
def test_the_waiting_list_takes_the_same_queries_for_any_number_of_rows(
    client, edition, count, django_assert_num_queries
):
    a_line(edition, count)
    make_offers(edition)
    client.force_login(world.officer(edition, "booth_desk"), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("booths:waiting_list", args=[edition.slug])
    client.get(address)
    with django_assert_num_queries(18):
        client.get(address)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_letters_name_the_booths_and_lead_to_the_page(edition, language):
    asked = waiting(edition, booths=2)
    asked.contact.language = language
    asked.contact.save()
    make_offers(edition)
    with clock.at(LATER):
        make_offers(edition)
    letters = [compose(delivery) for delivery in Delivery.objects.filter(to=asked.contact).order_by("pk")]
    assert len(letters) >= 2
    for letter in letters[:2]:
        assert "A01, A02" in letter.body
        assert reverse("booths:application", args=[edition.slug]) in letter.body
    assert letters[0].subject == {"en": "Booths are free for you", "vi": "Đã có gian cho bạn"}[language]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ("List price, 2 booths: VND 27,000,000", "Half: −VND 6,750,000", "Amount due: VND 20,250,000",
             "Say yes or no by 3 Sep 2018 12:00."),
        ),
        (
            "vi",
            ("Giá niêm yết, 2 gian: 27.000.000 đ", "Một nửa: −6.750.000 đ", "Số tiền phải nộp: 20.250.000 đ",
             "trước 3/9/2018 12:00"),
        ),
    ],
)  # fmt: skip
def test_the_letter_says_what_the_booths_cost_and_until_when_they_are_kept(edition, language, words):
    SupportRule.objects.create(edition=edition, name_vi="Một nửa", name_en="Half", percent=50, booths_at_most=1)
    asked = waiting(edition, booths=2)
    asked.contact.language = language
    asked.contact.save()
    make_offers(edition)
    body = compose(Delivery.objects.get(to=asked.contact)).body.replace("\xa0", " ")
    for said in words:
        assert said in body


def test_the_letter_leaves_a_price_out_that_is_not_set_yet(edition):
    asked = waiting(edition)
    asked.contact.language = "en"
    asked.contact.save()
    Price.objects.all().delete()
    make_offers(edition)
    body = compose(Delivery.objects.get(to=asked.contact)).body
    assert "List price" not in body
    assert "A01" in body


def test_programs_make_take_and_decline(client, edition):
    desk, asked = world.officer(edition, "booth_desk"), waiting(edition, minutes=1)
    other = waiting(edition, minutes=2)

    def send(path, by, **body):
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        return client.post(f"/api/v1/offers/{path}", body, content_type="application/json")

    assert send("", asked.contact, edition=edition.slug).status_code == 403
    made = send("", desk, edition=edition.slug)
    assert made.status_code == 201
    assert [(one["booths"], one["state"], one["application"]) for one in made.json()] == [
        (["A01"], "open", asked.pk), (["A02"], "open", other.pk)
    ]  # fmt: skip
    first, second = (one["id"] for one in made.json())
    assert send(f"{first}/take/", asked.contact).json()["number"]
    assert send(f"{second}/take/", asked.contact).status_code == 404
    assert send(f"{second}/decline/", other.contact).json()["state"] == "declined"
    assert send(f"{second}/take/", other.contact).json()["code"] == "state_conflict"
    assert set(Application.objects.values_list("state", flat=True)) == {"accepted", "waitlisted"}


def test_the_offers_of_a_day_have_their_own_hours(edition):
    edition.sale_terms.offer_hours = 6
    edition.sale_terms.save()
    waiting(edition)
    assert make_offers(edition)[0].expires_at == world.NOON + timedelta(hours=6)
