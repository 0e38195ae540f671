"""Applying on a phone: nothing typed is lost, whatever becomes of the connection, the page or the tab."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from booths.models import Application, Household
from fairs.models import Company, CraftVillage, Product, Province
from tests import world
from tests.browsing import Window, check_axe
from tests.fairs.test_photos import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390
WORDS = {
    "vi": {
        "name": "Tên cơ sở, công ty", "next": "Tiếp", "offline": "Không có mạng: chưa gửi được.",
        "again": "Thử lại", "back": "Đã khôi phục những gì nhập trước đó", "add": "Thêm một hộ",
        "paste": "Dán cả danh sách", "split": "Tách danh sách thành từng hộ", "household": "Tên hộ",
        "product": "Thêm sản phẩm",
    },
    "en": {
        "name": "Name of the workshop or company", "next": "Next", "offline": "No connection: this was not sent.",
        "again": "Try again", "back": "What you typed before is back", "add": "Add a household",
        "paste": "Paste a list instead", "split": "Make rows of the list", "household": "Name of the household",
        "product": "Add a product",
    },
}  # fmt: skip


@pytest.fixture
def edition():
    """An edition whose booths are on sale."""
    made = world.edition()
    world.floor(made)
    world.product_group()
    Province.objects.create(code="01", name_vi="Hà Nội", name_en="Ha Noi", valid_from="2008-08-01")
    return made


@pytest.fixture
def phone(live_site: str, open_window: Callable[..., Window]) -> Callable[..., Window]:
    """A phone on which somebody is signed in."""

    def take_up(person: Any, language: str, **options: Any) -> Window:
        window = open_window(language, width=PHONE, height=844, has_touch=True, **options)
        window.sign_in(person, live_site)
        return window

    return take_up


def step(site: str, edition: Any, name: str) -> str:
    """The address of a step."""
    return f"{site}{reverse(f'booths:{name}', args=[edition.slug])}"


def cut_off(window: Window) -> None:
    """No connection any more; what then fails on the page is meant to."""
    window.context.set_offline(True)


def connect(window: Window) -> None:
    """The connection is back."""
    window.context.set_offline(False)
    window.watch.problems.clear()


def next_step(page: Page, word: str) -> None:
    page.locator(".form-end > .buttons .btn.primary").filter(has_text=word).click()


def fits(page: Page) -> None:
    """Nothing runs out of the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_lost_connection_loses_nothing_and_says_so(live_site, edition, phone, language):
    words, window = WORDS[language], phone(world.person(), language)
    page = window.page
    page.goto(step(live_site, edition, "apply"))
    check_axe(page)
    fits(page)
    page.locator("#id_name_vi").fill("Gốm Lan")
    page.locator("#id_phone").fill("0912 345 678")
    page.locator("#id_province").select_option(index=1)
    cut_off(window)
    next_step(page, words["next"])
    note = page.locator("[data-offline]")
    expect(note).to_be_visible()
    expect(note).to_contain_text(words["offline"])
    expect(note).to_be_focused()
    check_axe(page)
    fits(page)
    expect(page.locator("#id_name_vi")).to_have_value("Gốm Lan")
    connect(window)
    note.get_by_role("button", name=words["again"]).click()
    page.wait_for_url("**/apply/products/")
    assert Company.objects.get().name_vi == "Gốm Lan"
    page.goto(step(live_site, edition, "apply"))
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_closed_tab_loses_nothing_not_even_added_rows(live_site, edition, phone, language):
    draft = world.application(edition, state="draft")
    words, window = WORDS[language], phone(draft.contact, language)
    page = window.page
    page.goto(step(live_site, edition, "apply_products"))
    page.get_by_label("Gốm sứ" if language == "vi" else "Ceramics").first.check()
    page.locator("#id_form-0-name_vi").fill("Lọ hoa")
    cut_off(window)
    page.get_by_role("button", name=words["product"]).click()
    page.locator("#id_form-1-name_vi").fill("Ấm trà")
    check_axe(page)
    page.close()
    connect(window)
    page = window.context.new_page()
    page.goto(step(live_site, edition, "apply_products"))
    expect(page.locator("#id_form-0-name_vi")).to_have_value("Lọ hoa")
    expect(page.locator("#id_form-1-name_vi")).to_have_value("Ấm trà")
    expect(page.locator("[data-draft-state]")).to_have_text(words["back"])
    page.locator("#id_form-1-picture").set_input_files(
        {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": picture((900, 600))}
    )
    next_step(page, words["next"])
    page.wait_for_url("**/apply/booths/")
    assert [product.name_vi for product in Product.objects.all()] == ["Lọ hoa", "Ấm trà"]
    page.goto(step(live_site, edition, "apply_products"))
    shot = page.locator(".product-shot")
    expect(shot).to_be_visible()
    assert shot.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 480
    check_axe(page)
    fits(page)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_group_names_its_households_on_a_phone(live_site, edition, phone, language):
    draft = world.application(edition, state="draft")
    village = CraftVillage.objects.create(
        slug="bat-trang", name_vi="Bát Tràng", craft_vi="Gốm", craft_en="Pottery", product_group=world.product_group()
    )
    Company.objects.update(craft_village=village)
    Application.objects.update(is_group=True)
    words, window = WORDS[language], phone(draft.contact, language)
    page = window.page
    page.goto(step(live_site, edition, "apply_households"))
    check_axe(page)
    fits(page)
    page.get_by_text(words["paste"]).click()
    lines = "\n".join(f"{n}. Hộ {n}, Nguyễn Văn {n}, gốm men, 0912 345 67{n}, 2" for n in range(1, 6))
    expect(page.locator("[data-tally-few]")).to_be_visible()
    page.locator("#id_form-0-name").fill("Hộ Một")
    expect(page.locator("[data-tally-few] [data-tally-missing]")).to_have_text("4")
    page.locator("#id_form-0-name").fill("")
    expect(page.locator("[data-tally-few] [data-tally-missing]")).to_have_text("5")
    page.locator("#list").fill(lines)
    page.get_by_role("button", name=words["split"]).click()
    expect(page.locator("[data-row-of] #id_form-4-name")).to_have_value("Hộ 5")
    page.get_by_role("button", name=words["add"]).click()
    expect(page.locator("#id_form-5-name")).to_be_focused()
    expect(page.locator("[data-tally-enough]")).to_be_visible()
    page.locator("#id_form-5-name").fill("Hộ Sáu")
    page.locator("[data-drop-row]").first.click()
    expect(page.locator("#id_form-0-name")).to_have_value("Hộ 2")
    check_axe(page)
    page.reload()
    expect(page.locator("#id_form-4-name")).to_have_value("Hộ Sáu")
    next_step(page, words["next"])
    page.wait_for_url("**/apply/products/")
    assert [row.name for row in Household.objects.all()] == ["Hộ 2", "Hộ 3", "Hộ 4", "Hộ 5", "Hộ Sáu"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_neighbours_are_found_and_kept(live_site, edition, phone, language):
    draft = world.application(edition, state="draft")
    one = world.exhibitor(edition, name_vi="Gốm Đại Việt").part.company
    world.exhibitor(edition, name_vi="Mây tre Phú Vinh")
    words, window = WORDS[language], phone(draft.contact, language)
    page = window.page
    page.goto(step(live_site, edition, "apply_booths"))
    page.locator("[name=near_q]").press_sequentially("dai")
    page.locator("#near-offered").get_by_label("Gốm Đại Việt").check()
    page.locator("[name=near_q]").fill("phu")
    expect(page.locator("#near-offered").get_by_label("Mây tre Phú Vinh")).to_be_visible()
    expect(page.locator("#near-offered").get_by_label("Gốm Đại Việt")).to_be_checked()
    check_axe(page)
    fits(page)
    page.reload()
    expect(page.locator("#near-offered").get_by_label("Gốm Đại Việt")).to_be_checked()
    next_step(page, words["next"])
    page.wait_for_url("**/apply/send/")
    check_axe(page)
    fits(page)
    assert [wish.company for wish in draft.neighbour_wishes.all()] == [one]


def test_signing_out_leaves_nothing_on_a_shared_phone(live_site, edition, phone):
    window = phone(world.person(), "en")
    page = window.page
    page.goto(step(live_site, edition, "apply"))
    page.locator("#id_name_vi").fill("Gốm Lan")
    kept = "Object.values(localStorage).some((text) => text.includes('Gốm Lan'))"
    assert page.evaluate(kept)
    page.goto(f"{live_site}{reverse('account_logout')}")
    page.locator("form[data-drafts-end] button").click()
    page.wait_for_load_state()
    assert not page.evaluate(kept)
