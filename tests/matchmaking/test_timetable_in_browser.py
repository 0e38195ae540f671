"""The timetable's console in Chromium, from the empty list to what became of each meeting."""

import pytest
from playwright.sync_api import expect

from fairs import clock, live
from matchmaking.actions.timetable_publishing import book_timetable
from matchmaking.models import Meeting, Timetable
from tests import world
from tests.browsing import check_axe
from tests.matchmaking.planning import fair, proposed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("vi", 390), ("en", 1280)])
def test_from_the_empty_list_to_the_agendas(live_site, open_window, monkeypatch, language, width):
    monkeypatch.setattr(live, "_muted", True)
    with clock.at(world.NOON):
        edition, _makers, _buyers = fair(importers=4, exhibitors=5)
        desk = world.officer(edition, "matchmaking_desk")
    window = open_window(language, width=width)
    window.sign_in(desk, live_site)
    page, home = window.page, f"{live_site}/{edition.slug}/desk/meetings/timetable/"
    page.goto(home)
    check_axe(page)
    with clock.at(world.NOON):
        planned = proposed(edition, by=desk)
    page.goto(f"{home}{planned.number}/")
    check_axe(page)
    pins = page.locator("form[action$='/pin/'] button")
    pins.first.click()
    expect(page.locator("#good-title")).to_contain_text("2")
    check_axe(page)
    page.goto(f"{home}{planned.number}/?by=time")
    check_axe(page)
    page.locator("form[action$='/repair/'] button").click()
    page.goto(f"{home}{planned.number}/compare/")
    check_axe(page)
    page.goto(f"{home}{planned.number}/publish/")
    check_axe(page)
    page.locator("main form .btn.primary").click()
    expect(page.locator("#booking")).to_be_visible()
    check_axe(page)
    with clock.at(world.NOON):
        book_timetable(Timetable.objects.get().pk)
    page.reload()
    check_axe(page)
    assert Meeting.objects.filter(state="accepted").count() == len(planned.current.schedule)
