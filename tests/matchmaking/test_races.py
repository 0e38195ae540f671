"""Rivals for one time, one letter, one form: the database decides, and a control shows that it has to."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from fairs import clock
from fairs.errors import Refused
from fairs.models import Counter, Delivery
from matchmaking.actions.deals import confirm_deal, dispute_deal, record_deal
from matchmaking.actions.meetings import accept_meeting, request_meeting, slots
from matchmaking.models import Deal, Meeting, Occupancy
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
    meeting = Meeting.objects.select_related("edition", "exhibitor__company", "importer__company").get(pk=pk)
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
