"""How long a person takes to register: an importer on a phone, from the page to the open registration with the code
from the letter; a guest at the door, from the empty form to the badge ready to print.

`./run python -m tests.benchmarks.journeys`

Runs the whole installation, and a browser in which somebody takes as long as people do: the keystroke-level model of
Card, Moran and Newell (1980) for thinking, pointing and typing at a desk, and 36 words a minute for thumbs on a phone
(Palin and others, 2019). What the pages, the worker and the letter take is what they take.
"""

import os
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.benchmarks.installation import installation
from tests.letters import letters_in, plain_words
from tests.services import chromium_program

THINK, POINT = 1.35, 1.1  # seconds
AT_A_DESK, WITH_THUMBS = 0.28, 60 / (36 * 5)  # seconds a key
CODE = re.compile(r"^\s+(\d{8})\s*$", re.MULTILINE)
LETTER_OPENED = 10  # seconds to leave the page, find the letter and come back
READ_OUT = 12  # seconds to read a consent out to a guest: 30 words


@dataclass
class Hand:
    """Somebody at a page."""

    page: Page
    key: float

    def write(self, field: str, text: str) -> None:
        self.touch(field)
        self.page.keyboard.type(text, delay=1000 * self.key)

    def touch(self, place: str) -> None:
        self.wait(THINK + POINT)
        self.page.locator(place).first.click()

    def choose(self, field: str, value: str) -> None:
        self.wait(2 * (THINK + POINT))  # open the list, find the line
        self.page.locator(field).select_option(value)

    def wait(self, seconds: float) -> None:
        self.page.wait_for_timeout(1000 * seconds)


def main() -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's loop runs in this thread
    with tempfile.TemporaryDirectory(prefix="cho-phien-journeys-") as folder, installation(Path(folder)) as (pages, _):
        import django

        django.setup()
        cookie = _fair()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_program(), args=["--no-sandbox"])
            print(f"an importer registers on a phone: {_importer(browser, pages, Path(folder)):.0f} s")
            print(f"a guest is registered at the door: {_guest(browser, pages, cookie):.0f} s")
            browser.close()


def _fair() -> dict[str, str]:
    """An edition that is open, and the cookie of somebody who keeps its gate."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from fairs import clock
    from tests import world

    today = clock.now().date()
    world.product_group()
    edition = world.edition(slug="hgs-2018", opens_on=today, closes_on=today)
    keeper = world.officer(edition, "gate")
    session: Any = SessionStore()
    session[SESSION_KEY] = str(keeper.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = keeper.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key)}


def _importer(browser: Browser, pages: str, folder: Path) -> float:
    page = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844}).new_page()
    hand = Hand(page, WITH_THUMBS)
    begun = time.monotonic()
    page.goto(f"{pages}/hgs-2018/register/")
    hand.write("#id_full_name", "Keiko Morita")
    hand.write("#id_company_name", "Morita Living")
    hand.choose("#id_country", "JP")
    hand.write("#id_email", "keiko@morita.example")
    hand.touch("input[name=product_groups]")
    hand.touch("#id_registration")
    hand.touch("main form [type=submit], main form .btn.primary")
    expect(page.locator("#id_code")).to_be_visible()
    hand.wait(LETTER_OPENED)
    hand.write("#id_code", _code(folder))
    hand.touch("main form .btn.primary")
    expect(page.locator("h1")).to_have_text("Keiko Morita")
    return time.monotonic() - begun


def _code(folder: Path) -> str:
    """From the letter, once it has come."""
    while True:
        for letter in letters_in(folder / "mail"):
            if found := CODE.search(plain_words(letter)):
                return found.group(1)
        time.sleep(0.1)


def _guest(browser: Browser, pages: str, cookie: dict[str, str]) -> float:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": pages}])
    page = context.new_page()
    page.goto(f"{pages}/hgs-2018/desk/welcome/")
    hand = Hand(page, AT_A_DESK)
    begun = time.monotonic()
    hand.wait(THINK)
    for text in ("Anna Rossi", "Casa Rossi", "It", "anna@rossi.example"):  # the name has the focus from the start
        page.keyboard.type(text, delay=1000 * hand.key)
        hand.wait(THINK)
        page.keyboard.press("Tab")
    hand.wait(THINK)
    page.keyboard.press("Tab")  # a trade visitor
    hand.wait(READ_OUT)
    page.keyboard.press("Space")
    hand.wait(THINK)
    with page.expect_response("**/badges/*.pdf**") as printed:
        page.keyboard.press("Enter")
    printed.value.finished()
    return time.monotonic() - begun


if __name__ == "__main__":
    main()
