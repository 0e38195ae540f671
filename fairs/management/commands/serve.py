"""Runs the whole installation from its environment: pages, sockets, worker, heartbeat."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fairs.replay.trial import is_trial
from fairs.supervision import Child, keep_running

MANAGE = str(settings.BASE_DIR / "manage.py")
# Files with their content in their name, so that browsers keep them for good.
STATIC_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


class Command(BaseCommand):
    """`./run serve`: everything it needs is told by environment variables, see docs/deployment.md."""

    help = "Serve the fair: gunicorn, uvicorn, worker and heartbeat, until SIGTERM."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        missing = list(what_is_missing())
        if missing:
            raise CommandError("This cannot be served yet:\n- " + "\n- ".join(missing))
        if not settings.EMAIL_URL:
            self.stderr.write("EMAIL_URL is empty: letters are kept as files in DATA_DIR/mail and reach nobody.")
        if not settings.HTTPS:
            self.stderr.write("SITE_URL is not https: phones give no camera to such a page, and passwords travel open.")
        environment = {"STATIC_STORAGE": STATIC_STORAGE} | dict(os.environ)
        for step in (["migrate", "--no-input"], ["collectstatic", "--no-input", "--clear"]):
            if subprocess.run([sys.executable, MANAGE, *step, "--verbosity", "0"], env=environment).returncode:
                raise CommandError(f"manage.py {step[0]} failed; the lines above say why.")
        keep_running(children(environment))


def what_is_missing() -> Iterator[str]:
    """One sentence for each thing that production cannot do without."""
    if settings.DEBUG:
        yield "DEBUG is 1. Take it away: it shows the inside of the program to everybody."
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        yield "DATABASE_URL names no PostgreSQL. Write postgres://user:password@host:5432/name"
    if not settings.REDIS_URL:
        yield "REDIS_URL is empty. Write redis://host:6379/0"
    if len(os.environ.get("SECRET_KEY", "")) < 50:
        yield (
            "SECRET_KEY is empty or shorter than 50 characters. Make one, and keep it: "
            "./run python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    if not os.environ.get("ALLOWED_HOSTS"):
        yield "ALLOWED_HOSTS is empty. Write the names of this site, with commas between them: fair.example.vn"
    if not os.environ.get("SITE_URL"):
        yield "SITE_URL is empty. Write the address people type: https://fair.example.vn"
    if settings.HTTPS and not os.environ.get("PROXIES"):
        yield (
            "PROXIES is empty. Write how many proxies stand before this site: 1 with the one that speaks TLS. "
            "Without it the limits take everybody for one visitor"
        )
    if settings.CHO_PHIEN_CLOCK and not is_trial():
        yield "CHO_PHIEN_CLOCK is set. Take it away: only a demonstration lives at another time."


def children(environment: dict[str, str]) -> list[Child]:
    """The four programs of an installation."""
    bind = environment.get("CHO_PHIEN_BIND") or "127.0.0.1"
    pages = environment.get("CHO_PHIEN_HTTP_PORT") or "8000"
    sockets = environment.get("CHO_PHIEN_SOCKET_PORT") or "8001"
    workers = environment.get("CHO_PHIEN_WEB_WORKERS") or str(2 * (os.cpu_count() or 1))
    gunicorn = ["--bind", f"{bind}:{pages}", "--workers", workers, "--chdir", str(settings.BASE_DIR)]
    gunicorn += ["--max-requests", "5000", "--max-requests-jitter", "500", "--graceful-timeout", "5"]
    uvicorn = ["--host", bind, "--port", sockets, "--app-dir", str(settings.BASE_DIR), "--lifespan", "off"]
    uvicorn += ["--log-level", "warning", "--no-access-log", "--timeout-graceful-shutdown", "3"]
    uvicorn += ["--ws-per-message-deflate", "false"]  # hints are shorter than what compressing saves
    commands = {
        "pages": ["-m", "gunicorn", *gunicorn, "--log-level", "warning", "config.wsgi:application"],
        "sockets": ["-m", "uvicorn", *uvicorn, "config.asgi:application"],
        "worker": [MANAGE, "db_worker", "--queue-name", "*"],
        "heartbeat": [MANAGE, "heartbeat"],
    }
    return [Child(name, [sys.executable, *command], environment) for name, command in commands.items()]
