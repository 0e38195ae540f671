"""The gate in Chromium: typed codes, a scanner's keys, the camera, the sound of each answer."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from buyers.models import Gate, Scan
from fairs import clock
from fairs.papers import qr
from tests import world
from tests.browsing import check_axe, hold_answers, let_go
from tests.services import chromium_program

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def fair(site_at):
    """The first morning: a gate, its keeper, and an importer with a badge."""
    with clock.at(world.FIRST_MORNING):
        edition = world.edition(slug="hgs-2018")
        person = world.person("Linnea Berg", given_name="Linnea", language="en")
        company = world.importer_company(person, name_vi="Linnea Textil AB", country="SE")
        return {
            "edition": edition,
            "gate": Gate.objects.create(edition=edition, name_vi="Cổng 1", name_en="Gate 1"),
            "keeper": world.officer(edition, "gate"),
            "badge": world.badge(edition, person, company),
            "site": site_at(world.FIRST_MORNING),
        }


KEEP_TONES = """
window.AudioContext = class extends AudioContext {
    constructor() {
        super();
        window.audio = this;
    }
    createOscillator() {
        const one = super.createOscillator();
        window.tones.push(one.frequency);
        return one;
    }
};
"""


def open_gate(fair, window, direction="in"):
    """The page that reads badges; its answers stay until they are let go, so that no test has to be quick."""
    window.sign_in(fair["keeper"], fair["site"])
    hold_answers(window.page)
    window.page.goto(f"{fair['site']}/hgs-2018/gate/{fair['gate'].pk}/scan/?direction={direction}")
    return window.page


def type_code(page, code):
    page.locator("#id_code").fill(code)
    page.keyboard.press("Enter")


def test_a_typed_code_fills_the_screen_and_goes_on_by_itself(fair, open_window):
    page = open_gate(fair, open_window("vi", width=390, height=844))
    expect(page.locator("#id_code")).to_be_focused()
    check_axe(page)
    type_code(page, fair["badge"].code.lower())
    expect(page.locator("[data-answer=welcome]")).to_contain_text("Linnea Berg")
    expect(page.locator(".gate-foot dd").first).to_have_text("1")
    check_axe(page)
    let_go(page)
    expect(page.locator("[data-answer]")).to_have_count(0)
    expect(page.locator("#id_code")).to_be_focused()


def test_already_in_is_let_in_when_they_left_unread(fair, open_window):
    page = open_gate(fair, open_window("vi", width=390, height=844))
    type_code(page, fair["badge"].qr_code)
    expect(page.locator("[data-answer=welcome]")).to_be_visible()
    type_code(page, fair["badge"].qr_code)
    expect(page.locator("[data-answer=already_in]")).to_be_visible()
    check_axe(page)
    page.get_by_role("button", name="Ra rồi vào").click()
    expect(page.locator("[data-answer=welcome]")).to_be_visible()
    assert Scan.objects.entries().count() == 2


def test_a_scanner_that_types_needs_no_mouse(fair, open_window):
    page = open_gate(fair, open_window("vi"))
    type_code(page, "ZZZZ ZZZZ")
    expect(page.locator("[data-answer=unknown]")).to_be_visible()
    check_axe(page)
    page.keyboard.type(fair["badge"].qr_code)  # the answer still stands; the field listens all the same
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer=welcome]")).to_be_visible()


def test_every_answer_sounds_different(fair, open_window):
    window = open_window("vi")
    window.page.add_init_script(KEEP_TONES)
    page = open_gate(fair, window)
    page.locator("#id_code").click()  # a browser lets a page sound once somebody has touched it
    page.wait_for_function("() => window.audio?.state === 'running'")
    heard = []
    for code, answer in (
        (fair["badge"].qr_code, "welcome"),
        (fair["badge"].qr_code, "already_in"),
        ("ZZZZ", "unknown"),
    ):
        page.evaluate("() => { window.tones = []; }")
        type_code(page, code)
        expect(page.locator(f"[data-answer={answer}]")).to_be_visible()
        heard.append(tuple(page.evaluate("() => window.tones.map((tone) => Math.round(tone.value))")))
    assert all(heard)
    assert len(set(heard)) == 3


def test_a_lost_network_is_said_and_nothing_is_claimed(fair, open_window):
    window = open_window("vi", width=390, height=844)
    page = open_gate(fair, window)
    page.route("**/scan/", lambda route: route.abort("internetdisconnected"))
    type_code(page, fair["badge"].qr_code)
    expect(page.locator("[data-trouble]")).to_contain_text("mất mạng")
    expect(page.locator("[data-offline]")).to_be_visible()
    window.watch.problems.clear()
    page.unroute("**/scan/")
    type_code(page, fair["badge"].qr_code)
    expect(page.locator("[data-answer=welcome]")).to_be_visible()
    expect(page.locator("[data-offline]")).to_be_hidden()


LOOK = """
import json, sys
from playwright.sync_api import sync_playwright
given = json.load(sys.stdin)
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=given["program"], args=[
        "--no-sandbox", "--disable-dev-shm-usage", "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream", "--use-file-for-fake-video-capture=" + given["film"]])
    context = browser.new_context(permissions=["camera"])
    context.add_cookies([given["cookie"]])
    page = context.new_page()
    faults = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(given["address"])
    page.locator("[data-start-camera]").click()
    # The words are taken in the same look that finds them: the answer goes away by itself.
    shown = page.wait_for_function("() => document.querySelector('[data-answer=welcome]')?.innerText", timeout=45000)
    said = shown.json_value()
    page.wait_for_timeout(1500)
    print(json.dumps({"said": said, "faults": faults}))
    browser.close()
"""


def test_the_camera_reads_a_badge_held_before_it(fair, open_window, tmp_path):
    window = open_window("vi")
    window.sign_in(fair["keeper"], fair["site"])
    film = tmp_path / "badge.mjpeg"
    _film_of(fair["badge"].qr_code, film)
    seen = _look(window, fair, film)
    assert "Linnea Berg" in seen["said"]
    assert seen["faults"] == []
    assert Scan.objects.get().result == "welcome"  # held still, it is one reading


def _look(window, fair, film):
    """In a browser of its own: which film the camera shows is fixed when Chromium starts."""
    [cookie] = window.context.cookies()
    given = {
        "program": str(chromium_program()),
        "film": str(film),
        "cookie": {"name": cookie["name"], "value": cookie["value"], "url": fair["site"]},
        "address": f"{fair['site']}/hgs-2018/gate/{fair['gate'].pk}/scan/",
    }
    done = subprocess.run(
        [sys.executable, "-c", LOOK], input=json.dumps(given), capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def _film_of(token: str, path: Path) -> None:
    """A badge's QR code on a grey ground, a little turned, as a film of a few pictures."""
    rows = qr.matrix(token)
    module = 7
    side = (len(rows) + 8) * module
    code = Image.new("RGB", (side, side), "white")
    pen = ImageDraw.Draw(code)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                left, top = (x + 4) * module, (y + 4) * module
                pen.rectangle([left, top, left + module - 1, top + module - 1], fill="#231713")
    with path.open("wb") as film:
        for turn in (3, 5, 7):
            picture = Image.new("RGB", (640, 480), "#777777")
            turned = code.rotate(turn, expand=True, fillcolor="#777777", resample=Image.Resampling.BICUBIC)
            picture.paste(turned, ((640 - turned.width) // 2, (480 - turned.height) // 2))
            picture.save(film, "JPEG", quality=85)
