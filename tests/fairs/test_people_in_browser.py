"""Signing in by a code, and one's own pages, in Chromium on a phone and on a desk, in both languages."""

import re

import pytest
from playwright.sync_api import expect

from fairs.models import Person, Product
from tests import world
from tests.browsing import CODE, check_axe, letter_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [("vi", 390), ("en", 1280)]


@pytest.fixture
def maker():
    return world.person("Trần Văn Lực", email="maker@example.org")


@pytest.fixture
def site(maker, site_at):
    return site_at(world.NOON)


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_somebody_new_signs_up_and_comes_back_by_a_code(open_window, site, language, width):
    page, address = open_window(language, width=width).page, f"ana-{language}@example.org"
    page.goto(f"{site}/accounts/signup/")
    check_axe(page)
    page.locator("#id_full_name").fill("Ana Souza")
    page.locator("#id_email").fill(address)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/accounts/confirm-email/")
    check_axe(page)
    page.locator("#id_code").fill(letter_to(address, CODE))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/me/**")
    assert Person.objects.get(email=address).language == language
    page.context.clear_cookies()
    page.goto(f"{site}/accounts/login/")
    check_axe(page)
    page.locator(".segment a").first.click()
    page.wait_for_url("**/accounts/login/code/")
    check_axe(page)
    page.locator("#id_email").fill(address)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/accounts/login/code/confirm/")
    check_axe(page)


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_ones_own_pages_open_to_everybody(open_window, site, maker, language, width):
    window = open_window(language, width=width)
    firm = world.company(maker, name_vi="Gốm Minh Châu", about_vi="Men rạn")
    product = Product.objects.create(company=firm, name_vi="Bình hoa", product_group=world.product_group())
    window.sign_in(maker, site)
    for path in [
        "/me/profile/", f"/me/companies/{firm.pk}/", f"/me/companies/{firm.pk}/change/",
        f"/me/companies/{firm.pk}/products/{product.pk}/", f"/me/companies/{firm.pk}/people/", "/accounts/email/",
        "/accounts/password/change/", "/accounts/logout/", "/api/docs/",
    ]:  # fmt: skip
        window.page.goto(site + path, timeout=60_000)  # the API is described when it is first asked for
        check_axe(window.page)
        assert window.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_a_product_is_entered_and_removed(open_window, site, maker):
    window = open_window("vi", width=390)
    firm = world.company(maker)
    world.product_group()
    window.sign_in(maker, site)
    page = window.page
    page.goto(f"{site}/me/companies/{firm.pk}/")
    page.get_by_role("link", name="Thêm sản phẩm").click()
    page.locator("#id_name_vi").fill("Bình hoa men rạn")
    page.locator("#id_product_group").select_option(index=1)
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("link", name="Bình hoa men rạn")).to_be_visible()
    page.get_by_role("button", name=re.compile("Bỏ Bình hoa")).click()
    expect(page.get_by_text("Đã bỏ sản phẩm.")).to_be_visible()


def test_a_wrong_password_keeps_the_address(open_window, site, maker):
    page = open_window("en").page
    page.goto(f"{site}/accounts/login/")
    page.locator("#id_login").fill(maker.email)
    page.locator("#id_password").fill("wrong")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("E-mail and password do not match.")
    expect(page.locator("#id_login")).to_have_value(maker.email)
    check_axe(page)
