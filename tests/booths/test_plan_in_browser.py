"""The floor plan at several windows: each sees at once what happens at another, told by the socket and nothing else."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests import world
from tests.browsing import PATIENCE, check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# When the button was pressed, and when a booth's shape became another: by one clock, that of the machine.
KEEP_TIMES = """() => {
    window.changedAt = {};
    new MutationObserver((changes) => {
        for (const { target } of changes)
            if (target.matches("#floor a")) window.changedAt[target.lastElementChild.textContent] ??= Date.now();
    }).observe(document.getElementById("floor"), { subtree: true, attributeFilter: ["class"] });
    document.addEventListener("click", (event) => {
        if (event.target.closest("#hold")) window.pressedAt = Date.now();
    }, true);
}"""


class Onlooker:
    """A window with the plan open: what it was told by the socket, and what it asked the site for."""

    def __init__(self, site, window, person=None):
        self.page, self.told, self.asked = window.page, [], []
        if person:
            window.sign_in(person, site)
        self.page.on("websocket", lambda socket: socket.on("framereceived", lambda said: self.told.append(said)))
        self.page.goto(f"{site}/hgs-2018/plan/")
        expect(self.page.locator("[data-live-state]")).to_have_attribute("data-live-state", "on")
        self.page.evaluate(KEEP_TIMES)
        self.page.on("request", lambda request: self.asked.append(request.url))

    def hold(self, code):
        self.page.locator("#floor a", has_text=code).click()
        self.page.locator("#hold").click()
        expect(self.page.locator("#panel [data-countdown-time]")).to_have_text(re.compile(r"^\d+:\d\d$"))
        # Its script has begun by then, and the plan has found its size: booths move no more under the pointer.
        expect(self.page.locator("[data-live-state]")).to_have_attribute("data-live-state", "on")

    def sees(self, booth):
        title = self.page.locator("#floor a title", has_text=booth.split(",")[0])
        expect(title).to_have_text(booth)


def hold_back(page):
    """The next request for a panel will be in this list, and not go on to the site by itself."""
    waiting = []
    page.route(re.compile(r"/plan/\?b="), lambda route: waiting.append(route), times=1)
    return waiting


def come(page, waiting):
    """The request that is held back, once it has left the page: that is later than the page says so."""
    for _try in range(PATIENCE // 50):
        if waiting:
            return waiting.pop()
        page.wait_for_timeout(50)
    pytest.fail("the page has asked for no panel")


def seconds_between(presser, onlooker, code):
    return (onlooker.page.evaluate("code => window.changedAt[code]", code) - presser.page.evaluate("pressedAt")) / 1000


@pytest.fixture
def people():
    edition = world.edition(slug="hgs-2018")
    world.floor(edition)
    return [world.application(edition).contact for _number in range(2)]


def test_two_windows_see_each_others_holds(people, live_site, open_window, record_property):
    first, second = (Onlooker(live_site, open_window("vi"), person) for person in people)
    anybody = Onlooker(live_site, open_window("en"))
    assert not anybody.told
    first.hold("A01")
    second.sees("A01, đang giữ")
    anybody.sees("A01, on hold")
    second.hold("A02")
    first.sees("A02, đang giữ")
    anybody.sees("A02, on hold")
    for name, presser, code in (("first", first, "A01"), ("second", second, "A02")):
        record_property(f"seconds until the {name} hold was seen", seconds_between(presser, anybody, code))


def test_the_plan_asks_only_when_the_socket_says_so(people, live_site, open_window):
    deaf = open_window("en")
    deaf.page.route_web_socket(re.compile("/ws/"), lambda socket: None)  # opens, and never says a word
    deaf, anybody = Onlooker(live_site, deaf), Onlooker(live_site, open_window("en"))
    holder = Onlooker(live_site, open_window("vi"), people[0])
    assert (anybody.told, anybody.asked) == ([], [])
    holder.hold("A01")
    anybody.sees("A01, on hold")
    assert [json.loads(hint)["topic"] for hint in anybody.told] == ["floor"]
    assert any(url.endswith("/plan/signs.json") for url in anybody.asked), "the first version is read as a whole"
    asked = len(anybody.asked)
    holder.hold("A02")
    anybody.sees("A02, on hold")
    assert json.loads(anybody.told[-1])["signs"] == {"1": "h"}
    assert len(anybody.asked) == asked, "a later one brings what changed"
    assert deaf.asked == []
    deaf.sees("A01, free")


def test_a_panel_can_be_read_while_the_next_one_is_fetched(people, live_site, open_window):
    page = Onlooker(live_site, open_window("en"), people[0]).page
    page.locator("#floor a", has_text="A01").click()
    expect(page.locator("#panel")).to_have_attribute("data-chosen", "A01")
    waiting = hold_back(page)
    page.locator("#floor a", has_text="A02").click()
    request = come(page, waiting)
    expect(page.locator("#panel")).to_have_class(re.compile("htmx-request"))
    check_axe(page)
    request.continue_()
    expect(page.locator("#panel")).to_have_attribute("data-chosen", "A01 A02")


def test_what_one_holds_is_not_chosen_again_with_the_next_booth(people, live_site, open_window):
    window = open_window("en")
    window.page.route_web_socket(re.compile("/ws/"), lambda socket: None)  # no hint says that A01 is held
    holder = Onlooker(live_site, window, people[0])
    holder.hold("A01")
    window.page.locator("#floor a", has_text="A02").click()
    expect(window.page.locator("#panel")).to_have_attribute("data-chosen", "A02")
    expect(window.page.locator("#hold")).to_be_visible()


def test_booths_chosen_faster_than_the_site_answers_are_chosen_together(people, live_site, open_window):
    page = Onlooker(live_site, open_window("en"), people[0]).page
    waiting = hold_back(page)
    page.locator("#floor a", has_text="A01").click()
    request = come(page, waiting)
    expect(page.locator("#panel")).to_have_class(re.compile("htmx-request"))
    page.locator("#floor a", has_text="A02").click()
    request.continue_()
    expect(page.locator("#panel")).to_have_attribute("data-chosen", "A01 A02")
