"""What a person sees of a run: a line for each stage, the output of failures, the closing sum."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree

from tests.suite import tools
from tests.suite.runner import Outcome, RunningStage
from tests.suite.stages import Stage

LIVE = sys.stdout.isatty()
CLEAR = "\r\033[K"
SHOWN_LINES = 300


def line(text: str = "") -> None:
    print(f"{CLEAR if LIVE else ''}{text}", flush=True)


def listing(table: Iterable[Stage]) -> None:
    for stage in table:
        line(f"{stage.name:<18}{stage.promise}")


def unknown(names: Sequence[str], table: Iterable[Stage]) -> None:
    line(f"No stage begins with one of: {' '.join(names)}. The stages are:")
    listing(table)


def under_way(running: Iterable[RunningStage]) -> None:
    """Rewrites the last line of a terminal; says nothing into a file."""
    if LIVE:
        print(CLEAR + ", ".join(f"{one.stage.name} {one.seconds:.0f} s" for one in running), end=" ...", flush=True)


def ended(outcome: Outcome) -> None:
    line(f"{'ok' if outcome.passed else 'FAILED':<8}{outcome.stage.name:<18}{outcome.seconds:6.1f} s{_tests(outcome)}")


def closing(chosen: Sequence[Stage], outcomes: Sequence[Outcome], skipped: Sequence[Stage], *, seconds: float) -> None:
    """Ends with the sum of all tests, alone on a line."""
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        _show(outcome.log, outcome.stage.name)
    line()
    for stage in skipped:
        packages = " ".join(tools.missing(set(stage.needs)))
        line(
            f"SKIPPED {stage.name}: nobody has checked that {stage.promise}. Install first: apt-get install {packages}"
        )
    if failed:
        line(f"FAILED: {' '.join(outcome.stage.name for outcome in failed)}")
    else:
        line(f"All well: {len(outcomes)} of {len(chosen)} stages ran.")
    line(f"{seconds:.0f} s in all")
    counts = [_counts(outcome) for outcome in outcomes if outcome.stage.junit]
    passes, failures, skips = (sum(column) for column in zip((0, 0, 0), *counts, strict=True))
    skips += sum(1 for stage in skipped if stage.junit)
    line(f"{passes} passed, {failures} failed, {skips} skipped")


def _tests(outcome: Outcome) -> str:
    if outcome.stage.junit is None:
        return ""
    passes, failures, skips = _counts(outcome)
    return (
        f"   {passes} passed" + (f", {failures} failed" if failures else "") + (f", {skips} skipped" if skips else "")
    )


def _counts(outcome: Outcome) -> tuple[int, int, int]:
    """Tests that passed, failed, were skipped; a run that broke before it could count is one failure."""
    junit = outcome.stage.junit
    if junit is None or not junit.exists():
        return 0, 0 if outcome.passed else 1, 0
    suites = list(ElementTree.parse(junit).getroot().iter("testsuite"))
    total, failures, errors, skips = (
        sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    broken = failures + errors
    return max(total - broken - skips, 0), broken if outcome.passed or broken else 1, skips


def _show(log: Path, name: str) -> None:
    lines = log.read_text(errors="replace").splitlines()
    line(f"\n{'-' * 20} {name} {'-' * 20}")
    if len(lines) > SHOWN_LINES:
        line(f"(the last {SHOWN_LINES} of {len(lines)} lines; all of them are in {log})")
    for text in lines[-SHOWN_LINES:]:
        line(text)
