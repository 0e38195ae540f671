"""The workbench of a round in Chromium: dragged on the plan, dragged from the list, moved by the code of a booth."""

import pytest
from playwright.sync_api import expect

from booths.actions import rounds
from fairs import clock, live
from tests import world
from tests.booths.rounds import asking, plan, proposed, unit
from tests.browsing import check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def edition(monkeypatch):
    """A row of ten booths. Rounds are begun beside Chromium's own loop, in which nothing can be announced."""
    monkeypatch.setattr(live, "_muted", True)
    with clock.at(world.NOON):
        made = world.edition(slug="hgs-2018")
        world.floor(made, 10)
    return made


@pytest.fixture
def bench(edition, live_site, open_window):
    """Opens the workbench of a round of one who asks for two booths, one for one, and one for more than there are."""

    def open_bench(**size):
        with clock.at(world.NOON):
            made = [asking(edition, booths=booths, minutes=booths) for booths in (2, 1, 12)]
            desk = world.officer(edition, "booth_desk")
            worked = proposed(edition, by=desk)
        window = open_window("en", **size)
        window.sign_in(desk, live_site)
        window.page.goto(f"{live_site}/hgs-2018/desk/allocation/1/")
        check_axe(window.page)
        return window, worked, [unit(one) for one in made]

    return open_bench


def booth(page, code):
    return page.locator("#plan a", has=page.locator(f"text='{code}'")).first


def middle(page, code):
    box = booth(page, code).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, start, end):
    page.mouse.move(*middle(page, start))
    page.mouse.down()
    page.mouse.move(*middle(page, end), steps=5)
    expect(page.locator("#plan .drop-here")).to_have_count(1)
    page.mouse.up()


def free_codes(worked, count):
    """The first booths of the row where so many are free side by side."""
    taken = {code for codes in plan(worked).values() for code in codes}
    codes = [f"A{number:02d}" for number in range(1, 11)]
    return next(run for run in zip(*(codes[n:] for n in range(count)), strict=False) if not taken.intersection(run))


def test_a_booth_is_dragged_to_where_it_should_begin(bench):
    window, worked, [two, _one, _large] = bench()
    page = window.page
    was, wanted = plan(worked)[two], free_codes(worked, 2)
    drag(page, was[1], wanted[1])  # grabbed by the second, it begins one before
    expect(page.locator(".note.ok")).to_contain_text(", ".join(wanted))
    assert plan(worked)[two] == list(wanted)
    expect(page.locator("#panel")).to_have_attribute("data-chosen", " ".join(wanted))
    check_axe(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    assert plan(worked)[two] == was


def test_a_click_shows_why_and_the_code_of_a_booth_moves_by_keyboard(bench):
    window, worked, [_two, one, _large] = bench()
    page = window.page
    booth(page, plan(worked)[one][0]).click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("Why ")
    [wanted] = free_codes(worked, 1)
    panel.get_by_label("First booth").focus()
    page.keyboard.type(wanted.lower())
    page.keyboard.press("Enter")
    expect(page.locator(".note.ok")).to_contain_text(wanted)
    assert plan(worked)[one] == [wanted]
    check_axe(page)
    page.locator("#panel").get_by_role("button", name="Pin").click()
    expect(page.locator(f"#row-{one}")).to_contain_text("Pinned")
    check_axe(page)


def test_somebody_is_dragged_from_the_list_to_the_plan(bench):
    window, worked, [_two, one, _large] = bench()
    page = window.page
    [wanted] = free_codes(worked, 1)
    box, (x, y) = page.locator("#plan").bounding_box(), middle(page, wanted)
    page.locator(f"#row-{one}").drag_to(page.locator("#plan"), target_position={"x": x - box["x"], "y": y - box["y"]})
    expect(page.locator(".note.ok")).to_contain_text(wanted)
    assert plan(worked)[one] == [wanted]


def test_what_a_rule_forbids_is_said_above_the_plan(bench):
    window, worked, [_two, _one, large] = bench()
    page = window.page
    window.watch.expects(422)
    before = plan(worked)
    page.locator(f"#row-{large} summary").click()
    page.locator(f"#row-{large}").get_by_label("First booth").fill("A01")
    page.keyboard.press("Enter")
    expect(page.locator(".note.stop")).to_contain_text("not enough booths of the right class side by side")
    assert plan(worked) == before


def test_on_a_phone_the_list_leads_to_the_plan_and_the_round_is_signed(bench):
    window, worked, [two, _one, _large] = bench(width=390, height=844)
    page = window.page
    page.locator(f"#row-{two} a").first.click()
    expect(page.locator("#panel")).to_have_attribute("data-chosen", " ".join(plan(worked)[two]))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Sign and send the offers").click()
    check_axe(page)
    page.get_by_role("button", name="Sign, and send").click()
    expect(page.locator(".note.ok")).to_contain_text("2 offers go out")
    check_axe(page)
    worked.refresh_from_db()
    assert worked.state == "published"


def test_the_list_of_rounds_and_the_terms_shut_nobody_out(edition, live_site, open_window):
    with clock.at(world.NOON):
        desk = world.officer(edition, "booth_desk")
        asking(edition)
        rounds.drop_round(proposed(edition, by=desk), by=desk)
    window = open_window("en")
    window.sign_in(desk, live_site)
    for address in ("", "terms/", "1/", "1/compare/"):
        window.page.goto(f"{live_site}/hgs-2018/desk/allocation/{address}")
        check_axe(window.page)
