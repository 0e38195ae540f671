"""The waiting list: who is offered what, in which order, and what becomes of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booths.actions.applications import (
    accept_application,
    reject_application,
    withdraw_application,
)
from booths.actions.offers import decline_offer, make_offers, promised, take_offer
from booths.actions.reservations import hold_booths, release_booth, reserve_held
from booths.actions.rounds import drop_round
from booths.models import Application, Booth, BoothWish, Offer, Reservation, Zone
from booths.tasks import go_through_waiting_lists
from fairs import clock
from fairs.errors import Forbidden, Refused
from fairs.models import Delivery, Entry, Notice, Participation
from fairs.money.actions.notices import cancel_notice
from fairs.states import StateConflict
from tests import world
from tests.booths.rounds import proposed

pytestmark = pytest.mark.django_db
LATER = world.NOON + timedelta(hours=49)


@pytest.fixture
def edition():
    """An edition whose booths are being sold, with the clock stopped."""
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def floor(edition):
    """Three booths in a row."""
    return world.floor(edition, 3)


def waiting(edition, booths=1, minutes=0, **fields):
    """An application on the waiting list, handed in so many minutes after noon."""
    made = world.application(edition, state="waitlisted", booths=booths)
    handed_in = world.NOON - timedelta(days=1) + timedelta(minutes=minutes)
    Application.objects.filter(pk=made.pk).update(submitted_at=handed_in, **fields)
    made.refresh_from_db()
    return made


def codes(offer):
    """The booths of an offer."""
    return sorted(offer.reservations.values_list("booth__code", flat=True))


def test_the_earliest_is_offered_what_is_free_and_gets_a_letter(edition, floor):
    late, early = waiting(edition, minutes=5), waiting(edition, minutes=1)
    Booth.objects.filter(pk__in=[floor[1].pk, floor[2].pk]).update(blocked="Cột")
    [offer] = make_offers(edition)
    assert (offer.application, offer.state, codes(offer)) == (early, "open", ["A01"])
    assert offer.expires_at == world.NOON + timedelta(hours=48)
    held = offer.reservations.get()
    assert (held.state, held.held_until, held.application) == ("held", offer.expires_at, early)
    letter = Delivery.objects.get()
    assert (letter.kind, letter.to) == ("booths.offer_made", early.contact)
    assert Entry.objects.get(verb="booths.offer.make").actor is None
    assert make_offers(edition) == []
    assert not late.offers.exists()


def test_a_score_goes_before_the_time_of_handing_in(edition, floor):
    early, good, better = waiting(edition, minutes=1), waiting(edition, minutes=2), waiting(edition, minutes=3)
    for application, result in ((good, 66), (better, 80)):
        world.review(application, result=result)
        world.review(application)  # not scored yet
    line = list(Application.objects.filter(edition=edition).in_line())
    assert line == [better, good, early]
    assert [one.score for one in line] == [80, 66, None]


def test_whom_nothing_fits_is_passed_over_and_keeps_the_place(edition, floor):
    three, one = waiting(edition, booths=3, minutes=1), waiting(edition, minutes=2)
    Booth.objects.filter(pk=floor[1].pk).update(blocked="Cột")
    [offer] = make_offers(edition)
    assert offer.application == one
    assert list(Application.objects.in_line()) == [three, one]


@pytest.mark.parametrize(("joined", "offered"), [(True, []), (False, [["A01", "A03"]])])
def test_side_by_side_only_if_that_was_asked(edition, floor, joined, offered):
    waiting(edition, booths=2, side_by_side=joined)
    Booth.objects.filter(pk=floor[1].pk).update(blocked="Cột")
    assert [codes(offer) for offer in make_offers(edition)] == offered


def test_the_booth_wished_for_then_the_zone_wished_for(edition, floor):
    silk = Zone.objects.create(edition=edition, code="LD", name_vi="Lụa", name_en="Silk")
    Booth.objects.filter(pk=floor[2].pk).update(zone=silk)
    wishes_zone, wishes_booth = waiting(edition, minutes=1), waiting(edition, minutes=2)
    wishes_zone.zones.add(silk)
    BoothWish.objects.create(application=wishes_booth, booth=floor[1], rank=1)
    wishes_booth.zones.add(silk)
    assert [codes(offer) for offer in make_offers(edition)] == [["A03"], ["A02"]]


def test_only_booths_of_the_class_asked_for(edition, floor):
    asked = waiting(edition)
    raw = world.booth_class(edition)
    raw.pk, raw.code = None, "raw"
    raw.save()
    Booth.objects.update(booth_class=raw)
    assert make_offers(edition) == []
    Application.objects.filter(pk=asked.pk).update(booth_class=raw)
    assert len(make_offers(edition)) == 1


def test_what_accepted_exhibitors_have_yet_to_choose_is_kept_for_them(edition, floor):
    accepted = world.application(edition, booths=2)
    waiting(edition, minutes=1)
    waiting(edition, minutes=2)
    assert promised(edition) == {accepted.booth_class_id: 2}
    assert [codes(offer) for offer in make_offers(edition)] == [["A01"]]
    withdraw_application(accepted, by=accepted.contact)
    assert [codes(offer) for offer in make_offers(edition)] == [["A02"]]


def test_a_booth_that_was_not_paid_for_goes_to_the_waiting_list(edition, floor):
    payer = world.application(edition, booths=3)
    hold_booths(payer, booths=floor, by=payer.contact)
    notice = reserve_held(payer, by=payer.contact)
    waiting(edition)
    assert make_offers(edition) == []
    cancel_notice(notice, by=world.officer(edition, "finance"))
    assert [codes(offer) for offer in make_offers(edition)] == [["A01"]]


def test_taking_accepts_reserves_and_charges_once(edition, floor):
    asked = waiting(edition, booths=2)
    [offer] = make_offers(edition)
    notice = take_offer(offer, by=asked.contact)
    for thing in (offer, asked):
        thing.refresh_from_db()
    assert (offer.state, asked.state) == ("taken", "accepted")
    assert set(offer.reservations.values_list("state", flat=True)) == {"reserved"}
    assert notice.lines.count() == 2
    assert Participation.objects.get(company=asked.company).state == "active"
    assert take_offer(offer, by=asked.contact) == notice == Notice.objects.get()
    with pytest.raises(StateConflict):
        decline_offer(offer, by=asked.contact)


def test_declining_frees_the_booths_and_costs_the_turn(edition, floor):
    first, second = waiting(edition, booths=3, minutes=1), waiting(edition, booths=3, minutes=2)
    [offer] = make_offers(edition)
    decline_offer(offer, by=first.contact)
    assert list(Application.objects.in_line()) == [second, first]
    [next_offer] = make_offers(edition)
    assert next_offer.application == second
    with pytest.raises(StateConflict):
        take_offer(offer, by=first.contact)


def test_missed_booths_are_not_offered_to_the_same_again(edition, floor):
    asked = waiting(edition)
    for _turn in range(3):
        [offer] = make_offers(edition)
        decline_offer(offer, by=asked.contact)
    assert make_offers(edition) == []
    assert sorted(Reservation.objects.values_list("booth__code", "state")) == [
        ("A01", "released"), ("A02", "released"), ("A03", "released")
    ]  # fmt: skip


def test_an_offer_whose_hours_are_over_ends_where_it_is_met(edition, floor):
    asked, next_one = waiting(edition, booths=3, minutes=1), waiting(edition, booths=3, minutes=2)
    [offer] = make_offers(edition)
    with clock.at(LATER):
        with pytest.raises(Refused) as refusal:
            take_offer(offer, by=asked.contact)
        assert refusal.value.code == "offer_ran_out"
        offer.refresh_from_db()
        assert offer.state == "expired"
        assert set(offer.reservations.values_list("state", flat=True)) == {"lapsed"}
        assert Delivery.objects.filter(kind="booths.offer_ran_out", to=asked.contact).exists()
        [next_offer] = make_offers(edition)
        assert next_offer.application == next_one
        assert decline_offer(offer, by=asked.contact).state == "expired"


def test_holding_one_booth_of_a_lapsed_offer_ends_all_of_it(edition, floor):
    waiting(edition, booths=2)
    [offer] = make_offers(edition)
    accepted = world.application(edition)
    with pytest.raises(Refused) as refusal:
        hold_booths(accepted, booths=floor[:1], by=accepted.contact)
    assert refusal.value.code == "booth_taken"
    with clock.at(LATER):
        hold_booths(accepted, booths=floor[:1], by=accepted.contact)
    offer.refresh_from_db()
    assert offer.state == "expired"
    assert sorted(offer.reservations.values_list("booth__code", "state")) == [("A01", "lapsed"), ("A02", "lapsed")]


def test_the_heartbeat_ends_and_offers(edition, floor):
    waiting(edition, booths=3, minutes=1)
    waiting(edition, booths=3, minutes=2)
    go_through_waiting_lists()
    with clock.at(LATER):
        go_through_waiting_lists()
    assert list(Offer.objects.order_by("pk").values_list("state", flat=True)) == ["expired", "open"]


def test_nothing_is_offered_once_the_fair_has_opened(edition, floor):
    waiting(edition)
    with clock.at(world.FIRST_MORNING):
        assert make_offers(edition) == []


def test_nothing_is_offered_while_a_round_is_open(edition, floor):
    waiting(edition)
    accepted = world.application(edition, booths=1)
    worked = proposed(edition)
    assert make_offers(edition) == []
    drop_round(worked, by=worked.begun_by)
    [offer] = make_offers(edition)
    assert offer.application != accepted


def test_an_offered_booth_is_given_back_by_declining_only(edition, floor):
    asked = waiting(edition)
    [offer] = make_offers(edition)
    with pytest.raises(Refused) as refusal:
        release_booth(offer.reservations.get(), by=asked.contact)
    assert refusal.value.code == "on_an_offer"
    with pytest.raises(Refused) as refusal:
        reserve_held(asked, by=asked.contact)
    assert refusal.value.code == "not_accepted"
    assert Booth.objects.with_status().get(pk=floor[0].pk).status == "held"


@pytest.mark.parametrize(
    ("decide", "state", "holds"),
    [
        (lambda asked, desk: accept_application(asked, by=desk), "taken", "held"),
        (lambda asked, desk: reject_application(asked, by=desk, reason="Không hợp"), "taken_back", "released"),
        (lambda asked, _desk: withdraw_application(asked, by=asked.contact), "declined", "released"),
    ],
)
def test_a_decision_about_the_application_settles_its_offer(edition, floor, decide, state, holds):
    asked, desk = waiting(edition), world.officer(edition, "booth_desk")
    [offer] = make_offers(edition)
    decide(asked, desk)
    offer.refresh_from_db()
    assert (offer.state, offer.reservations.get().state) == (state, holds)


def test_only_the_desk_goes_through_the_list_and_only_who_is_meant_answers(edition, floor):
    asked, stranger = waiting(edition), world.application(edition, booths=1).contact
    with pytest.raises(Forbidden):
        make_offers(edition, by=asked.contact)
    [offer] = make_offers(edition, by=world.officer(edition, "booth_desk"))
    for deed in (take_offer, decline_offer):
        with pytest.raises(Forbidden):
            deed(offer, by=stranger)
    assert list(Offer.objects.visible_to(stranger)) == []
    assert list(Offer.objects.visible_to(asked.contact)) == [offer]


def a_line(edition, count):
    """So many on the waiting list, all answered for by one person."""
    contact = world.person()
    for turn in range(count):
        Application.objects.create(
            edition=edition, company=world.company(), contact=contact, booth_class=world.booth_class(edition),
            state="waitlisted", submitted_at=world.NOON - timedelta(days=1) + timedelta(seconds=turn),
        )  # fmt: skip
    return contact


@pytest.mark.parametrize("count", world.ROWS)
def test_going_through_the_list_asks_the_same_whatever_its_length(edition, floor, count):
    a_line(edition, count)
    Booth.objects.update(blocked="Cột")
    with CaptureQueriesContext(connection) as asked:
        assert make_offers(edition) == []
    assert len(asked) == 6
    Booth.objects.filter(pk=floor[0].pk).update(blocked="")
    with CaptureQueriesContext(connection) as asked:
        assert len(make_offers(edition)) == 1
    assert len(asked) == 20
