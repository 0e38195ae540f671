"""Who came: badges read at a meeting, what both sides say, and what stands when they differ."""

from datetime import timedelta

import pytest

from buyers.models import Registration
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.states import StateConflict
from matchmaking.actions.attendance import check_in, rate
from matchmaking.actions.meanwhile import meanwhile
from matchmaking.actions.meetings import accept_meeting, log_walk_in, mark_held, mark_no_show
from matchmaking.attendance import BOTH, EXHIBITOR, HELD, IMPORTER, Known, Verdict, judge
from matchmaking.counts import meetings_of_importers
from matchmaking.models import Meeting, Occupancy, Rating, Wish
from tests import world
from tests.matchmaking.asking import asked
from tests.matchmaking.wishing import registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """Both sides have agreed to meet at half past ten on the first day."""
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides()
        world.buyers_badge(sides, "K7MQ2XVV")
        accept_meeting(asked(sides), by=sides.maker)
    meeting = Meeting.objects.with_sides().select_related("edition", "importer_person").get()
    sides.meeting = meeting
    with clock.at(meeting.starts_at):
        yield sides


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        (Known(), None),
        (Known(True, True, IMPORTER, EXHIBITOR), Verdict(HELD)),
        (Known(exhibitor_here=True), None),
        (Known(exhibitor_says=IMPORTER), Verdict(IMPORTER)),
        (Known(importer_here=True, exhibitor_says=IMPORTER), None),
        (Known(importer_here=True, exhibitor_says=IMPORTER, importer_says=EXHIBITOR), Verdict(EXHIBITOR)),
        (Known(exhibitor_here=True, exhibitor_says=IMPORTER, importer_says=EXHIBITOR), Verdict(IMPORTER)),
        (Known(exhibitor_here=True, importer_says=BOTH), Verdict(IMPORTER)),
        (Known(exhibitor_says=HELD, importer_says=HELD), Verdict(HELD)),
        (Known(exhibitor_says=EXHIBITOR, importer_says=HELD), Verdict(EXHIBITOR)),
        (Known(exhibitor_says=EXHIBITOR, importer_says=IMPORTER), Verdict(BOTH)),
        (Known(exhibitor_says=IMPORTER, importer_says=EXHIBITOR), Verdict(EXHIBITOR, agreed=False)),
        (Known(exhibitor_says=IMPORTER, importer_says=HELD), Verdict(HELD, agreed=False)),
    ],
)
def test_scans_stand_above_words_and_doubt_speaks_for_the_buyer(known, verdict):
    assert judge(known) == verdict


def test_the_buyers_badge_at_the_booth_is_a_meeting_held_once(fair):
    for _twice in range(2):
        meeting = check_in(fair.edition, code="K7MQ2XVV", exhibitor=fair.exhibitor, by=fair.maker)
    assert (meeting.state, meeting.version, meeting.late_by) == ("held", 2, timedelta(0))
    assert meeting.exhibitor_here_at == meeting.importer_here_at == fair.meeting.starts_at
    with pytest.raises(Forbidden):
        check_in(fair.edition, code="K7MQ2XVV", exhibitor=fair.exhibitor, by=fair.buyer)


def test_at_the_desk_each_badge_is_its_own_side(fair):
    world.badge(fair.edition, fair.maker, fair.exhibitor.company, kind="exhibitor")
    own = fair.maker.badges.get().short_code
    desk = world.officer(fair.edition, "matchmaking_desk")
    first = check_in(fair.edition, code=own, by=desk)
    assert (first.state, first.importer_here_at) == ("accepted", None)
    with clock.at(fair.meeting.starts_at + timedelta(minutes=9)):
        assert first.alone == "exhibitor"
        both = check_in(fair.edition, code="K7MQ2XVV", by=desk)
    assert (both.state, both.late_by, both.alone) == ("held", timedelta(minutes=9), "")
    with pytest.raises(Forbidden):
        check_in(fair.edition, code=own, by=fair.maker)


def test_a_badge_without_a_meeting_about_now_checks_nothing_in(fair):
    for moment in [fair.meeting.starts_at - timedelta(hours=1), fair.meeting.starts_at + timedelta(hours=2)]:
        with clock.at(moment), pytest.raises(Refused) as refusal:
            check_in(fair.edition, code="K7MQ2XVV", exhibitor=fair.exhibitor, by=fair.maker)
        assert refusal.value.code == "no_meeting_now"


def test_a_buyer_said_to_be_absent_says_otherwise_and_it_does_not_count_against_them(fair):
    mark_no_show(fair.meeting, absent="importer", by=fair.maker)
    with pytest.raises(StateConflict):
        mark_held(fair.meeting, by=fair.maker)
    mark_no_show(fair.meeting, absent="exhibitor", by=fair.buyer)
    assert (fair.meeting.state, fair.meeting.absent, fair.meeting.differs) == ("no_show", "exhibitor", True)
    [counted] = meetings_of_importers(fair.edition, frozenset({fair.buyer.pk})).values()
    assert counted[1] == 1
    mark_held(fair.meeting, by=world.officer(fair.edition, "matchmaking_desk"))
    assert (fair.meeting.state, fair.meeting.absent, fair.meeting.differs) == ("held", "", False)


def test_a_late_scan_puts_an_absence_right(fair):
    mark_no_show(fair.meeting, absent="importer", by=fair.maker)
    with clock.at(fair.meeting.starts_at + timedelta(minutes=12)):
        meeting = check_in(fair.edition, code="K7MQ2XVV", exhibitor=fair.exhibitor, by=fair.maker)
    assert (meeting.state, meeting.absent) == ("held", "")


def test_each_side_rates_what_took_place_and_nobody_else(fair):
    assert rate(fair.meeting, worth="A", step="deal", by=fair.buyer).side == "importer"
    assert fair.meeting.state == "held"
    rate(fair.meeting, worth="B", step="samples", by=fair.maker)
    rate(fair.meeting, worth="C", step="nothing", by=fair.maker)
    assert sorted(Rating.objects.values_list("side", "worth")) == [("exhibitor", "C"), ("importer", "A")]
    with pytest.raises(Invalid):
        rate(fair.meeting, worth="Z", step="deal", by=fair.buyer)
    with pytest.raises(Refused):
        rate(fair.meeting, worth="A", step="deal", by=world.officer(fair.edition, "matchmaking_desk"))


def test_what_did_not_take_place_is_not_rated(fair):
    mark_no_show(fair.meeting, absent="importer", by=fair.maker)
    with pytest.raises(Refused) as refusal:
        rate(fair.meeting, worth="A", step="deal", by=fair.maker)
    assert refusal.value.code == "not_held"


def test_whoever_is_left_alone_is_offered_somebody_near_free_and_fitting(fair):
    world.booths_of(fair.exhibitor, "A01")
    reservation = fair.exhibitor.company.reservations.get()
    Meeting.objects.update(importer_here_at=fair.meeting.starts_at, hall=reservation.booth.hall)
    near, far, other = (world.exhibitor(fair.edition).part for _each in range(3))
    for number, part in enumerate([near, other], start=2):
        reservation.pk, reservation.company = None, part.company
        reservation.booth = reservation.booth.hall.booths.get(code=f"A0{number}")
        reservation.save()
    for part in (fair.exhibitor, near, far):
        part.company.product_groups.add(world.product_group())
    fair.meeting.refresh_from_db()
    with clock.at(fair.meeting.starts_at + timedelta(minutes=6)):
        assert meanwhile(fair.meeting) == []
    with clock.at(fair.meeting.starts_at + timedelta(minutes=7)):
        assert meanwhile(fair.meeting) == [near]
        registration = registered(fair.edition)
        Registration.objects.update(company=fair.importer.company)
        no = Wish.objects.create(
            registration=registration, exhibitor=near, side="exhibitor", kind="no", reason="other"
        )  # fmt: skip
        assert meanwhile(fair.meeting) == []
        no.delete()
        now = fair.meeting.starts_at + timedelta(minutes=5)
        Occupancy.objects.create(participation=near, starts_at=now, kind="away")
        assert meanwhile(fair.meeting) == []


def test_an_exhibitor_left_alone_is_offered_who_asked_and_did_not_get_a_meeting(fair):
    waiting = registered(fair.edition)
    part = waiting.company.participations.get()
    Meeting.objects.create(
        edition=fair.edition, exhibitor=fair.exhibitor, importer=part, importer_person=waiting.person,
        starts_at=fair.meeting.starts_at, ends_at=fair.meeting.ends_at, state="expired",
    )  # fmt: skip
    Meeting.objects.filter(pk=fair.meeting.pk).update(exhibitor_here_at=fair.meeting.starts_at)
    fair.meeting.refresh_from_db()
    with clock.at(fair.meeting.starts_at + timedelta(minutes=8)):
        assert meanwhile(fair.meeting) == [part]
        Wish.objects.create(registration=waiting, exhibitor=fair.exhibitor, side="importer", kind="no", reason="known")
        assert meanwhile(fair.meeting) == []


def test_a_walk_in_kept_on_a_phone_has_the_phones_moment_and_its_product_group(fair):
    at = fair.meeting.starts_at + timedelta(minutes=20)
    with clock.at(at + timedelta(hours=3)):
        meeting = log_walk_in(
            fair.edition, exhibitor=fair.exhibitor, importer=fair.importer, person=fair.buyer, by=fair.maker, key="k",
            product_group=world.product_group(), at=at,
        )  # fmt: skip
        assert (meeting.starts_at, meeting.product_group.code) == (at, "ceramics")
        ahead = log_walk_in(
            fair.edition, exhibitor=fair.exhibitor, importer=fair.importer, person=fair.buyer, by=fair.maker, key="l",
            at=at + timedelta(days=1),
        )  # fmt: skip
        assert ahead.starts_at == at + timedelta(hours=3)
