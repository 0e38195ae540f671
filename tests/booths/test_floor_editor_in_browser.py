"""Drawing the plan in Chromium: a hall, a block, moves by keys, back and forth, merging, publishing."""

import re

import pytest
from playwright.sync_api import expect

from booths.models import Booth, FloorDraft, FloorVersion, Reservation
from tests import world
from tests.browsing import check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = re.compile("^(Saved|Đã lưu)$")


@pytest.fixture
def edition():
    return world.edition(slug="hgs-2018")


@pytest.fixture
def editor(edition, live_site, open_window):
    """Opens the editor with a draft, as the booth desk."""

    def open_editor(language="en", **size):
        window = open_window(language, **size)
        window.sign_in(world.officer(edition, "booth_desk"), live_site)
        window.page.goto(f"{live_site}/hgs-2018/desk/floor/")
        check_axe(window.page)
        window.page.locator("main form .btn.primary").click()
        expect(window.page.locator(".floor-editor")).to_have_class(re.compile("ready"))
        return window

    return open_editor


def chosen(page):
    return page.locator("[data-title]")


def field(page, name):
    return page.locator(f"[data-field={name}] input")


def find(page, codes):
    if page.locator("[data-chosen]").is_visible():
        page.locator("[data-unchoose]").click()
    page.locator("#find-booths").fill(codes)
    page.locator("[data-find] button").click()


def wait_saved(page):
    expect(page.locator("[data-state]")).to_have_attribute("data-state", "saved")


def content():
    return FloorDraft.objects.get().content


def test_from_the_first_hall_to_the_published_plan(edition, editor, live_site):
    page = editor().page
    box = page.locator("#plan").bounding_box()
    page.locator("[data-tool=hall]").click()
    page.mouse.move(box["x"] + 150, box["y"] + 120)
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + 400, steps=4)
    page.mouse.up()
    expect(chosen(page)).to_have_text("Hall A")
    wait_saved(page)
    for name, size in (("x", "0"), ("y", "0"), ("width", "60"), ("depth", "40")):
        field(page, name).fill(size)
        field(page, name).blur()
    wait_saved(page)
    page.locator("summary", has_text="Add or change a zone").click()
    zone = page.locator("form[data-plan-edit=zone]")
    zone.locator("[name=code]").fill("GS")
    zone.locator("[name=name_vi]").fill("Gốm sứ")
    zone.locator("button[type=submit]").click()
    expect(page.locator("[data-count=zones]")).to_have_text("1")

    page.locator("[data-edit=lay]").click()
    check_axe(page)
    block = page.locator("form[data-plan-edit=lay]")
    block.locator("[name=skip]").fill("4")
    block.locator("button[type=submit]").click()
    expect(page.locator("[data-count=booths]")).to_have_text("12")
    assert sorted(one["code"] for one in content()["booths"].values())[:4] == ["A01", "A02", "A03", "A05"]

    find(page, "A01")
    expect(field(page, "x")).to_have_value("3")
    page.locator("#plan").focus()
    page.keyboard.press("ArrowRight")
    expect(field(page, "x")).to_have_value("3.5")
    page.keyboard.press("Shift+ArrowDown")
    expect(field(page, "y")).to_have_value("8")
    page.locator("[data-step=undo]").click()
    expect(field(page, "x")).to_have_value("3")
    page.keyboard.press("Control+y")
    expect(field(page, "y")).to_have_value("8")
    page.keyboard.press("Control+z")
    expect(field(page, "y")).to_have_value("3")
    wait_saved(page)

    find(page, "A01-A02")
    page.locator(".fe-deeds [data-edit=merge]").click()
    expect(page.locator("[data-count=booths]")).to_have_text("11")
    expect(field(page, "width")).to_have_value("6")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-count=booths]")).to_have_text("12")
    page.keyboard.press("Control+y")
    expect(page.locator("[data-count=booths]")).to_have_text("11")
    wait_saved(page)
    check_axe(page)

    page.get_by_role("link", name="Compare and publish").click()
    check_axe(page)
    page.locator("[name=note]").fill("First plan")
    page.get_by_role("button", name="Publish the plan").click()
    expect(page.locator(".note.ok")).to_be_visible()
    assert Booth.objects.filter(edition=edition).count() == 11
    assert Booth.objects.get(edition=edition, code="A01").width == 6
    assert FloorVersion.objects.get().note == "First plan"
    page.goto(f"{live_site}/hgs-2018/desk/floor/versions/")
    check_axe(page)


def test_a_booth_that_somebody_has_stays_and_its_holder_is_named(edition, editor):
    booths = world.floor(edition)
    application = world.application(edition)
    Reservation.objects.create(
        edition=edition, booth=booths[0], application=application, company=application.company, state="confirmed",
        held_until=world.NOON,
    )  # fmt: skip
    window = editor()
    page = window.page
    window.watch.expects(409)
    find(page, "A01")
    expect(page.locator("[data-facts]")).to_contain_text(application.company.name_vi)
    page.locator("[data-remove]").click()
    expect(page.locator("[data-refused]")).to_contain_text(application.company.name_vi)
    expect(page.locator("[data-count=booths]")).to_have_text("4")
    check_axe(page)


def test_two_editors_keep_what_both_drew(edition, editor, open_window, live_site):
    world.floor(edition)
    window = editor()
    first = window.page
    other = open_window("vi", width=390, height=844)
    other.sign_in(world.officer(edition, "booth_desk"), live_site)
    second = other.page
    second.goto(f"{live_site}/hgs-2018/desk/floor/")
    expect(second.locator(".floor-editor")).to_have_class(re.compile("ready"))
    check_axe(second)
    window.watch.expects(409)
    other.watch.expects(409)
    for page, code in ((first, "A01"), (second, "A04")):
        find(page, code)
        page.locator("#plan").focus()
        page.keyboard.press("ArrowDown")
    wait_saved(first)
    wait_saved(second)
    moved = {one["code"]: one["y"] for one in content()["booths"].values()}
    assert moved == {"A01": 3.5, "A02": 3.0, "A03": 3.0, "A04": 3.5}


def test_a_frame_and_shift_choose_several(edition, editor):
    world.floor(edition)
    page = editor().page
    first, second = (page.locator(f"[data-key=b{booth.pk}] .fe-cell") for booth in Booth.objects.order_by("code")[:2])
    from_, to = first.bounding_box(), second.bounding_box()
    page.mouse.move(from_["x"] - 4, from_["y"] - 4)
    page.mouse.down()
    page.mouse.move(to["x"] + 4, to["y"] + 4, steps=3)
    page.mouse.up()
    expect(chosen(page)).to_have_text("A01, A02")
    second.click(modifiers=["Shift"])
    expect(chosen(page)).to_have_text("A01")
    page.mouse.move(from_["x"] + 5, from_["y"] + 5)
    page.mouse.down()
    page.mouse.move(from_["x"] + 5, from_["y"] + 105, steps=5)
    page.mouse.up()
    wait_saved(page)
    assert {one["code"]: one["y"] > 3 for one in content()["booths"].values()}["A01"]


def test_the_edits_work_without_a_script(edition, editor, open_window, live_site):
    world.floor(edition)
    window = open_window("en", java_script_enabled=False)
    window.sign_in(world.officer(edition, "booth_desk"), live_site)
    page = window.page
    page.goto(f"{live_site}/hgs-2018/desk/floor/")
    page.locator("main form .btn.primary").click()
    page.locator("details[data-edit-name=merge] summary").click()
    page.locator("form[data-plan-edit=merge] [name=booths]").fill("A01 A03")
    window.watch.expects(422)
    page.locator("form[data-plan-edit=merge] button").click()
    expect(page.locator("details[data-edit-name=merge]")).to_contain_text("rectangle")
    page.locator("form[data-plan-edit=merge] [name=booths]").fill("A01-A02")
    page.locator("form[data-plan-edit=merge] button").click()
    expect(page.locator("[data-count=booths]")).to_have_text("3")
