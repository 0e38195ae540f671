"""Meetings and deals for programs."""

from decimal import Decimal

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from buyers.codes import new_short_code
from fairs import clock
from fairs.errors import Refused
from fairs.models import Membership
from matchmaking.actions import deals
from matchmaking.actions.at_the_booth import WRONG_AT_MOST
from matchmaking.actions.meetings import slots
from matchmaking.models import Deal, Meeting
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def signed_in(person):
    client = APIClient()
    client.force_authenticate(person)
    return client


def request_of(fair, number=6):
    return {
        "edition": fair.edition.slug,
        "exhibitor": fair.exhibitor.pk,
        "importer": fair.importer.pk,
        "starts_at": slots(fair.edition)[number].starts_at.isoformat(),
        "message": "Lamps",
    }


def test_a_meeting_from_request_to_contract(fair):
    buyer, maker = signed_in(fair.buyer), signed_in(fair.maker)
    free = buyer.post("/api/v1/meetings/free/", {"exhibitor": fair.exhibitor.pk, "importer": fair.importer.pk})
    assert free.data[0]["starts_at"].endswith("10:30:00+07:00")
    made = buyer.post("/api/v1/meetings/", request_of(fair))
    assert (made.status_code, made.data["verbs"]) == (201, ["accept", "decline", "expire", "cancel"])
    address = f"/api/v1/meetings/{made.data['id']}/"
    assert buyer.post(f"{address}accept/").status_code == 403
    assert maker.post(f"{address}accept/").data["state"] == "accepted"
    again = maker.post(f"{address}accept/")
    assert (again.status_code, again.data["code"]) == (409, "state_conflict")
    with clock.at(slots(fair.edition)[6].ends_at):
        assert maker.post(f"{address}mark_no_show/", {"absent": "moon"}).status_code == 400
        assert maker.post(f"{address}mark_held/").data["state"] == "held"
        deal = maker.post("/api/v1/deals/", deal_of(fair) | {"meeting": made.data["id"]})
    assert (deal.status_code, deal.data["amount"]) == (201, "18400.00")
    assert "token" not in deal.data
    assert buyer.post(f"/api/v1/deals/{deal.data['id']}/confirm/").data["state"] == "confirmed"


def met(fair):
    """The two sides have something to do with each other: the importer has asked."""
    assert signed_in(fair.buyer).post("/api/v1/meetings/", request_of(fair)).status_code == 201


def deal_of(fair):
    return {
        "edition": fair.edition.slug, "exhibitor": fair.exhibitor.pk, "importer": fair.importer.pk,
        "recorded_side": "exhibitor", "kind": "contract", "product_group": world.product_group().code,
        "currency": "USD", "amount": "18400", "signed_on": "2018-10-18", "key": "one",
    }  # fmt: skip


def test_refusals_have_one_shape(fair):
    met(fair)
    wrong = signed_in(fair.maker).post("/api/v1/deals/", deal_of(fair) | {"amount": "0"})
    assert wrong.status_code == 400
    assert set(wrong.data) == {"code", "message", "fields"}
    assert "amount" in wrong.data["fields"]


def test_a_walk_in_by_badge(fair):
    world.buyers_badge(fair, "K7MQ2XVV")
    given = {"edition": fair.edition.slug, "exhibitor": fair.exhibitor.pk, "badge": "K7MQ 2XVV", "key": "one"}
    first = signed_in(fair.maker).post("/api/v1/meetings/walk_in/", given)
    assert (first.status_code, first.data["walk_in"]) == (201, True)
    assert signed_in(fair.maker).post("/api/v1/meetings/walk_in/", given).data["id"] == first.data["id"]
    assert signed_in(fair.buyer).post("/api/v1/meetings/walk_in/", given).status_code == 404


def test_strangers_see_nothing_and_learn_no_free_times(fair):
    signed_in(fair.buyer).post("/api/v1/meetings/", request_of(fair))
    stranger = signed_in(world.person())
    assert stranger.get("/api/v1/meetings/").data["results"] == []
    assert stranger.get(f"/api/v1/meetings/{Meeting.objects.get().pk}/").status_code == 404
    sides = {"exhibitor": fair.exhibitor.pk, "importer": fair.importer.pk}
    assert stranger.post("/api/v1/meetings/free/", sides).status_code == 404
    assert APIClient().post("/api/v1/meetings/", request_of(fair)).status_code in (401, 403)


def test_the_one_who_comes_belongs_to_the_importer(fair):
    for nobody_of_theirs in (fair.maker.pk, 999_999):
        answer = signed_in(fair.buyer).post("/api/v1/meetings/", request_of(fair) | {"person": nobody_of_theirs})
        assert answer.status_code == 404
    colleague = world.person()
    Membership.objects.create(company=fair.importer.company, person=colleague)
    answer = signed_in(fair.buyer).post("/api/v1/meetings/", request_of(fair) | {"person": colleague.pk})
    assert answer.data["importer_person"] == colleague.pk


def test_the_exhibitor_reaches_only_importers_they_have_met(fair):
    maker, sides = signed_in(fair.maker), {"exhibitor": fair.exhibitor.pk, "importer": fair.importer.pk}
    assert maker.post("/api/v1/deals/", deal_of(fair)).status_code == 404
    assert maker.post("/api/v1/meetings/free/", sides).status_code == 404
    assert not Deal.objects.exists()
    met(fair)
    assert maker.post("/api/v1/meetings/free/", sides).status_code == 200
    assert maker.post("/api/v1/deals/", deal_of(fair)).status_code == 201


def test_an_exhibitor_names_a_new_importer_by_the_badge_in_hand(fair):
    world.buyers_badge(fair, "K7MQ2XVV")
    given = deal_of(fair) | {"badge": "K7MQ 2XVV"}
    del given["importer"]
    for other in (fair.buyer, world.person(), world.officer(fair.edition, "finance")):
        assert signed_in(other).post("/api/v1/deals/", given).status_code == 404
    assert signed_in(fair.maker).post("/api/v1/deals/", given).data["importer"] == fair.importer.pk
    del given["badge"]
    assert "importer" in signed_in(fair.maker).post("/api/v1/deals/", given | {"key": "two"}).data["fields"]


def test_the_director_records_for_two_who_never_met(fair):
    director = signed_in(world.officer(fair.edition, "director"))
    assert director.post("/api/v1/deals/", deal_of(fair)).status_code == 201


def test_companies_of_a_fair_nobody_may_see_are_not_named(fair):
    hidden = world.two_sides(world.edition(published=False))
    hidden.importer.company.name_vi = hidden.exhibitor.company.name_vi = "Công ty Bí Mật"
    hidden.importer.company.save()
    hidden.exhibitor.company.save()
    maker, buyer = signed_in(fair.maker), signed_in(fair.buyer)
    desk = signed_in(world.officer(fair.edition, "matchmaking_desk"))
    theirs = {"exhibitor": hidden.exhibitor.pk, "importer": hidden.importer.pk}
    world.buyers_badge(fair, "K7MQ2XVV")
    answers = [
        maker.post("/api/v1/deals/", deal_of(fair) | {"importer": hidden.importer.pk}),
        buyer.post("/api/v1/deals/", deal_of(fair) | {"exhibitor": hidden.exhibitor.pk, "recorded_side": "importer"}),
        buyer.post("/api/v1/meetings/", request_of(fair) | {"exhibitor": hidden.exhibitor.pk}),
        desk.post("/api/v1/meetings/", request_of(fair) | theirs),
        desk.post(
            "/api/v1/meetings/walk_in/",
            {"edition": fair.edition.slug, "exhibitor": hidden.exhibitor.pk, "badge": "K7MQ2XVV", "key": "w"},
        ),
        desk.post("/api/v1/meetings/free/", theirs),
        signed_in(hidden.maker).post("/api/v1/meetings/free/", theirs),
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert not any("Bí Mật" in str(answer.data) for answer in answers)
    with pytest.raises(Refused) as refusal:
        deals.record_deal(
            fair.edition, exhibitor=fair.exhibitor, importer=hidden.importer, recorded_side="exhibitor",
            kind="contract", product_group=world.product_group(), currency="USD", amount=Decimal(5),
            signed_on=world.OPENS, key="x", by=fair.maker,
        )  # fmt: skip
    assert "Bí Mật" not in refusal.value.message


def test_a_draft_and_an_unknown_fair_answer_alike(fair):
    draft = world.edition(published=False)
    maker = signed_in(fair.maker)
    for slug in (draft.slug, "no-such-fair"):
        assert maker.post("/api/v1/deals/", deal_of(fair) | {"edition": slug}).status_code == 404
        assert maker.post("/api/v1/meetings/", request_of(fair) | {"edition": slug}).status_code == 404


def test_who_types_badge_codes_at_random_is_stopped(fair):
    cache.clear()
    badge = world.buyers_badge(fair, new_short_code())
    given = {"edition": fair.edition.slug, "exhibitor": fair.exhibitor.pk, "key": "one"}
    maker = signed_in(fair.maker)

    def typed(code):
        return maker.post("/api/v1/meetings/walk_in/", given | {"badge": code})

    for _slip in range(3):  # what cannot be a code is no guess
        assert typed("nobody").status_code == 400
    for _guess in range(WRONG_AT_MOST):
        assert typed(new_short_code()).status_code == 400
    stopped = typed(badge.short_code)
    assert (stopped.status_code, stopped.data["code"]) == (429, "too_many_unknown")
    assert "code" in stopped.data["fields"]
    assert not Meeting.objects.exists()
    cache.clear()
    assert typed(badge.short_code).status_code == 201


@pytest.mark.parametrize("rows", world.ROWS)
def test_lists_cost_the_same_however_long(fair, django_assert_num_queries, rows):
    for number in range(min(rows, 3)):
        deals.record_deal(
            fair.edition, exhibitor=fair.exhibitor, importer=fair.importer, recorded_side="exhibitor", kind="contract",
            product_group=world.product_group(), currency="USD", amount=Decimal(5), signed_on=world.OPENS,
            key=f"deal-{number}", by=fair.maker,
        )  # fmt: skip
    first = Deal.objects.earliest("pk")
    Deal.objects.bulk_create(
        Deal(
            edition=fair.edition, number=f"n{n}", kind="contract", exhibitor=fair.exhibitor, importer=fair.importer,
            product_group=first.product_group, currency="USD", amount=n, usd=n, signed_on=world.OPENS,
            recorded_side="exhibitor", recorded_by=fair.maker, recorded_at=clock.now(), token=f"t{n}", key=f"k{n}",
        )
        for n in range(4, rows + 1)
    )  # fmt: skip
    director = signed_in(world.officer(fair.edition, "director"))
    with django_assert_num_queries(5):
        assert director.get("/api/v1/deals/").status_code == 200
    signed_in(fair.buyer).post("/api/v1/meetings/", request_of(fair))
    with django_assert_num_queries(2):
        assert director.get("/api/v1/meetings/").status_code == 200
