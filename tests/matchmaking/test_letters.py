"""What both sides read in their mail."""

from decimal import Decimal

import pytest

from fairs import clock
from fairs.deliveries import compose
from fairs.models import Delivery, Membership
from matchmaking.actions import deals, meetings
from matchmaking.models import Meeting
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides()
        world.booths_of(sides.exhibitor, "A01")
        yield sides


def asked(fair):
    return meetings.request_meeting(
        fair.edition,
        exhibitor=fair.exhibitor,
        importer=fair.importer,
        person=fair.buyer,
        starts_at=next(slot.starts_at for slot in meetings.slots(fair.edition) if slot.starts_at > clock.now()),
        message="Lamps & bowls",
        by=fair.buyer,
    )


def letters(kind):
    return {owed.to_id: compose(owed) for owed in Delivery.objects.filter(kind=f"matchmaking.{kind}")}


def test_the_exhibitor_reads_who_asks_and_when_in_vietnamese(fair):
    meeting = asked(fair)
    letter = letters("meeting_asked")[fair.maker.pk]
    assert letter.subject == f"{fair.importer.company.name_vi} muốn gặp bạn"
    assert "10:30" in letter.body
    assert "Lamps & bowls" in letter.body
    assert f"/meetings/{meeting.pk}/" in letter.body


def test_both_sides_get_the_place_and_a_calendar_file_each_in_their_language(fair):
    meeting = meetings.accept_meeting(asked(fair), by=fair.maker)
    both = letters("meeting_accepted")
    assert "booth A01" in both[fair.buyer.pk].body
    assert "gian A01" in both[fair.maker.pk].body
    assert all(meeting.calendar_url in letter.body for letter in both.values())


def test_no_and_off_are_told(fair):
    declined = meetings.decline_meeting(asked(fair), answer="Too far", by=fair.maker)
    assert "Too far" in letters("meeting_declined")[fair.buyer.pk].body
    assert f"/meetings/ask/{declined.exhibitor_id}/" in letters("meeting_declined")[fair.buyer.pk].body
    meetings.cancel_meeting(asked(fair), by=fair.buyer)
    assert set(letters("meeting_cancelled")) == {fair.buyer.pk, fair.maker.pk}


def test_the_link_goes_to_the_other_side_alone(fair):
    deal = deals.record_deal(
        fair.edition, exhibitor=fair.exhibitor, importer=fair.importer, recorded_side="importer", kind="contract",
        product_group=world.product_group(), currency="USD", amount=Decimal(64_000), signed_on=world.OPENS, key="one",
        by=fair.buyer,
    )  # fmt: skip
    [(to, letter)] = letters("deal_recorded").items()
    assert to == fair.maker.pk
    assert f"/c/{deal.token}/" in letter.body
    assert "64.000 USD" in letter.body.replace("\xa0", " ")
    deals.dispute_deal(deal, by=fair.maker, other_amount=Decimal(60_000), note="Freight")
    differs = letters("deal_disputed")[fair.buyer.pk]
    assert "US$60,000" in differs.body
    assert deal.token not in differs.body
    deals.agree_deal(deal, by=fair.buyer)
    assert deal.token not in letters("deal_confirmed")[fair.maker.pk].body


def test_who_has_left_the_company_gets_no_link_to_its_deal(fair):
    meeting = asked(fair)
    boss = world.person(language="en")
    Membership.objects.create(company=fair.importer.company, person=boss)
    Membership.objects.filter(person=fair.buyer).delete()
    deals.record_deal(
        fair.edition, exhibitor=fair.exhibitor, importer=fair.importer, recorded_side="exhibitor", kind="contract",
        product_group=world.product_group(), currency="USD", amount=Decimal(64_000), signed_on=world.OPENS, key="one",
        by=fair.maker, meeting=Meeting.objects.get(pk=meeting.pk),
    )  # fmt: skip
    assert set(letters("deal_recorded")) == {boss.pk}
