"""How long a bank's statement of 5,000 noisy lines takes: read and looked at, written, matched with real notices.

    ./run python -m tests.benchmarks.bank_lines [--rows 5000]

Works in a database of its own, which it throws away; prints seconds of CPU of this process, and statements a row.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection  # noqa: E402 - Django must be set up first
from django.utils import translation  # noqa: E402

from fairs import clock  # noqa: E402
from fairs.actions.uploads import import_rows, receive_upload  # noqa: E402
from fairs.models import BankLine  # noqa: E402
from fairs.money import statement_kind  # noqa: E402
from fairs.money.actions.matching import match_lines  # noqa: E402
from fairs.money.actions.statements import set_statement_columns  # noqa: E402
from tests.fairs.bank.fair import ACCOUNT, Fair  # noqa: E402
from tests.fairs.bank.noisy import AFTER, COLUMNS, as_file, write_notices  # noqa: E402
from tests.fairs.matching.statement import statement  # noqa: E402


def main() -> None:
    """Imports the statement twice: the second time nothing is new."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bank_lines")
    parser.add_argument("--rows", type=int, default=5_000)
    rows = parser.parse_args().rows
    connection.settings_dict["TEST"]["MIGRATE"] = False
    connection.creation.create_test_db(verbosity=0)
    try:
        with clock.at(AFTER), translation.override("vi"):
            _measure(rows)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)


def _measure(rows: int) -> None:
    fair, made = Fair(booths=1), statement(2018, rows)
    write_notices(fair, made)
    for which in ("first", "again"):
        with _timed(f"{which}: read and looked at", rows):
            upload = receive_upload(
                fair.edition, kind="statement", data=as_file(made.lines), filename="a.csv", by=fair.finance
            )
            if upload.findings.get("asks"):
                set_statement_columns(upload, columns=COLUMNS, by=fair.finance)
        assert upload.is_ready, upload.findings["faults"]
        upload.follow("begin", by=fair.finance, result={})
        with patch.object(statement_kind, "match_lines"), _timed(f"{which}: written", rows):
            import_rows(upload.pk, fair.finance)
        with _timed(f"{which}: matched", rows):
            match_lines(ACCOUNT)
    assert not BankLine.objects.filter(state="new").exists()


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
