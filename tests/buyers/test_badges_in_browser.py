"""Badges in Chromium: kept on the phone without a network, given at the desk by keyboard alone, printed."""

import pytest
from playwright.sync_api import expect

from buyers.models import Badge, PrintRun
from fairs import clock, live
from tests import world
from tests.browsing import PATIENCE, check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL_KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys())
        found.push(...(await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname));
    return found;
}"""


@pytest.fixture
def fair(site_at, monkeypatch):
    """The first morning: an importer with a badge."""
    monkeypatch.setattr(live, "_muted", True)
    with clock.at(world.FIRST_MORNING):
        edition = world.edition(slug="hgs-2018")
        person = world.person("Linnea Berg", given_name="Linnea", language="en")
        company = world.importer_company(person, name_vi="Linnea Textil AB", country="SE")
        yield {
            "edition": edition,
            "person": person,
            "badge": world.badge(edition, person, company),
            "site": site_at(world.FIRST_MORNING),
        }


def open_badge(fair, window):
    """The person's badge, opened while there is a network, and kept."""
    window.sign_in(fair["person"], fair["site"])
    window.page.goto(f"{fair['site']}/hgs-2018/badge/")
    wait_until_kept(window.page, lambda paths: any(path.endswith("/icons.svg") for path in paths))
    return window.page


def without_viewer(page):
    """The viewer of a Chromium without a screen falls over when it is told to print; the PDF has tests of its own."""
    page.route("**/badges/*.pdf**", lambda route: route.fulfill(body="", content_type="text/plain"))


def wait_until_kept(page, as_meant):
    """What is kept is asked for again until it is as meant; what a page waits for must not be a promise."""
    for _turn in range(PATIENCE // 100):
        if as_meant(page.evaluate(ALL_KEPT)):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"kept in the end: {page.evaluate(ALL_KEPT)}")


def test_a_badge_opened_once_is_there_without_a_network(fair, open_window):
    window = open_window("en", width=390, height=844)
    page = open_badge(fair, window)
    expect(page.locator("[data-kept]")).to_be_hidden()
    with_network = page.locator(".badge-card .qr path").get_attribute("d")
    assert not window.watch.problems
    window.context.set_offline(True)
    page.goto(f"{fair['site']}/hgs-2018/badge/")
    expect(page.locator("[data-kept]")).to_contain_text("No network")
    expect(page.locator("[data-kept-when]")).to_contain_text("this minute")
    expect(page.locator(".badge-code").first).to_have_text(fair["badge"].code)
    assert page.locator(".badge-card .qr path").get_attribute("d") == with_network
    assert page.locator(".badge-card").evaluate("one => getComputedStyle(one).borderRadius") == "14px"  # its style too
    check_axe(page)
    window.context.set_offline(False)
    expect(page.locator("[data-kept]")).to_be_hidden()  # it comes back by itself
    window.watch.problems.clear()  # what failed for want of a network


def test_no_other_page_is_kept(fair, open_window):
    window = open_window("en", width=390, height=844)
    page = open_badge(fair, window)
    page.goto(f"{fair['site']}/hgs-2018/my-registration/")
    page.goto(f"{fair['site']}/hgs-2018/badge/")
    kept = page.evaluate(ALL_KEPT)
    assert [path for path in kept if not path.startswith("/static/")] == ["/hgs-2018/badge/"]


def test_a_revoked_badge_is_wiped_at_the_next_contact(fair, open_window):
    window = open_window("en", width=390, height=844)
    page = open_badge(fair, window)
    Badge.objects.update(state="revoked")
    page.reload()
    expect(page.locator(".badge-card")).to_have_count(0)
    wait_until_kept(page, lambda paths: not paths)


def test_signing_out_wipes_it_at_once(fair, open_window):
    window = open_window("en", width=390, height=844)
    page = open_badge(fair, window)
    page.goto(f"{fair['site']}/accounts/logout/")
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "logout" not in url)
    assert page.evaluate(ALL_KEPT) == []


def test_a_session_that_ended_wipes_it_at_the_next_contact(fair, open_window):
    window = open_window("en", width=390, height=844)
    page = open_badge(fair, window)
    window.context.clear_cookies()
    page.goto(f"{fair['site']}/hgs-2018/badge/")
    page.wait_for_url(lambda url: "login" in url)
    wait_until_kept(page, lambda paths: not paths)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_guest_is_registered_by_keyboard_alone(fair, open_window, language):
    window = open_window(language)
    window.sign_in(world.officer(fair["edition"], "gate"), fair["site"])
    page = window.page
    without_viewer(page)
    page.goto(f"{fair['site']}/hgs-2018/desk/welcome/")
    check_axe(page)
    for text in ("Keiko Morita", "Morita Living"):  # the name has the focus from the start
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.type("Nh" if language == "vi" else "Japan")
    page.keyboard.press("Tab")
    page.keyboard.type("keiko@morita.example")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # from trade visitor to visitor
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    with page.expect_request("**/badges/*.pdf**") as printed:
        page.keyboard.press("Enter")
    assert printed.value.url.endswith("?size=a6")
    expect(page.locator(".welcome-given")).to_contain_text("Keiko Morita")
    expect(page.locator("#id_full_name")).to_be_focused()
    check_axe(page)
    badge = Badge.objects.get(kind="visitor")
    assert (badge.whose, badge.person.email) == ("Morita Living", "keiko@morita.example")


def test_somebody_known_is_offered_with_the_focus(fair, open_window):
    window = open_window("en", width=390, height=844)
    window.sign_in(world.officer(fair["edition"], "importer_desk"), fair["site"])
    page = window.page
    without_viewer(page)
    page.goto(f"{fair['site']}/hgs-2018/desk/welcome/")
    page.keyboard.type("linnea berg")
    page.locator("#id_registration").check()
    page.keyboard.press("Enter")
    first = page.locator("[data-offered] button").first
    expect(first).to_be_focused()
    expect(first).to_contain_text("Linnea Textil AB")
    check_axe(page)
    page.locator("input[name=kind][value=importer]").check()
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".welcome-given")).to_contain_text("Linnea Berg")
    assert Badge.objects.count() == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_desk_issues_and_prints(fair, open_window, language):
    window = open_window(language)
    window.sign_in(world.officer(fair["edition"], "importer_desk"), fair["site"])
    page = window.page
    page.goto(f"{fair['site']}/hgs-2018/desk/badges/new/")
    check_axe(page)
    page.locator("#id_kind").select_option("press")
    page.locator("#id_full_name").fill("Anna Rossi")
    page.locator("main form .btn.primary").click()
    expect(page.locator("h1")).to_have_text("Anna Rossi")
    check_axe(page)
    page.goto(f"{fair['site']}/hgs-2018/desk/badges/")
    page.locator("thead input[type=checkbox]").check()
    check_axe(page)
    page.locator("#bulk button[value=ticked]").click()
    expect(page.locator(".frame-title")).to_be_visible()
    check_axe(page)
    assert PrintRun.objects.get().number == 2
