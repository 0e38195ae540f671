"""The small scripts, in Chromium under the real content security policy."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.test.testcases import LiveServerThread
from django.urls import path
from django.utils.translation import get_language
from playwright.sync_api import Page, WebSocketRoute, expect

from fairs.views.parts import sheet
from tests.browsing import Window, check_axe

pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]

LIVE_PAGE = """{% extends "base/desk.html" %}{% block main %}<h1>Live</h1>
<span class="live-state" data-live-state="off" data-live-on="live" data-live-off="not live">…</span>
<p id="floor" data-live="floor" hx-get="/part/" hx-trigger="live">as loaded</p>
<p id="deals" data-live="deals" hx-get="/part/" hx-trigger="live">as loaded</p>{% endblock %}"""

# The line is soon mended: what is said meanwhile is kept, for a busy machine may look too late.
KEEP_STATES = """() => {
    window.states = [];
    const sign = document.querySelector(".live-state");
    new MutationObserver(() => window.states.push(sign.textContent)).observe(sign, { childList: true });
}"""


def live_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(LIVE_PAGE).render({"live_url": "/ws/sample/"}, request))


def part(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"fresh in {get_language()}")


def trouble(request: HttpRequest) -> HttpResponse:
    return render(request, "404.html")


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a server of these pages alone; none of them asks the database."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


urlpatterns = [
    path("parts/", sheet),
    path("live/", live_page),
    path("part/", part),
    path("trouble/", trouble),
]


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_sheet_of_parts_keeps_nobody_out_and_fits(site: str, open_window: Callable[..., Window], language, width):
    page = open_window(language, width=width).page
    page.goto(f"{site}/parts/")
    check_axe(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("shell", ["importer", "public"])
def test_every_shell_fits_a_phone(site: str, open_window: Callable[..., Window], shell):
    page = open_window("vi", width=360).page
    page.goto(f"{site}/parts/?shell={shell}")
    check_axe(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_hint_fetches_the_parts_of_its_topic(site: str, page: Page):
    sockets: list[WebSocketRoute] = []
    page.route_web_socket(re.compile("/ws/sample/"), lambda socket: sockets.append(socket))
    page.goto(f"{site}/live/")
    expect(page.locator(".live-state")).to_have_text("live")
    sockets[0].send(json.dumps({"topic": "floor"}))
    expect(page.locator("#floor")).to_have_text("fresh in vi")
    expect(page.locator("#deals")).to_have_text("as loaded")


def test_after_a_broken_line_everything_is_fetched_again(site: str, page: Page):
    sockets: list[WebSocketRoute] = []
    page.route_web_socket(re.compile("/ws/sample/"), lambda socket: sockets.append(socket))
    page.goto(f"{site}/live/")
    expect(page.locator(".live-state")).to_have_text("live")
    page.evaluate(KEEP_STATES)
    sockets[0].close(code=1012)
    expect(page.locator("#deals")).to_have_text("fresh in vi")
    expect(page.locator(".live-state")).to_have_text("live")
    assert page.evaluate("window.states") == ["not live", "live"]


def test_a_dialog_asks_before_a_booth_is_cancelled(site: str, open_window: Callable[..., Window]):
    page = open_window("en").page
    page.goto(f"{site}/parts/")
    page.get_by_role("button", name="Cancel booth").first.click()
    dialog = page.get_by_role("dialog", name="Cancel booth A075?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Not now").click()
    expect(dialog).to_be_hidden()


def test_the_menu_opens_by_key_and_shuts_at_escape(site: str, open_window: Callable[..., Window]):
    page = open_window("en", width=360).page
    page.goto(f"{site}/parts/")
    menu = page.locator("details[data-menu]")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_what_was_typed_comes_back(site: str, open_window: Callable[..., Window]):
    page = open_window("en").page
    page.goto(f"{site}/parts/?fresh=1")
    page.get_by_label("About you").fill("Three generations of rattan")
    expect(page.locator("[data-draft-state]")).to_have_text("Kept on this device")
    page.reload()
    expect(page.get_by_label("About you")).to_have_value("Three generations of rattan")


def test_the_summary_of_errors_leads_to_the_field(site: str, open_window: Callable[..., Window]):
    page = open_window("en").page
    page.goto(f"{site}/parts/")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.locator("[data-error-summary]").get_by_role("link", name="Smallest order").click()
    expect(page.get_by_label("Smallest order")).to_be_focused()


def test_a_clock_runs_and_says_when_it_is_over(site: str, page: Page):
    page.clock.install(time=0)
    page.clock.pause_at(1000)  # stands until it is wound on
    page.goto(f"{site}/parts/")
    clock = page.locator(".countdown")
    expect(clock.locator("[data-countdown-time]")).to_have_text("12:41")
    page.clock.fast_forward(462_000)
    expect(clock.locator("[data-countdown-say]")).to_contain_text("5")
    page.clock.fast_forward(400_000)
    expect(clock).to_have_class(re.compile("is-over"))


def test_the_page_for_nothing_here(site: str, page: Page):
    page.goto(f"{site}/trouble/")
    check_axe(page)
