"""Many open floor plans, as pages in browsers: `python -m booths.open_plans` tells what each of them knew in the end.

Reads one line of JSON: pages, sockets (addresses), edition, plans, seconds over which they are opened. Each listens
as plan.js does until SIGTERM: a hint brings the version after the one shown, whoever missed one asks for it, whoever
lost the line comes back and reads the whole. Then writes JSON: versions known, hints heard, lines lost, every answer.
"""

import asyncio
import json
import random
import re
import signal
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from fairs.replay.asking import Site

PAGE, CHANGE, WHOLE = "page: floor plan", "one version of the floor plan", "the floor plan read again as a whole"
VERSION = re.compile(rb'data-version="(\d+)"')
CATCH_UP = 20  # versions that are asked for one by one
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0  # seconds


@dataclass
class Plan:
    """One open page."""

    site: Site
    address: str
    edition: str
    version: int = 0
    hints: int = 0
    lost: int = 0
    failures: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def live(self) -> None:
        """Open the page, then listen for ever."""
        page = await self._ask(PAGE, "")
        found = VERSION.search(page)
        self.version = int(found[1]) if found else 0
        origin = Origin(self.site.address)
        while True:
            with suppress(OSError, WebSocketException, asyncio.TimeoutError):
                async with connect(self.address, origin=origin, compression=None, ping_interval=None) as socket:
                    await self._listen(socket)
            self.lost += 1
            self.failures += 1
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (self.failures - 1))
            await asyncio.sleep(wait / 2 + random.random() * wait / 2)

    async def _listen(self, socket: Any) -> None:
        self.failures = 0
        if self.lost:
            await self._read_whole()  # whatever was said while nobody listened
        self.open.set()
        async for message in socket:
            hint = json.loads(message)
            if hint.get("topic") == "floor":
                self.hints += 1
                await self._hear(hint)

    async def _hear(self, hint: dict[str, Any]) -> None:
        newest = hint.get("version", 0)
        if newest == self.version + 1 and hint.get("signs"):
            self.version = newest
        elif newest - self.version > CATCH_UP:
            await self._read_whole()
        while self.version < newest:
            told = json.loads(await self._ask(CHANGE, f"changes/{self.version + 1}.json"))
            self.version = told["version"]

    async def _read_whole(self) -> None:
        await asyncio.sleep(random.random() / 2)
        self.version = max(self.version, json.loads(await self._ask(WHOLE, "signs.json"))["version"])

    async def _ask(self, kind: str, path: str) -> bytes:
        answer = await asyncio.to_thread(self.site.ask, kind, "GET", f"/{self.edition}/plan/{path}")
        return answer.body if answer.good else b'{"version": 0}'


async def main() -> None:
    """Open them evenly over the time, and tell when told to end."""
    told = json.loads(sys.stdin.readline())
    site = Site(told["pages"])
    address = f"{told['sockets'].replace('http', 'ws')}/ws/{told['edition']}/"
    plans = [Plan(site, address, told["edition"]) for _plan in range(told["plans"])]
    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    opening = asyncio.create_task(_open(plans, told["seconds"] / len(plans)))
    await over.wait()
    living = [opening, *(opening.result() if opening.done() else [])]
    for task in living:
        task.cancel()
    sys.stdout.write(json.dumps(_told(plans, site)))
    sys.stdout.flush()


def _told(plans: list[Plan], site: Site) -> dict[str, Any]:
    opened = [plan for plan in plans if plan.open.is_set()]
    return {
        "versions": [plan.version for plan in opened],
        "opened": len(opened),
        "hints": sum(plan.hints for plan in plans),
        "lost": sum(plan.lost for plan in plans),
        "heard": [asdict(one) for one in site.heard],
    }


async def _open(plans: list[Plan], each: float) -> list["asyncio.Task[None]"]:
    living = []
    for plan in plans:
        living.append(asyncio.create_task(plan.live()))
        await asyncio.sleep(each)
    return living


if __name__ == "__main__":
    asyncio.run(main())
