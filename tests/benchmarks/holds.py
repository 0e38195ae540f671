"""What a hold costs with 65, 650 and 6,500 booths, against the barest view that could do it; and a rush.

`./run python -m tests.benchmarks.holds [--booths 65 650 6500] [--holds 600] [--clients 4] [--rush]`

Runs the whole installation. Exhibitors hold one booth each time over the page's own button, `--clients` connections as
fast as they are answered. The bare view (tests/benchmarks/bare_urls.py) goes through the same middleware, knows who
signed in, and in one transaction does one conditional UPDATE and one INSERT. The CPU is that of all processes of the
installation, the database's too, less what they take when nobody asks. With `--rush` 200 exhibitors want one booth at
once, and 1,000 want one of 650: whoever loses asks for what the refusal says is free nearby.
"""

import argparse
import http.client
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.benchmarks.installation import cpu_seconds, installation

IDLE = 6  # seconds
EACH = 3  # booths of one exhibitor
TOKEN = "a" * 32
REFUSED = re.compile(r"(?:Still free nearby|gần đó)[^:]*: ([^<.]+)")


@dataclass(frozen=True)
class Client:
    """An exhibitor who has signed in."""

    session: str
    application: int
    company: int


@dataclass(frozen=True)
class Floor:
    """Booths by code, and who wants them."""

    edition: int
    slug: str
    booths: dict[str, int]
    clients: list[Client]


@dataclass(frozen=True)
class Ask:
    """One request: who, where, what is posted."""

    client: Client
    path: str
    body: str = ""


def main() -> None:
    options = _options()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.bare_settings"
    with tempfile.TemporaryDirectory(prefix="cho-phien-holds-") as folder, installation(Path(folder)) as (pages, _port):
        import django

        django.setup()
        floors = [_floor(number) for number in options.booths]
        _analyze()
        idle = _idle()
        _measure(pages, options, floors[0], "hold", idle, say=False)  # what processes load at first is not counted
        for way, floor in [("bare", floors[0]), *(("hold", floor) for floor in floors), ("bare", floors[-1])]:
            _measure(pages, options, floor, way, idle)
        if options.rush:
            _one_booth(pages, _floor(6, clients=200))
            _many_booths(pages, _floor(650, clients=1000))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--booths", type=int, nargs="+", default=[65, 650, 6_500])
    parser.add_argument("--holds", type=int, default=600)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--rush", action="store_true")
    return parser.parse_args()


# ---- the fair ----
def _floor(booths: int, clients: int = 0) -> Floor:
    """An edition with so many booths in rows of 99, and an accepted application for every three, or so many for one."""
    from booths.models import Booth
    from fairs import clock
    from tests import world

    today = clock.now().date()
    edition = world.edition(opens_on=today, closes_on=today)
    first = world.floor(edition, booths=1)[0]
    more = [
        Booth(
            edition=edition, hall=first.hall, zone=first.zone, booth_class=first.booth_class, code=f"B{n:04d}",
            x=3 * (n % 99), y=6 + 3 * (n // 99), width=3, depth=3, open_sides="S",
        )
        for n in range(booths - 1)
    ]  # fmt: skip
    Booth.objects.bulk_create(more, batch_size=1000)
    known = dict(edition.booths.values_list("code", "pk"))
    wanting = clients or max(1, min(booths, 600) // EACH)
    return Floor(edition.pk, edition.slug, known, _clients(edition, first.booth_class, wanting, 1 if clients else EACH))


def _clients(edition: Any, booth_class: Any, number: int, each: int) -> list[Client]:
    """So many exhibitors, each signed in as if by the page."""
    from django.contrib.sessions.backends.db import SessionStore

    from booths.models import Application
    from fairs.models import Company, Membership, Person

    tag = f"{edition.pk}"
    people = Person.objects.bulk_create(
        Person(full_name=f"Linnea Berg {n}", email=f"holds-{tag}-{n}@example.org", password="!") for n in range(number)
    )
    companies = Company.objects.bulk_create(Company(name_vi=f"Xưởng {tag} {n}") for n in range(number))
    Membership.objects.bulk_create(
        Membership(person=person, company=company) for person, company in zip(people, companies, strict=True)
    )
    applications = Application.objects.bulk_create(
        Application(
            edition=edition, company=company, contact=person, booth_class=booth_class, booth_count=each,
            state="accepted",
        )
        for person, company in zip(people, companies, strict=True)
    )  # fmt: skip
    made = []
    for person, application in zip(people, applications, strict=True):
        session = SessionStore()
        session["_auth_user_id"] = str(person.pk)
        session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        session["_auth_user_hash"] = person.get_session_auth_hash()
        session.create()
        made.append(Client(str(session.session_key), application.pk, application.company_id))
    return made


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _free(floor: Floor) -> None:
    """Everything is free again; what the installation has written stays in the journal."""
    from booths.models import Booth, Reservation

    Reservation.objects.filter(edition=floor.edition).delete()
    Booth.objects.filter(edition=floor.edition).update(blocked="")


# ---- holding, as fast as it goes ----
def _measure(pages: str, options: argparse.Namespace, floor: Floor, way: str, idle: float, *, say: bool = True) -> None:
    """Hold booths in rounds, all free again before each, and tell what a hold took."""
    took: list[float] = []
    cpu = spent = 0.0
    while len(took) < (options.holds if say else 60):
        asks = _asks(floor, way)
        before, begun = cpu_seconds(), time.monotonic()
        took += _sent(pages, options.clients, asks, {302, 204})
        spent += time.monotonic() - begun
        cpu += cpu_seconds() - before
        _free(floor)
    if say:
        hundredths = statistics.quantiles(took, n=100)
        print(
            f"{way}, {len(floor.booths):,} booths: {len(took) / spent:.0f} a second, "
            f"{1000 * (cpu - idle * spent) / len(took):.1f} ms of CPU each, "
            f"p50 {1000 * hundredths[49]:.0f} ms, p99 {1000 * hundredths[98]:.0f} ms of {len(took)}",
            flush=True,
        )


def _asks(floor: Floor, way: str) -> list[Ask]:
    """Each exhibitor in turn wants the next of booths in no order."""
    booths = list(floor.booths.items())
    Random(len(booths)).shuffle(booths)
    wanted = booths[: len(floor.clients) * EACH]
    pairs = [(floor.clients[n % len(floor.clients)], booth) for n, booth in enumerate(wanted)]
    if way == "bare":
        return [Ask(one, f"/bare/{floor.edition}/{pk}/{one.application}/{one.company}/") for one, (_code, pk) in pairs]
    return [_hold(floor, one, code) for one, (code, _pk) in pairs]


def _hold(floor: Floor, client: Client, code: str) -> Ask:
    return Ask(client, f"/{floor.slug}/plan/hold/", urlencode({"b": code, "for": client.application}))


def _sent(pages: str, connections: int, asks: Sequence[Ask], good: Iterable[int]) -> list[float]:
    """The seconds of each request, over so many connections."""

    def one(share: Sequence[Ask]) -> list[float]:
        connection, took = http.client.HTTPConnection(urlsplit(pages).netloc, timeout=60), []
        for ask in share:
            sent = time.monotonic()
            status, content = _post(connection, ask)
            took.append(time.monotonic() - sent)
            if status not in good:
                raise SystemExit(f"{ask.path}: {status} {content[:300]!r}")
        return took

    with ThreadPoolExecutor(connections) as people:
        shares = [asks[n::connections] for n in range(connections)]
        return [second for took in people.map(one, shares) for second in took]


def _post(connection: http.client.HTTPConnection, ask: Ask) -> tuple[int, str]:
    headers = {
        "Cookie": f"sessionid={ask.client.session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "HX-Request": "true",
        "Accept-Language": "en",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", ask.path, ask.body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def _idle() -> float:
    """CPU seconds a second when nobody asks."""
    before = cpu_seconds()
    time.sleep(IDLE)
    return (cpu_seconds() - before) / IDLE


# ---- a rush ----
def _one_booth(pages: str, floor: Floor) -> None:
    """All want one booth at the same moment."""
    code = sorted(floor.booths)[0]

    def want(client: Client) -> tuple[int, str]:
        return _post(http.client.HTTPConnection(urlsplit(pages).netloc, timeout=60), _hold(floor, client, code))

    answers, seconds = _rushed(want, floor.clients)
    won = sum(status == 302 for status, _text in answers)
    told = sum(status == 409 and bool(REFUSED.search(text)) for status, text in answers)
    print(f"{len(answers)} for one booth: {won} won, {told} told what is free, the last after {seconds:.2f} s")


def _many_booths(pages: str, floor: Floor) -> None:
    """More exhibitors than booths: whoever loses takes what is said to be free nearby, until nothing is."""
    from booths.models import Reservation

    codes = sorted(floor.booths)

    def want(client: Client) -> tuple[int, str]:
        connection = http.client.HTTPConnection(urlsplit(pages).netloc, timeout=120)
        chance, asked = Random(client.application), 0
        code = chance.choice(codes)
        while True:
            status, text = _post(connection, _hold(floor, client, code))
            asked += 1
            named = REFUSED.search(text)
            if status == 302 or not named:
                return status, str(asked)
            code = chance.choice(named.group(1).split(", ")).strip()

    answers, seconds = _rushed(want, floor.clients)
    won = sum(status == 302 for status, _asked in answers)
    asked = sum(int(number) for _status, number in answers)
    rows = list(Reservation.objects.filter(edition=floor.edition, state="held").values_list("booth", "application"))
    twice = len(rows) - len({booth for booth, _application in rows})
    print(
        f"{len(answers)} for {len(codes)} booths: {won} won, {twice} sold twice, {won - len(rows)} lost, "
        f"{sum(status == 409 for status, _asked in answers)} told that nothing is free; "
        f"{asked} answers in {seconds:.1f} s"
    )


def _rushed(want: Callable[[Client], Any], clients: Sequence[Client]) -> tuple[list[Any], float]:
    with ThreadPoolExecutor(len(clients)) as people:
        begun = time.monotonic()
        answers = list(people.map(want, clients))
        return answers, time.monotonic() - begun


if __name__ == "__main__":
    main()
