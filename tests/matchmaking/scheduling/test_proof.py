"""Bounds are true: on small fairs CP-SAT finds the best there is, by a model that shares nothing with ours."""

from itertools import pairwise
from typing import Any

import pytest
from ortools.sat.python import cp_model

from matchmaking.scheduling.reading import read_problem
from matchmaking.scheduling.solve import solve
from tests.matchmaking.scheduling.fairs import fair, pinned

pytestmark = pytest.mark.once
SMALL = {"exhibitors": 5, "importers": 6, "days": 2, "length": 6, "asked": (4, 5)}


class Slots:
    """A yes or no for each meeting and slot; objectives are kept one after the other."""

    def __init__(self, made: dict[str, Any]) -> None:
        self.made, self.model = made, cp_model.CpModel()
        self.days = [range(*day) for day in made["days"]]
        self.people = {one["id"]: one for one in made["participants"]}
        self.held = {
            one["id"]: {slot: self.model.new_bool_var("") for slot in self.slots_of(one)} for one in made["meetings"]
        }
        self._people()
        self._meetings()

    def slots_of(self, one: dict[str, Any]) -> list[int]:
        away = {slot for who in one["between"] for slot in self.people[who].get("unavailable", ())}
        session = range(*self.made["sessions"][one["session"]]) if one.get("session") else range(self.made["slots"])
        return [slot for slot in session if slot not in away and one.get("fixed") in (None, slot)]

    def sum_of(self, meetings: list[dict[str, Any]], slots: range) -> Any:
        return sum(var for one in meetings for slot, var in self.held[one["id"]].items() if slot in slots)

    def of(self, who: str) -> list[dict[str, Any]]:
        return [one for one in self.made["meetings"] if who in one["between"]]

    def _people(self) -> None:
        for key, one in self.people.items():
            for slot in range(self.made["slots"]):
                self.model.add(self.sum_of(self.of(key), range(slot, slot + 1)) <= one.get("capacity", 1))
            for day in self.days:
                if one.get("max_per_day") is not None:
                    self.model.add(self.sum_of(self.of(key), day) <= one["max_per_day"])
            if one.get("max_total") is not None:
                self.model.add(self.sum_of(self.of(key), range(self.made["slots"])) <= one["max_total"])

    def _meetings(self) -> None:
        meetings = {one["id"]: one for one in self.made["meetings"]}
        for slot in range(self.made["slots"]):
            if self.made["tables"] is not None:
                self.model.add(self.sum_of(self.made["meetings"], range(slot, slot + 1)) <= self.made["tables"])
        for one in self.made["meetings"]:
            self.model.add(self.sum_of([one], range(self.made["slots"])) <= 1)
            if one.get("fixed") is not None:
                self.model.add(self.sum_of([one], range(self.made["slots"])) == 1)
            for earlier in one.get("after", ()):
                for slot in range(self.made["slots"]):
                    sooner = self.sum_of([meetings[earlier]], range(slot))
                    self.model.add(self.sum_of([one], range(slot + 1)) <= sooner)

    def weight(self, meetings: list[dict[str, Any]]) -> Any:
        return sum(one["weight"] * self.sum_of([one], range(self.made["slots"])) for one in meetings)

    def breaks(self) -> Any:
        """Each start of a run of meetings but the first of its day."""
        counted = []
        for key, one in self.people.items():
            for day in self.days if one.get("count_breaks", True) else ():
                busy = [self.model.new_bool_var("") for _slot in day]
                for slot, var in zip(day, busy, strict=True):
                    self.model.add_max_equality(var, [0, *self._at(key, slot)])
                starts = [busy[0]]
                for before, now in pairwise(busy):
                    starts.append(self.model.new_bool_var(""))
                    self.model.add(starts[-1] >= now - before)
                more = self.model.new_int_var(0, len(day), "")
                self.model.add(more >= sum(starts) - 1)
                counted.append(more)
        return sum(counted)

    def _at(self, key: str, slot: int) -> list[Any]:
        return [self.held[one["id"]][slot] for one in self.of(key) if slot in self.held[one["id"]]]

    def best(self, value: Any, *, most: bool) -> int | None:
        """The best value, which is kept from now on."""
        (self.model.maximize if most else self.model.minimize)(value)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        if solver.solve(self.model) != cp_model.OPTIMAL:
            return None
        found = round(solver.objective_value)
        self.model.add(value == found)
        return found


def best_of(made: dict[str, Any]) -> tuple[int | None, float, int | None]:
    slots = Slots(made)
    weight = slots.best(slots.weight(made["meetings"]), most=True)
    share, parts = slots.model.new_int_var(0, 10_000, ""), 10_000
    for one in made["participants"]:
        asked = sum(meeting["weight"] for meeting in slots.of(one["id"]))
        if one["kind"] == "importer" and asked:
            slots.model.add(share * asked <= parts * slots.weight(slots.of(one["id"])))
    smallest = slots.best(share, most=True)
    return weight, (smallest or 0) / parts, slots.best(slots.breaks(), most=False)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", [fair, pinned])
def test_what_is_said_to_be_the_best_is_the_best(kind, seed):
    made = kind(seed, tables=None if seed % 2 else 3, **SMALL)
    made["max_break_difference"] = None
    answer = solve(read_problem(made), steps=40, seed=seed, workers=1)
    weight, share, breaks = best_of(made)
    if weight is None:
        assert answer.status in ("infeasible", "unknown")
        return
    assert answer.weight <= weight <= answer.weight_bound
    if answer.weight == weight and answer.min_share_bound is not None:
        assert answer.min_share_bound >= share - 1e-9
        if answer.breaks_bound is not None:
            assert answer.breaks_bound <= breaks <= answer.breaks
    if answer.status == "optimal":
        assert (answer.weight, answer.breaks) == (weight, breaks)
        assert answer.min_share == pytest.approx(share, abs=1e-3)
