"""The whole installation for measurements, PostgreSQL and Redis with it, and the CPU that it takes."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import ROOT, clean_environment, free_port, postgresql, redis

TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def installation(folder: Path) -> Iterator[tuple[str, int]]:
    """The address of the pages and the port of the sockets; this process is set up to use the same database."""
    pages, sockets = free_port(), free_port()
    with postgresql() as database, redis() as cache:
        environment = clean_environment(
            ALLOWED_HOSTS="127.0.0.1", CHO_PHIEN_HTTP_PORT=str(pages), CHO_PHIEN_SOCKET_PORT=str(sockets),
            CHO_PHIEN_WEB_WORKERS="2", DATABASE_URL=database, DATA_DIR=str(folder), REDIS_URL=cache,
            LOG_LEVEL="WARNING", SECRET_KEY="a-key-for-this-benchmark-only-" * 2, SITE_URL=f"http://127.0.0.1:{pages}",
        )  # fmt: skip
        os.environ |= {**environment, "DJANGO_SETTINGS_MODULE": "config.settings"}
        program = subprocess.Popen([sys.executable, str(ROOT / "manage.py"), "serve"], env=environment)
        try:
            for port in (pages, sockets):
                _wait(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{pages}", sockets
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait(20)


def cpu_seconds() -> float:
    """What all processes below this one have taken so far, this one left out."""
    parents, taken = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        parents[int(folder.name)] = int(fields[1])
        taken[int(folder.name)] = sum(int(field) for field in fields[11:15]) / TICKS  # with children that ended
    return sum(seconds for pid, seconds in taken.items() if _below(pid, parents))


def _below(pid: int, parents: dict[int, int]) -> bool:
    while pid in parents:
        pid = parents[pid]
        if pid == os.getpid():
            return True
    return False


def _wait(address: str) -> None:
    for _try in range(1500):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")
