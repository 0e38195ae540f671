"""What a timetable is made from: times, people with their limits, what is agreed, what is worth planning."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairs import clock
from matchmaking.actions.meetings import accept_meeting, log_walk_in, request_meeting
from matchmaking.actions.resources import add_tables, use_table
from matchmaking.actions.seats import add_seat, blocks_of, change_seat, set_away
from matchmaking.models import MeetingRules, Table, Wish
from matchmaking.scheduling.reading import read_problem
from matchmaking.timetable_problem import problem_of, who_comes
from tests import world
from tests.matchmaking.planning import ahead, fair, item, meetings_of, part_of, sides_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(world.NOON):
        yield


def ask(side, registration, slot=None, **given):
    slot = slot or ahead(registration.edition)
    return request_meeting(
        registration.edition, exhibitor=side.part, importer=part_of(registration), person=registration.person,
        starts_at=slot.starts_at, by=registration.person, **given,
    )  # fmt: skip


def agree(side, registration, slot=None, **given):
    return accept_meeting(ask(side, registration, slot, **given), by=side.person)


def wish(side, registration, kind, of="importer", **given):
    return Wish.objects.create(registration=registration, exhibitor=side.part, side=of, kind=kind, **given)


def test_slots_are_the_times_of_usual_length_day_by_day():
    edition, _makers, _buyers = fair()
    problem = problem_of(edition)
    assert (problem["slots"], problem["minutes"]) == (68, 30)
    assert problem["days"] == [[0, 17], [17, 34], [34, 51], [51, 68]]
    assert problem["starts"][0] == "2018-10-18T09:00:00+07:00"
    read = read_problem(problem)
    assert (read.slots, len(read.meetings), read.sessions["ahead"]) == (68, 4, range(68))


def test_times_that_overlap_are_left_out():
    edition, _makers, _buyers = fair()
    MeetingRules.objects.update(step_minutes=15)
    assert problem_of(edition)["slots"] == 68


def test_nobody_on_the_way_is_planned_for():
    edition, _makers, _buyers = fair()
    with clock.at(world.FIRST_MORNING):  # ten: half past ten is thirty minutes away
        assert problem_of(edition)["sessions"] == {"ahead": [4, 68]}


def test_no_name_is_in_it():
    edition, makers, buyers = fair()
    said = str(problem_of(edition))
    assert makers[0].part.company.name_vi not in said
    assert buyers[0].company.name_vi not in said


def test_an_exhibitor_receives_at_as_many_seats_as_are_open_and_an_importer_comes_alone():
    edition, [one, two], [buyer, _other] = fair()
    seats = [add_seat(one.part, name=name, by=one.person) for name in ("Hiền", "Lan", "Mai")]
    change_seat(seats[2], name="Mai", open=False, by=one.person)
    add_seat(part_of(buyer), name="Camille", person=buyer.person, by=buyer.person)
    add_seat(part_of(buyer), name="Luc", by=buyer.person)
    found = sides_of(edition)
    assert {name: side["capacity"] for name, side in found.items()} == {
        f"e{one.part.pk}": 2, f"e{two.part.pk}": 1, f"i{part_of(buyer).pk}": 1, f"i{part_of(_other).pk}": 1,
    }  # fmt: skip
    assert (found[f"e{one.part.pk}"]["max_per_day"], found[f"e{two.part.pk}"]["max_per_day"]) == (30, 15)


def test_the_most_of_all_meetings_goes_by_the_rules():
    edition, [one, _two], _buyers = fair()
    add_seat(one.part, name="Hiền", by=one.person), add_seat(one.part, name="Lan", by=one.person)
    MeetingRules.objects.update(most_in_all=6, day_percent=50)
    found = sides_of(edition)[f"e{one.part.pk}"]
    assert (found["max_total"], found["max_per_day"]) == (12, 16)


def test_who_is_away_is_not_there():
    edition, [one, _two], [buyer, _other] = fair()
    set_away(one.part, seat=1, blocks=blocks_of(edition)[:2], by=one.person)
    set_away(part_of(buyer), seat=1, blocks=blocks_of(edition)[3:4], by=buyer.person)
    found = sides_of(edition)
    assert found[f"e{one.part.pk}"]["unavailable"] == [0, 1]
    assert found[f"i{part_of(buyer).pk}"]["unavailable"] == [3]


def test_of_several_seats_one_away_leaves_the_others_and_nothing_is_promised_that_is_not_there():
    edition, [one, _two], _buyers = fair()
    for name in ("Hiền", "Lan"):
        add_seat(one.part, name=name, by=one.person)
    set_away(one.part, seat=2, blocks=blocks_of(edition)[:4], by=one.person)
    few = sides_of(edition)[f"e{one.part.pk}"]
    assert (few["capacity"], few["unavailable"]) == (2, [0, 1, 2, 3])  # two at once in 64 slots beat one in 68
    set_away(one.part, seat=2, blocks=blocks_of(edition)[:60], by=one.person)
    most = sides_of(edition)[f"e{one.part.pk}"]
    assert (most["capacity"], most["unavailable"]) == (1, [])


def test_what_is_agreed_stays_where_it_is():
    edition, [one, two], [buyer, other] = fair()
    kept = agree(one, buyer, ahead(edition, 5))
    found = meetings_of(edition)
    assert found[item(one, buyer)] == {
        "id": item(one, buyer), "between": item(one, buyer).split("-"), "weight": 330, "required": True,
        "meeting": kept.pk, "fixed": 5,
    }  # fmt: skip
    assert item(two, other) in found
    assert len(found) == 4
    assert sides_of(edition)[f"e{one.part.pk}"]["unavailable"] == []


def test_where_the_day_heals_it_may_move_but_for_who_is_on_the_way():
    edition, [one, two], [buyer, _other] = fair()
    agree(one, buyer, ahead(edition, 5)), agree(two, buyer, ahead(edition, 3))
    with clock.at(world.FIRST_MORNING):
        found = meetings_of(edition, heals=True)
    assert (found[item(one, buyer)]["session"], found[item(one, buyer)]["was"]) == ("ahead", 5)
    assert found[item(one, buyer)]["required"]
    assert found[item(two, buyer)]["fixed"] == 3


def test_a_meeting_of_another_length_closes_the_slots_it_touches():
    edition, [one, _two], [buyer, _other] = fair()
    MeetingRules.objects.update(more_minutes=[60])
    agree(one, buyer, ahead(edition, 5), minutes=60)
    found = sides_of(edition)
    assert found[f"e{one.part.pk}"]["unavailable"] == [5, 6]
    assert found[f"i{part_of(buyer).pk}"]["unavailable"] == [5, 6]
    assert item(one, buyer) not in meetings_of(edition)


def test_a_pair_that_has_met_is_not_planned_again():
    edition, [one, _two], [buyer, _other] = fair()
    with clock.at(world.FIRST_MORNING):
        log_walk_in(
            edition, exhibitor=one.part, importer=part_of(buyer), person=buyer.person, by=one.person, key="walk"
        )
        assert item(one, buyer) not in meetings_of(edition)


def test_wishes_and_requests_come_before_suggestions_and_who_said_no_never_comes():
    edition, [one, two], [buyer, other] = fair()
    plain = meetings_of(edition)[item(two, other)]["weight"]
    wish(one, buyer, "must")
    wish(one, other, "no", reason="price")
    ask(two, buyer)
    found = meetings_of(edition)
    assert item(one, other) not in found
    assert 0 < plain <= 100 < found[item(two, buyer)]["weight"]
    assert found[item(one, buyer)]["weight"] > 330
    wish(one, buyer, "like", of="exhibitor")
    assert meetings_of(edition)[item(one, buyer)]["weight"] > found[item(one, buyer)]["weight"]


def test_tables_count_where_the_edition_meets_at_tables():
    edition, _makers, _buyers = fair()
    desk = world.officer(edition, "matchmaking_desk")
    add_tables(edition, count=3, hall=None, by=desk)
    assert "tables" not in problem_of(edition)
    use_table(Table.objects.first(), open=False, by=desk)
    MeetingRules.objects.update(place="table")
    assert problem_of(edition)["tables"] == 2


def test_what_was_agreed_under_other_rules_is_within_the_limits():
    edition, [one, two], [buyer, other] = fair()
    agree(one, buyer, ahead(edition, 2)), agree(two, buyer, ahead(edition, 4)), agree(two, other, ahead(edition, 2))
    MeetingRules.objects.update(most_in_all=1, day_percent=1, place="table")
    problem = problem_of(edition)
    limits = {side["id"]: (side["max_per_day"], side["max_total"]) for side in problem["participants"]}
    assert limits[f"i{part_of(buyer).pk}"] == (2, 2)
    assert limits[f"i{part_of(other).pk}"] == (1, 1)
    assert problem["tables"] == 2


def test_each_importer_gets_so_many_suggestions_and_no_exhibitor_is_left_unseen():
    edition, makers, _buyers = fair(importers=3, exhibitors=4)
    found = meetings_of(edition, suggestions=1)
    assert {name.split("-")[0] for name in found} == {f"e{side.part.pk}" for side in makers}
    assert meetings_of(edition, suggestions=0) == {}


def test_the_first_approved_comes_for_an_importer():
    edition, _makers, [buyer, other] = fair()
    assert who_comes(edition) == {part_of(one).pk: one.person_id for one in (buyer, other)}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(rows):
    edition, makers, buyers = fair(importers=rows, exhibitors=rows)
    for one, other in zip(makers, buyers, strict=True):
        agree(one, other, ahead(edition, 2))
        set_away(one.part, seat=1, blocks=blocks_of(edition)[20:21], by=one.person)
    with CaptureQueriesContext(connection) as asked:
        problem_of(edition)
    assert len(asked) == 32
