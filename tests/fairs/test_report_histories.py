"""Whatever happens to a fair, in whatever order: no total differs from its parts, and no figure from its recount."""

from dataclasses import replace

import pytest

from booths.models import Booth
from fairs import clock, reports
from fairs.models import Company, Entry
from tests import recounts, world
from tests.fairs.histories import VERBS, Fair

pytestmark = [pytest.mark.django_db]
SEEDS = range(4)
STEPS, LIVES = 50, 3


@pytest.mark.parametrize("seed", SEEDS)
def test_no_history_makes_a_total_differ_from_its_parts_or_its_recount(seed):
    fair = Fair(seed)
    for _life in range(LIVES):
        fair.live(STEPS)
        looks_right(fair)


def looks_right(fair: Fair) -> None:
    """Every figure as the tables have it, and every addition holds."""
    with clock.at(world.FIRST_MORNING):
        assert recounts.differing(reports.lines(), fair.edition) == {}
        found = reports.results(fair.edition)
    sums = [(line.code, one) for line in reports.lines() for one in reports.addition(line, found)]
    assert [(code, one) for code, one in sums if not one.holds] == []
    assert {code for code, _one in sums} >= {"B2", "B3", "C2", "C3", "C4", "D4", "H1", "H2"}


def test_the_histories_hold_what_they_are_about():
    """A control: companies are merged, badges reissued, contracts corrected, booths given back, money credited."""
    done: set[str] = set()
    for seed in SEEDS:
        fair = Fair(seed)
        for _life in range(LIVES):
            fair.live(STEPS)
        done |= set(Entry.objects.filter(edition=fair.edition).values_list("verb", flat=True))
        done |= {"merged" for _each in Company.objects.filter(merged_into__isnull=False)}
    wanted = {
        "booths.reservation.release", "buyers.badge.revoke", "buyers.badge.issue", "matchmaking.deal.agree",
        "matchmaking.deal.cancel", "matchmaking.deal.confirm", "fairs.notice.cancel", "matchmaking.meeting.cancel",
        "merged", "fairs.planversion.set", "booths.reservation.hand_over", "fairs.payment.void",
    }  # fmt: skip
    assert wanted - done == set()
    assert len(VERBS) > 30


def test_the_check_sees_a_part_that_is_missing():
    """A control: a legal form that nobody knows makes the parts differ from their whole, and the page says so."""
    fair = Fair(0)
    looks_right(fair)
    firm = fair.parts.filter(role="exhibitor").order_by("pk")[0].company_id
    Company.objects.filter(pk=firm).update(legal_form="unheard_of")
    [addition] = reports.addition(reports.line("C3"), reports.results(fair.edition))
    assert not addition.holds


def test_the_check_sees_a_figure_that_is_wrong(monkeypatch):
    """A control: a line that counts booths of another fair too is found."""
    fair = Fair(0)
    world.floor(world.edition(), 2)
    figure = reports.line("B1").figure("built")
    wrong = replace(figure, of=lambda _edition: Booth.objects.all())
    monkeypatch.setitem(reports._lines, "B1", replace(reports.line("B1"), figures=[wrong]))
    assert recounts.differing(reports.lines(), fair.edition) == {"B1.built": ({"": 14}, {"": 12})}
