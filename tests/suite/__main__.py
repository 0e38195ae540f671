"""The command line of the checks: `./run test [--list] [STAGE ...]`."""

import argparse
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.services import clean_environment, postgresql, redis
from tests.suite import report, tools
from tests.suite.runner import Outcome, run
from tests.suite.stages import OUTPUT, Stage, stages


def main() -> int:
    """Zero when every chosen stage ran well, one when any failed, two when there is no such stage."""
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    arguments = _arguments()
    if arguments.list:
        report.listing(stages())
        return 0
    chosen = _chosen(arguments.stages)
    if not chosen:
        report.unknown(arguments.stages, stages())
        return 2
    _install_what_is_missing(chosen)
    possible = [stage for stage in chosen if not tools.missing(set(stage.needs))]
    skipped = [stage for stage in chosen if stage not in possible]
    outcomes = _run(possible)
    report.closing(chosen, outcomes, skipped, seconds=time.monotonic() - began)
    # On a machine made for such runs, a check that could not run is no check passed.
    return 0 if all(outcome.passed for outcome in outcomes) and not (skipped and tools.on_ci()) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run test", description="Checks everything, or only the stages named.")
    parser.add_argument("stages", nargs="*", metavar="STAGE", help="a name from --list, or how it begins")
    parser.add_argument("--list", action="store_true", help="name the stages")
    return parser.parse_args()


def _chosen(names: list[str]) -> list[Stage]:
    """All stages, or those whose names begin so; none at all when a name fits nothing."""
    table = stages()
    if any(not any(stage.name.startswith(name) for stage in table) for name in names):
        return []
    return [stage for stage in table if not names or stage.name.startswith(tuple(names))]


def _install_what_is_missing(chosen: list[Stage]) -> None:
    packages = tools.missing({need for stage in chosen for need in (*stage.needs, *stage.wants)})
    if packages and tools.may_install():
        report.line(f"Installing {' '.join(packages)} ...")
        tools.install(packages)


def _run(possible: list[Stage]) -> list[Outcome]:
    shutil.rmtree(OUTPUT, ignore_errors=True)
    (OUTPUT / "data").mkdir(parents=True)
    outcomes = []
    with _services({need for stage in possible for need in stage.needs}) as addresses:
        environment = clean_environment(DATA_DIR=str(OUTPUT / "data"), PYTHONUNBUFFERED="1")
        for event in run([_at(stage, addresses) for stage in possible], environment):
            if isinstance(event, Outcome):
                outcomes.append(event)
                report.ended(event)
            else:
                report.under_way(event)
    return outcomes


@contextmanager
def _services(needs: set[str]) -> Iterator[dict[str, str]]:
    """The addresses of the services that run for these needs."""
    with ExitStack() as stack:
        addresses = {}
        if "postgresql" in needs:
            addresses["DATABASE_URL"] = stack.enter_context(postgresql())
        if "redis" in needs:
            addresses["REDIS_URL"] = stack.enter_context(redis())
        yield addresses


def _at(stage: Stage, addresses: dict[str, str]) -> Stage:
    """The stage, told where its services are; a stage that needs none must not meet them."""
    return stage.with_environment(addresses) if "postgresql" in stage.needs else stage


if __name__ == "__main__":
    sys.exit(main())
