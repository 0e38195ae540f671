"""`python -m matchmaking.scheduling FILE.json`, with the options of `--help`: one JSON object on standard output."""

import time

BEGUN = time.monotonic()  # before the libraries are loaded: that takes a moment, which --seconds counts too

import sys  # noqa: E402
from dataclasses import asdict  # noqa: E402

from fairs.solving.command import options_of, run  # noqa: E402
from matchmaking.scheduling.problem import Problem  # noqa: E402
from matchmaking.scheduling.reading import FORMAT, read_problem  # noqa: E402
from matchmaking.scheduling.solve import BATCH, Answer, solve  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    parser = options_of("matchmaking.scheduling", "Make a timetable of meetings.", FORMAT, seconds=30, batch=BATCH)
    return run(parser.parse_args(arguments), read_problem, solve, _shown, BEGUN)


def _shown(_problem: Problem, answer: Answer) -> dict[str, object]:
    return asdict(answer) | {"min_share": round(answer.min_share, 6), "seconds": round(answer.seconds, 3)}


if __name__ == "__main__":
    sys.exit(main())
