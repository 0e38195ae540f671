"""Chromium for tests: a running site, windows that fail their test on any error, the check of accessibility.

A test makes its fair with `tests.world` in its own database, asks for `live_site` (a site that serves this very
database at the hour of `world.NOON`; `site_at(moment)` for another hour), opens windows with `open_window`, and signs
people in with `window.sign_in(person)`.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from fairs.models import Person
from tests import services, world
from tests.letters import letters_in, plain_words
from tests.services import chromium_program, clean_environment
from tests.settings import DATA

CODE = r"^\s+(\d{8})\s*$"  # in a letter, on a line of its own
AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1.min.js"
PATIENCE = 15_000  # milliseconds until something that should be there is missed: machines are busy
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`CSP: ${event.violatedDirective} refuses ${event.blockedURI} (line ${event.lineNumber})`));
"""
HOLD_ANSWERS = """
const later = window.setTimeout;
window.setTimeout = (work, after, ...rest) => after === 2000 ? (window.letGo = work, 0) : later(work, after, ...rest);
"""
RUN_AXE = """async (tags) => {
    const moving = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity);
    await Promise.allSettled(moving.map((one) => one.finished));  // half faded in, everything is pale
    const found = await window.axe.run(document, { preload: false, runOnly: { type: "tag", values: tags } });
    return found.violations.flatMap((rule) =>
        rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")} - ${node.failureSummary}`));
}"""


class Watch:
    """Everything that went wrong on the pages of one browser window; `expects` names what may."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._expected: set[int] = set()

    def expects(self, *statuses: int) -> None:
        """Answers with these statuses are meant to happen from now on."""
        self._expected.update(statuses)

    def follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium logs each refused answer a second time here, without its status.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console of {message.page.url if message.page else '?'}: {message.text}")

    def _failed(self, request: Request) -> None:
        # Leaving a page ends what it was still asking for; a download ends the navigation that began it.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"{request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self.problems.append(f"{response.request.method} {response.url}: {response.status}")


class Window:
    """One person's browser: a page, and the watch over it."""

    def __init__(self, context: BrowserContext):
        self.context = context
        self.watch = Watch()
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("page", self.watch.follow)
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)

    def sign_in(self, person: Person, site: str) -> None:
        """As if the person had just typed the password."""
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": site}]
        )


@dataclass(frozen=True)
class Site:
    """A running site and what it has said."""

    address: str
    log: Path


class _Sites(dict[datetime, Site]):
    def __init__(self, stack: ExitStack):
        self._stack = stack

    def __missing__(self, moment: datetime) -> Site:
        log = DATA / f"site-{len(self)}.log"
        environment = clean_environment(
            CHO_PHIEN_CLOCK=moment.isoformat(),
            DATABASE_URL=services.database_url(connection.settings_dict),
            DATA_DIR=str(DATA),
            LOG_LEVEL="WARNING",
            TASKS_BACKEND="django_tasks.backends.immediate.ImmediateBackend",  # letters leave with the answer
        )
        self[moment] = Site(self._stack.enter_context(services.site(environment, log)), log)
        return self[moment]


def check_axe(page: Page) -> None:
    """Fails on any violation of WCAG 2.2 AA on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8") + ";0")  # by the debugger: no policy of the page has a say
    violations = page.evaluate(RUN_AXE, WCAG_22_AA)
    assert not violations, f"{page.url} keeps people out:\n" + "\n".join(violations)


def hold_answers(page: Page) -> None:
    """From the next page on, what the gate takes away by itself after two seconds stays until `let_go`."""
    page.add_init_script(HOLD_ANSWERS)


def let_go(page: Page) -> None:
    """Let the two seconds of the gate's answer be over."""
    page.evaluate("window.letGo()")


def letter_to(address: str, pattern: str) -> str:
    """The first group of a pattern in the plain words of the newest letter to this address in which it is found."""
    theirs = [letter for letter in letters_in(DATA / "mail") if letter["To"] == address]
    for letter in theirs:
        if found := re.search(pattern, plain_words(letter), re.MULTILINE):
            return found.group(1)
    pytest.fail(f"no letter to {address} says {pattern}; there are {[letter['Subject'] for letter in theirs]}")


@pytest.fixture(scope="session")
def _sites() -> Iterator[dict[datetime, Site]]:
    """The sites of this run, started when first asked for, one for each hour."""
    with ExitStack() as stack:
        yield _Sites(stack)


@pytest.fixture
def site_at(_sites: dict[datetime, Site], transactional_db: None) -> Iterator[Callable[[datetime], str]]:
    """The address of a site that serves this test's database, and whose clock started at the moment given."""
    marks = {site: site.log.stat().st_size for site in _sites.values()}
    yield lambda moment: _sites[moment].address
    for site in _sites.values():
        # Shown by pytest beside a failure.
        sys.stderr.write(site.log.read_bytes()[marks.get(site, 0) :].decode(errors="replace"))


@pytest.fixture
def live_site(site_at: Callable[[datetime], str]) -> str:
    """The address of a site at the hour of `world.NOON`, while booths are being sold."""
    return site_at(world.NOON)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium, with a camera that shows a test picture."""
    # Playwright runs an event loop in this thread, which Django would take for a reason not to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = ["--disable-dev-shm-usage", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_window(chromium: Browser) -> Iterator[Callable[..., Window]]:
    """Opens browsers of different people: `open_window("en", width=360)`; fails the test on what went wrong in any."""
    windows: list[Window] = []

    def open_one(language: str = "vi", *, width: int = 1280, height: int = 900, **options: Any) -> Window:
        locale = {"vi": "vi-VN", "en": "en-GB"}[language]
        context = chromium.new_context(
            locale=locale, timezone_id="Asia/Ho_Chi_Minh", viewport={"width": width, "height": height}, **options
        )
        windows.append(Window(context))
        return windows[-1]

    yield open_one
    for window in windows:
        window.context.close()
    problems = [problem for window in windows for problem in window.watch.problems]
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(open_window: Callable[..., Window]) -> Page:
    """A watched page in Vietnamese on a desk."""
    return open_window().page
