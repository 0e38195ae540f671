"""The second demonstration: a small moment of it is built, and its plan adds up."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from booths.actions.floor import lay_floor
from booths.floorplan import Rect, network_floor, overlaps
from booths.models import Application, Booth, Reservation
from buyers.actions.badges import issue_badge
from buyers.actions.gates import add_gate
from buyers.demo_network import Counting
from buyers.models import Scan
from fairs import clock, invention, reports
from fairs.demo import fill as filling
from fairs.demo.network import DAYS, MEETINGS, OPENS, TARGETS, at
from fairs.demo.stages import NETWORK_STAGES, moment
from fairs.demo.timeline import Timeline
from fairs.demo.world import Demo
from fairs.models import Edition
from matchmaking.demo_network import Tables
from matchmaking.models import Meeting
from tests import world

pytestmark = pytest.mark.django_db


def test_the_floor_has_the_booths_of_the_report():
    floor = network_floor()
    assert len(floor.booths) == 180
    assert Counter(booth.origin for booth in floor.booths) == {"international": 57, "domestic": 83, "technical": 40}
    assert floor.booths_by_zone() == {"QT": 57, "KL": 43, "KT": 40, "TR": 20, "HT": 20}
    assert overlaps(floor.booths) == []
    [hall] = floor.halls
    assert all(hall.rect.contains(booth.rect) for booth in floor.booths)
    site = Rect(-2, -2, floor.width + 4, floor.height + 4)
    assert all(site.contains(facility.rect) for facility in floor.facilities)


def test_138_companies_fill_it_and_no_buyer_is_among_them():
    ideas = invention.manufacturers(2018)
    assert len(ideas) == 138 == len({idea.key for idea in ideas})
    by_zone = Counter()
    for idea in ideas:
        by_zone[idea.zone] += idea.booths
    assert by_zone == network_floor().booths_by_zone()
    buyers = invention.visiting_manufacturers(2018, 240)
    assert len({idea.key for idea in buyers}) == 240
    assert not {idea.key for idea in ideas} & {idea.key for idea in buyers}


@pytest.fixture
def network(monkeypatch):
    """The fair as it is a week after the call."""
    monkeypatch.setattr(filling, "_write", lambda _progress: None)
    filling.fill(moment("2018-03-06 09:00"), scale=1, edition="nc")
    cache.clear()
    return Edition.objects.get(slug="nc-2018")


@pytest.mark.once
def test_a_small_moment_is_built_by_the_actions(network, client):
    assert Booth.objects.filter(edition=network).count() == 180
    assert 0 < Application.objects.filter(edition=network).count() < 40
    assert Reservation.objects.filter(edition=network, state="reserved").exists()
    with clock.at(NETWORK_STAGES["planning"]):
        page = client.get(reverse("booths:plan", args=[network.slug]))
    assert page.status_code == 200


@pytest.mark.once
def test_its_plan_adds_up_and_the_pages_say_so(network, client):
    goals = dict(network.targets.values_list("figure", "value"))
    assert goals == TARGETS
    found = reports.planned_addition(reports.line("B2"), goals)
    assert (found.holds, [amount.value for _label, amount in found.parts]) == (True, [57, 83, 40])
    director = network.officers.get(role="director").person
    client.force_login(director, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("fairs:report", "fairs:set_up"):
        text = client.get(reverse(name, args=[network.slug]), headers={"accept-language": "en"}).content.decode()
        assert "The targets of the parts" not in text
        assert '<b class="n">57</b> + Domestic <b class="n">83</b> + Technical support <b class="n">40</b> = ' in text


def test_a_plan_that_does_not_add_up_is_said_in_words(client):
    edition = world.edition()
    lay_floor(edition, floor=network_floor(), by=world.officer(edition, "booth_desk"))
    for figure, value in (("B1.planned", 180), ("B2.international", 57), ("B2.domestic", 80), ("B2.technical", 40)):
        world.target(edition, figure, value)
    client.force_login(world.officer(edition, "director"), backend="django.contrib.auth.backends.ModelBackend")
    for name in ("fairs:report", "fairs:set_up"):
        text = client.get(reverse(name, args=[edition.slug]), headers={"accept-language": "en"}).content.decode()
        assert "The targets of the parts do not make the target of the whole" in text, name


def test_without_targets_there_is_nothing_to_add():
    assert reports.planned_addition(reports.line("B2"), {}) is None
    assert reports.planned_addition(reports.line("B1"), {"B1.planned": 180}) is None


BUYERS, ENTRIES_WANTED = 5, 47


@pytest.fixture
def small_fair():
    """Five buyers, a maker with a pass, and the three days of the fair, the last of them for everybody."""
    with clock.at(NETWORK_STAGES["open"]):
        edition = world.edition(opens_on=OPENS, closes_on=OPENS + timedelta(days=DAYS - 1))
        edition.days.filter(date__lt=edition.closes_on).update(audience="trade")
        edition.days.filter(date=edition.closes_on).update(audience="public")
        officers = {role: world.officer(edition, role) for role in ("director", "importer_desk", "gate")}
        add_gate(edition, name_vi="Cổng 1", name_en="Gate 1", by=officers["director"])
        maker = world.exhibitor(edition)
        Edition.objects.filter(pk=edition.pk).update(published=True)
        maker.part.pass_quota = 2
        maker.part.save()
        issue_badge(edition, person=maker.person, company=maker.part.company, kind="exhibitor", by=maker.person)
        for buyer in (world.importer(edition) for _each in range(BUYERS)):
            firm = buyer.part.company
            issue_badge(edition, person=buyer.person, company=firm, kind="importer", by=officers["importer_desk"])
    return Demo(Timeline(NETWORK_STAGES["over"]), edition=edition, officers=officers)


@pytest.mark.once
def test_the_planned_entries_are_those_that_the_report_counts(small_fair):
    counting = Counting(small_fair, entries=ENTRIES_WANTED)
    counting.plan()
    assert counting.planned == BUYERS * 2 * DAYS
    list(small_fair.timeline.live())
    visits = Scan.objects.filter(edition=small_fair.edition).visits()
    by_kind = Counter(visits.values_list("badge__kind", flat=True))
    assert by_kind == {"importer": BUYERS * 2 * DAYS, "visitor": ENTRIES_WANTED - BUYERS * 2 * DAYS}
    assert reports.line("D4").figure("entries").rows(small_fair.edition).count() == ENTRIES_WANTED
    refused = Scan.objects.exclude(result__in=["ok"])
    assert not refused.exists()  # each passage is possible, so that none is planned in vain
    assert {scan.at.date() for scan in visits.filter(badge__kind="visitor")} == {at(DAYS - 1, 600).date()}


@pytest.mark.once
def test_whoever_meets_has_come_in_before(small_fair):
    Counting(small_fair, entries=ENTRIES_WANTED).plan()
    tables = Tables(small_fair)
    for number in range(60):
        small_fair.timeline.at(at(number % DAYS, 545 + number), lambda number=number: tables._sit_down(number))
    list(small_fair.timeline.live())
    held = Meeting.objects.filter(state="held").select_related("importer_person")
    assert held.count() == 60 < MEETINGS
    for meeting in held:
        first = Scan.objects.entries().filter(badge__person=meeting.importer_person).order_by("at")[0]
        assert first.at.replace(second=0, microsecond=0) <= meeting.starts_at
