"""The installation of a trial: made for one day, known by its mark and by the name of its database, and thrown away."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from fairs.errors import Refused
from fairs.replay.services import DidNotStart, free_port, postgresql

DATABASE = "cho_phien_trial"
SECRET = "the same for all trials, so that what was kept of one can be read by the next"
MANAGE = str(settings.BASE_DIR / "manage.py")
NOBODY_WORKS = "django_tasks.backends.dummy.DummyBackend"
INHERITED = ("HOME", "LANG", "LC_ALL", "PATH", "PYTHONPATH", "PYTHONPYCACHEPREFIX", "TMPDIR", "VIRTUAL_ENV")


def is_trial() -> bool:
    """Whether this process works on an installation that a replay has made: by both signs, never by one alone."""
    return settings.TRIAL and settings.DATABASES["default"]["NAME"] == DATABASE


def must_be_trial() -> None:
    """Refuse with `no_trial` wherever a replay would meet a fair that somebody needs."""
    if not is_trial():
        raise Refused("no_trial", "This is no trial: a replay works on an installation that it has made itself.")


@contextmanager
def made(folder: Path, *, workers: int) -> Iterator[dict[str, str]]:
    """The environment of a new installation with a PostgreSQL of its own; nothing of this process's leads into it."""
    pages, sockets, cache, cards = (free_port() for _one in range(4))
    with postgresql(DATABASE, apart=True, autovacuum="on") as database:
        yield {name: os.environ[name] for name in INHERITED if name in os.environ} | {
            "ALLOWED_HOSTS": "127.0.0.1",
            "CARD_MINUTES": "1400",
            "CHO_PHIEN_HTTP_PORT": str(pages),
            "CHO_PHIEN_SOCKET_PORT": str(sockets),
            "CHO_PHIEN_TRIAL": "1",
            "CHO_PHIEN_WEB_WORKERS": str(workers),
            "DATABASE_URL": database,
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "WARNING",
            "REDIS_URL": f"redis://127.0.0.1:{cache}",
            "SECRET_KEY": SECRET,
            "SEPAY_SECRET": secrets.token_urlsafe(30),
            "SITE_URL": f"http://127.0.0.1:{pages}",
            "STRIPE_API_BASE": f"http://127.0.0.1:{cards}",
            "STRIPE_SECRET_KEY": f"sk_test_{secrets.token_hex(16)}",
            "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(16)}",
        }


def fill(environment: dict[str, str], until: str, *, part: int, kept: Path | None = None) -> None:
    """Fill the trial's database with a demonstration that has come to a moment; raises when it cannot be.

    An archive `kept` of an earlier one is brought back instead, or made where there is none yet.
    """
    if kept and kept.exists():
        _manage("restore", str(kept), environment=environment)
        return
    # Its tables are made straight from the models, as a demonstration's are: months of migrations change nothing here.
    demo = environment | {"CHO_PHIEN_DEMO": "1", "REDIS_URL": "", "TASKS_BACKEND": NOBODY_WORKS}
    _manage("replay", "--fill", until, "--part", str(part), environment=demo)
    _manage("migrate", "--fake", "--verbosity=0", environment=environment)
    if kept:
        _manage("backup", str(kept), environment=environment)


def _manage(*command: str, environment: dict[str, str]) -> None:
    if run([sys.executable, MANAGE, *command], environment):
        raise DidNotStart(f"manage.py {command[0]} failed; the lines above say why.")


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a program to its end, and answer its status; told to stop it is told once, and waited for."""
    program = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        return program.wait()
    except KeyboardInterrupt:
        program.send_signal(signal.SIGTERM)
        program.wait(60)
        raise


def port_of(address: str) -> int:
    """The port in one of the environment's addresses."""
    return urlsplit(address).port or 0
