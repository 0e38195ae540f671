"""What the result report costs on a filled demonstration: its page, its files, a signature, and opening a version.

    DATA_DIR=data/demo/over-x1 CHO_PHIEN_DEMO=1 ./run python -m tests.benchmarks.report

Seconds of a clock and of CPU of this process, statements, kilobytes; the median of several runs. What is signed is
taken back, so that the demonstration stays as it was.
"""

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
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from fairs.actions.signing import sign_report  # noqa: E402
from fairs.models import Edition, Person  # noqa: E402
from fairs.snapshots import canonical, taken  # noqa: E402

RUNS = 5
FILES = ["report/", "report.xlsx", "report.pdf", "report.docx", "report/press.pdf", "report/signed/"]


def main() -> None:
    """Print a row for each; the page is what must stay below two seconds."""
    edition = Edition.objects.get()
    director = Person.objects.get(email="director@cho-phien.example")
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0], HTTP_ACCEPT_LANGUAGE="vi")
    client.force_login(director)
    print(f"{'what':28} {'seconds':>8} {'CPU s':>8} {'statements':>10} {'kB':>8}")
    for path in FILES:
        _row(path, partial(_content, client, f"/{edition.slug}/desk/{path}"))
    if last := edition.signed_reports.first():
        _row("a version opened", partial(_content, client, f"/{edition.slug}/desk/report/signed/{last.number}/"))
    _row("a snapshot", lambda: canonical(taken(edition)).encode())
    _row("a signature", partial(_signature, edition, director))


def _content(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content


def _signature(edition: Edition, director: Person) -> bytes:
    """Signed and taken back; a change makes sure that there is something to sign."""
    with transaction.atomic():
        edition.theme_vi += "."
        edition.save(update_fields=["theme_vi"])
        signed = sign_report(edition, by=director, key=str(time.monotonic_ns()))
        transaction.set_rollback(True)
    return signed.snapshot.encode()


def _row(what: str, deed: Callable[[], bytes]) -> None:
    deed()
    statements: list[str] = []
    with connection.execute_wrapper(partial(_counted, statements)):
        content = deed()
    clocks, cpu = zip(*(_timed(deed) for _nth in range(RUNS)), strict=True)
    print(
        f"{what:28} {statistics.median(clocks):8.2f} {statistics.median(cpu):8.2f} "
        f"{len(statements):10} {len(content) / 1000:8.1f}"
    )


def _timed(deed: Callable[[], bytes]) -> tuple[float, float]:
    """Seconds of the clock, and of this process."""
    clock, cpu = time.perf_counter(), time.process_time()
    deed()
    return time.perf_counter() - clock, time.process_time() - cpu


def _counted(statements: list[str], execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    statements.append(sql)
    return execute(sql, *rest)


if __name__ == "__main__":
    main()
