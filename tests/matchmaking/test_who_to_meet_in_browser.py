"""Who to meet, in Chromium: the importer's phone and the exhibitor's, by hand and by keyboard."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from fairs import clock, live
from fairs.models import CraftVillage
from matchmaking.models import Wish
from tests import world
from tests.browsing import check_axe
from tests.matchmaking.wishing import certificate, maker, material, registered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def fair(live_site, monkeypatch):
    """Three makers, one of whom fits, and an importer who asks for FSC."""
    monkeypatch.setattr(live, "_muted", True)
    with clock.at(world.NOON):
        edition = world.edition(slug="hgs-2018")
        village = CraftVillage.objects.create(
            slug="bat-trang", name_vi="Bát Tràng", craft_vi="Gốm", craft_en="Pottery",
            product_group=world.product_group(),
        )  # fmt: skip
        material("rattan", "Mây"), material("stoneware", "Gốm sành")
        goods = {"minimum_order": 100, "monthly_capacity": 4_000, "price_band": "middle"}
        fits = maker(
            edition, name_vi="Gốm Lan", name_en="Lan Ceramics", craft_village=village, materials=("stoneware",),
            certificates={"fsc": None, "reach": edition.opens_on - timedelta(days=40)}, languages="vi,en",
            export_markets="FR,JP", **goods,
        )  # fmt: skip
        maker(edition, name_vi="Mây Tre Đan Phú Vinh", materials=("rattan",), languages="vi", price_band="entry")
        maker(edition, name_vi="Xưởng Thủy")
        buyer = registered(edition, price_band="middle", order_size="small")
        buyer.materials.add(material("stoneware"))
        for code in ("fsc", "reach"):
            buyer.certificates.add(certificate(code))
    return {"edition": edition, "fits": fits, "buyer": buyer, "site": live_site}


def on_phone(fair, open_window, person, name, language="en"):
    window = open_window(language, width=390, height=844)
    window.sign_in(person, fair["site"])
    window.page.goto(fair["site"] + reverse(f"matchmaking:{name}", args=["hgs-2018"]))
    return window.page


def test_an_importer_reads_why_and_chooses(fair, open_window):
    tab = on_phone(fair, open_window, fair["buyer"].person, "who_to_meet")
    rows = tab.locator(".proposals > li")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Lan Ceramics")
    expect(rows.first).to_contain_text("Valid certificate: FSC.")
    expect(rows.first).to_contain_text("The REACH certificate ran out on 8 Sep 2018.")
    check_axe(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    rows.first.get_by_role("button", name="Must meet").click()
    expect(tab.locator(".proposals > li")).to_have_count(2)
    expect(tab.get_by_role("region", name="Your list")).to_contain_text("Lan Ceramics")
    check_axe(tab)


def test_not_for_me_is_said_with_its_reason_by_keyboard(fair, open_window):
    tab = on_phone(fair, open_window, fair["buyer"].person, "who_to_meet")
    first = tab.locator(".proposals > li").first
    first.locator("summary").focus()
    tab.keyboard.press("Enter")
    first.get_by_label("Why?").select_option("price")
    check_axe(tab)
    first.get_by_role("button", name="Not for me").focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("1 not for you")).to_be_visible()
    with clock.at(world.NOON):
        assert Wish.objects.values_list("kind", "reason").get() == ("no", "price")


def test_the_search_needs_no_accents(fair, open_window):
    tab = on_phone(fair, open_window, fair["buyer"].person, "who_to_meet")
    tab.get_by_role("searchbox").fill("may phu vinh")
    tab.keyboard.press("Enter")
    expect(tab.locator(".proposals > li")).to_have_count(1)
    expect(tab.locator(".proposals > li")).to_contain_text("Phú Vinh")


def test_an_exhibitor_reads_which_importers_fit(fair, open_window):
    tab = on_phone(fair, open_window, fair["fits"].person, "importers_to_meet")
    row = tab.locator(".proposals > li")
    expect(row).to_contain_text(fair["buyer"].company.name_vi)
    expect(row).not_to_contain_text(fair["buyer"].person.full_name)
    check_axe(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    row.get_by_role("button", name="Would like to").click()
    expect(tab.get_by_role("region", name="Your list")).to_contain_text("Would like to meet")
