"""The gate in Chromium: a device enrolled, typed codes, a scanner's keys, the camera, the sound of each answer."""

import json
import subprocess
import sys

import pytest
from PIL import Image
from playwright.sync_api import expect

from buyers.faces import faces
from buyers.models import Device, Scan
from fairs.papers.badge import badge_pdf
from tests.browsing import check_axe, hold_answers, let_go
from tests.buyers.devices import enrolment, open_device
from tests.papers import needs_poppler, page_of
from tests.services import chromium_program

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEN = (1280, 720)  # what the camera of a cheap phone shows a page
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


def type_code(page, code):
    page.locator("#id_code").fill(code)
    page.keyboard.press("Enter")


def test_a_device_is_enrolled_by_its_qr_and_answers_a_typed_code(gate_fair, open_window):
    window = open_window("vi", width=390, height=844)
    hold_answers(window.page)
    page = open_device(gate_fair, window)
    assert "#" not in page.url  # the code that enrols is gone from the address
    assert Device.objects.get().state == "active"
    expect(page.locator("#id_code")).to_be_focused()
    expect(page.locator("[data-list]")).to_contain_text("1")
    check_axe(page)
    type_code(page, gate_fair["badge"].code.lower())
    expect(page.locator("[data-answer=ok]")).to_contain_text("Linnea Berg")
    expect(page.locator("[data-answer=ok]")).to_contain_text("Linnea Textil AB")
    check_axe(page)
    let_go(page)
    expect(page.locator("[data-answer]")).to_have_count(0)
    expect(page.locator("#id_code")).to_be_focused()
    assert Scan.objects.get().entered


def test_already_in_is_let_in_when_they_left_unread(gate_fair, open_window):
    page = open_device(gate_fair, open_window("vi", width=390, height=844))
    type_code(page, gate_fair["badge"].qr_code)
    expect(page.locator("[data-answer=ok]")).to_be_visible()
    type_code(page, gate_fair["badge"].qr_code)
    expect(page.locator("[data-answer=again]")).to_contain_text("Cổng 1")
    check_axe(page)
    page.locator("[data-came-back]").click()
    expect(page.locator("[data-answer=ok]")).to_be_visible()
    expect(page.locator("[data-sent]")).not_to_have_class("is-waiting")
    assert Scan.objects.entries().count() == 2
    assert Scan.objects.filter(direction="out").count() == 1


def test_a_scanner_that_types_needs_no_mouse(gate_fair, open_window):
    page = open_device(gate_fair, open_window("vi"))
    type_code(page, "ZZZZ ZZZZ")
    expect(page.locator("[data-answer=unknown]")).to_be_visible()
    check_axe(page)
    page.keyboard.type(gate_fair["badge"].qr_code)  # the answer still stands; the page listens all the same
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer=ok]")).to_be_visible()


def test_a_vietnamese_keyboard_left_on_spoils_no_code(gate_fair, open_window):
    """Keys as a Telex keyboard sends them: the letter withheld, the place of the key told, then a letter put in."""
    page = open_device(gate_fair, open_window("vi"))
    keys = page.context.new_cdp_session(page)
    for digit in gate_fair["badge"].short_code:
        place = f"Digit{digit}" if digit.isdigit() else f"Key{digit}"
        key = {"code": place, "key": "Process", "windowsVirtualKeyCode": 229}
        keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
        keys.send("Input.imeSetComposition", {"text": "ươ", "selectionStart": 2, "selectionEnd": 2})
        keys.send("Input.insertText", {"text": "â"})
        keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    expect(page.locator("#id_code")).to_have_value(gate_fair["badge"].short_code)
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer=ok]")).to_be_visible()


def test_every_answer_sounds_different(gate_fair, open_window):
    window = open_window("vi")
    window.page.add_init_script(KEEP_TONES)
    page = open_device(gate_fair, window)
    page.locator("#id_code").click()  # a browser lets a page sound once somebody has touched it
    page.wait_for_function("() => window.audio?.state === 'running'")
    heard = []
    for code, answer in (
        (gate_fair["badge"].qr_code, "ok"),
        (gate_fair["badge"].qr_code, "again"),
        ("ZZZZ", "unknown"),
    ):
        page.evaluate("() => { window.tones = []; }")
        type_code(page, code)
        expect(page.locator(f"[data-answer={answer}]")).to_be_visible()
        heard.append(tuple(page.evaluate("() => window.tones.map((tone) => Math.round(tone.value))")))
    assert all(heard)
    assert len(set(heard)) == 3


def test_a_device_that_is_cut_off_forgets_who_comes(gate_fair, open_window):
    window = open_window("vi", width=390, height=844)
    window.watch.expects(403)
    page = open_device(gate_fair, window)
    Device.objects.update(state="cut_off")
    type_code(page, gate_fair["badge"].short_code)
    expect(page.locator("[data-screen=cut-off]")).to_be_visible()
    check_axe(page)
    assert page.evaluate("async () => [await Gate.store.countBadges(), await Gate.store.fact('key')]") == [0, None]


def test_after_the_fair_the_list_is_wiped(gate_fair, open_window):
    window = open_window("vi")
    page = open_device(gate_fair, window)
    page.evaluate("""async () => {
        const orders = await Gate.store.fact("orders");
        await Gate.store.setFact("orders", { ...orders, wipe: orders.now - 1 });
    }""")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-list]")).to_contain_text("đã xóa")
    assert page.evaluate("() => Gate.store.countBadges()") == 0
    window.watch.problems.clear()  # that requests failed is the point


LOOK = """
import json, sys
from playwright.sync_api import sync_playwright
given = json.load(sys.stdin)
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=given["program"], args=[
        "--no-sandbox", "--disable-dev-shm-usage", "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream", "--use-file-for-fake-video-capture=" + given["film"]])
    context = browser.new_context(permissions=["camera"])
    page = context.new_page()
    faults = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(given["address"])
    page.locator("[data-start-camera]").click()
    # The words are taken in the same look that finds them: the answer goes away by itself.
    shown = page.wait_for_function("() => document.querySelector('[data-answer=ok]')?.innerText", timeout=45000)
    said = shown.json_value()
    page.wait_for_timeout(1500)
    print(json.dumps({"said": said, "faults": faults}))
    browser.close()
"""


@needs_poppler
def test_the_camera_reads_a_printed_badge_held_before_it(gate_fair, tmp_path):
    seen = _look(enrolment(gate_fair), _film_of(gate_fair["badge"], tmp_path))
    assert "Linnea Berg" in seen["said"]
    assert seen["faults"] == []
    assert Scan.objects.get().result == "ok"  # held still, it is one reading


def _look(address, film):
    """In a browser of its own: which film the camera shows is fixed when Chromium starts."""
    given = {"program": str(chromium_program()), "film": str(film), "address": address}
    done = subprocess.run(
        [sys.executable, "-c", LOOK], input=json.dumps(given), capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def _film_of(badge, folder):
    """The badge as it is printed, held before a camera and a little turned: a film of a few pictures."""
    printed = page_of(badge_pdf(faces([badge])), folder)
    film = folder / "badge.mjpeg"
    with film.open("wb") as pictures:
        for turn in (3, 5, 7):
            picture = Image.new("RGB", SEEN, "#777777")
            held = printed.rotate(turn, expand=True, fillcolor="#777777", resample=Image.Resampling.BICUBIC)
            held.thumbnail(SEEN)
            picture.paste(held, ((SEEN[0] - held.width) // 2, (SEEN[1] - held.height) // 2))
            picture.save(pictures, "JPEG", quality=85)
    return film
