"""Rounds of the live sale: who may choose from when on, and who goes ahead."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from booths.actions.offers import make_offers, take_offer
from booths.actions.openings import remove_opening, set_opening
from booths.actions.reservations import hold_booths
from booths.models import Application, Opening
from booths.turns import counted, turn_of
from fairs import clock
from fairs.actions.editions import copy_edition
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Entry, Participation
from tests import world

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def fair():
    """Booths, an application for two of them, the desk."""
    with clock.at(world.NOON):
        edition = world.edition()
        yield {
            "edition": edition,
            "booths": world.floor(edition),
            "application": world.application(edition),
            "desk": world.officer(edition, "booth_desk"),
        }


def opening(fair, when, name="Ai cũng được", **asked):
    """A round at so much from noon."""
    names = {"name_vi": name, "name_en": f"{name} en"}
    return set_opening(fair["edition"], by=fair["desk"], opens_at=world.NOON + when, **names, **asked)


def fresh(application):
    """The application as a request would find it."""
    return Application.objects.select_related("edition__waiting_room", "company").get(pk=application.pk)


def hold(fair, **more):
    application = fair["application"]
    return hold_booths(application, booths=fair["booths"][:1], **{"by": application.contact} | more)


def test_without_rounds_everybody_who_is_accepted_chooses(fair):
    assert turn_of(fresh(fair["application"])).open
    assert hold(fair)


def test_before_the_round_a_hold_is_refused_with_its_moment(fair):
    opening(fair, HOUR)
    with pytest.raises(Refused) as refusal:
        hold(fair)
    assert refusal.value.code == "not_your_turn"
    assert "13:00" in refusal.value.message
    assert not fair["application"].reservations.exists()
    with clock.at(world.NOON + HOUR):
        assert hold(fair)


def test_a_round_for_some_lets_them_in_before_the_others(fair):
    opening(fair, timedelta(), "Nhóm hộ", groups_only=True)
    opening(fair, HOUR)
    group = world.application(fair["edition"])
    Application.objects.filter(pk=group.pk).update(is_group=True)
    group.refresh_from_db()
    assert hold_booths(group, booths=fair["booths"][1:2], by=group.contact)
    turn = turn_of(fresh(fair["application"]))
    assert (turn.open, turn.opens_at, turn.seconds_left) == (False, world.NOON + HOUR, 3600)


def facts(application, **fields):
    Application.objects.filter(pk=application.pk).update(**fields)
    return fresh(application)


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ({"least_score": Decimal(70)}, {"score": Decimal("70.00")}),
        ({"least_points": Decimal(5)}, {"points": Decimal("5.50")}),
        ({"legal_forms": ["household"]}, {"legal_form": "household"}),
        ({"groups_only": True}, {"is_group": True}),
    ],
)
def test_a_round_asks_what_the_fair_knows_of_an_application(fair, asked, fields):
    opening(fair, timedelta(), **asked)
    assert not turn_of(fresh(fair["application"])).open
    assert turn_of(facts(fair["application"], **fields)).open


def test_a_round_for_product_groups_asks_what_the_company_makes(fair):
    opening(fair, timedelta(), product_groups=[world.product_group().code])
    assert not turn_of(fresh(fair["application"])).open
    fair["application"].company.product_groups.add(world.product_group())
    assert turn_of(fresh(fair["application"])).open


def test_a_round_for_those_of_earlier_editions(fair):
    opening(fair, timedelta(), returning=True)
    assert not turn_of(fresh(fair["application"])).open
    before = world.edition(opens_on=world.OPENS.replace(year=2017), closes_on=world.OPENS.replace(year=2017))
    Participation.objects.create(edition=before, company=fair["application"].company, role="exhibitor")
    assert turn_of(fresh(fair["application"])).open


def test_all_that_a_round_asks_must_hold(fair):
    opening(fair, timedelta(), groups_only=True, least_score=Decimal(50))
    assert not turn_of(facts(fair["application"], score=Decimal(90))).open
    assert turn_of(facts(fair["application"], is_group=True)).open


def test_whom_no_round_is_for_is_told_so(fair):
    opening(fair, timedelta(), groups_only=True)
    turn = turn_of(fresh(fair["application"]))
    assert (turn.open, turn.opens_at) == (False, None)
    with pytest.raises(Refused) as refusal:
        hold(fair)
    assert refusal.value.code == "not_your_turn"


def test_the_desk_goes_ahead_with_a_reason_that_is_kept(fair):
    opening(fair, HOUR)
    with pytest.raises(Refused) as refusal:
        hold(fair, by=fair["desk"])
    assert refusal.value.code == "reason_wanted"
    [held] = hold(fair, by=fair["desk"], ahead="  Người khuyết tật, nhờ chọn giúp ")
    assert held.ahead == "Người khuyết tật, nhờ chọn giúp"
    assert "ahead" in Entry.objects.get(verb="booths.reservation.hold").fields
    # and what it has is no choice any more: asked again by its own people, it is answered
    assert [row.pk for row in hold(fair)] == [held.pk]


def test_a_reason_does_not_help_an_exhibitor(fair):
    opening(fair, HOUR)
    with pytest.raises(Refused) as refusal:
        hold(fair, ahead="Tôi vội")
    assert refusal.value.code == "not_your_turn"


def test_in_its_turn_a_reason_is_not_kept(fair):
    [held] = hold(fair, by=fair["desk"], ahead="Không cần")
    assert held.ahead == ""


def test_an_offer_from_the_waiting_list_is_taken_whatever_the_rounds_say(fair):
    opening(fair, HOUR)
    facts(fair["application"], state="waitlisted")
    Application.objects.exclude(pk=fair["application"].pk).delete()
    [offer] = make_offers(fair["edition"], by=fair["desk"])
    assert take_offer(offer, by=fair["application"].contact)


def test_rounds_are_the_booth_desks(fair):
    with pytest.raises(Forbidden):
        set_opening(fair["edition"], by=fair["application"].contact, opens_at=world.NOON, name_vi="A", name_en="A")
    one = opening(fair, HOUR)
    with pytest.raises(Forbidden):
        remove_opening(one, by=world.officer(fair["edition"], "gate"))
    set_opening(fair["edition"], opening=one, opens_at=world.NOON, by=fair["desk"])
    assert Opening.objects.get().opens_at == world.NOON
    remove_opening(one, by=fair["desk"])
    assert hold(fair)


@pytest.mark.parametrize(
    ("asked", "code"), [({"legal_forms": ["x"]}, "unknown_form"), ({"product_groups": ["x"]}, "unknown_group")]
)
def test_a_round_asks_only_what_there_is(fair, asked, code):
    with pytest.raises(Invalid) as refusal:
        opening(fair, HOUR, **asked)
    assert refusal.value.code == code


def test_two_rounds_of_one_name_at_one_moment_are_one_too_many(fair):
    opening(fair, HOUR)
    with pytest.raises(Invalid) as refusal:
        opening(fair, HOUR)
    assert refusal.value.code == "opening_twice"


@pytest.mark.parametrize("count", world.ROWS)
def test_everybody_is_counted_in_their_first_round_with_few_queries(fair, count, django_assert_num_queries):
    groups, everybody = opening(fair, timedelta(), "Nhóm", groups_only=True), opening(fair, HOUR)
    facts(fair["application"], is_group=True)
    for _number in range(count):
        world.application(fair["edition"])
    with django_assert_num_queries(4):  # who came back, applications, their goods; the rounds
        found = counted(Opening.objects.filter(edition=fair["edition"]), fair["edition"])
    assert found == {groups.pk: 1, everybody.pk: count, 0: 0}


def test_a_copy_of_the_edition_has_the_rounds_as_many_days_before(fair):
    opening(fair, HOUR, least_score=Decimal(60), legal_forms=["household"])
    director = world.officer(fair["edition"], "director")
    opens = world.OPENS + timedelta(days=365)
    made = copy_edition(
        fair["edition"], slug="next", name_vi="Sau", name_en="Next", opens_on=opens, closes_on=opens, by=director
    )
    copied = made.openings.get()
    assert copied.opens_at == datetime(2019, 9, 1, 6, tzinfo=UTC)
    assert (copied.least_score, copied.legal_forms) == (Decimal(60), ["household"])
