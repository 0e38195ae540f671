"""Rivals for one time, one letter, one form: the database decides, and a control shows that it has to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from fairs import clock
from fairs.errors import Refused
from fairs.models import Counter, Delivery, Entry
from matchmaking.actions.attendance import check_in, mark_no_show
from matchmaking.actions.changes import move_meeting
from matchmaking.actions.deals import confirm_deal, dispute_deal, record_deal
from matchmaking.actions.meetings import accept_meeting, request_meeting, slots
from matchmaking.actions.nudges import owe_nudge
from matchmaking.actions.resources import add_interpreter, add_shift, add_tables
from matchmaking.actions.seats import add_seat
from matchmaking.models import Deal, Meeting, MeetingRules, Occupancy
from tests import world

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 6


def at_once(*deeds):
    """What each deed came to, all begun at the same moment."""
    start = Barrier(len(deeds))

    def run(deed):
        try:
            start.wait()
            with clock.at(world.FIRST_MORNING):
                return deed()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def rivals(fair, starts_at, count=4):
    """Requests of several importers for one time of one exhibitor."""
    sides = [world.importer(fair.edition) for _one in range(count)]
    return [
        request_meeting(
            fair.edition,
            exhibitor=fair.exhibitor,
            importer=side.part,
            person=side.person,
            starts_at=starts_at,
            by=side.person,
        ).pk
        for side in sides
    ]


def accept(pk, maker):
    meeting = Meeting.objects.with_sides().select_related("edition", "importer_person").get(pk=pk)
    return accept_meeting(meeting, by=maker).state


def test_of_several_accepted_at_once_for_one_time_one_wins(fair):
    times = [slot.starts_at for slot in slots(fair.edition) if slot.starts_at > clock.now()]
    for starts_at in times[:ROUNDS]:
        asked = rivals(fair, starts_at)
        told = at_once(*(lambda pk=pk: accept(pk, fair.maker) for pk in asked))
        assert sorted(map(str, told)) == ["accepted", "slot_taken", "slot_taken", "slot_taken"]
        assert Occupancy.objects.filter(participation=fair.exhibitor, starts_at=starts_at).count() == 1
        assert Meeting.objects.filter(starts_at=starts_at, state="accepted").count() == 1


def naive_accept(pk, arrived):
    """Accepting as one would write it without the constraint: look, then write."""
    meeting = Meeting.objects.get(pk=pk)
    with transaction.atomic():
        busy = Meeting.objects.filter(
            exhibitor=meeting.exhibitor, starts_at=meeting.starts_at, state="accepted"
        ).exists()
        arrived.wait()
        if busy:
            return "slot_taken"
        Meeting.objects.filter(pk=pk, state="requested").update(state="accepted")
    return "accepted"


def accepted_at_once(meetings, makers):
    """What accepting all of them at one moment comes to."""
    told = at_once(*(lambda pk=pk, maker=maker: accept(pk, maker) for pk, maker in zip(meetings, makers, strict=True)))
    return sorted(map(str, told))


def elsewhere(fair, starts_at, count=3):
    """Requests for one time of as many exhibitors by as many importers, each with the maker who answers."""
    makers = [world.exhibitor(fair.edition) for _one in range(count)]
    buyers = [world.importer(fair.edition) for _one in range(count)]
    asked = [
        request_meeting(
            fair.edition, exhibitor=maker.part, importer=buyer.part, person=buyer.person, starts_at=starts_at,
            by=buyer.person,
        ).pk
        for maker, buyer in zip(makers, buyers, strict=True)
    ]  # fmt: skip
    return asked, [maker.person for maker in makers], [maker.part for maker in makers], [buyer.part for buyer in buyers]


def ahead(fair):
    return [slot.starts_at for slot in slots(fair.edition) if slot.starts_at > clock.now()][:ROUNDS]


def test_of_rivals_for_the_last_seats_as_many_win_as_there_are_seats(fair):
    for name in ("Hiền", "Lan"):
        add_seat(fair.exhibitor, name=name, by=fair.maker)
    for starts_at in ahead(fair):
        told = accepted_at_once(rivals(fair, starts_at), [fair.maker] * 4)
        assert told == ["accepted", "accepted", "slot_taken", "slot_taken"]
        held = Meeting.objects.filter(starts_at=starts_at, state="accepted")
        assert sorted(meeting.receiver.name for meeting in held) == ["Hiền", "Lan"]


def test_of_rivals_for_the_last_tables_as_many_win_as_there_are_tables(fair):
    MeetingRules.objects.update(place="table")
    add_tables(fair.edition, count=2, by=world.officer(fair.edition, "matchmaking_desk"))
    for starts_at in ahead(fair):
        asked, makers, *_parts = elsewhere(fair, starts_at)
        assert accepted_at_once(asked, makers) == ["accepted", "accepted", "no_table"]
        tables = Meeting.objects.filter(starts_at=starts_at, state="accepted").values_list("table__number", flat=True)
        assert sorted(tables) == [1, 2]


def test_of_rivals_for_the_last_interpreter_one_wins_and_the_others_are_told(fair):
    desk = world.officer(fair.edition, "matchmaking_desk")
    mai = add_interpreter(fair.edition, name="Mai", languages=["vi", "fr"], by=desk)
    for starts_at in ahead(fair):
        asked, makers, exhibitors, importers = elsewhere(fair, starts_at)
        for part in exhibitors:
            add_seat(part, name="Hiền", languages=["vi"], by=desk)
        for part in importers:
            add_seat(part, name="Camille", languages=["fr"], by=desk)
        add_shift(mai, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30), by=desk)
        assert accepted_at_once(asked, makers) == ["accepted", "no_interpreter", "no_interpreter"]
        assert Meeting.objects.filter(starts_at=starts_at, interpreter=mai).count() == 1


def test_a_move_and_a_yes_at_once_to_one_time_leave_one_meeting_there(fair):
    desk = world.officer(fair.edition, "matchmaking_desk")
    times = ahead(fair)
    for before, wanted in zip(times[::2], times[1::2], strict=True):
        [agreed] = rivals(fair, before, count=1)
        accept(agreed, fair.maker)
        [asked] = rivals(fair, wanted, count=1)

        def move(agreed=agreed, wanted=wanted):
            whole = Meeting.objects.with_sides().select_related("edition", "importer_person").get(pk=agreed)
            return move_meeting(whole, starts_at=wanted, by=desk).state

        told = at_once(move, lambda asked=asked: accept(asked, fair.maker))
        assert sorted(map(str, told)) == ["accepted", "slot_taken"]
        assert Meeting.objects.filter(starts_at=wanted, state="accepted", exhibitor=fair.exhibitor).count() == 1
        taken = Occupancy.objects.filter(participation=fair.exhibitor, starts_at__in=[before, wanted])
        assert taken.filter(starts_at=wanted).count() == 1
        assert taken.filter(starts_at=before).count() == (1 if told[0] == "slot_taken" else 0)


def begun(fair):
    """An agreed meeting that begins this minute."""
    return Meeting.objects.create(
        edition=fair.edition, exhibitor=fair.exhibitor, importer=fair.importer, importer_person=fair.buyer,
        starts_at=clock.now(), ends_at=clock.now() + timedelta(minutes=30), state="accepted",
    ).pk  # fmt: skip


def fresh(pk):
    return Meeting.objects.with_sides().select_related("edition", "importer_person").get(pk=pk)


def test_both_sides_accuse_each_other_at_once_and_both_words_are_kept(fair):
    for _round in range(ROUNDS):
        pk = begun(fair)
        at_once(
            lambda pk=pk: mark_no_show(fresh(pk), absent="importer", by=fair.maker),
            lambda pk=pk: mark_no_show(fresh(pk), absent="exhibitor", by=fair.buyer),
        )
        stands = fresh(pk)
        assert (stands.state, stands.absent, stands.differs) == ("no_show", "exhibitor", True)
        assert (stands.exhibitor_says, stands.importer_says) == ("importer", "exhibitor")
        Meeting.objects.filter(pk=pk).delete()


def test_a_badge_read_at_two_places_at_once_is_one_meeting_held(fair):
    badge = world.badge(fair.edition, fair.buyer, fair.importer.company)
    desk = world.officer(fair.edition, "matchmaking_desk")
    for _round in range(ROUNDS):
        pk = begun(fair)
        at_once(
            lambda: check_in(fair.edition, code=badge.short_code, exhibitor=fair.exhibitor, by=fair.maker),
            lambda: check_in(fair.edition, code=badge.short_code, by=desk),
        )
        assert fresh(pk).state == "held"
        assert Entry.objects.filter(verb="matchmaking.meeting.mark_held", object_id=str(pk)).count() == 1
        Meeting.objects.filter(pk=pk).delete()


def test_two_heartbeats_at_once_remind_once(fair):
    MeetingRules.objects.update(opens_on=world.OPENS - timedelta(days=9))
    told = at_once(*(lambda: owe_nudge(fair.importer, 2) for _beat in range(3)))
    assert sorted(told) == [False, False, True]
    assert Delivery.objects.filter(kind="matchmaking.no_meetings_yet").count() == 1


def naive_table(pk, table, arrived):
    """Taking a table as one would without the constraint: look, then write."""
    with transaction.atomic():
        free = not Meeting.objects.filter(table=table, state="accepted").exists()
        arrived.wait()
        if not free:
            return "no_table"
        Meeting.objects.filter(pk=pk).update(state="accepted", table=table)
    return "accepted"


@pytest.mark.postgres
def test_without_the_constraint_two_would_sit_at_one_table(fair):
    asked, *_parts = elsewhere(fair, ahead(fair)[0], count=2)
    [table] = add_tables(fair.edition, count=1, by=world.officer(fair.edition, "matchmaking_desk"))
    arrived = Barrier(2)
    told = at_once(*(lambda pk=pk: naive_table(pk, table, arrived) for pk in asked))
    assert told == ["accepted", "accepted"]


@pytest.mark.postgres
def test_without_the_constraint_two_would_win(fair):
    starts_at = next(slot.starts_at for slot in slots(fair.edition) if slot.starts_at > clock.now())
    asked = rivals(fair, starts_at, count=2)
    arrived = Barrier(2)
    told = at_once(*(lambda pk=pk: naive_accept(pk, arrived) for pk in asked))
    assert told == ["accepted", "accepted"]


def test_the_constraint_itself_refuses_a_second_seat(fair):
    starts_at = next(slot.starts_at for slot in slots(fair.edition) if slot.starts_at > clock.now())
    one, two = rivals(fair, starts_at, count=2)
    Occupancy.objects.create(meeting_id=one, participation=fair.exhibitor, starts_at=starts_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.create(meeting_id=two, participation=fair.exhibitor, starts_at=starts_at)


def deal(fair, key):
    return record_deal(
        fair.edition, exhibitor=fair.exhibitor, importer=fair.importer, recorded_side="exhibitor", kind="contract",
        product_group=world.product_group(), currency="USD", amount=Decimal(500), signed_on=world.OPENS, key=key,
        by=fair.maker,
    )  # fmt: skip


def test_one_form_sent_at_once_from_several_windows_records_one_deal(fair):
    world.product_group()
    for number in range(1, ROUNDS + 1):
        told = at_once(*(lambda key=f"key-{number}": deal(fair, key).pk for _window in range(3)))
        assert len(set(told)) == 1
    assert Deal.objects.count() == ROUNDS
    assert Counter.objects.get(edition=fair.edition, row="HD").last == ROUNDS


def test_yes_and_no_at_once_leave_one_answer(fair):
    nobody = AnonymousUser()
    for number in range(ROUNDS):
        made = deal(fair, f"answer-{number}")

        def fresh(made=made):
            return Deal.objects.get(pk=made.pk)

        told = at_once(
            lambda: confirm_deal(fresh(), by=nobody, token=made.token).state,  # noqa: B023
            lambda: dispute_deal(fresh(), by=nobody, token=made.token, other_amount=Decimal(1)).state,  # noqa: B023
        )
        assert "state_conflict" in told or {"confirmed"} == set(told)
        assert fresh().state in ("confirmed", "disputed")
    answers = Delivery.objects.filter(kind__in=["matchmaking.deal_confirmed", "matchmaking.deal_disputed"])
    assert answers.count() == ROUNDS
