"""A contract in Chromium: recorded on a phone, confirmed by the link, its paper seen, in a report that is signed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from fairs import clock, live
from fairs.models import SignedReport
from matchmaking.models import Deal
from tests import world
from tests.browsing import check_axe, letter_to
from tests.matchmaking.asking import agrees, page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OVER = world.FIRST_MORNING + timedelta(days=20)
CONFIRMED = {"vi": "Hai bên đã xác nhận", "en": "Confirmed by both sides"}
SEEN = {"vi": "Cán bộ đã xem bản ký", "en": "Paper seen by an officer"}
INTACT = {"vi": "Nguyên vẹn như khi ký", "en": "As it was signed"}
PDF = {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 the signed contract"}


@pytest.fixture(params=["vi", "en"])
def language(request):
    return request.param


@pytest.fixture
def fair(site_at, monkeypatch, language):
    """Three weeks after the fair: two sides, the reports desk and the director, who read the same language."""
    monkeypatch.setattr(live, "_muted", True)
    with clock.at(OVER):
        sides = world.two_sides(world.edition(slug="hgs-2018"))
        world.product_group()
        sides.badge = world.badge(sides.edition, sides.buyer, sides.importer.company)
        agrees(sides)
        sides.desk = world.officer(sides.edition, "reports", language=language)
        sides.director = world.officer(sides.edition, "director", language=language)
        for person in (sides.maker, sides.buyer):
            person.language = language
            person.save()
        sides.site = site_at(OVER)
        return sides


def opened(fair, open_window, language, person=None, width=390):
    window = open_window(language, width=width, height=844)
    if person:
        window.sign_in(person, fair.site)
    return window.page


def test_a_contract_from_the_phone_to_the_signed_report(fair, open_window, language):
    maker = opened(fair, open_window, language, fair.maker)
    record(fair, maker)
    add_a_line(fair, maker)
    confirm_by_the_link(fair, opened(fair, open_window, language), language)
    mark_as_seen(fair, opened(fair, open_window, language, fair.desk, width=1280), language)
    sign(fair, opened(fair, open_window, language, fair.director, width=1280), language)


def record(fair, tab):
    tab.goto(fair.site + page("record_deal", fair))
    tab.locator("#id_other").select_option(index=1)  # a buyer whom they met without an appointment
    tab.locator("#id_code").fill(fair.badge.code)
    tab.locator("#id_product_group").select_option("ceramics")
    tab.locator("#id_amount").fill("18400")
    tab.locator("details.more > summary").click()
    tab.locator("#id_incoterm").select_option("FOB")
    tab.locator("#id_place").fill("Hải Phòng")
    fits(tab)
    check_axe(tab)
    tab.locator("form[data-draft] button[type=submit]").click()
    expect(tab.locator(".frame").first).to_contain_text("18")
    deal = Deal.objects.get()
    assert (deal.amount, deal.currency, deal.incoterm, deal.recorded_side) == (18_400, "USD", "FOB", "exhibitor")


def add_a_line(fair, tab):
    deal = Deal.objects.get()
    tab.goto(fair.site + page("deal_terms", fair, pk=deal.pk))
    line = tab.locator("fieldset[data-row-of=lines]").first
    line.locator("[name$=words]").fill("Bát men lam")
    line.locator("[name$=quantity]").fill("2000")
    line.locator("[name$=unit_price]").fill("9,2" if fair.maker.language == "vi" else "9.2")
    fits(tab)
    check_axe(tab)
    tab.locator("form[data-draft] button.primary").click()
    expect(tab.get_by_role("rowheader", name="Bát men lam")).to_be_visible()
    assert deal.lines.get().quantity * deal.lines.get().unit_price == deal.amount
    tab.locator("#id_deal_file").set_input_files(PDF)
    fits(tab)
    tab.locator("form[enctype] button").click()
    expect(tab.locator("a[download]")).to_be_visible()
    check_axe(tab)


def confirm_by_the_link(fair, tab, language):
    tab.goto(fair.site + letter_to(fair.buyer.email, r"(/c/[\w-]+/)"))
    expect(tab.locator("html")).to_have_attribute("lang", language)
    fits(tab)
    check_axe(tab)
    tab.locator("form button.primary").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(CONFIRMED[language])
    check_axe(tab)
    assert Deal.objects.get().state == "confirmed"


def mark_as_seen(fair, tab, language):
    deal = Deal.objects.get()
    tab.goto(fair.site + page("deals_desk", fair))
    check_axe(tab)
    tab.get_by_role("link", name=deal.number).click()
    tab.locator("button[value=fits]").click()
    expect(tab.locator("main")).to_contain_text(SEEN[language])
    check_axe(tab)
    deal.refresh_from_db()
    assert deal.seen_at


def sign(fair, tab, language):
    tab.goto(fair.site + reverse("fairs:report", args=[fair.edition.slug]))
    expect(tab.locator("main")).to_contain_text("18.400 USD" if language == "vi" else "US$18,400")
    check_axe(tab)
    tab.goto(fair.site + reverse("fairs:signed_reports", args=[fair.edition.slug]))
    check_axe(tab)
    tab.locator("main form button.primary").click()
    expect(tab.locator("main")).to_contain_text(INTACT[language])
    check_axe(tab)
    assert SignedReport.objects.get().signed_by == fair.director


def fits(tab):
    """Nothing is wider than the phone."""
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
