"""Visitors noted on a phone in Chromium: typed, scanned, without a network, and by the card on the table."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from fairs import clock, live
from matchmaking.actions.booth_cards import make_card
from matchmaking.models import Lead, LeadVisit
from tests import world
from tests.browsing import check_axe
from tests.matchmaking.asking import agrees, page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def fair(site_at, monkeypatch):
    """The first morning, with an importer who agreed to scans and one who did not."""
    monkeypatch.setattr(live, "_muted", True)
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides(world.edition(slug="hgs-2018"))
        sides.badge = world.badge(sides.edition, sides.buyer, sides.importer.company)
        agrees(sides)
        silent = world.importer(sides.edition)
        sides.silent = world.badge(sides.edition, silent.person, silent.part.company)
        sides.card = make_card(sides.exhibitor, by=sides.maker)
        sides.site = site_at(world.FIRST_MORNING)
        return sides


def phone(fair, open_window, person=None):
    window = open_window("en", width=390, height=844)
    window.sign_in(person or fair.maker, fair.site)
    return window


def open_scan(fair, window):
    window.page.goto(fair.site + page("lead_scan", fair))
    return window.page


def note(tab, code, words=""):
    tab.get_by_label("Code on the visitor’s badge").fill(code)
    tab.get_by_label("Note", exact=False).first.fill(words)
    tab.get_by_role("button", name="Note this visitor").click()


def test_a_typed_code_opens_the_visitor(fair, open_window):
    window = phone(fair, open_window)
    tab = open_scan(fair, window)
    check_axe(tab)
    note(tab, fair.badge.code.lower(), "Bowls")
    expect(tab.get_by_role("heading", level=1)).to_have_text(fair.buyer.full_name)
    check_axe(tab)
    tab.get_by_label("A: ready to buy").check()
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_text("Saved.")).to_be_visible()
    tab.goto(fair.site + page("leads", fair))
    expect(tab.locator(".lead-rows")).to_contain_text(fair.buyer.full_name)
    check_axe(tab)


def test_what_the_camera_reads_is_noted_at_once(fair, open_window):
    tab = open_scan(fair, phone(fair, open_window))
    tab.evaluate(
        "code => document.querySelector('[data-scanner]').dispatchEvent("
        "new CustomEvent('code-read', { bubbles: true, detail: { code } }))",
        fair.silent.qr_code,
    )
    expect(tab.get_by_role("heading", level=1)).to_have_text("Anonymous visit: Importer, France")


def test_an_unknown_code_stays_in_the_form_with_the_reason(fair, open_window):
    window = phone(fair, open_window)
    window.watch.expects(400)
    tab = open_scan(fair, window)
    note(tab, "K7MQ 2XV8", "Bowls")
    expect(tab.get_by_role("alert")).to_contain_text("No valid badge has this code")
    expect(tab.get_by_label("Code on the visitor’s badge")).to_have_value("K7MQ 2XV8")
    expect(tab.locator("[data-unsent]")).to_be_hidden()


def test_without_a_network_it_is_kept_and_sent_once_when_it_is_back(fair, open_window):
    window = phone(fair, open_window)
    tab = open_scan(fair, window)
    window.context.set_offline(True)
    note(tab, fair.badge.code, "Bowls")
    expect(tab.locator("[data-lead-kept]")).to_be_visible()
    note(tab, "K7MQ 2XV8", "Mistyped")
    expect(tab.locator("[data-unsent-rows] > li")).to_have_count(2)
    expect(tab.get_by_role("heading", name="Kept on this phone, not sent yet")).to_be_visible()
    check_axe(tab)
    assert not Lead.objects.exists()
    lost = [one for one in window.watch.problems if "ERR_INTERNET_DISCONNECTED" in one]
    assert lost == window.watch.problems
    window.watch.problems.clear()
    window.watch.expects(400)
    window.context.set_offline(False)
    cut = [one for one in window.watch.problems if "woff2: net::ERR_INTERNET_DISCONNECTED" in one]
    assert cut == window.watch.problems  # letters that were first needed while there was no network
    window.watch.problems.clear()
    tab.goto(fair.site + page("leads", fair))  # another page of the visitors sends it too
    expect(tab.locator("[data-unsent-rows] > li")).to_have_count(1)
    expect(tab.locator("[data-unsent-rows]")).to_contain_text("No valid badge has this code")
    lead = Lead.objects.get()
    assert (lead.note, LeadVisit.objects.count()) == ("Bowls", 1)
    tab.reload()
    tab.get_by_role("button", name="Delete").click()
    expect(tab.locator("[data-unsent]")).to_be_hidden()
    assert LeadVisit.objects.count() == 1


def test_a_visitor_is_noted_while_one_of_before_is_still_on_its_way(fair, open_window):
    window = phone(fair, open_window)
    tab = open_scan(fair, window)
    window.context.set_offline(True)
    note(tab, fair.silent.code)
    expect(tab.locator("[data-lead-kept]")).to_be_visible()
    window.watch.problems.clear()
    held = []
    tab.route("**/visitors/scan/**", lambda route: held.append(route) if not held else route.continue_())
    with tab.expect_request("**/visitors/scan/**"):
        window.context.set_offline(False)
    note(tab, fair.badge.code)
    expect(tab.get_by_role("heading", level=1)).to_have_text(fair.buyer.full_name)
    assert (len(held), Lead.objects.count()) == (1, 1)


def test_what_is_kept_is_shown_to_nobody_else_on_the_same_phone(fair, open_window):
    window = phone(fair, open_window)
    tab = open_scan(fair, window)
    window.context.set_offline(True)
    note(tab, fair.badge.code)
    expect(tab.locator("[data-lead-kept]")).to_be_visible()
    window.watch.problems.clear()
    window.watch.expects(403)
    window.sign_in(world.exhibitor(fair.edition).person, fair.site)  # in another tab, say
    with tab.expect_response("**/visitors/scan/**") as sent:
        window.context.set_offline(False)
    assert sent.value.status == 403
    tab.goto(fair.site + page("leads", fair))
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    expect(tab.locator("[data-unsent]")).to_be_hidden()
    assert not Lead.objects.exists()


def test_a_visitor_leaves_their_details_by_the_card(fair, open_window):
    address = fair.site + reverse("matchmaking:hello", args=["hgs-2018", fair.card.token])
    stranger = open_window("en", width=390, height=844).page
    stranger.goto(address)
    check_axe(stranger)
    expect(stranger.get_by_role("heading", level=1)).to_have_text(fair.exhibitor.company.name_vi)
    stranger.get_by_text("Without a badge: type my details").click()
    form = stranger.locator("details form")
    expect(form.get_by_role("checkbox")).not_to_be_checked()
    form.get_by_label("Your full name").fill("Ann Lee")
    form.get_by_label("E-mail").fill("ann@example.org")
    form.get_by_label("Country or territory").select_option("GB")
    form.get_by_role("checkbox").check()
    form.get_by_role("button").click()
    expect(stranger.get_by_text("The maker has your details")).to_be_visible()
    buyer = phone(fair, open_window, fair.buyer).page
    buyer.goto(address)
    buyer.get_by_role("button", name="Hand them over").first.click()
    expect(buyer.get_by_text("The maker has your details")).to_be_visible()
    check_axe(buyer)
    assert sorted(Lead.objects.values_list("means", flat=True)) == ["tap", "typed"]
