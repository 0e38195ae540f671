"""Starts the programs that tests talk to: PostgreSQL, Redis, the site, all throw-away on 127.0.0.1."""

import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fairs.replay.services import DidNotStart, free_port, postgresql, postgresql_programs, redis, running

__all__ = [
    "DidNotStart", "chromium_program", "clean_environment", "count_as_migrated", "database_url", "free_port",
    "postgresql", "postgresql_programs", "redis", "site",
]  # fmt: skip

ROOT = Path(__file__).resolve().parent.parent
# What would lead a test to the installation of whoever runs it.
OF_THE_INSTALLATION = (
    "ALLOWED_HOSTS", "CARD_CEILINGS", "CARD_DAYS", "CARD_MINUTES", "CHO_PHIEN_CLOCK", "CHO_PHIEN_TRIAL",
    "DATABASE_URL", "DATA_DIR", "DEBUG", "DEFAULT_FROM_EMAIL", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "PROXIES",
    "REDIS_URL", "SECRET_KEY", "SITE_URL", "STATIC_ROOT", "STATIC_STORAGE", "STRIPE_API_BASE", "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET", "TIME_ZONE",
)  # fmt: skip


def clean_environment(**settings: str) -> dict[str, str]:
    """This process's environment without the settings of any installation, and with these instead."""
    inherited = {name: value for name, value in os.environ.items() if name not in OF_THE_INSTALLATION}
    return inherited | settings


def database_url(known: Mapping[str, Any]) -> str:
    """The address of the database that Django knows by these settings."""
    if known["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{known['USER']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def count_as_migrated(known: Mapping[str, Any], data_dir: Path) -> None:
    """Note in a test's database, made straight from the models, that its migrations are done."""
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "migrate", "--fake", "--verbosity=0"],
        env=clean_environment(DATABASE_URL=database_url(known), DATA_DIR=str(data_dir)),
        check=True,
    )


def chromium_program() -> str | None:
    """The browser of the distribution."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def site(environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """Runs pages, API and sockets in one uvicorn; yields the address. Its output goes to the log."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(port)]
    command += ["--lifespan", "off", "--log-level", "warning", "--no-access-log"]
    with running(
        command, lambda: _answers(f"{address}/healthz"), log, cwd=ROOT, env={**environment, "SITE_URL": address}
    ):
        yield address


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except OSError:
        return False
