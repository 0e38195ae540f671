"""Starts the programs that tests talk to: PostgreSQL, Redis, the site, all throw-away on 127.0.0.1."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# What would lead a test to the installation of whoever runs it.
OF_THE_INSTALLATION = (
    "ALLOWED_HOSTS", "CARD_CEILINGS", "CARD_DAYS", "CARD_MINUTES", "CHO_PHIEN_CLOCK", "DATABASE_URL", "DATA_DIR",
    "DEBUG", "DEFAULT_FROM_EMAIL", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "PROXIES", "REDIS_URL", "SECRET_KEY",
    "SITE_URL", "STATIC_ROOT", "STATIC_STORAGE", "STRIPE_API_BASE", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET",
    "TIME_ZONE",
)  # fmt: skip
INITDB_OPTIONS = ("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")


class DidNotStart(RuntimeError):
    """A program was started for the tests and did not answer."""


def clean_environment(**settings: str) -> dict[str, str]:
    """This process's environment without the settings of any installation, and with these instead."""
    inherited = {name: value for name, value in os.environ.items() if name not in OF_THE_INSTALLATION}
    return inherited | settings


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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


def postgresql_programs() -> Path | None:
    """The folder with `initdb` and `postgres` of the newest version here."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(debian, key=lambda initdb: float(initdb.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def chromium_program() -> str | None:
    """The browser of the distribution."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def postgresql() -> Iterator[str]:
    """Runs a PostgreSQL whose data lives and dies with it; yields the address of its database."""
    programs = postgresql_programs()
    if programs is None:
        raise DidNotStart("PostgreSQL is not installed: apt-get install postgresql")
    # It refuses to run as root.
    owner: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="cho-phien-postgresql-"))
    if owner:
        shutil.chown(folder, "postgres", "postgres")
    try:
        subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", *INITDB_OPTIONS],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **owner,
        )
        port = free_port()
        # It forgets everything at the end, so nothing need reach the disk.
        settings = {
            "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "max_connections": 300,
            "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
        }  # fmt: skip
        command: list[Any] = [programs / "postgres", "-D", folder / "data"]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        asks: list[Any] = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        with _running(
            command, lambda: subprocess.run(asks).returncode == 0, folder / "log", stop=signal.SIGQUIT, **owner
        ):
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str]:
    """Runs a Redis that keeps nothing; yields its address."""
    if shutil.which("redis-server") is None:
        raise DidNotStart("Redis is not installed: apt-get install redis-server")
    folder = Path(tempfile.mkdtemp(prefix="cho-phien-redis-"))
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    try:
        with _running(command, lambda: _listens(port), folder / "log"):
            yield f"redis://127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def site(environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """Runs pages, API and sockets in one uvicorn; yields the address. Its output goes to the log."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(port)]
    command += ["--lifespan", "off", "--log-level", "warning", "--no-access-log"]
    with _running(
        command, lambda: _answers(f"{address}/healthz"), log, cwd=ROOT, env={**environment, "SITE_URL": address}
    ):
        yield address


@contextmanager
def _running(
    command: list[Any], is_up: Callable[[], bool], log: Path, *, stop: signal.Signals = signal.SIGTERM, **options: Any
) -> Iterator[None]:
    with log.open("ab") as output:
        program = subprocess.Popen(
            [str(part) for part in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            **options,
        )
    try:
        _wait(is_up, program, log)
        yield
    finally:
        program.send_signal(stop)
        try:
            program.wait(10)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def _wait(is_up: Callable[[], bool], program: subprocess.Popen, log: Path, *, seconds: float = 180) -> None:
    ends = time.monotonic() + seconds
    while not is_up():
        if program.poll() is not None or time.monotonic() > ends:
            raise DidNotStart(f"{program.args!r} did not start:\n{log.read_text(errors='replace')[-4000:]}")
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except OSError:
        return False
