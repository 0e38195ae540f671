"""What goes wrong in a day: processes die, and Redis is gone for a while."""

import time

from fairs.replay.day import Day
from fairs.replay.installed import Installation

PAGES_DIE, WORKER_DIES, REDIS_GOES = "09:40", "11:15", "14:05"
GONE_FOR = 60  # seconds of the fair, and at least
AT_LEAST = 5  # of the clock on the wall


def go_wrong(day: Day, installation: Installation) -> None:
    """Put the faults into the script."""

    def kill(program: str) -> None:
        pid = installation.kill(program)
        day.faults.append(f"process {pid} of {program} was killed")

    def lose_redis() -> None:
        begun, gone = time.time(), max(GONE_FOR / day.speed, AT_LEAST)
        installation.end_redis()
        time.sleep(gone)
        installation.begin_redis()
        day.faults.append(f"Redis was gone for {time.time() - begun:.0f} s")

    day.at(day.hour(PAGES_DIE), "fault: pages", "a process of the pages is killed", lambda: kill("gunicorn"))
    day.at(day.hour(WORKER_DIES), "fault: worker", "the worker is killed", lambda: kill("db_worker"))
    day.at(day.hour(REDIS_GOES), "fault: Redis", "Redis is gone", lose_redis)
