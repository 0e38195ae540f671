"""In the live sale the booths of a group hang together, unless the edition or the group says otherwise."""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from booths.actions.cards import pay_held_by_card
from booths.actions.reservations import hold_booths, release_booth, reserve_held
from booths.floorplan import Rect, detached
from booths.models import Application, Booth
from fairs import clock
from fairs.errors import Refused
from fairs.models import Entry
from tests import world

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Stand:
    """A booth of three metres."""

    code: str
    rect: Rect


def stands(*places):
    return [Stand(f"A{n}", Rect(x, y, 3, 3)) for n, (x, y) in enumerate(places, 1)]


@pytest.mark.parametrize(
    ("places", "codes"),
    [
        ([], []),
        ([(0, 0)], []),
        ([(0, 0), (3, 0), (6, 0)], []),
        ([(0, 0), (3, 0), (3, 3)], []),  # around a corner
        ([(0, 0), (3, 3)], ["A2"]),  # at a corner only
        ([(0, 0), (6, 0)], ["A2"]),
        ([(0, 0), (9, 0), (12, 0)], ["A1"]),  # the larger part stays
        ([(0, 0), (3, 0), (30, 0), (33, 0), (60, 0)], ["A3", "A4", "A5"]),
        ([(0, 0), (0, 5)], ["A2"]),  # over an aisle
    ],
)
def test_what_does_not_hang_together_with_the_most_is_named(places, codes):
    assert detached(stands(*places)) == codes


@pytest.fixture
def edition():
    """An edition with six booths in a row."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made, booths=6)
        yield made


@pytest.fixture
def group(edition):
    """A group that may choose its block."""
    made = world.application(edition, booths=4)
    Application.objects.filter(pk=made.pk).update(is_group=True)
    return Application.objects.get(pk=made.pk)


def booths(*codes):
    return list(Booth.objects.filter(code__in=codes).order_by("code"))


def held(group, *codes, by=None, **said):
    group = Application.objects.get(pk=group.pk)
    return [row.booth.code for row in hold_booths(group, booths=booths(*codes), by=by or group.contact, **said)]


def refusal(deed, *args, **said):
    with pytest.raises(Refused) as told:
        deed(*args, **said)
    return told.value


def test_a_group_holds_what_touches_all_at_once_and_one_by_one(group):
    assert held(group, "A02", "A03") == ["A02", "A03"]
    assert held(group, "A04") == ["A04"]
    assert held(group, "A01", "A02") == ["A01", "A02"]
    assert reserve_held(group, by=group.contact)


def test_what_does_not_touch_is_named_and_nothing_is_held(group):
    told = refusal(held, group, "A01", "A02", "A04", "A06")
    assert told.code == "not_together"
    assert "A04, A06" in told.message
    assert not group.reservations.exists()
    held(group, "A01")
    assert "A03" in refusal(held, group, "A03").message
    assert group.reservations.count() == 1


def test_what_was_given_back_between_keeps_it_from_being_confirmed_and_paid(group, settings):
    for row in hold_booths(group, booths=booths("A01", "A02", "A03"), by=group.contact):
        if row.booth.code == "A02":
            release_booth(row, by=group.contact)
    assert refusal(reserve_held, group, by=group.contact).code == "not_together"
    assert refusal(pay_held_by_card, group, by=group.contact).code == "not_together"
    held(group, "A01", "A03", apart=True)
    assert reserve_held(group, by=group.contact)


def test_the_group_may_agree_to_stand_apart(group):
    assert held(group, "A01", "A04", apart=True) == ["A01", "A04"]
    group.refresh_from_db()
    assert not group.side_by_side
    assert Entry.objects.filter(verb="booths.application.edit", fields=["side_by_side"]).count() == 1
    assert held(group, "A06") == ["A06"]


def test_the_edition_may_not_ask_for_it(group, edition):
    edition.sale_terms.groups_together = False
    edition.sale_terms.save()
    assert held(group, "A01", "A04") == ["A01", "A04"]
    assert Application.objects.get(pk=group.pk).side_by_side


def test_one_exhibitor_chooses_freely_and_so_does_the_desk(group, edition):
    alone = world.application(edition)
    assert held(alone, "A01", "A06") == ["A01", "A06"]
    assert held(group, "A02", "A05", by=world.officer(edition, "booth_desk")) == ["A02", "A05"]


@pytest.mark.parametrize(
    ("language", "words", "agree"),
    [
        ("vi", "Chưa liền với các gian khác: A04.", "Chúng tôi đồng ý đứng rời nhau"),
        ("en", "Not touching the others: A04.", "We agree to stand apart"),
    ],
)
def test_the_plan_says_it_before_and_offers_to_agree(group, edition, client, language, words, agree):
    client.force_login(group.contact)
    headers = {"accept-language": language}
    plan, hold = (reverse(f"booths:{name}", args=[edition.slug]) for name in ("plan", "hold"))
    assert 'id="hold"' in client.get(plan, {"b": ["A01", "A02"]}, headers=headers).content.decode()
    page = client.get(plan, {"b": ["A01", "A02", "A04"]}, headers=headers).content.decode()
    assert words in page
    assert agree in page
    assert 'id="hold"' not in page
    asked = {"b": ["A01", "A02", "A04"], "for": group.pk}
    refused = client.post(hold, asked, headers=headers | {"hx-request": "true"})
    assert refused.status_code == 409
    assert words in refused.content.decode()
    client.post(hold, asked | {"apart": "1"}, headers=headers)
    assert group.reservations.count() == 3
    assert words not in client.get(plan, {"b": ["A01", "A02", "A04"]}, headers=headers).content.decode()


def test_programs_are_told_the_same(group, edition, client):
    client.force_login(group.contact)
    asked = {"application": group.pk, "booths": ["A01", "A04"]}
    answer = client.post("/api/v1/reservations/", asked, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_together")
    answer = client.post("/api/v1/reservations/", asked | {"apart": True}, content_type="application/json")
    assert answer.status_code == 201
