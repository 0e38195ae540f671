"""Two people of one company reaching for its last pass, two gates reading one badge."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from buyers.actions.badges import issue_badge
from buyers.actions.readings import Door, scan_badge
from buyers.models import Badge, Gate, Scan
from fairs import clock
from fairs.errors import Refused
from fairs.models import Participation
from tests import world

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 8


def at_once(*deeds, moment=world.FIRST_MORNING):
    """What each deed came to, all begun at the same moment."""
    start = Barrier(len(deeds))

    def run(deed):
        try:
            start.wait()
            with clock.at(moment):
                return deed()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


def test_the_last_pass_goes_to_one():
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        maker = world.person()
        firm = world.company(maker)
        part = Participation.objects.create(edition=edition, company=firm, role="exhibitor", pass_quota=0)
    for number in range(1, ROUNDS + 1):
        Participation.objects.filter(pk=part.pk).update(pass_quota=number)
        people = [world.person(), world.person()]
        told = at_once(
            *(
                lambda person=person: issue_badge(edition, person=person, company=firm, kind="exhibitor", by=maker).kind
                for person in people
            )
        )
        assert sorted(told) == ["exhibitor", "no_pass_left"]
        assert Badge.objects.valid().count() == number


def test_a_badge_shown_at_two_gates_at_once_enters_once():
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        keeper = world.officer(edition, "gate")
        desk = world.officer(edition, "importer_desk")
        gates = [Gate.objects.create(edition=edition, name_vi=f"Cổng {n}", name_en=f"Gate {n}") for n in (1, 2)]
        for number in range(ROUNDS):
            badge = issue_badge(edition, person=world.person(), company=None, kind="press", by=desk)
            told = at_once(
                *(
                    lambda gate=gate, key=f"{number}-{gate.pk}", code=badge.qr_code: str(
                        scan_badge(gate, code=code, direction="in", key=key, by=keeper).result
                    )
                    for gate in gates
                )
            )
            assert sorted(told) == ["again", "ok"]
    assert Scan.objects.entries().count() == ROUNDS


@pytest.mark.postgres
def test_without_the_queue_the_last_pass_goes_twice(monkeypatch):
    """The control: it proves that the first test of this file can fail."""
    monkeypatch.setattr("buyers.actions.badges._lock_quota", lambda edition, company: None)
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        maker = world.person()
        firm = world.company(maker)
        Participation.objects.create(edition=edition, company=firm, role="exhibitor", pass_quota=1)
    for _round in range(60):
        Badge.objects.all().delete()
        people = [world.person() for _one in range(4)]
        at_once(
            *(
                lambda person=person: issue_badge(edition, person=person, company=firm, kind="exhibitor", by=maker)
                for person in people
            )
        )
        if Badge.objects.count() > 1:
            return
    pytest.fail("sixty rounds without a lock, and never a pass too many")


def test_fifty_readings_of_one_badge_at_once_are_one_entry():
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        keeper = world.officer(edition, "gate")
        gates = [Gate.objects.create(edition=edition, name_vi=f"Cổng {n}", name_en=f"Gate {n}") for n in range(4)]
        badge = world.badge(edition, world.person())
        told = at_once(
            *(
                lambda n=n: str(
                    scan_badge(gates[n % 4], code=badge.qr_code, direction="in", key=f"{n:02}", by=keeper).result
                )
                for n in range(50)
            )
        )
    assert sorted(told) == ["again"] * 49 + ["ok"]
    assert (Scan.objects.entries().count(), Scan.objects.count()) == (1, 50)


@pytest.mark.postgres
def test_without_the_lock_a_badge_enters_twice(monkeypatch):
    """The control: it proves that the test before can fail."""
    monkeypatch.setattr(Door, "_locked", lambda door, code: Badge.objects.with_code(code).first())
    with clock.at(world.FIRST_MORNING):
        edition = world.edition()
        keeper = world.officer(edition, "gate")
        gate = Gate.objects.create(edition=edition, name_vi="Cổng 1", name_en="Gate 1")
        for number in range(60):
            badge = world.badge(edition, world.person())
            told = at_once(
                *(
                    lambda key=f"{number}-{n}", code=badge.qr_code: str(
                        scan_badge(gate, code=code, direction="in", key=key, by=keeper).result
                    )
                    for n in range(8)
                )
            )
            if told.count("ok") > 1:
                return
    pytest.fail("sixty rounds without a lock, and never an entry too many")
