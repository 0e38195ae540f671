"""The plan's pages: what they show to whom, in how many queries."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booths.actions.reservations import hold_booths, reserve_held
from booths.models import Booth, Reservation
from booths.plan import plan_of
from booths.tasks import tell_of_lapsed_holds
from fairs import clock
from fairs.models import Product
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """Four booths, one held and one reserved by the same exhibitor; a second exhibitor has none yet."""
    with clock.at(world.NOON):
        edition = world.edition()
        booths = world.floor(edition)
        mine, other = world.application(edition), world.application(edition)
        hold_booths(other, booths=booths[:1], by=other.contact)
        reserve_held(other, by=other.contact)
        hold_booths(other, booths=booths[1:2], by=other.contact)
        yield {"edition": edition, "booths": booths, "mine": mine, "other": other}


def get(client, fair, name, *args, by=None, language="en", **query):
    """A page, asked for by somebody in a language."""
    if by:
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse(f"booths:{name}", args=[fair["edition"].slug, *args], query=query)
    return client.get(address, headers={"accept-language": language})


def test_statuses_are_one_letter_a_booth_in_the_plans_order(client, fair):
    answer = get(client, fair, "plan_signs").json()
    assert answer["signs"] == "rhff"
    assert answer["counts"] == {"free": 2, "held": 1, "reserved": 1, "confirmed": 0, "blocked": 0}
    assert answer["next"] == 15 * 60 + 1


def test_a_hold_that_ran_out_is_free_without_anybody_ending_it(client, fair):
    with clock.at(world.NOON + timedelta(minutes=15)):
        answer = get(client, fair, "plan_signs").json()
    assert (answer["signs"], answer["next"]) == ("rfff", None)


@pytest.mark.parametrize(("language", "free"), [("vi", "A03, còn trống"), ("en", "A03, free")])
def test_the_plan_speaks_both_languages(client, fair, language, free):
    assert free in get(client, fair, "plan", language=language).content.decode()


def test_who_reserved_is_public_and_who_holds_is_not(client, fair):
    name = fair["other"].company.name_vi
    assert name in get(client, fair, "booth", "A01").content.decode()
    assert name not in get(client, fair, "booth", "A02").content.decode()


def test_a_booth_that_is_not_there_is_404(client, fair):
    assert get(client, fair, "booth", "Z99").status_code == 404
    assert get(client, fair, "plan", b="Z99").status_code == 200


def test_an_accepted_exhibitor_is_offered_the_hold_with_its_price(client, fair):
    page = get(client, fair, "plan", by=fair["mine"].contact, b=["A03", "A04"]).content.decode()
    assert "Hold 2 booths for 15 minutes" in page
    assert "VND\xa027,000,000" in page


def test_more_booths_than_applied_for_are_not_offered(client, fair):
    fair["mine"].booth_count = 1
    fair["mine"].save()
    page = get(client, fair, "plan", by=fair["mine"].contact, b=["A03", "A04"]).content.decode()
    assert 'id="hold"' not in page
    assert "Remove one from your choice" in page


def test_ones_own_holds_are_shown_with_what_is_left(client, fair):
    page = get(client, fair, "plan", by=fair["other"].contact).content.decode()
    assert 'data-seconds-left="900"' in page
    assert "Confirm and see the payment notice" in page


def test_the_panel_alone_answers_a_hint(client, fair):
    address = reverse("booths:plan", args=[fair["edition"].slug])
    page = client.get(address, headers={"hx-request": "true"}).content.decode()
    assert page.strip().startswith('<section class="sheet plan-panel"')


def test_search_finds_exhibitors_and_products_without_accents(client, fair):
    company = fair["other"].company
    company.name_vi = "Gốm Đông Triều"
    company.save()
    Product.objects.create(company=company, product_group=world.product_group(), name_vi="Lọ hoa men rạn")
    for words in ("gom dong trieu", "lo hoa", "a01", "trieu hoa"):
        page = get(client, fair, "plan", q=words)
        assert [booth.code for booth in page.context["found"]] == ["A01"], words
    assert [booth.code for booth in get(client, fair, "plan", q="gốm sứ").context["found"]] == [
        "A01",
        "A02",
        "A03",
        "A04",
    ]
    assert "No booth fits" in get(client, fair, "plan", q="xyz").content.decode()


def test_an_officer_chooses_on_behalf_and_a_stranger_does_not(client, fair):
    desk = world.officer(fair["edition"], "booth_desk")
    page = get(client, fair, "plan", by=desk, **{"for": fair["mine"].pk}).content.decode()
    assert fair["mine"].company.name_vi in page
    assert get(client, fair, "plan", by=world.person(), **{"for": fair["mine"].pk}).status_code == 404


def test_holding_confirming_and_giving_back_by_the_buttons(client, fair):
    person, slug = fair["mine"].contact, fair["edition"].slug
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    held = client.post(reverse("booths:hold", args=[slug]), {"b": ["A03", "A04"]})
    assert held.headers["Location"].endswith("/plan/?b=A03&b=A04")
    client.post(reverse("booths:release", args=[slug]), {"b": ["A04"]})
    assert sorted(fair["mine"].reservations.values_list("booth__code", "state")) == [
        ("A03", "held"),
        ("A04", "released"),
    ]
    kept = client.post(reverse("booths:reserve", args=[slug]))
    assert "/notices/" in kept.headers["Location"]
    assert fair["mine"].reservations.get(booth__code="A03").state == "reserved"


def test_a_booth_that_was_taken_meanwhile_is_refused_in_words(client, fair):
    client.force_login(fair["mine"].contact, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("booths:hold", args=[fair["edition"].slug])
    answer = client.post(address, {"b": ["A02"]}, headers={"hx-request": "true", "accept-language": "vi"})
    assert answer.status_code == 409
    assert "A02 vừa có đơn vị khác chọn. Gần đó còn trống: A03, A04." in answer.content.decode()


def test_without_an_application_there_is_no_button(client, fair):
    client.force_login(world.person(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("booths:hold", args=[fair["edition"].slug]), {"b": ["A03"]}).status_code == 404
    client.logout()
    assert client.post(reverse("booths:hold", args=[fair["edition"].slug]), {"b": ["A03"]}).status_code == 302


@pytest.mark.parametrize("count", world.ROWS)
def test_the_plan_takes_the_same_queries_for_any_number_of_booths(client, count, django_assert_num_queries):
    with clock.at(world.NOON):
        edition = world.edition()
        booths = world.floor(edition, count)
        application = world.application(edition, booths=300)
        Reservation.objects.bulk_create(
            Reservation(
                edition=edition, booth=booth, application=application, company=application.company,
                state="confirmed", held_until=world.NOON,
            )
            for booth in booths[::2]
        )  # fmt: skip
        plan_of(edition)
        get(client, {"edition": edition}, "plan")
        with django_assert_num_queries(5):
            get(client, {"edition": edition}, "plan")
        with django_assert_num_queries(4):
            get(client, {"edition": edition}, "plan_signs")


@pytest.mark.parametrize("count", world.ROWS)
def test_the_table_takes_the_same_queries_for_any_number_of_booths(client, count, django_assert_num_queries):
    edition = world.edition()
    world.floor(edition, count)
    with django_assert_num_queries(5):  # edition, zones, sizes, count, rows
        page = get(client, {"edition": edition}, "plan_table")
    assert page.context["page"].paginator.count == count


def test_the_table_sorts_and_filters(client, fair):
    rows = get(client, fair, "plan_table", sort="-code").context["page"].object_list
    assert [booth.code for booth in rows] == ["A04", "A03", "A02", "A01"]
    rows = get(client, fair, "plan_table", status="held").context["page"].object_list
    assert [booth.code for booth in rows] == ["A02"]
    Booth.objects.filter(code="A03").update(width="4.5")
    page = get(client, fair, "plan_table", size="4.50x3.00")
    assert [booth.code for booth in page.context["page"].object_list] == ["A03"]
    assert [size.key for size in page.context["sizes"]] == ["3.00x3.00", "4.50x3.00"]
    assert "4.5 × 3 m" in page.content.decode()
    assert get(client, fair, "plan_table", size="3x").context["page"].paginator.count == 4
    assert get(client, fair, "plan_table", sort="nonsense", status="nonsense", page="x").status_code == 200


def test_the_heartbeat_tells_of_lapses_once(fair, django_capture_on_commit_callbacks):
    tell_of_lapsed_holds()
    with clock.at(world.NOON + timedelta(minutes=16)):
        with django_capture_on_commit_callbacks() as hints:
            tell_of_lapsed_holds()
        assert len(hints) == 1
        with django_capture_on_commit_callbacks() as hints:
            tell_of_lapsed_holds()
        assert not hints
    cache.clear()


@pytest.mark.parametrize("name", ["plan", "plan_table", "exhibitors"])
def test_a_search_of_many_words_costs_no_more_than_six(fair, client, name):
    """Each word is one more question inside the query, so of an endless search only the first ones are asked."""
    address = reverse(f"booths:{name}", args=[fair["edition"].slug])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address, {"q": " ".join(f"a{n}" for n in range(300))}).status_code == 200
    searches = max(query["sql"].count("a5") for query in asked.captured_queries)
    assert 0 < searches < 9
    assert not any("a7" in query["sql"] for query in asked.captured_queries)


def marked(answer):
    """The booths that a plan marks."""
    return [booth.code for booth in answer.context["found"]]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"status": "free"}, ["A03", "A04"]),
        ({"status": "held"}, ["A02"]),
        ({"status": "reserved"}, ["A01"]),
        ({"status": "confirmed"}, []),
        ({"status": "free", "q": "A04"}, ["A04"]),
        ({"size": "4.50x3.00"}, ["A04"]),
        ({"size": "3.00x3.00", "status": "free"}, ["A03"]),
        ({"size": "4.50x3.00", "zone": "none"}, []),
    ],
)
def test_the_plan_marks_booths_by_status_and_size(client, fair, query, codes):
    Booth.objects.filter(code="A04").update(width="4.5")
    cache.clear()  # drawn anew, as when a floor is published
    answer = get(client, fair, "plan", **query)
    assert marked(answer) == codes
    page = answer.content.decode()
    assert "has-found" in page
    assert page.count(' m"><title>') == len(codes)
    assert [size.key for size in answer.context["sizes"]] == ["3.00x3.00", "4.50x3.00"]


def test_a_booth_handed_over_is_found_as_confirmed(client, fair):
    Reservation.objects.filter(booth__code="A01").update(state="handed_over")
    assert marked(get(client, fair, "plan", status="confirmed")) == ["A01"]


def test_marking_asks_once_more(client, fair, django_assert_num_queries):
    get(client, fair, "plan")
    with django_assert_num_queries(6):  # as without a mark, and the booths that fit
        get(client, fair, "plan", status="free", size="3.00x3.00")
