"""The day of the fair in Chromium: a walk-in without a network, the rating, the agenda kept on the phone."""

import pytest
from playwright.sync_api import expect

from fairs import clock, live
from matchmaking.actions.meetings import accept_meeting
from matchmaking.models import Meeting
from tests import world
from tests.browsing import check_axe
from tests.matchmaking.asking import agrees, asked, page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def fair(site_at, monkeypatch):
    """The first morning, with an importer who agreed to scans and a meeting at half past ten."""
    monkeypatch.setattr(live, "_muted", True)
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides(world.edition(slug="hgs-2018"))
        sides.badge = world.badge(sides.edition, sides.buyer, sides.importer.company)
        agrees(sides)
        sides.exhibitor.company.product_groups.add(world.product_group())
        sides.site = site_at(world.FIRST_MORNING)
        return sides


def phone(fair, open_window, person):
    window = open_window("en", width=390, height=844)
    window.sign_in(person, fair.site)
    return window


def forget_lost_network(window):
    """What a browser says of requests without a network is no fault of ours."""
    assert [one for one in window.watch.problems if "ERR_INTERNET_DISCONNECTED" not in one] == []
    window.watch.problems.clear()


def test_a_walk_in_without_a_network_is_kept_sent_once_and_rated(fair, open_window):
    window = phone(fair, open_window, fair.maker)
    tab = window.page
    tab.goto(fair.site + page("walk_in", fair))
    check_axe(tab)
    window.context.set_offline(True)
    tab.get_by_label("Ceramics").check()
    tab.get_by_label("Code on the buyer’s badge").fill(fair.badge.code)
    tab.get_by_role("button", name="We met").first.click()
    expect(tab.locator("[data-lead-kept]")).to_be_visible()
    assert not Meeting.objects.exists()
    forget_lost_network(window)
    window.context.set_offline(False)
    cut = [one for one in window.watch.problems if "woff2: net::ERR_INTERNET_DISCONNECTED" in one]
    assert cut == window.watch.problems  # letters that were first needed while there was no network
    window.watch.problems.clear()
    tab.goto(fair.site + page("walk_in", fair))
    expect(tab.locator("[data-unsent]")).to_be_hidden()
    tab.reload()
    meeting = Meeting.objects.get()
    assert (meeting.walk_in, meeting.state, meeting.product_group.code) == (True, "held", "ceramics")
    tab.goto(fair.site + page("rate_meeting", fair, pk=meeting.pk))
    check_axe(tab)
    tab.get_by_label("A: very good").check()
    tab.get_by_label("We sign now").check()
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    assert page("record_deal", fair) in tab.url


def test_the_agenda_is_on_the_phone_without_a_network(fair, open_window):
    with clock.at(world.FIRST_MORNING):
        accept_meeting(asked(fair), by=fair.maker)
    window = phone(fair, open_window, fair.buyer)
    tab = window.page
    tab.goto(fair.site + page("agenda_paper", fair))
    check_axe(tab)
    tab.wait_for_function(
        "async path => (await caches.keys()).some(name => name === `kept:${path}`)", arg=page("agenda_paper", fair)
    )
    window.context.set_offline(True)
    tab.goto(fair.site + page("agenda_paper", fair))
    expect(tab.get_by_text(fair.exhibitor.company.name_vi)).to_be_visible()
    expect(tab.locator("[data-kept]")).to_be_visible()
    forget_lost_network(window)
    window.context.set_offline(False)
