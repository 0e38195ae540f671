"""Booths for programs: the same actions, the same refusals, one shape of error."""

import pytest

from booths.actions.reservations import hold_booths
from booths.models import Application, Reservation
from fairs import clock
from fairs.models import Product
from tests import world

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def edition():
    """An edition with four booths."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        yield made


@pytest.fixture
def ask(client):
    """A request by somebody; the answer with its status."""

    def send(method, path, by=None, **body):
        client.logout()
        if by:
            client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        headers = {"accept-language": "en"}
        if method == "get":
            return client.get(f"{API}/{path}", body, headers=headers)
        return client.post(f"{API}/{path}", body, content_type="application/json", headers=headers)

    return send


def test_the_whole_floor_is_public(ask, edition):
    slug = edition.slug
    for path, count in (("halls", 1), ("zones", 1), ("booth-classes", 1), ("booths", 4), ("facilities", 0)):
        answer = ask("get", f"{path}/", edition__slug=slug)
        assert (answer.status_code, answer.json()["count"]) == (200, count), path
    booth = ask("get", "booths/", code="A01").json()["results"][0]
    assert (booth["edition"], booth["hall"], booth["zone"], booth["status"]) == (slug, "A", "GS", "free")
    [kind] = ask("get", "booth-classes/").json()["results"]
    assert {price["currency"] for price in kind["prices"]} == {"VND", "USD"}


def test_an_unpublished_floor_is_seen_by_its_officers_only(ask):
    edition = world.edition(published=False)
    world.floor(edition)
    assert ask("get", "booths/").json()["count"] == 0
    assert ask("get", "booths/", by=world.officer(edition, "gate")).json()["count"] == 4


def test_from_draft_to_payment_notice(ask, edition):
    person, desk = world.person(), world.officer(edition, "booth_desk")
    firm = world.company(person)
    draft = {"edition": edition.slug, "company": firm.pk, "booth_class": "standard", "booth_count": 2}
    made = ask("post", "applications/", by=person, **draft, booths=["A02"], zones=["GS"])
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    path = f"applications/{made.json()['id']}"
    assert ask("post", f"{path}/submit/", by=person, rules_version="1").json()["state"] == "submitted"
    assert ask("post", f"{path}/accept/", by=desk).json()["state"] == "accepted"
    asked = ask("post", f"{path}/quote/", by=person, booths=["A01", "A02"]).json()
    assert (asked["due"], asked["currency"], len(asked["lines"])) == ("27000000.00", "VND", 2)
    held = ask("post", "reservations/", by=person, application=made.json()["id"], booths=["A01", "A02"])
    assert (held.status_code, [row["booth"] for row in held.json()]) == (201, ["A01", "A02"])
    first = ask("post", f"{path}/reserve/", by=person).json()
    assert ask("post", f"{path}/reserve/", by=person).json() == first
    assert ask("post", f"{path}/withdraw/", by=person).json()["state"] == "withdrawn"
    assert not Reservation.objects.live(clock.now()).exists()


def test_the_desk_answers_and_hands_over(ask, edition):
    desk, person = world.officer(edition, "booth_desk"), world.person()
    first, second = world.application(edition, state="submitted"), world.application(edition, state="submitted")
    assert ask("post", f"applications/{first.pk}/waitlist/", by=desk, reason="Hết chỗ").json()["state"] == "waitlisted"
    assert ask("post", f"applications/{second.pk}/reject/", by=desk).status_code == 400
    assert ask("post", f"applications/{second.pk}/reject/", by=desk, reason="Không").json()["state"] == "rejected"
    application = world.application(edition, person)
    rows = hold_booths(application, booths=list(edition.booths.all())[:2], by=person)
    assert ask("post", f"reservations/{rows[0].pk}/release/", by=person).json()["state"] == "released"
    Reservation.objects.filter(pk=rows[1].pk).update(state="confirmed")
    assert ask("post", f"reservations/{rows[1].pk}/hand_over/", by=person).status_code == 403
    assert ask("post", f"reservations/{rows[1].pk}/hand_over/", by=desk).json()["state"] == "handed_over"


def test_prices_and_blocks_are_set_by_the_desk(ask, edition):
    desk, kind = world.officer(edition, "booth_desk"), world.booth_class(edition)
    price = {"audience": "resident", "currency": "VND", "amount": "9000000"}
    assert ask("post", f"booth-classes/{kind.pk}/price/", by=world.person(), **price).status_code == 403
    assert ask("post", f"booth-classes/{kind.pk}/price/", by=desk, **price).json()["amount"] == "9000000.00"
    refused = ask("post", f"booth-classes/{kind.pk}/price/", by=desk, **price | {"currency": "USD"})
    assert (refused.status_code, refused.json()["code"]) == (400, "residents_pay_in_vnd")
    booth = edition.booths.get(code="A01")
    assert ask("post", f"booths/{booth.pk}/block/", by=desk, reason="Cột").json()["status"] == "blocked"
    assert ask("post", f"booths/{booth.pk}/unblock/", by=desk).json()["status"] == "free"


def test_a_taken_booth_is_refused_with_code_message_and_fields(ask, edition):
    mine, other = world.application(edition), world.application(edition)
    hold_booths(other, booths=list(edition.booths.all())[:1], by=other.contact)
    answer = ask("post", "reservations/", by=mine.contact, application=mine.pk, booths=["A01"])
    assert answer.status_code == 409
    assert answer.json().keys() == {"code", "message", "fields"}
    assert answer.json()["code"] == "booth_taken"


@pytest.mark.parametrize("key", [10**6, 2**63 - 1])
def test_what_one_may_not_see_is_404_even_in_a_body(ask, edition, key):
    application = world.application(edition)
    stranger = world.person()
    for pk in (application.pk, key):
        assert ask("post", "reservations/", by=stranger, application=pk, booths=["A01"]).status_code == 404
        assert ask("post", f"applications/{pk}/submit/", by=stranger, rules_version="1").status_code == 404
    body = {"edition": edition.slug, "company": application.company.pk, "booth_class": "standard"}
    assert ask("post", "applications/", by=stranger, **body).status_code == 404
    assert ask("get", "applications/", by=stranger).json()["count"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"application": "x", "booths": ["A01"]},
        {"application": 2**63, "booths": ["A01"]},
        {"application": 1, "booths": []},
        {"application": 1, "booths": "A01"},
        {"application": True, "booths": [None]},
        {"application": None, "booths": [1, {}]},
    ],
)
def test_nonsense_is_refused_in_words(ask, edition, body):
    answer = ask("post", "reservations/", by=world.person(), **body)
    assert answer.status_code in (400, 404)
    assert answer.json()["message"]


def test_nobody_posts_without_signing_in(ask, edition):
    application = world.application(edition)
    assert ask("post", "reservations/", application=application.pk, booths=["A01"]).status_code in (401, 403)
    assert ask("get", "applications/").status_code in (200, 401, 403)
    assert Application.objects.count() == 1


def test_exhibitors_are_public_with_their_products_and_booths(ask, edition):
    maker = world.exhibitor(edition, name_vi="Gốm Lan")
    Product.objects.create(company=maker.part.company, product_group=world.product_group(), name_vi="Ấm trà")
    [row] = ask("get", "exhibitors/", edition__slug=edition.slug).json()["results"]
    assert (row["name_vi"], row["products"], row["booths"], row["province"]) == ("Gốm Lan", ["Ấm trà"], [], "")


@pytest.mark.parametrize("count", world.ROWS)
@pytest.mark.parametrize(("path", "queries"), [("booths", 2), ("exhibitors", 5)])
def test_lists_take_the_same_queries_for_any_number_of_rows(client, count, path, queries, django_assert_num_queries):
    edition = world.edition()
    world.floor(edition, count)
    for _each in range(min(count, 30)):
        maker = world.exhibitor(edition)
        Product.objects.create(company=maker.part.company, product_group=world.product_group(), name_vi="Ấm")
    with django_assert_num_queries(queries):
        client.get(f"{API}/{path}/")
