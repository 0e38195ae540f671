"""The solver of rounds as a program of its own; what it says is docs/allocation.schema.json."""

from collections.abc import Mapping
from typing import Any

from fairs.solver_child import Failed, Tell, heard, solve_apart

__all__ = ["Failed", "allocate"]


def allocate(
    instance: Mapping[str, Any], *limit: str, seed: int, explain: bool = True, tell: Tell = heard
) -> dict[str, Any]:
    """The answer to an instance, with reasons unless `explain` is false. Raises Failed.

    `limit` and `tell` are those of `fairs.solver_child.solve_apart`.
    """
    more = ("--explain",) if explain else ()
    return solve_apart("booths.allocation", instance, *limit, seed=seed, more=more, tell=tell)
