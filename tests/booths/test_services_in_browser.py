"""Services in Chromium: the catalogue on a phone and by keyboard, what was ordered, the circuits at the desk."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from booths.models import ServiceOrder
from fairs import live
from tests import world
from tests.booths import services
from tests.browsing import check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def fair(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Somebody with a booth, a catalogue, a circuit, a zone where two flames may burn."""
    monkeypatch.setattr(live, "_muted", True)
    edition = world.edition()
    booth = world.floor(edition)[0]
    given: dict[str, Any] = {"stock": 40, "unit_vi": "cái", "unit_en": "piece", "note_vi": "Mặt gỗ ép, chân thép"}
    table = services.service(edition, name_vi="Bàn 120 × 60 cm", name_en="Table 120 × 60 cm", **given)
    kilowatt = services.power(edition, unit_vi="ổ", unit_en="socket")
    flame = services.flame(edition)
    services.service(edition, "sold", name_vi="Tủ kính", name_en="Showcase", stock=0)
    services.circuit(edition)
    services.flames(edition)
    return {
        "edition": edition, "mine": services.holder(booth), "desk": world.officer(edition, "booth_desk"),
        "table": table, "kilowatt": kilowatt, "flame": flame,
    }  # fmt: skip


def look(page: Page) -> None:
    """No fault of accessibility, and nothing to scroll sideways."""
    check_axe(page)
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize(("language", "width"), [("vi", 360), ("en", 1280)])
def test_from_the_catalogue_to_the_notice(fair, live_site, open_window, language, width):
    window = open_window(language, width=width, height=800)
    window.sign_in(fair["mine"].contact, live_site)
    page, slug = window.page, fair["edition"].slug
    page.goto(f"{live_site}{reverse('booths:services', args=[slug])}")
    look(page)
    page.locator(f"#id_q{fair['table'].pk}").fill("2")
    page.locator(f"#id_q{fair['kilowatt'].pk}").fill("9")
    window.watch.expects(422)
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("4.000" if language == "vi" else "4,000")
    expect(page.locator(f"#id_q{fair['table'].pk}")).to_have_value("2")  # nothing typed is lost
    look(page)
    page.locator(f"#id_q{fair['kilowatt'].pk}").fill("3")
    page.locator("form.services button[type=submit]").click()
    page.wait_for_url("**/notices/**")
    page.goto(f"{live_site}{reverse('booths:service_orders', args=[slug])}")
    look(page)
    page.locator("[data-dialog^=cancel-]").click()
    page.locator("dialog[open] button.stop").click()
    expect(page.locator("[data-dialog^=cancel-]")).to_have_count(0)
    assert ServiceOrder.objects.get().state == "cancelled"


@pytest.mark.parametrize(("language", "width"), [("en", 360), ("vi", 1280)])
def test_the_desk_reads_orders_and_circuits(fair, live_site, open_window, language, width):
    mine = fair["mine"]
    booth = mine.reservations.get().booth
    services.ordered(mine, fair["table"], booth, watts=3800)
    fair["edition"].circuits.update(load=3800)
    window = open_window(language, width=width, height=800)
    window.sign_in(fair["desk"], live_site)
    for name in ("services_desk", "service_totals", "circuits", "service_catalogue", "add_service", "add_circuit"):
        window.page.goto(f"{live_site}{reverse(f'booths:{name}', args=[fair['edition'].slug])}")
        look(window.page)
