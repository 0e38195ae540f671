"""PostgreSQL and Redis that live as long as somebody needs them, on 127.0.0.1, and keep nothing."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

INITDB_OPTIONS = ("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
PATIENCE = 10  # seconds to end by itself before it is killed


class DidNotStart(RuntimeError):
    """A program was started and did not answer."""


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgresql_programs() -> Path | None:
    """The folder with `initdb` and `postgres` of the newest version here."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(debian, key=lambda initdb: float(initdb.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def postgresql(name: str = "postgres", *, apart: bool = False, **settings: str) -> Iterator[str]:
    """Runs a PostgreSQL whose data lives and dies with it; yields the address of its database of this name.

    One that is set `apart` hears no Ctrl-C: it ends when whoever needs it has ended.
    """
    programs = postgresql_programs()
    if programs is None:
        raise DidNotStart("PostgreSQL is not installed: apt-get install postgresql")
    # It refuses to run as root.
    owner: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="cho-phien-postgresql-"))
    if owner:
        shutil.chown(folder, "postgres", "postgres")
    try:
        _make(programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", *INITDB_OPTIONS, **owner)
        port = free_port()
        here = ("-h", "127.0.0.1", "-p", str(port), "-U", "postgres")
        asks = [str(programs / "pg_isready"), "-q", *here]
        command = _postgres(programs, folder, port, settings)
        how = owner | {"start_new_session": apart}
        with running(command, lambda: subprocess.run(asks).returncode == 0, folder / "log", signal.SIGQUIT, **how):
            if name != "postgres":
                _make(programs / "createdb", *here, name, **owner)
            yield f"postgres://postgres@127.0.0.1:{port}/{name}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _postgres(programs: Path, folder: Path, port: int, more: dict[str, str]) -> list[Any]:
    """It forgets everything at the end, so nothing need reach the disk."""
    settings = {
        "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "max_connections": 300,
        "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
    }  # fmt: skip
    named = [part for name, value in (settings | more).items() for part in ("-c", f"{name}={value}")]
    return [programs / "postgres", "-D", folder / "data", *named]


def _make(*command: Any, **owner: Any) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd="/", **owner)


@contextmanager
def redis(port: int = 0) -> Iterator[str]:
    """Runs a Redis that keeps nothing, on this port or a free one; yields its address."""
    if shutil.which("redis-server") is None:
        raise DidNotStart("Redis is not installed: apt-get install redis-server")
    folder = Path(tempfile.mkdtemp(prefix="cho-phien-redis-"))
    port = port or free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    try:
        with running(command, lambda: _listens(port), folder / "log"):
            yield f"redis://127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(
    command: list[Any], is_up: Callable[[], bool], log: Path, stop: signal.Signals = signal.SIGTERM, **options: Any
) -> Iterator["subprocess.Popen[bytes]"]:
    """Runs a program until the end, once it is up; its output goes to the log. Raises DidNotStart with that."""
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
        yield program
    finally:
        program.send_signal(stop)
        try:
            program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def _wait(is_up: Callable[[], bool], program: "subprocess.Popen[bytes]", log: Path, *, seconds: float = 180) -> None:
    ends = time.monotonic() + seconds
    while not is_up():
        if program.poll() is not None or time.monotonic() > ends:
            raise DidNotStart(f"{program.args!r} did not start:\n{log.read_text(errors='replace')[-4000:]}")
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
