"""Every figure of the report is what plain SQL counts in the tables, on demonstrations of three sizes."""

from decimal import Decimal

import pytest
from django.core.cache import cache

from fairs import clock, live, reports
from fairs.demo import fill as filling
from fairs.demo.stages import STAGES
from fairs.indicators import indicators
from fairs.models import Edition
from tests import recounts, world

pytestmark = pytest.mark.django_db
PARTS = [120, 60, 30]  # one in so many of the whole demonstration


def test_every_figure_has_a_recount():
    declared = {f"{line.code}.{figure.key}" for line in reports.lines() for figure in line.figures}
    assert declared - recounts.OVER == set(recounts.SQL)


def test_an_empty_fair_is_recounted_on_every_database():
    assert recounts.differing(reports.lines(), world.edition()) == {}


@pytest.fixture(params=PARTS)
def over(request, monkeypatch):
    """The Gift Show a month after it closed, filled through the actions."""
    monkeypatch.setattr(filling, "_write", lambda _progress: None)
    monkeypatch.setattr(live, "_muted", True)
    filling.fill(STAGES["over"], scale=1, part=request.param)
    cache.clear()
    with clock.at(STAGES["over"]):
        yield Edition.objects.get(slug="hgs-2018")


@pytest.mark.once
def test_the_demonstration_at_three_sizes(over):
    assert recounts.differing(reports.lines(), over) == {}
    found = reports.results(over)
    assert [
        (line.code, one) for line in reports.lines() for one in reports.addition(line, found) if not one.holds
    ] == []
    met = [one for one in indicators(over) if _recounted(one, over) >= one.plan.value]
    by_name = {f"{line.code}.{one.figure.key}": one.actual for line, results in found for one in results}
    assert (by_name["J1.planned"], by_name["J1.reached"]) == (len(indicators(over)), len(met))
    busy = {name for name in recounts.SQL if recounts.recounted(name, over)}
    assert len(busy) > 55, sorted(set(recounts.SQL) - busy)  # most lines have something to count


def _recounted(indicator, edition):
    name = f"{indicator.result.line.code}.{indicator.result.figure.key}"
    return recounts.recounted(name, edition).get(indicator.plan.unit, Decimal(0))
