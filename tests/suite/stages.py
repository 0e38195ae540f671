"""The table of stages: what is checked, by which commands, with which tools."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.services import ROOT

PROGRAMS = Path(sys.executable).parent
OUTPUT = ROOT / ".test-output"
APPS = ("fairs", "booths", "buyers", "matchmaking")

Command = tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """One named check: all its commands must end well. Two slots make a machine of two cores busy alone.

    Without what it `needs` it does not run; without what it `wants`, the tests concerned skip themselves.
    """

    name: str
    promise: str
    commands: tuple[Command, ...]
    needs: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    slots: int = 1
    junit: Path | None = None

    def with_environment(self, more: Mapping[str, str]) -> "Stage":
        return replace(self, environment={**self.environment, **more})


def program(name: str, *arguments: str) -> Command:
    """A program that came with the libraries."""
    return (str(PROGRAMS / name), *arguments)


def python(*arguments: str) -> Command:
    return (sys.executable, *arguments)


def manage(*arguments: str) -> Command:
    return python(str(ROOT / "manage.py"), *arguments)


def pytest_stage(
    name: str, promise: str, marks: str, *, workers: int, needs: tuple[str, ...] = (), wants: tuple[str, ...] = ()
) -> Stage:
    """Tests chosen by their marks, with their results kept as JUnit XML for the closing sum."""
    junit = OUTPUT / f"{name}.xml"
    command = python(
        "-m", "pytest", "-q", "-m", marks, "-n", str(workers), "--dist=worksteal", f"--junitxml={junit}",
        "--durations=5", "-p", "no:cacheprovider",
    )  # fmt: skip
    return Stage(name, promise, (command,), needs, wants, slots=2 if workers else 1, junit=junit)


def templates() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for app in APPS for path in ROOT.glob(f"{app}/**/templates/**/*.html"))


def stages() -> list[Stage]:
    """In the order in which they are started; a stage that needs no service comes before the ones that wait for it."""
    return [
        Stage("types", "the type hints agree with each other", (python("-m", "mypy"),)),
        Stage(
            "format",
            "Python and templates are laid out by ruff and djade",
            (
                python("-m", "ruff", "format", "--check", "."),
                program("djade", "--check", "--target-version", "5.2", *templates()),
            ),
        ),
        Stage("lint", "ruff finds nothing to complain of", (python("-m", "ruff", "check", "."),)),
        Stage("imports", "the diamond and the drawers hold", (program("lint-imports", "--no-cache"),)),
        Stage(
            "deploy",
            "Django finds a production set-up safe",
            (manage("check", "--deploy", "--fail-level", "WARNING"),),
            environment={
                "ALLOWED_HOSTS": "fair.example.vn",
                "DATABASE_URL": "postgres://fair:secret@127.0.0.1:5432/fair",
                "REDIS_URL": "redis://127.0.0.1:6379/0",
                "SECRET_KEY": "a-key-of-fifty-or-more-characters-for-this-check-only-0123456789",
                "SITE_URL": "https://fair.example.vn",
            },
        ),
        Stage(
            "migrations",
            "no migration is missing, and all of them build a database",
            (manage("migrate", "--verbosity=0"), manage("makemigrations", "--check", "--dry-run")),
        ),
        Stage(
            "migrations-postgresql",
            "the migrations build a database on PostgreSQL",
            (manage("migrate", "--verbosity=0"),),
            ("postgresql",),
        ),
        Stage(
            "translations",
            "every sentence is in the Vietnamese catalogues",
            (python("-m", "tests.suite.translations"),),
            ("gettext",),
        ),
        Stage("lock", "the pinned libraries agree and name only the public index", (python("-m", "tests.suite.lock"),)),
        pytest_stage("races-sqlite", "threads fight over rows of SQLite", "race and not postgres", workers=0),
        pytest_stage(
            "races-postgresql",
            "threads fight over rows of PostgreSQL",
            "race",
            workers=0,
            needs=("postgresql", "redis"),
        ),
        pytest_stage(
            "sqlite",
            "the tests on SQLite",
            "not browser and not race and not postgres",
            workers=2,
            wants=("poppler",),
        ),
        pytest_stage(
            "postgresql",
            "the tests on PostgreSQL and Redis",
            "not browser and not race",
            workers=2,
            needs=("postgresql", "redis"),
        ),
        pytest_stage("browser", "people walk the stations in Chromium", "browser", workers=2, needs=("chromium",)),
    ]
