"""What bounds say, in words."""

import pytest
from django.utils import translation

from matchmaking.scheduling.reading import read_problem
from matchmaking.scheduling.solve import Answer
from matchmaking.scheduling.words import said
from matchmaking.timetable_words import SENTENCES
from tests.matchmaking.scheduling.fairs import fair

pytestmark = pytest.mark.once


def answer(**figures):
    given = {
        "status": "feasible", "schedule": {}, "unscheduled": ["m"], "weight": 980, "weight_bound": 1000,
        "min_share": 0.5, "breaks": 7, "breaks_bound": None, "seconds": 1.0, "steps": 4,
    }  # fmt: skip
    return Answer(**(given | figures))


@pytest.mark.parametrize(
    ("figures", "sentences"),
    [
        (
            {"weight_bound": None},
            [
                "How much more could be held was not found out in this time.",
                "The importer worst off gets 50% of its wishes; whether more is possible is open.",
                "Breaks left: 7; how many could be avoided was not found out in this time.",
            ],
        ),
        (
            {"weight_bound": 982, "min_share_bound": 0.6, "breaks_bound": 3},
            [
                "At most 0.2% more of what was asked for could be held.",
                "The importer worst off gets 50% of its wishes; at most 60% would be possible.",
                "Breaks left: 7; 3 of them at least cannot be avoided without loss.",
            ],
        ),
        (
            {"weight": 1000, "min_share_bound": 0.5, "breaks_bound": 7},
            [
                "No timetable holds more of what was asked for.",
                "The importer worst off gets 50% of its wishes; nothing that holds as much gives it more.",
                "Breaks left: 7; nothing that holds as much, as fairly, has fewer.",
            ],
        ),
        (
            {"unscheduled": [], "min_share": 1},
            ["Everything that was asked for is held.", "Every importer gets all of its wishes.", None],
        ),
        ({"breaks": 0}, [None, None, "Nobody has a break between two meetings of a day."]),
    ],
)
def test_every_bound_is_said_plainly(figures, sentences):
    with translation.override("en"):
        found = [str(SENTENCES[one.code]) % one.figures for one in said(read_problem(fair(1)), answer(**figures))]
    assert [one for one, meant in zip(found, sentences, strict=True) if meant and one != meant] == []


def test_only_what_counts_is_spoken_of():
    problem = read_problem(fair(1) | {"objective": ["breaks"]})
    assert [one.code for one in said(problem, answer())] == ["breaks_open"]
