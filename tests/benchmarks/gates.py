"""What a reading at a gate costs, with 3,000 to 100,000 badges, and how soon it is answered.

`./run python -m tests.benchmarks.gates [--badges 3000 30000 100000] [--gates 4] [--seconds 20] [--pace 5]`

Runs the whole installation. Each gate is a device with one connection that asks `--pace` times a second, one badge a
time. The CPU is that of all processes of the installation less what they take when nobody asks, over the readings; the
barest answer of the same site (/healthz) is measured in the same run.
"""

import argparse
import http.client
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from tests.benchmarks.installation import cpu_seconds, installation

IDLE = 8  # seconds


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="cho-phien-gates-") as folder, installation(Path(folder)) as (pages, _port):
        import django

        django.setup()
        fair = _fair(options.gates)
        _ask(pages, options, fair, _badges(fair["edition"], 200))  # what processes load at first is not counted
        barest = _measured(lambda: _barest(pages, options))
        print(f"/healthz: {barest[0]:.1f} ms of CPU, {_spread(barest[1])}")
        made = 200
        for number in options.badges:
            codes = _badges(fair["edition"], number - made)
            made = number
            cpu, took = _measured(lambda codes=codes: _ask(pages, options, fair, codes))  # type: ignore[misc]
            print(
                f"{number:,} badges: {cpu:.1f} ms of CPU a reading ({cpu / barest[0]:.1f} of /healthz), {_spread(took)}"
            )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--badges", type=int, nargs="+", default=[3_000, 30_000, 100_000])
    parser.add_argument("--gates", type=int, default=4)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--pace", type=float, default=5, help="readings a second at each gate")
    return parser.parse_args()


def _fair(gates: int) -> dict[str, Any]:
    """An edition that is open today, its gates, and a key for each."""
    from buyers.actions.devices import add_device, enrol_device
    from buyers.models import Gate
    from fairs import clock
    from tests import world

    today = clock.now().date()
    edition = world.edition(slug="hgs-2018", opens_on=today, closes_on=today)
    edition.days.all().delete()
    edition.days.create(date=today, opens_at="00:00", closes_at="23:59")
    keeper = world.officer(edition, "gate")
    doors = [Gate.objects.create(edition=edition, name_vi=f"Cổng {n}", name_en=f"Gate {n}") for n in range(gates)]
    keys = [enrol_device(add_device(gate, name="Máy", by=keeper)[1])[1] for gate in doors]
    return {"edition": edition, "doors": [(gate.pk, key) for gate, key in zip(doors, keys, strict=True)]}


def _badges(edition: Any, number: int) -> list[str]:
    """So many more badges of as many more people, and what their QR codes hold."""
    from django.db import connection

    from buyers.actions.badges import signature
    from buyers.codes import new_short_code, new_token
    from buyers.models import Badge
    from fairs.models import Person

    people = Person.objects.bulk_create((Person(full_name=f"Linnea Berg {n}") for n in range(number)), batch_size=5000)
    taken, made = set(Badge.objects.values_list("short_code", flat=True)), []
    for person in people:
        token, short_code = new_token(), new_short_code()
        while short_code in taken:  # of a hundred thousand some two are the same
            short_code = new_short_code()
        taken.add(short_code)
        made.append(
            Badge(
                edition=edition, person=person, kind="importer", token=token, short_code=short_code,
                signature=signature(edition, "importer", token),
            )
        )  # fmt: skip
    Badge.objects.bulk_create(made, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what the database would soon do by itself, in the middle of the measurement
    return [badge.qr_code for badge in made]


def _ask(pages: str, options: argparse.Namespace, fair: dict[str, Any], codes: list[str]) -> list[float]:
    """The seconds each answer took; every answer is `ok`, or `again` for a badge that was drawn before."""

    def one(door: tuple[int, str], number: int) -> list[float]:
        gate, key = door
        chance = Random(number)
        headers = {"Authorization": f"Device {key}", "Content-Type": "application/json"}

        def body() -> str:
            now = round(time.time() * 1000)
            told = {"key": uuid4().hex, "gate": gate, "code": chance.choice(codes), "direction": "in", "at": now}
            return json.dumps({"now": now, "readings": [told]})

        return _paced(pages, options, "POST", "/api/v1/gate/readings/", headers, body, _good)

    with ThreadPoolExecutor(len(fair["doors"])) as people:
        return [*chain.from_iterable(people.map(one, fair["doors"], range(len(fair["doors"]))))]


def _barest(pages: str, options: argparse.Namespace) -> list[float]:
    def one(_number: int) -> list[float]:
        return _paced(pages, options, "GET", "/healthz", {}, lambda: "", lambda _answer: None)

    with ThreadPoolExecutor(options.gates) as people:
        return [*chain.from_iterable(people.map(one, range(options.gates)))]


def _good(answer: bytes) -> None:
    [told] = json.loads(answer)["readings"]
    if told.get("result") not in ("ok", "again"):
        raise SystemExit(f"a good badge was answered {told}")


def _paced(
    pages: str,
    options: argparse.Namespace,
    method: str,
    path: str,
    headers: dict[str, str],
    body: Callable[[], str],
    check: Callable[[bytes], None],
) -> list[float]:
    connection = http.client.HTTPConnection(urlsplit(pages).netloc, timeout=30)
    took, begun = [], time.monotonic()
    for number in range(int(options.seconds * options.pace)):
        time.sleep(max(0.0, begun + number / options.pace - time.monotonic()))
        sent = time.monotonic()
        connection.request(method, path, body(), headers)
        answer = connection.getresponse()
        content = answer.read()
        took.append(time.monotonic() - sent)
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {content[:300]!r}")
        check(content)
    connection.close()
    return took


def _measured(deed: Callable[[], list[float]]) -> tuple[float, list[float]]:
    """Milliseconds of CPU for each answer beyond what idling takes, and the seconds of each."""
    before = cpu_seconds()
    time.sleep(IDLE)
    idle = (cpu_seconds() - before) / IDLE
    before, begun = cpu_seconds(), time.monotonic()
    took = deed()
    taken = cpu_seconds() - before - idle * (time.monotonic() - begun)
    return 1000 * taken / len(took), took


def _spread(seconds: list[float]) -> str:
    hundredths = statistics.quantiles(seconds, n=100)
    return f"p50 {1000 * hundredths[49]:.0f} ms, p99 {1000 * hundredths[98]:.0f} ms of {len(seconds)}"


if __name__ == "__main__":
    main()
