"""`python -m booths.allocation FILE.json`, with the options of `--help`: one JSON object on standard output."""

import time

BEGUN = time.monotonic()  # before the libraries are loaded: that takes a second, which --seconds counts too

import sys  # noqa: E402
from dataclasses import asdict  # noqa: E402

from booths.allocation.explain import explain_all  # noqa: E402
from booths.allocation.instance import Instance  # noqa: E402
from booths.allocation.reading import FORMAT, read_instance  # noqa: E402
from booths.allocation.solve import BATCH, Answer, solve  # noqa: E402
from fairs.solving.command import options_of, run  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    parser = options_of("booths.allocation", "Allocate booths to exhibitors.", FORMAT, seconds=10, batch=BATCH)
    parser.add_argument("--explain", action="store_true", help="for each place, what it is worth and what it gave up")
    options = parser.parse_args(arguments)
    return run(options, read_instance, solve, _explained if options.explain else _shown, BEGUN)


def _explained(instance: Instance, answer: Answer) -> dict[str, object]:
    why = {key: asdict(why) for key, why in explain_all(instance, answer.assignments).items()}
    return _shown(instance, answer) | {"why": why}


def _shown(_instance: Instance, answer: Answer) -> dict[str, object]:
    return {
        "assignments": answer.assignments,
        "unplaced": answer.unplaced,
        "objective": round(answer.objective, 4),
        "greedy": round(answer.greedy, 4),
        "bound": None if answer.bound is None else round(answer.bound + 5e-5, 4),
        "seconds": round(answer.seconds, 3),
        "steps": answer.steps,
        "seed": answer.seed,
    }


if __name__ == "__main__":
    sys.exit(main())
