"""How the result report grows: one filled demonstration, and a copy with ten times the rows that the report reads.

    DATA_DIR=data/demo/over-x1 CHO_PHIEN_DEMO=1 ./run python -m tests.benchmarks.report_growth [TIMES]

To fill ten demonstrations takes an hour, so the rows are multiplied by plain SQL in a copy of the database: every
firm with its people, registrations, badges, readings, booths, notices, meetings and deals is there ten times, each
copy joined to its own. What an edition has once (days, halls, gates, grades, rates, plan) stays as it is, and so do
leads' products and the journal. Both are measured in one process, one after the other, and the ratio is printed; the
copy is thrown away.
"""

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")

import django

django.setup()

from django.apps import apps  # noqa: E402 - Django must be set up first
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.test import Client  # noqa: E402

from fairs.models import Edition, Person  # noqa: E402

RUNS = 3
COPIED = [
    "fairs.Person", "fairs.Company", "fairs.Company_product_groups", "fairs.Membership", "fairs.Participation",
    "fairs.Consent", "fairs.Notice", "fairs.NoticeLine", "fairs.Payment", "fairs.Posting", "fairs.Grant",
    "booths.Booth", "booths.Application", "booths.Reservation", "buyers.Registration", "buyers.Badge", "buyers.Scan",
    "buyers.HostedContract", "buyers.TravelItem", "matchmaking.Meeting", "matchmaking.Deal", "matchmaking.DealLine",
    "matchmaking.Lead", "matchmaking.FollowUp", "matchmaking.SpotSale",
]  # fmt: skip
MODELS = [apps.get_model(label) for label in COPIED]
DISTANCE = 10_000_000  # between the keys of two copies


def main() -> None:
    """Print seconds for the demonstration as it is and for the copy, and how many times as long the copy takes."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    once = _measured()
    rows = _rows()
    with tempfile.TemporaryDirectory() as folder:
        _use(_copy(Path(folder)))
        for nth in range(1, times):
            _multiply(nth)
        _check()
        often, many = _measured(), _rows()
        connection.close()
    print(f"{'what':20} {'once':>9} {'x' + str(times):>9} {'ratio':>7}")
    print(f"{'rows':20} {rows:9} {many:9} {many / rows:7.1f}")
    for what, seconds in once.items():
        print(f"{what:20} {seconds:9.2f} {often[what]:9.2f} {often[what] / seconds:7.1f}")


def _measured() -> dict[str, float]:
    """Seconds of CPU of this process, the median of several runs."""
    edition = Edition.objects.get()
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0], HTTP_ACCEPT_LANGUAGE="vi")
    client.force_login(Person.objects.get(email="director@cho-phien.example"))
    pages = {path: partial(client.get, f"/{edition.slug}/desk/{path}") for path in ("report/", "dashboard/")}
    return {what: _median(deed) for what, deed in pages.items()}


def _median(deed: Callable[[], object]) -> float:
    seconds = []
    for _nth in range(RUNS):
        cache.clear()
        begun = time.process_time()
        deed()
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds)


def _rows() -> int:
    return sum(model._base_manager.count() for model in MODELS)


def _copy(folder: Path) -> Path:
    """A copy of the database of its own, with all that was written until now."""
    kept = Path(settings.DATABASES["default"]["NAME"])
    connection.close()
    with sqlite3.connect(kept) as one, sqlite3.connect(folder / kept.name) as other:
        one.backup(other)
    return folder / kept.name


def _use(file: Path) -> None:
    connection.settings_dict["NAME"] = str(file)
    cache.clear()


def _multiply(nth: int) -> None:
    """Every row of the models once more; keys of rows that are copied too are those of the same copy."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        for model in MODELS:
            names = [field.column for field in model._meta.concrete_fields]
            values = [_value(field, nth) for field in model._meta.concrete_fields]
            table, columns = model._meta.db_table, ", ".join(f'"{name}"' for name in names)
            cursor.execute(
                f'INSERT INTO "{table}" ({columns}) SELECT {", ".join(values)} FROM "{table}" WHERE id < {DISTANCE}'
            )


def _value(field: "models.Field[object, object]", nth: int) -> str:
    """What stands in a column of a copy: a key of the same copy, a name that only it has, or what was there."""
    name, model = f'"{field.column}"', field.model
    if field.primary_key or field.related_model in MODELS or (model._meta.model_name, field.name) in LINKS:
        return f"{name} + {nth * DISTANCE}"
    if field.name not in _alone(model):
        return name
    return (
        f"{name} + {nth * DISTANCE}"
        if isinstance(field, models.IntegerField)
        else f"CASE {name} WHEN '' THEN '' ELSE {name} || '~{nth}' END"
    )


LINKS = {("noticeline", "source_id")}  # keys that the database does not know as such


def _alone(model: type[models.Model]) -> set[str]:
    """The columns that keep two copies apart: one of each unique set that names no key of a copy."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    sets = [[name] for name, field in fields.items() if field.unique and not field.primary_key]
    sets += [list(one.fields) for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    free = [[fields[name] for name in names] for names in sets]
    return {
        max(columns, key=lambda field: getattr(field, "max_length", 0) or 0).name
        for columns in free
        if columns and not any(field.related_model in MODELS for field in columns)
    }


def _check() -> None:
    """No key leads nowhere."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
    assert not broken, broken[:5]


if __name__ == "__main__":
    main()
