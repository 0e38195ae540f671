"""What the main pages of a filled demonstration cost: queries, kilobytes, CPU against the barest view of the same run.

`DATA_DIR=data/demo/selling-x1 CHO_PHIEN_DEMO=1 ./run python -m tests.benchmarks.pages`
"""

import gzip
import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from fairs.models import Edition, Person  # noqa: E402

RUNS = 15
PAGES = [
    ("-", "/healthz"),
    ("-", "/{slug}/"),
    ("-", "/{slug}/plan/"),
    ("-", "/{slug}/plan/table/"),
    ("-", "/{slug}/exhibitors/"),
    ("-", "/api/v1/booths/?page_size=200"),
    ("director", "/{slug}/desk/"),
    ("director", "/{slug}/desk/report/"),
    ("director", "/{slug}/desk/applications/"),
    ("director", "/{slug}/desk/money/"),
    ("director", "/{slug}/desk/importers/"),
    ("exhibitor1", "/{slug}/my-booths/"),
    ("importer1", "/{slug}/meetings/"),
]


def main() -> None:
    """Print one row a page."""
    slug = Edition.objects.get().slug
    floor = _median(_client("-"), "/healthz")
    print(f"{'page':38} {'who':10} {'queries':>7} {'kB':>7} {'kB gzip':>8} {'CPU ms':>7} {'x bare':>7}")
    for who, path in PAGES:
        client, address = _client(who), path.format(slug=slug)
        client.get(address)
        queries: list[str] = []
        with connection.execute_wrapper(partial(_counted, queries)):
            answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        cpu = _median(client, address)
        print(
            f"{path:38} {who:10} {len(queries):7} {len(content) / 1000:7.1f} {len(gzip.compress(content)) / 1000:8.1f} "
            f"{cpu:7.1f} {cpu / floor:7.1f}"
        )
        assert answer.status_code == 200, (address, answer.status_code)


def _counted(queries: list[str], execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    queries.append(sql)
    return execute(sql, *rest)


def _client(who: str) -> Client:
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0], HTTP_ACCEPT_LANGUAGE="vi")
    if who != "-":
        client.force_login(Person.objects.get(email=f"{who}@cho-phien.example"))
    return client


def _median(client: Client, address: str) -> float:
    """CPU milliseconds of this process for one request."""
    times = []
    for _nth in range(RUNS):
        begun = time.process_time()
        client.get(address)
        times.append((time.process_time() - begun) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
