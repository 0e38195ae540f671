"""How an edition weighs who should meet whom, and how every exhibitor is seen by somebody."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from fairs import clock
from fairs.errors import Forbidden, Invalid
from matchmaking.actions.matching import copy_terms, set_matching_terms, terms_of
from matchmaking.exposure import lists_of
from matchmaking.models import MatchingTerms
from matchmaking.ranking.terms import COMPARED, Terms
from matchmaking.suggestions import exhibitors_for
from tests import world
from tests.matchmaking.wishing import maker, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        cache.clear()
        yield world.edition()


@pytest.fixture
def desk(edition):
    return world.officer(edition, "matchmaking_desk")


def test_an_edition_begins_with_the_weights_of_the_package(edition):
    assert terms_of(edition).terms == Terms()


def test_what_is_left_out_stays(edition, desk):
    set_matching_terms(edition, by=desk, certificates=50)
    set_matching_terms(edition, by=desk, listed=10, reserved=1)
    assert (terms_of(edition).certificates, terms_of(edition).listed) == (50, 10)
    copy_terms(edition, other := world.edition())
    assert terms_of(other).terms == terms_of(edition).terms


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"price": 101}, "out_of_range"),
        ({"listed": 0}, "out_of_range"),
        ({"listed": 5, "reserved": 6}, "out_of_range"),
        (dict.fromkeys(COMPARED, 0), "no_weight"),
    ],
)
def test_what_makes_no_sense_is_refused(edition, desk, given, code):
    with pytest.raises(Invalid) as refused:
        set_matching_terms(edition, by=desk, **given)
    assert refused.value.code == code
    assert not MatchingTerms.objects.exists()


def test_nobody_but_the_meeting_desk_weighs(edition):
    for person in (world.person(), world.officer(edition, "importer_desk"), world.exhibitor(edition).person):
        with pytest.raises(Forbidden):
            set_matching_terms(edition, by=person, price=1)


def test_the_database_keeps_lists_possible(edition):
    with pytest.raises(IntegrityError), transaction.atomic():
        MatchingTerms.objects.create(edition=edition, listed=1, reserved=2)


def test_the_desk_sets_them_on_a_page(edition, desk, client):
    client.force_login(desk)
    address = reverse("matchmaking:matching", args=[edition.slug])
    shown = client.get(address).context["form"].initial
    assert shown["groups"] == 40
    assert client.post(address, shown | {"price": 33}).status_code == 302
    assert terms_of(edition).price == 33
    assert client.post(address, shown | {"reserved": 90}).status_code == 422


def test_programs_set_them_and_what_is_not_sent_stays(edition, desk, client):
    set_matching_terms(edition, by=desk, certificates=50)
    client.force_login(desk)
    made = client.post("/api/v1/matching-terms/", {"edition": edition.slug, "price": 7}, "application/json")
    assert (made.status_code, made.json()["price"], made.json()["certificates"]) == (201, 7, 50)
    assert client.get("/api/v1/matching-terms/").json()["results"][0]["edition"] == edition.slug
    client.force_login(world.person())
    given = {"edition": edition.slug, "price": 8}
    assert client.post("/api/v1/matching-terms/", given, "application/json").status_code == 403


def test_an_exhibitor_whom_nobody_ranks_is_seen_and_says_why(edition, desk):
    set_matching_terms(edition, by=desk, listed=3, reserved=1, floor=1)
    best = [maker(edition) for _each in range(3)]
    last = world.exhibitor(edition)
    registrations = [registered(edition) for _each in range(2)]
    lists = lists_of(edition)
    seen = {one.exhibitor for listed in lists.of.values() for one in listed}
    assert last.part.pk in seen
    shown = {pk: exhibitors_for(one) for pk, one in enumerate(registrations)}
    lifted = [one for suggestions in shown.values() for one in suggestions if one.lifted]
    assert {one.exhibitor for one in lifted} == {best[2].part.pk, last.part.pk}
    assert all("seldom_seen" in {reason.code for reason in one.reasons} for one in lifted)


def test_suggestions_come_to_programs_with_codes_and_sentences(edition, client):
    registration, side = registered(edition), maker(edition)
    client.force_login(registration.person)
    [one] = client.get(f"/api/v1/suggestions/?registration={registration.pk}", headers={"accept-language": "en"}).json()
    assert (one["exhibitor"], one["reasons"][0]["code"]) == (side.part.pk, "groups")
    assert one["reasons"][0]["values"] == {"groups": ["ceramics"]}
    assert one["reasons"][0]["sentence"] == "Looked for and made: Ceramics."
    assert client.get(f"/api/v1/suggestions/?exhibitor={side.part.pk}").status_code == 404
    client.force_login(side.person)
    [mirrored] = client.get(f"/api/v1/suggestions/?exhibitor={side.part.pk}").json()
    assert mirrored["registration"] == registration.pk
    assert client.get(f"/api/v1/suggestions/?registration={registration.pk}").status_code == 404


def test_programs_wish_for_their_own_side_alone(edition, client):
    registration, side = registered(edition), maker(edition)
    hidden = registered(edition, listed=False)
    given = {"registration": registration.pk, "exhibitor": side.part.pk, "kind": "no", "reason": "price"}
    client.force_login(side.person)
    post = lambda more: client.post("/api/v1/wishes/", given | more, "application/json")  # noqa: E731
    assert post({"side": "importer"}).status_code == 404
    assert post({"side": "exhibitor", "registration": hidden.pk}).status_code == 404
    made = post({"side": "exhibitor"})
    assert (made.status_code, made.json()["kind"]) == (201, "no")
    client.force_login(registration.person)
    assert client.get("/api/v1/wishes/").json()["results"] == []
    assert client.delete(f"/api/v1/wishes/{made.json()['id']}/").status_code == 404
    client.force_login(side.person)
    assert client.delete(f"/api/v1/wishes/{made.json()['id']}/").status_code == 204
