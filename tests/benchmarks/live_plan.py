"""How soon 1,000 open plans see a change while 20 booths a second are held, on one machine.

`./run python -m tests.benchmarks.live_plan [--plans 1000] [--holds 20] [--seconds 20]`

Runs the whole installation (gunicorn, uvicorn, PostgreSQL, Redis) with a floor of 650 booths; the listeners and the
holders run beside it on the same machine. A change is seen when a socket got the version that names the booth; it is
counted from the moment its request was sent. The holds of the first three seconds, which load what the processes need,
are not counted. Prints the 50th, 95th and 99th of a hundred over all booths and sockets.
"""

import argparse
import asyncio
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.benchmarks.installation import installation
from tests.services import ROOT

BOOTHS_EACH = 6
WARMING = 3  # seconds of holds that are not counted


def main() -> None:
    options = _options()
    with (
        tempfile.TemporaryDirectory(prefix="cho-phien-live-") as folder,
        installation(Path(folder)) as (pages, sockets),
    ):
        holds = _fair(options)
        address = f"ws://127.0.0.1:{sockets}/ws/hgs-2018/"
        listeners = [_listener(address, options.plans // 2) for _half in range(2)]
        for listener in listeners:
            assert listener.stdout
            assert listener.stdout.readline() == "listening\n"
        sent, took = _hold(pages, holds, options)
        time.sleep(3)
        heard: list[list[tuple[float, str]]] = []
        for listener in listeners:
            listener.send_signal(signal.SIGTERM)
            assert listener.stdout
            heard += json.loads(listener.stdout.read())
        _print(sent, took, heard, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--holds", type=int, default=20, help="a second")
    parser.add_argument("--seconds", type=int, default=20)
    return parser.parse_args()


def _fair(options: argparse.Namespace) -> list[tuple[str, int, str, str]]:
    """A fair of 650 booths; for each hold to come: token, application, booth and the booth's place in the drawing."""
    import django

    django.setup()
    from rest_framework.authtoken.models import Token

    from booths.actions.floor import lay_floor
    from booths.floorplan import reference_floor
    from booths.plan import plan_of
    from tests import world

    edition = world.edition(slug="hgs-2018")
    edition.sale_terms.delete()
    lay_floor(edition, floor=reference_floor(), by=world.officer(edition, "booth_desk"))
    codes = plan_of(edition).drawing.codes[: options.holds * (options.seconds + WARMING)]
    holds = []
    for number in range(0, len(codes), BOOTHS_EACH):
        application = world.application(edition, booths=BOOTHS_EACH)
        token = Token.objects.create(user=application.contact).key
        holds += [
            (token, application.pk, code, str(number + place))
            for place, code in enumerate(codes[number : number + BOOTHS_EACH])
        ]
    return holds[::BOOTHS_EACH] + [hold for at, hold in enumerate(holds) if at % BOOTHS_EACH]


def _hold(
    pages: str, holds: list[tuple[str, int, str, str]], options: argparse.Namespace
) -> tuple[dict[str, float], list[float]]:
    """When each hold was sent, by the booth's place, at an even pace; and the seconds that the answers took."""
    sent: dict[str, float] = {}
    took: list[float] = []

    def send(token: str, application: int, code: str, place: str) -> None:
        body = json.dumps({"application": application, "booths": [code]}).encode()
        headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        sent[place] = time.monotonic()
        with urllib.request.urlopen(urllib.request.Request(f"{pages}/api/v1/reservations/", body, headers), timeout=30):
            took.append(time.monotonic() - sent[place])

    begun = time.monotonic()
    with ThreadPoolExecutor(8) as people:
        doing = []
        for number, hold in enumerate(holds):
            time.sleep(max(0.0, begun + number / options.holds - time.monotonic()))
            doing.append(people.submit(send, *hold))
        for one in doing:
            one.result()
    counted = list(sent)[options.holds * WARMING :]
    return {place: sent[place] for place in counted}, took[options.holds * WARMING :]


def _listener(address: str, plans: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.benchmarks.live_plan", "--listen", address, str(plans)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


async def _listen(address: str, plans: int) -> None:
    """Open the sockets, note when each message came, and print all of it when told to end."""
    from websockets.asyncio.client import connect
    from websockets.typing import Origin

    heard: list[list[tuple[float, str]]] = [[] for _plan in range(plans)]
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)

    async def one(number: int) -> None:
        origin = Origin(address.replace("ws://", "http://").partition("/ws/")[0])
        async with connect(address, origin=origin, compression=None, ping_interval=None, open_timeout=60) as socket:
            opened.set()
            async for message in socket:
                heard[number].append((time.monotonic(), str(message)))

    opened = asyncio.Event()
    tasks = []
    for number in range(plans):
        opened.clear()
        tasks.append(asyncio.create_task(one(number)))
        waiting = asyncio.create_task(opened.wait())
        await asyncio.wait([tasks[-1], waiting], return_when=asyncio.FIRST_COMPLETED)
        if tasks[-1].done():
            tasks[-1].result()  # refused: says why
    print("listening", flush=True)
    await over.wait()
    for task in tasks:
        task.cancel()
    print(json.dumps(heard), flush=True)


def _print(
    sent: dict[str, float], took: list[float], heard: list[list[tuple[float, str]]], options: argparse.Namespace
) -> None:
    seen, missing = [], 0
    read: dict[str, dict[str, Any]] = {}
    for messages in heard:
        first: dict[str, float] = {}
        for at, text in messages:
            change = read.setdefault(text, json.loads(text))
            for place in change.get("signs") or ():
                first.setdefault(place, at)
        seen += [first[place] - at for place, at in sent.items() if place in first]
        missing += sum(place not in first for place in sent)
    print(f"{len(heard)} plans, {len(sent)} holds at {options.holds} a second, {len(read)} versions")
    print(f"answered after: {_spread(took)}")
    print(f"seen after: {_spread(seen)}")
    print(f"missed: {missing} of {len(sent) * len(heard)}")


def _spread(seconds: list[float]) -> str:
    hundredths = statistics.quantiles(seconds, n=100)
    named = {"p50": hundredths[49], "p95": hundredths[94], "p99": hundredths[98], "at most": max(seconds)}
    return ", ".join(f"{name} {value:.2f} s" for name, value in named.items())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--listen"]:
        asyncio.run(_listen(sys.argv[2], int(sys.argv[3])))
    else:
        main()
