"""The programs of a trial's installation, started, killed and stopped by their own ids."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fairs import clock
from fairs.replay.services import DidNotStart, redis
from fairs.replay.trial import MANAGE, port_of


@dataclass
class Installation:
    """`./run serve` of a trial and the Redis beside it; the database lives longer."""

    environment: dict[str, str]
    log: Path
    course: str = ""
    _redis: ExitStack = field(default_factory=ExitStack)
    _serve: "subprocess.Popen[bytes] | None" = None

    @property
    def pages(self) -> str:
        return self.environment["SITE_URL"]

    @property
    def sockets(self) -> str:
        return f"http://127.0.0.1:{self.environment['CHO_PHIEN_SOCKET_PORT']}"

    def start(self, begins: datetime, *, speed: float) -> None:
        """Start everything with a clock that stands at a moment, and wait until it answers."""
        self.course = f"{begins.isoformat()} since {self.log.with_name('since')} times {speed:g}"
        self.begin_redis()
        with self.log.open("ab") as output:
            self._serve = subprocess.Popen(
                [sys.executable, MANAGE, "serve"],
                env=self.environment | {"CHO_PHIEN_CLOCK": self.course},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        for address in (self.pages, self.sockets):
            self._wait(f"{address}/healthz")

    def let_run(self) -> None:
        """From now on the clocks of all programs run, and of this one with them."""
        new = self.log.with_name("new")
        new.write_text(datetime.now(UTC).isoformat())  # noqa: TID251 - the moment on the wall
        new.replace(self.log.with_name("since"))
        clock.follow(self.course)

    def stop(self) -> None:
        """End all of it."""
        if self._serve is not None and self._serve.poll() is None:
            self._serve.send_signal(signal.SIGTERM)
            self._serve.wait(30)
        self._serve = None
        self.end_redis()

    def begin_redis(self) -> None:
        self._redis.enter_context(redis(port_of(self.environment["REDIS_URL"])))

    def end_redis(self) -> None:
        """It is gone at once, with everything it knew."""
        self._redis.close()

    def kill(self, program: str) -> int:
        """Kill one process of a program without a word; answers its id. Of gunicorn that is one of its workers."""
        assert self._serve is not None
        found = [pid for pid in children(self._serve.pid) if program in command_of(pid)]
        if program == "gunicorn":
            found = [worker for pid in found for worker in children(pid)]
        os.kill(found[0], signal.SIGKILL)
        return found[0]

    def _wait(self, address: str, seconds: float = 300) -> None:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends and self._serve and self._serve.poll() is None:
            try:
                with urllib.request.urlopen(address, timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        raise DidNotStart(f"{address} does not answer:\n{self.log.read_text(errors='replace')[-4000:]}")


@contextmanager
def installed(installation: Installation) -> Iterator[Installation]:
    """Whatever was started ends with it."""
    try:
        yield installation
    finally:
        installation.stop()


def children(pid: int) -> list[int]:
    """The processes that one has started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[1]) == pid:
            found.append(int(folder.name))
    return sorted(found)


def command_of(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_text()
    except OSError:
        return ""
