"""An importer's way in Chromium: registering on a phone, the desk's approval, the badge; in both languages."""

import pytest
from playwright.sync_api import expect

from buyers.models import Badge, Registration
from fairs.models import Participation
from tests import world
from tests.browsing import CODE, check_axe, letter_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "en": {"register": "Register", "open": "Open my registration", "approve": "Approve", "larger": "Larger"},
    "vi": {"register": "Đăng ký", "open": "Mở đăng ký", "approve": "Duyệt", "larger": "Phóng to"},
}


@pytest.fixture
def edition():
    world.product_group()
    return world.edition(slug="hgs-2018")


@pytest.mark.parametrize("language", WORDS)
def test_from_five_fields_to_the_badge(edition, live_site, open_window, language):
    words = WORDS[language]
    window = open_window(language, width=390, height=844)
    phone = window.page
    fair = f"{live_site}/hgs-2018"
    phone.goto(f"{fair}/register/")
    check_axe(phone)
    window.watch.expects(422)
    phone.get_by_role("main").get_by_role("button", name=words["register"], exact=True).click()
    expect(phone.locator("[data-error-summary]")).to_be_focused()
    check_axe(phone)
    phone.locator("#id_full_name").fill("Keiko Morita")
    phone.locator("#id_company_name").fill("Morita Living")
    phone.locator("#id_country").select_option("JP")
    phone.locator("#id_email").fill(f"keiko-{language}@morita.example")
    phone.locator("input[name=product_groups]").first.check()
    phone.locator("#id_registration").check()
    phone.get_by_role("main").get_by_role("button", name=words["register"], exact=True).click()
    expect(phone.locator("#id_code")).to_be_visible()
    check_axe(phone)
    phone.locator("#id_code").fill(letter_to(f"keiko-{language}@morita.example", CODE))
    phone.get_by_role("button", name=words["open"]).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Keiko Morita")
    check_axe(phone)
    _approve(edition, live_site, open_window(language), words)
    phone.goto(f"{fair}/badge/")
    expect(phone.locator(".badge-code").first).to_have_text(Badge.objects.get().code)
    check_axe(phone)
    phone.get_by_role("button", name=words["larger"]).click()
    expect(phone.locator("#large-code")).to_be_visible()


def _approve(edition, site, window, words):
    window.sign_in(world.officer(edition, "importer_desk"), site)
    page = window.page
    page.goto(f"{site}/hgs-2018/desk/importers/")
    check_axe(page)
    page.get_by_role("link", name="Keiko Morita").click()
    check_axe(page)
    page.get_by_role("button", name=words["approve"], exact=True).click()
    expect(page.locator(".status.ok").first).to_be_visible()
    check_axe(page)
    assert Registration.objects.get().state == "approved"


def test_the_head_of_the_list_ticks_the_page(edition, live_site, open_window):
    for number in range(3):
        person = world.person(f"Importer {number}")
        Registration.objects.create(edition=edition, person=person, company=world.importer_company(person))
    window = open_window("vi")
    window.sign_in(world.officer(edition, "importer_desk"), live_site)
    page = window.page
    page.goto(f"{live_site}/hgs-2018/desk/importers/")
    page.locator("thead input[type=checkbox]").check()
    page.get_by_role("button", name="Duyệt", exact=True).click()
    check_axe(page)
    page.locator("main form .btn.primary").click()
    expect(page.locator(".note.ok")).to_be_visible()
    assert set(Registration.objects.values_list("state", flat=True)) == {"approved"}


@pytest.mark.parametrize("language", WORDS)
def test_exhibitors_give_passes_from_the_phone(edition, live_site, open_window, language):
    maker = world.person(language=language)
    firm = world.company(maker)
    Participation.objects.create(edition=edition, company=firm, role="exhibitor", pass_quota=2)
    window = open_window(language, width=390, height=844)
    window.sign_in(maker, live_site)
    page = window.page
    page.goto(f"{live_site}/hgs-2018/passes/")
    check_axe(page)
    page.locator("#id_full_name").fill("Nguyễn Văn Tĩnh")
    page.locator("main form .btn.primary").click()
    expect(page.locator(".row-title")).to_have_text("Nguyễn Văn Tĩnh")
    check_axe(page)
