"""A timetable published: checked, booked meeting by meeting, each person told once, what no longer fits listed."""

from datetime import timedelta

import pytest

from fairs import clock
from fairs.deliveries import compose
from fairs.errors import Forbidden, Refused
from fairs.models import Delivery, Entry, Membership
from matchmaking.actions.meetings import accept_meeting, cancel_meeting
from matchmaking.actions.resources import add_interpreter, add_shift, add_tables, use_table
from matchmaking.actions.seats import add_seat, blocks_of, set_away
from matchmaking.actions.timetable_moves import begin_repair
from matchmaking.actions.timetable_publishing import book_timetable, publish_timetable
from matchmaking.models import Meeting, MeetingRules, Occupancy, Table, TimetableEntry, TimetablePlan, Wish
from matchmaking.timetable_look import GONE, Look
from tests import world
from tests.matchmaking.planning import ahead, fair, item, part_of, proposed
from tests.matchmaking.publishing import ask, letters, planned_times, published, reasons

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(world.NOON):
        yield


@pytest.fixture
def small():
    return fair()


@pytest.fixture
def desk(small):
    return world.officer(small[0], "matchmaking_desk")


def test_every_meeting_of_the_plan_is_agreed_at_its_time(small, desk):
    edition, makers, buyers = small
    planned = published(proposed(edition, by=desk), desk)
    times = planned_times(planned)
    assert (planned.state, planned.published_by, planned.booked_at) == ("published", desk, world.NOON)
    assert reasons(planned) == {}
    for side in makers:
        for registration in buyers:
            made = Meeting.objects.get(exhibitor=side.part, importer=part_of(registration))
            assert (made.state, made.importer_person) == ("accepted", registration.person)
            assert made.starts_at == times[item(side, registration)]
    assert Occupancy.objects.filter(kind="meeting").count() == 4 * 2 * 6
    assert Entry.objects.filter(verb="matchmaking.meeting.accept", actor=desk).count() == 4
    assert Entry.objects.filter(verb="matchmaking.timetable.book").count() == 1


def test_nobody_is_told_before_all_is_booked_and_then_each_once_with_the_agenda(small, desk):
    edition, makers, buyers = small
    planned = proposed(edition, by=desk)
    publish_timetable(planned, seen=1, by=desk)
    assert not letters().exists()
    book_timetable(planned.pk)
    book_timetable(planned.pk)
    told = [*(side.person for side in makers), *(one.person for one in buyers)]
    assert sorted(letters().values_list("to", flat=True)) == sorted(one.pk for one in told)
    assert Delivery.objects.filter(kind__startswith="matchmaking.").count() == 4
    body = compose(letters().get(to=buyers[0].person)).body
    assert makers[0].part.company.name_vi in body
    assert makers[1].part.company.name_vi in body
    assert "09:00" in body
    theirs = compose(letters().get(to=makers[0].person)).body
    assert buyers[0].company.name_vi in theirs
    assert makers[1].part.company.name_vi not in theirs


def test_the_colleagues_in_charge_are_told_and_others_not(small, desk):
    edition, [one, _two], _buyers = small
    boss = world.person("Lê Thị Sếp")
    Membership.objects.filter(person=one.person).update(role="staff")
    Membership.objects.create(company=one.part.company, person=boss, role="admin")
    published(proposed(edition, by=desk), desk)
    assert letters().filter(to=boss).exists()
    assert not letters().filter(to=one.person).exists()


def test_only_the_plan_that_was_seen_is_published_and_by_the_desk_alone(small, desk):
    planned = proposed(small[0], by=desk)
    with pytest.raises(Refused) as refused:
        publish_timetable(planned, seen=2, by=desk)
    assert refused.value.code == "changed_meanwhile"
    for person in (world.officer(small[0], "reports"), small[1][0].person):
        with pytest.raises(Forbidden):
            publish_timetable(planned, seen=1, by=person)
    assert not Meeting.objects.exists()


def test_a_plan_that_breaks_a_rule_is_not_published(small, desk):
    planned = proposed(small[0], by=desk)
    schedule = planned.current.schedule
    TimetablePlan.objects.update(schedule=dict.fromkeys(schedule, 0))
    with pytest.raises(Refused) as refused:
        publish_timetable(planned, seen=1, by=desk)
    assert refused.value.code == "not_sound"
    planned.refresh_from_db()
    assert planned.state == "proposed"


def test_an_open_request_is_answered_instead_of_a_second_meeting(small, desk):
    edition, [one, _two], [buyer, _other] = small
    asked = ask(one, buyer, ahead(edition, 9))
    planned = published(proposed(edition, by=desk), desk)
    asked.refresh_from_db()
    assert (asked.state, asked.starts_at) == ("accepted", planned_times(planned)[item(one, buyer)])
    assert Meeting.objects.count() == 4


def test_a_request_that_lapsed_meanwhile_is_ended_and_stands_in_nobodys_way(small, desk):
    edition, [one, _two], [buyer, _other] = small
    asked = ask(one, buyer, ahead(edition))
    planned = proposed(edition, by=desk)
    Meeting.objects.update(expires_at=world.NOON)
    published(planned, desk)
    asked.refresh_from_db()
    assert asked.state == "expired"
    assert Meeting.objects.filter(state="accepted").count() == 4


def test_who_has_agreed_meanwhile_keeps_their_time_and_is_told_nothing(small, desk):
    edition, [one, _two], [buyer, _other] = small
    planned = proposed(edition, by=desk)
    kept = accept_meeting(ask(one, buyer, ahead(edition, 9)), by=one.person)
    published(planned, desk)
    kept.refresh_from_db()
    assert kept.starts_at == ahead(edition, 9).starts_at
    entry = TimetableEntry.objects.get(item=item(one, buyer))
    assert (entry.meeting, entry.changed) == (kept, False)


def test_what_no_longer_fits_is_listed_with_its_reason_and_stops_nobody_else(small, desk):
    edition, [one, two], [buyer, other] = small
    planned = proposed(edition, by=desk)
    slot = planned.current.schedule[item(one, buyer)]
    set_away(part_of(buyer), seat=1, blocks=[blocks_of(edition)[slot]], by=buyer.person)
    Wish.objects.create(registration=other, exhibitor=two.part, side="importer", kind="no", reason="price")
    published(planned, desk)
    assert reasons(planned) == {item(one, buyer): "slot_taken", item(two, other): "unwanted"}
    assert Meeting.objects.filter(state="accepted").count() == 2
    assert not Meeting.objects.exclude(state="accepted").exists()


def test_a_side_that_left_is_not_booked(small, desk):
    edition, [one, two], _buyers = small
    planned = proposed(edition, by=desk)
    type(two.part).objects.filter(pk=two.part.pk).update(state="withdrawn")
    published(planned, desk)
    assert set(reasons(planned).values()) == {"not_taking_part"}
    assert Meeting.objects.filter(exhibitor=one.part).count() == 2


def test_a_part_that_was_merged_into_another_stops_nobody(small, desk):
    edition, [one, two], _buyers = small
    planned = proposed(edition, by=desk)
    two.part.delete()
    published(planned, desk)
    assert set(reasons(planned).values()) == {"not_taking_part"}
    assert Meeting.objects.filter(exhibitor=one.part).count() == 2
    names = {row.exhibitor.name_vi for row in Look(planned, planned.current).rows}
    assert names == {one.part.company.name_vi, GONE.name_vi}


def test_times_that_have_passed_are_not_booked(small, desk):
    edition, _makers, _buyers = small
    planned = proposed(edition, by=desk)
    with clock.at(world.NOON + timedelta(days=90)):
        published(planned, desk)
    assert set(reasons(planned).values()) == {"slot_passed"}
    assert not letters().exists()


def test_tables_are_given_where_the_edition_meets_at_tables(small, desk):
    edition, _makers, _buyers = small
    MeetingRules.objects.update(place="table")
    add_tables(edition, count=1, hall=None, by=desk)
    published(proposed(edition, by=desk), desk)
    assert Meeting.objects.filter(state="accepted", table__number=1).count() == 4


def test_who_shares_no_language_meets_where_an_interpreter_is_free_and_is_listed_else(small, desk):
    edition, [one, _two], [first, second] = small
    add_seat(one.part, name="Hiền", languages=["vi"], by=one.person)  # and importers speak English
    planned = proposed(edition, by=desk)
    mai, starts_at = add_interpreter(edition, name="Mai", languages=["vi", "en"], by=desk), planned_times(planned)
    begins = starts_at[item(one, first)]
    add_shift(mai, starts_at=begins, ends_at=begins + timedelta(minutes=30), by=desk)
    published(planned, desk)
    assert reasons(planned) == {item(one, second): "no_interpreter"}
    assert Meeting.objects.get(exhibitor=one.part).interpreter == mai
    assert Meeting.objects.filter(state="accepted").count() == 3


def test_who_does_without_an_interpreter_is_moved_without_one(small, desk):
    edition, [one, _two], [buyer, _other] = small
    add_seat(one.part, name="Hiền", languages=["vi"], by=one.person)
    agreed = accept_meeting(ask(one, buyer, ahead(edition, 5)), without_interpreter=True, by=one.person)
    healed = begin_repair(edition, by=desk)
    TimetablePlan.objects.update(schedule={item(one, buyer): 6})
    healed.refresh_from_db()
    published(healed, desk)
    agreed.refresh_from_db()
    assert (agreed.starts_at, reasons(healed)) == (ahead(edition, 6).starts_at, {})


def test_at_several_seats_as_many_meet_at_once(small, desk):
    edition, [one, _two], _buyers = small
    add_seat(one.part, name="Hiền", by=one.person), add_seat(one.part, name="Lan", by=one.person)
    planned = proposed(edition, by=desk)
    names = [name for name in planned.current.schedule if name.startswith(f"e{one.part.pk}-")]
    schedule = planned.current.schedule | dict.fromkeys(names, 20)
    TimetablePlan.objects.update(schedule=schedule)
    planned.refresh_from_db()
    published(planned, desk)
    receivers = Meeting.objects.filter(exhibitor=one.part).values_list("receiver__name", flat=True)
    assert sorted(receivers) == ["Hiền", "Lan"]


def test_what_is_gone_stops_nobody(small, desk):
    edition, [one, _two], [buyer, _other] = small
    agreed = accept_meeting(ask(one, buyer, ahead(edition, 9)), by=one.person)
    planned = proposed(edition, by=desk)
    agreed.delete()
    published(planned, desk)
    assert reasons(planned) == {item(one, buyer): "gone"}
    assert Meeting.objects.filter(state="accepted").count() == 3


def test_what_was_called_off_meanwhile_stays_off(small, desk):
    edition, [one, _two], [buyer, _other] = small
    agreed = accept_meeting(ask(one, buyer, ahead(edition, 9)), by=one.person)
    planned = proposed(edition, by=desk)
    cancel_meeting(agreed, by=buyer.person)
    published(planned, desk)
    agreed.refresh_from_db()
    assert agreed.state == "cancelled"
    assert reasons(planned) == {item(one, buyer): "gone"}


def test_what_a_repair_finds_no_room_for_stands_and_is_listed(small, desk):
    edition, [one, two], [buyer, other] = small
    MeetingRules.objects.update(place="table")
    add_tables(edition, count=2, hall=None, by=desk)
    late = ahead(edition, 67)  # the last time of all: nothing is free later
    kept = [accept_meeting(ask(side, guest, late), by=side.person) for side, guest in ((one, buyer), (two, other))]
    with clock.at(late.starts_at - timedelta(minutes=31)):
        use_table(Table.objects.order_by("number").last(), open=False, by=desk)
        healed = begin_repair(edition, by=desk)
        assert len(healed.current.schedule) == 1
        published(healed, desk)
        assert list(reasons(healed).values()) == ["no_room"]
    assert {Meeting.objects.get(pk=one.pk).state for one in kept} == {"accepted"}
