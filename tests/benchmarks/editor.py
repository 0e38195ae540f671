"""What the editor of the floor plan costs with 650 booths and with 6,500: the server's work, and the browser's.

`./run python -m tests.benchmarks.editor [--scale 10]`

Lays the floor of the demonstration so many times in a database of its own, begins a draft, measures the page and the
whole draft in this process (CPU of the quickest of three), and opens the editor in Chromium three times: seconds until
it is ready to draw, and what the page’s own thread worked for that. On a busy machine only the CPU columns are true.
"""

import argparse
import gzip
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.services import chromium_program, clean_environment, site

RUNS = 3
WORK = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration")


def main() -> None:
    """Print one row for the page and the draft, and one for opening it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=int, default=10, help="so many times the 650 booths")
    scale = parser.parse_args().scale
    with tempfile.TemporaryDirectory(prefix="cho-phien-editor-") as folder:
        environment = clean_environment(DATA_DIR=folder, LOG_LEVEL="WARNING")
        os.environ |= environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        draft, person = _fair(scale)
        _serve(draft, person)
        log = Path(folder) / "site.log"
        with site(environment, log) as address:
            _open(address, draft, person)


def _fair(scale: int) -> tuple[Any, Any]:
    """A floor with a draft that has begun, and who draws it."""
    import django

    django.setup()
    from django.core.management import call_command

    from booths.actions.drafts import begin_draft
    from booths.actions.floor import lay_floor
    from booths.floorplan import reference_floor
    from tests import world

    call_command("migrate", verbosity=0)
    edition = world.edition(slug="hgs-2018")
    edition.sale_terms.delete()
    desk = world.officer(edition, "booth_desk")
    lay_floor(edition, floor=reference_floor().copies(scale), by=desk)
    return begin_draft(edition, by=desk), desk


def _serve(draft: Any, person: Any) -> None:
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    print(f"{len(draft.content['booths'])} booths")
    print(f"{'':12} {'kB':>8} {'kB gzip':>8} {'CPU ms':>8}")
    for name, path in {
        "page": reverse("booths:floor_editor", args=[draft.edition.slug]),
        "whole draft": reverse("api:floor-drafts-detail", args=[draft.pk]),
        "its state": reverse("api:floor-drafts-state", args=[draft.pk]),
    }.items():
        costs = []
        for _run in range(RUNS):
            begun = time.process_time()
            content = client.get(path).content
            costs.append(time.process_time() - begun)
        size, packed = len(content) / 1000, len(gzip.compress(content)) / 1000
        print(f"{name:12} {size:8.1f} {packed:8.1f} {min(costs) * 1000:8.1f}")


def _open(address: str, draft: Any, person: Any) -> None:
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(f"{address}/accounts/login/")
        page.fill("[name=login]", person.email)
        page.fill("[name=password]", "secret-lacquer")
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        assert settings.SESSION_COOKIE_NAME in {cookie["name"] for cookie in context.cookies()}
        rows = [_once(context, f"{address}/{draft.edition.slug}/desk/floor/") for _run in range(RUNS)]
        browser.close()
    print(f"{'opening':12} {'ready s':>8} {'script':>8} {'layout':>8} {'style':>8} {'all work':>8} {'nodes':>8}")
    print(f"{'in Chromium':12} " + " ".join(f"{statistics.median(column):8.2f}" for column in zip(*rows, strict=True)))


def _once(context: Any, address: str) -> tuple[float, ...]:
    """Seconds until the editor is ready and painted, the seconds its thread worked, and how many elements it has."""
    page = context.new_page()
    measures = context.new_cdp_session(page)
    measures.send("Performance.enable")
    begun = time.monotonic()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".floor-editor.ready", timeout=120_000)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    ready = time.monotonic() - begun
    found = {one["name"]: one["value"] for one in measures.send("Performance.getMetrics")["metrics"]}
    nodes = page.evaluate("document.querySelectorAll('*').length")
    page.close()
    return (ready, *(found[name] for name in WORK), float(nodes))


if __name__ == "__main__":
    main()
