"""What is said of timetables in the reader's language: how good a plan is, and why a meeting was not booked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fairs.templatetags.fair import number
from matchmaking.models import Timetable, TimetablePlan
from matchmaking.scheduling.reading import read_problem
from matchmaking.scheduling.solve import FEASIBLE, Answer
from matchmaking.scheduling.words import said

SENTENCES = {
    "weight_all": _("Everything that was asked for is held."),
    "weight_best": _("No timetable holds more of what was asked for."),
    "weight_gap": _("At most %(percent)s%% more of what was asked for could be held."),
    "weight_open": _("How much more could be held was not found out in this time."),
    "share_all": _("Every importer gets all of its wishes."),
    "share_best": _("The importer worst off gets %(share)s%% of its wishes; nothing that holds as much gives it more."),
    "share_gap": _("The importer worst off gets %(share)s%% of its wishes; at most %(most)s%% would be possible."),
    "share_open": _("The importer worst off gets %(share)s%% of its wishes; whether more is possible is open."),
    "breaks_none": _("Nobody has a break between two meetings of a day."),
    "breaks_best": _("Breaks left: %(breaks)s; nothing that holds as much, as fairly, has fewer."),
    "breaks_gap": _("Breaks left: %(breaks)s; %(least)s of them at least cannot be avoided without loss."),
    "breaks_open": _("Breaks left: %(breaks)s; how many could be avoided was not found out in this time."),
}
"""By the codes of matchmaking.scheduling.words."""

REASONS = {
    "slot_taken": _("One of the two is no longer free at that time."),
    "limit_reached": _("One of the two has as many meetings as one person may have."),
    "no_table": _("No table is free at that time."),
    "no_interpreter": _("They share no language, and no interpreter is free at that time."),
    "not_taking_part": _("One of the two no longer takes part."),
    "unwanted": _("One of the two no longer wants to meet."),
    "slot_passed": _("That time has passed."),
    "gone": _("It was called off or took place meanwhile."),
    "no_room": _("It no longer fits, and stands as it was agreed: call it off or find another time."),
    "nobody_comes": _("Nobody of the importer can come."),
    "fault": _("A fault of the system kept it from being booked; it is written in the log."),
}
OTHERWISE = _("It changed while it was being booked.")
"""By the codes of matchmaking.actions.timetable_publishing."""

FIGURES = ("weight", "weight_bound", "min_share", "min_share_bound", "breaks", "breaks_bound", "seconds", "steps")


def sentences_of(planned: Timetable, plan: TimetablePlan) -> list[str]:
    """How good the plan is: a sentence for each thing that counts, what counts most first."""
    problem = read_problem(planned.problem)
    answer = Answer(
        status=FEASIBLE,
        schedule=plan.schedule,
        unscheduled=plan.unscheduled,
        **{name: getattr(plan, name) for name in FIGURES},
    )
    return [str(SENTENCES[one.code]) % _shown(one.figures) for one in said(problem, answer)]


def why_not(reason: str) -> Any:
    """Why a meeting of the plan was not booked."""
    return REASONS.get(reason, OTHERWISE)


def _shown(figures: dict[str, Any]) -> dict[str, str]:
    return {name: number(value, 0 if float(value).is_integer() else 1) for name, value in figures.items()}
