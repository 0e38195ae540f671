"""The demonstration's hosted importers: each lives its hosting from the checklist to the money."""

from datetime import timedelta
from random import Random

import pytest

from buyers.actions.registrations import approve_registration
from buyers.checklists import begin_checklist
from buyers.demo_hosting import PLACES, Stay, grades_are_set
from buyers.models import HostedContract, Quota, TravelItem
from fairs import clock
from fairs.demo.stages import moment
from fairs.demo.timeline import Timeline
from fairs.demo.world import Demo
from tests import world
from tests.buyers.hosted import came, fresh, met
from tests.buyers.importers import importer

pytestmark = pytest.mark.django_db
IN_JUNE = moment("2018-06-01 09:00")


@pytest.fixture
def demo():
    with clock.at(IN_JUNE):
        edition = world.edition()
    begin_checklist(edition)
    edition.funds.create(name_vi="Ngân sách", name_en="Budget")
    roles = ("director", "importer_desk", "finance")
    officers = {role: world.officer(edition, role) for role in roles}
    return Demo(Timeline(moment("2018-11-30 10:00")), officers=officers, edition=edition)


def test_most_fulfil_and_the_others_are_told(demo):
    grades_are_set(demo)
    stays = []
    with clock.at(IN_JUNE):
        for number in range(8):
            stay = Stay(demo, importer(demo.edition, name=f"Importer {number}"), Random(f"{number}"))
            stay.vet()
            approve_registration(stay.registration, grade="semi", by=demo.officers["importer_desk"])
            stay.plan()
            stays.append(stay)
    demo.timeline.at(moment("2018-10-18 06:00"), lambda: _attend(stays[:6]))
    for _part in demo.timeline.live():
        pass
    states = [fresh(HostedContract.objects.get(pk=stay.key)).state for stay in stays]
    assert states.count("paid") >= 3
    assert set(states) <= {"paid", "refused", "declined", "withdrawn", "offered"}
    assert TravelItem.objects.filter(contract__state="paid", paid=None).count() == 0
    assert Quota.objects.get(grade__code="semi", market=None).places == PLACES["semi"]


def _attend(stays):
    """Those who still travel are there on two days and hold what is asked."""
    for stay in stays:
        contract = fresh(HostedContract.objects.get(pk=stay.key))
        if contract.state in HostedContract.GOING:
            met(contract, held=5), came(contract)


def test_nobody_is_judged_before_the_end(demo):
    demo.timeline.end = moment("2018-10-20 10:00")
    grades_are_set(demo)
    with clock.at(IN_JUNE + timedelta(days=1)):
        stay = Stay(demo, importer(demo.edition), Random("1"))
        stay.vet()
        approve_registration(stay.registration, grade="hosted", by=demo.officers["importer_desk"])
        stay.plan()
    for _part in demo.timeline.live():
        pass
    assert fresh(HostedContract.objects.get()).state in {"offered", "accepted", "arranged", "declined", "withdrawn"}
