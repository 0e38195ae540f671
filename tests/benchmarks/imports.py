"""How long importing a sheet takes, to the last row: read, previewed, committed, and committed again.

    ./run python -m tests.benchmarks.imports [--rows 20000] [importers|exhibitors ...]

Works in a database of its own, which it throws away; prints seconds of CPU of this process, and statements a row.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection  # noqa: E402 - Django must be set up first
from django.utils import translation  # noqa: E402

from booths.models import Zone  # noqa: E402
from fairs import clock  # noqa: E402
from fairs.actions.reference import load_reference  # noqa: E402
from fairs.actions.uploads import import_rows, receive_upload  # noqa: E402
from fairs.models import Upload  # noqa: E402
from tests import world  # noqa: E402

EXHIBITORS = (
    "Tên đơn vị;Mã số thuế;Tỉnh;Người liên hệ;Email;Số gian",
    "Cơ sở Gốm {n};{n:010d};Hà Nội;Người {n};a{n}@example.vn;{booths}",
)
IMPORTERS = ("Họ tên;Công ty;Nước;Email", "Buyer {n};Company {company};Japan;b{n}@example.org")
SHEETS = {"importers": IMPORTERS, "exhibitors": EXHIBITORS}


def main() -> None:
    """Imports each kind twice: the second time every row must be the same."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.imports")
    parser.add_argument("kinds", nargs="*", default=list(SHEETS))
    parser.add_argument("--rows", type=int, default=20_000)
    arguments = parser.parse_args()
    connection.settings_dict["TEST"]["MIGRATE"] = False
    connection.creation.create_test_db(verbosity=0)
    try:
        with clock.at(world.NOON), translation.override("vi"):
            load_reference()
            for kind in arguments.kinds:
                _measure(kind, arguments.rows)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)


def _measure(kind: str, rows: int) -> None:
    edition = world.edition()
    world.booth_class(edition)
    Zone.objects.create(edition=edition, code="GS", name_vi="Gốm sứ", name_en="Ceramics")
    director = world.officer(edition, "director")
    data = _csv(SHEETS[kind], rows)
    for which, outcome in (("first", "new"), ("again", "same")):
        with _timed(f"{kind}, {which}: read and previewed", rows):
            upload = receive_upload(edition, kind=kind, data=data, filename="a.csv", by=director)
        assert upload.is_ready, upload.findings["faults"]
        upload.follow("begin", by=director, result={})
        with _timed(f"{kind}, {which}: committed", rows):
            import_rows(upload.pk, director)
        result = Upload.objects.get(pk=upload.pk).result
        assert result == {"new": 0, "changed": 0, "same": 0, "skipped": 0} | {outcome: rows}, result


def _csv(sheet: tuple[str, str], rows: int) -> bytes:
    """A sheet with semicolons in UTF-8: headings, then the rows; three importers come from each company."""
    head, row = sheet
    return "\n".join([head, *(row.format(n=n, booths=n % 6 + 1, company=n // 3) for n in range(rows))]).encode()


@contextmanager
def _timed(what: str, rows: int) -> Iterator[None]:
    statements = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*arguments)

    begun, wall = time.process_time(), time.monotonic()
    with connection.execute_wrapper(count):
        yield
    seconds = time.process_time() - begun
    print(
        f"{what}: {seconds:.1f} s of CPU, {time.monotonic() - wall:.1f} s in all, {seconds / rows * 1000:.2f} ms and "
        f"{statements / rows:.1f} statements a row",
        flush=True,
    )


if __name__ == "__main__":
    main()
