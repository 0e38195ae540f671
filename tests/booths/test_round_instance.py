"""What goes into a round: the floor as it stands, those who ask, their wishes and points."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booths.actions.rounds import set_allocation_terms, terms_of
from booths.allocation.reading import read_instance
from booths.models import Application, Booth, BoothClass, BoothWish, Facility, NeighbourWish, Reservation, Zone
from booths.round_instance import application_of, points_of
from fairs import clock
from fairs.models import CraftVillage, Participation
from tests import world
from tests.booths.rounds import asking, instance_now, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition whose booths are being sold, with the clock stopped."""
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def floor(edition):
    """Five booths in a row, the last two in a zone of their own."""
    booths = world.floor(edition, 5)
    silk = Zone.objects.create(edition=edition, code="LD", name_vi="Lụa", name_en="Silk")
    Booth.objects.filter(pk__in=[booth.pk for booth in booths[3:]]).update(zone=silk)
    return booths


def exhibitor_in(instance, application):
    """The one applicant of an application."""
    [found] = [one for one in instance["exhibitors"] if application_of(one["id"]) == application.pk]
    return found


def holds(application, booth, state="reserved"):
    return Reservation.objects.create(
        edition=application.edition, booth=booth, application=application, company=application.company, state=state,
        held_until=world.NOON + timedelta(minutes=15),
    )  # fmt: skip


def test_the_floor_is_taken_as_it_stands(edition, floor):
    Booth.objects.filter(pk=floor[1].pk).update(blocked="Cột")
    Booth.objects.filter(pk=floor[0].pk).update(corner=True)
    holds(world.application(edition, state="waitlisted"), floor[2], "held")
    Facility.objects.create(edition=edition, kind="gate", x=3, y=3, width=3, depth=3)
    instance = instance_now(edition)
    assert [(one["id"], one["zone"], one["corner"]) for one in instance["booths"]] == [
        ("A01", "GS", True), ("A02", "GS", False), ("A03", "GS", False), ("A04", "LD", False), ("A05", "LD", False)
    ]  # fmt: skip
    assert [one["quality"] for one in instance["booths"]] == [20, 15, 10, 5, 0]  # nearest to the gate is best
    assert instance["rows"] == [["A01", "A02", "A03", "A04", "A05"]]
    assert instance["touching"] == [["A01", "A02"], ["A02", "A03"], ["A03", "A04"], ["A04", "A05"]]
    assert instance["blocked"] == ["A02", "A03"]
    assert instance["zoned"] == ["standard"]
    assert read_instance(instance).name == edition.slug


def test_only_who_is_accepted_asks_in_the_order_of_handing_in(edition, floor):
    late, early = asking(edition, minutes=2), asking(edition, booths=2, minutes=1, power_kw=3, wants_corner=True)
    for state in ("submitted", "waitlisted", "rejected", "withdrawn"):
        world.application(edition, state=state)
    asking(world.edition())
    instance = instance_now(edition)
    assert [one["id"] for one in instance["exhibitors"]] == [unit(early), unit(late)]
    found = exhibitor_in(instance, early)
    assert (found["booths"], found["class"], found["power"], found["wants_corner"]) == (2, "standard", 3, True)
    assert (found["group"], found["village"]) == ("", None)


def test_wishes_for_booths_count_by_rank_for_zones_alike_and_more_with_points(edition, floor):
    one = asking(edition)
    set_allocation_terms(edition, by=world.officer(edition, "booth_desk"), points_share=Decimal("0.1"), score_points=1)
    for rank, booth in ((5, floor[4]), (2, floor[0]), (7, floor[1])):
        BoothWish.objects.create(application=one, booth=booth, rank=rank)
    one.zones.set(Zone.objects.filter(edition=edition))
    assert instance_now(edition)["wishes"] == {
        unit(one): [["A01", 24], ["A05", 12], ["A02", 8], ["GS", 10], ["LD", 10]]
    }
    Application.objects.filter(pk=one.pk).update(score=10)  # 10 points: everything counts for twice as much
    assert instance_now(edition)["wishes"][unit(one)][0] == ["A01", 48]


def test_wishes_for_what_is_not_on_the_floor_are_left_out(edition, floor):
    one = asking(edition)
    empty = Zone.objects.create(edition=edition, code="XX", name_vi="Trống", name_en="Empty")
    Booth.every.filter(pk=floor[0].pk).update(retired=True)
    BoothWish.objects.create(application=one, booth=floor[0], rank=1)
    one.zones.add(empty)
    one.company.product_groups.add(world.product_group())
    empty.product_groups.add(world.product_group())
    instance = instance_now(edition)
    assert (instance["wishes"], exhibitor_in(instance, one)["group"]) == ({}, "")
    read_instance(instance)


def test_the_zone_of_its_goods_is_the_one_it_wished_for_else_the_first(edition, floor):
    one, other = asking(edition, minutes=1), asking(edition, minutes=2)
    ceramics, silk = Zone.objects.filter(edition=edition).order_by("code")
    for zone in (ceramics, silk):
        zone.product_groups.add(world.product_group())
    for application in (one, other):
        application.company.product_groups.add(world.product_group())
    other.zones.add(silk)
    instance = instance_now(edition)
    assert [exhibitor_in(instance, application)["group"] for application in (one, other)] == ["GS", "LD"]


def test_zones_do_not_count_for_booths_from_abroad(edition, floor):
    abroad = BoothClass.objects.create(
        edition=edition, code="abroad", name_vi="QT", name_en="A", origin="international"
    )
    Booth.objects.filter(pk=floor[4].pk).update(booth_class=abroad)
    assert instance_now(edition)["zoned"] == ["standard"]


def test_one_village_and_wishes_for_neighbours(edition, floor):
    one, two, three = (asking(edition, minutes=minutes) for minutes in range(3))
    village = CraftVillage.objects.create(
        slug="van-phuc", name_vi="Vạn Phúc", craft_vi="Lụa", craft_en="Silk", product_group=world.product_group()
    )
    for application in (one, two):
        application.company.craft_village = village
        application.company.save()
    stranger = asking(world.edition()).company
    for of, kind in ((two.company, "near"), (three.company, "apart"), (stranger, "near")):
        NeighbourWish.objects.create(application=one, company=of, kind=kind)
    NeighbourWish.objects.create(application=three, company=one.company, kind="near")  # who asks apart is heard
    instance = instance_now(edition)
    villages = [exhibitor_in(instance, application)["village"] for application in (one, two, three)]
    assert villages == [f"v{village.pk}", f"v{village.pk}", None]
    assert (instance["near"], instance["rivals"]) == ([[unit(one), unit(two)]], [[unit(one), unit(three)]])


def test_a_group_is_as_many_units_that_stand_together(edition, floor):
    group, other = asking(edition, booths=3, is_group=True, power_kw=6), asking(edition, minutes=1)
    NeighbourWish.objects.create(application=other, company=group.company, kind="near")
    instance = instance_now(edition)
    units = [unit(group, number) for number in (1, 2, 3)]
    assert instance["together"] == [units]
    members = [one for one in instance["exhibitors"] if application_of(one["id"]) == group.pk]
    assert [(one["id"], one["booths"], one["power"]) for one in members] == [(name, 1, 2) for name in units]
    assert instance["near"] == [[name, unit(other)] for name in units]


def test_who_has_booths_keeps_them(edition, floor):
    one = asking(edition, booths=3, is_group=True, side_by_side=False)
    for booth in (floor[0], floor[2]):
        holds(one, booth)
    ran_out = asking(edition, minutes=1)
    Reservation.objects.filter(pk=holds(ran_out, floor[4], "held").pk).update(held_until=world.NOON)
    instance = instance_now(edition)
    assert instance["fixed"] == {unit(one): ["A01", "A03"]}
    assert (instance["blocked"], instance["agreed_split"], instance["together"]) == ([], [unit(one)], [])
    assert exhibitor_in(instance, one)["booths"] == 2
    read_instance(instance)


def test_of_booths_of_two_classes_those_of_the_first_count(edition, floor):
    one = asking(edition, booths=2)
    raw = BoothClass.objects.create(edition=edition, code="raw", name_vi="Trống", name_en="Raw", origin="domestic")
    Booth.objects.filter(pk=floor[1].pk).update(booth_class=raw)
    for booth in floor[:2]:
        holds(one, booth)
    instance = instance_now(edition)
    assert (instance["fixed"], instance["blocked"]) == ({unit(one): ["A01"]}, ["A02"])
    read_instance(instance)


def test_two_who_stand_side_by_side_already_are_no_rivals(edition, floor):
    one, two = asking(edition, minutes=1), asking(edition, minutes=2)
    NeighbourWish.objects.create(application=one, company=two.company, kind="apart")
    assert instance_now(edition)["rivals"] == [[unit(one), unit(two)]]
    holds(one, floor[0]), holds(two, floor[1])
    assert instance_now(edition)["rivals"] == []


def test_who_need_not_stand_side_by_side_may_be_split(edition, floor):
    split = asking(edition, booths=2, side_by_side=False)
    asking(edition, booths=2), asking(edition, side_by_side=False)
    assert instance_now(edition)["agreed_split"] == [unit(split)]


def test_what_a_zone_bears(edition, floor):
    desk = world.officer(edition, "booth_desk")
    Zone.objects.create(edition=edition, code="XX", name_vi="Trống", name_en="Empty", exhibitors_at_most=1)
    set_allocation_terms(edition, by=desk, limits={"GS": (Decimal("12.5"), None), "LD": (None, 2)})
    assert instance_now(edition)["limits"] == {"GS": {"power": 12.5}, "LD": {"count": 2}}
    set_allocation_terms(edition, by=desk, limits={"GS": (None, None)}, strict_zones=True)
    instance = instance_now(edition)
    assert (instance["limits"], instance["strict_zones"]) == ({"LD": {"count": 2}}, True)


def points(edition, *applications):
    found = points_of(edition, terms_of(edition))
    return [found[one.pk] for one in applications]


def test_points_for_earlier_editions_up_to_so_many(edition):
    old, new = asking(edition), asking(edition)
    for year in range(2010, 2017):
        earlier = world.edition(opens_on=date(year, 10, 1), closes_on=date(year, 10, 4))
        world.participation(earlier, old.company, "exhibitor")
    later = world.edition(opens_on=date(2019, 10, 1), closes_on=date(2019, 10, 4))
    world.participation(later, new.company, "exhibitor")
    world.participation(world.edition(opens_on=date(2017, 10, 1)), new.company, "importer")
    gone = world.participation(world.edition(opens_on=date(2016, 10, 1)), new.company, "exhibitor")
    Participation.objects.filter(pk=gone.pk).update(state="withdrawn")
    assert points(edition, old, new) == [25, 0]


def test_points_for_score_legal_form_and_time(edition):
    first, second, third = (asking(edition, minutes=minutes) for minutes in (1, 2, 3))
    waits = world.application(edition, state="waitlisted")
    Application.objects.filter(pk=waits.pk).update(submitted_at=world.NOON)
    assert points(edition, first, second, third, waits) == [5, Decimal("3.33"), Decimal("1.67"), 0]
    set_allocation_terms(
        edition, by=world.officer(edition, "booth_desk"), early_points=0, support_forms=["cooperative"]
    )
    Application.objects.filter(pk=first.pk).update(score=80)
    Application.objects.filter(pk=second.pk).update(legal_form="cooperative")
    third.company.legal_form = "cooperative"  # counts as long as nothing was kept when it was accepted
    third.company.save()
    assert points(edition, first, second, third, waits) == [40, 10, 10, 0]


@pytest.mark.parametrize("count", world.ROWS)
def test_taking_everything_down_asks_the_same_for_any_number(edition, count):
    world.floor(edition, count)
    for minutes in range(count):
        asking(edition, minutes=minutes)
    with CaptureQueriesContext(connection) as asked:
        instance = instance_now(edition)
    assert (len(instance["exhibitors"]), len(asked)) == (count, 16)
