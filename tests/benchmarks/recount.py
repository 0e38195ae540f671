"""Every figure of the report of a filled demonstration, beside its recount in plain SQL, and how long the report takes.

`DATA_DIR=data/demo/over-x1 CHO_PHIEN_DEMO=1 ./run python -m tests.benchmarks.recount`
"""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")

import django

django.setup()

from fairs import reports  # noqa: E402 - Django must be set up first
from fairs.models import Edition  # noqa: E402
from tests import recounts  # noqa: E402


def main() -> int:
    """Print what differs; 1 when anything does."""
    edition = Edition.objects.get()
    begun = time.process_time()
    found = reports.results(edition)
    print(f"{len(recounts.SQL)} figures measured in {time.process_time() - begun:.2f} s of CPU")
    wrong = recounts.differing(reports.lines(), edition)
    sums = [(line.code, one) for line in reports.lines() for one in reports.addition(line, found) if not one.holds]
    for name, (said, recounted) in wrong.items():
        print(f"{name}: the report says {said}, the tables {recounted}")
    for code, one in sums:
        print(f"{code}: the parts {one.parts} do not make {one.whole}")
    print("All agree." if not wrong and not sums else "They differ.")
    return bool(wrong or sums)


if __name__ == "__main__":
    sys.exit(main())
