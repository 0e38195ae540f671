"""A whole fair in Chromium, from its set-up to its report: nine stations in both languages, by the pages alone.

The story stands at ten in the morning of the first day, when everything the fair knows is allowed. Of the year before
there is an edition, which the director copies; all people but the director come in by the pages.
"""

import io
import re
import zipfile
from datetime import date, time
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from buyers.models import Gate
from fairs import clock
from fairs.models import ExchangeRate, Province, SupportRule
from matchmaking.models import MeetingRules
from tests import world
from tests.browsing import CODE, hold_answers
from tests.walk import Visitor, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAIR = "/hgs-2018"
PASSWORD = "son-mai-lacquer-1018"
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def year_before():
    """Last year's edition with six booths and everything that a copy takes along, and the craft reference data."""
    world.product_group()
    Province.objects.create(code="01", name_vi="Hà Nội", name_en="Hanoi", kind="city", valid_from=date(2008, 8, 1))
    ExchangeRate.objects.create(currency="EUR", date=date(2018, 10, 17), usd=Decimal("1.15"), source="Vietcombank")
    edition = world.edition(slug="hgs-2017", opens_on=date(2017, 10, 12), closes_on=date(2017, 10, 15))
    world.floor(edition, booths=6)
    SupportRule.objects.create(edition=edition, name_vi="Làng nghề", name_en="Craft villages", percent=50)
    MeetingRules.objects.create(edition=edition, lunch_from=time(12), lunch_to=time(13))
    Gate.objects.create(edition=edition, name_vi="Cổng 1", name_en="Gate 1")
    return edition


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_fair_from_its_set_up_to_its_report(year_before, site_at, open_window, language):
    walk = Walk(site_at(world.FIRST_MORNING), language, open_window)
    director = walk.visitor("director")
    with clock.at(world.FIRST_MORNING):
        world.officer(year_before, "director", email=director.address, language=language)
    desk, money, maker = walk.visitor("desk"), walk.visitor("money"), walk.visitor("maker", phone=True)
    partner, buyer = walk.visitor("partner", phone=True), walk.visitor("buyer", phone=True)

    set_the_fair_up(director)
    appoint(director, desk, "booth_desk", "importer_desk")
    appoint(director, money, "finance", "gate")
    sign_up_and_in(maker)
    apply_for_two_booths(maker)
    take_a_partner_in(maker, partner)
    enter_for_an_artisan(desk)
    accept(desk)
    take_booths_on_the_plan(maker)
    pay(maker, money)
    register(buyer)
    approve(desk)
    code = show_the_badge(buyer)
    come_in(money, code)
    ask_to_meet(buyer)
    agree_to_meet(partner, buyer)
    record_a_contract(maker)
    confirm_by_the_link(walk, buyer)
    read_the_register(director)
    read_the_report(director)


# ---- 1: the set-up ----


def set_the_fair_up(director: Visitor) -> None:
    director.sign_in_by_code()
    director.go("/hgs-2017/desk/set-up/")
    director.look()
    director.follow("Copy into a new edition")
    director.look()
    director.fill(slug="hgs-2018", name_vi="Hội chợ 2018", name_en="Fair 2018", opens_on="2018-10-18")
    director.press("Make the new edition")
    _change(director, "edition/", theme_vi="Tinh hoa làng nghề", theme_en="The best of the villages", published=True)
    _change(director, "days/?date=2018-10-18", closes_at="18:30")
    _change(director, "targets/", figure="B1.planned", value="5")
    file = {"name": "50.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    director.go(f"{FAIR}/desk/set-up/papers/")
    director.page.locator("#id_file").set_input_files(file)  # type: ignore[arg-type]
    _change(director, "", number="50/KH-UBND", issued_on="2018-03-01", issuer_vi="UBND TP", subject_vi="Kế hoạch 2018")
    director.follow(director.page.locator(".price-table td a").first)
    director.look()
    director.fill(amount="12000000")
    director.press("Save the price")
    director.reads("12,000,000")
    director.go(f"{FAIR}/desk/set-up/")
    director.look()
    director.reads("Tinh hoa làng nghề", "18:30", "50/KH-UBND", "12,000,000")
    assert director.file(director.find("link", "File")) == PAPER


def _change(director: Visitor, part: str, **answers: object) -> None:
    """One form of the set-up, opened unless it stands open, seen, filled in and sent."""
    if part:
        director.go(f"{FAIR}/desk/set-up/{part}")
    director.look()
    director.fill(**answers)
    director.press(director.page.locator("#main .btn.primary[type=submit]"))
    expect(director.page).to_have_url(re.compile("/desk/set-up/$"))


# ---- 2: people ----


def appoint(director: Visitor, officer: Visitor, *roles: str) -> None:
    director.go(f"{FAIR}/desk/officers/")
    for role in roles:
        director.fill(full_name="Nguyễn Thu Hà", email=officer.address, role=role)
        director.press("Give the role")
    director.look()
    director.reads(officer.address)
    officer.sign_in_by_code(officer.letter(r"(/accounts/login/code/\S+)"))
    expect(officer.page).to_have_url(re.compile(f"{FAIR}/desk/$"))
    officer.look()


def sign_up_and_in(maker: Visitor) -> None:
    maker.go("/accounts/signup/")
    maker.look()
    maker.fill(full_name="Trần Văn Lực", email=maker.address, phone="0912 345 678", password1=PASSWORD)
    maker.press("Make the account")
    maker.look()
    maker.fill(code=maker.letter(CODE))
    maker.press("Go on")
    maker.look()
    maker.go("/accounts/logout/")
    maker.look()
    maker.press("Sign out")
    maker.go("/accounts/login/code/")
    maker.look()
    maker.follow("Password")
    maker.look()
    maker.fill(login=maker.address, password=PASSWORD)
    maker.press("Sign in")
    maker.reads("Trần Văn Lực")


def take_a_partner_in(maker: Visitor, partner: Visitor) -> None:
    maker.go("/me/profile/")
    maker.follow(maker.page.get_by_role("link", name="Gốm Giang Cao"))
    maker.look()
    maker.follow("Add a person")
    maker.look()
    maker.fill(full_name="Phạm Thị Mai", email=partner.address)
    maker.press("Send the letter")
    maker.reads("Phạm Thị Mai", maker.word("Invited, no answer yet"))
    partner.sign_in_by_code(partner.letter(r"(/accounts/login/code/\S+)"))
    partner.look()
    partner.press("Yes, I act for them")
    partner.reads("Gốm Giang Cao")


def enter_for_an_artisan(desk: Visitor) -> None:
    desk.go(f"{FAIR}/desk/applications/new/")
    desk.look()
    desk.fill(name_vi="Nghệ nhân Lê Văn Cam", province=1, full_name="Lê Văn Cam", phone="0987 654 321")
    desk.page.locator("[name=booth_class]").check()
    desk.fill(booth_count=["1"], agreed=True)
    desk.press("Hand in for them")
    desk.look()
    desk.reads("Nghệ nhân Lê Văn Cam", "Nguyễn Thu Hà")


# ---- 3: booths ----


def apply_for_two_booths(maker: Visitor) -> None:
    maker.follow("Apply for a booth")
    maker.look()
    maker.fill(name_vi="Gốm Giang Cao", name_en="Giang Cao Pottery", province=1)
    maker.press("Next: what you make")
    maker.look()
    maker.page.locator("[name=product_groups]").first.check()
    maker.page.locator("#id_form-0-name_vi").fill("Bình men rạn")
    maker.page.locator("#id_form-0-minimum_order").fill("200")
    maker.press("Next: choose booths")
    maker.look()
    maker.page.locator("[name=zones]").first.check()
    maker.fill(booth_count=["2"], booths="A02 A03", wishes="Gần cửa")
    maker.press("Next: check and send")
    maker.look()
    maker.reads("Gốm Giang Cao", "Bình men rạn", "A02", "A03")
    maker.fill(agreed=True)
    maker.press("Send the application")
    maker.look()


def accept(desk: Visitor) -> None:
    desk.go(f"{FAIR}/desk/applications/")
    desk.look()
    desk.follow(desk.page.get_by_role("link", name="Gốm Giang Cao"))
    desk.look()
    desk.press("Accept")
    expect(desk.page.locator(".status.ok").first).to_be_visible()
    desk.look()


def take_booths_on_the_plan(maker: Visitor) -> None:
    page = maker.page
    maker.letter(r"(/hgs-2018/\S*)")
    maker.go(f"{FAIR}/my-booths/")
    maker.look()
    maker.follow("Choose on the plan")
    maker.look()
    page.locator("#floor a", has_text="A02").tap()  # a first touch on a small plan looks closer
    expect(page.locator("#plan")).to_have_class(re.compile("near"))
    for code, chosen in (("A02", "A02"), ("A03", "A02 A03")):
        page.locator("#floor a", has_text=code).tap()
        expect(page.locator("#panel")).to_have_attribute("data-chosen", chosen)
    maker.look()
    page.locator("#hold").tap()
    expect(page.locator("#panel [data-countdown-time]")).to_have_text(re.compile(r"^\d+:\d\d$"))
    maker.look()
    maker.press(page.locator("#reserve"))


# ---- 4: money ----


def pay(maker: Visitor, money: Visitor) -> None:
    maker.look()
    maker.reads("24,000,000", "12,000,000")
    number = maker.page.locator("h1").inner_text().split()[-1]
    money.go(f"{FAIR}/desk/money/")
    money.look()
    money.switch_the_second_factor_on()
    money.go(f"{FAIR}/desk/money/")
    money.follow(money.page.get_by_role("link", name=number))
    money.look()
    money.fill(note="Phiếu thu 118")
    money.press("Record the receipt")
    expect(money.page.locator(".frame-label")).to_have_text(money.word("Paid in full"))
    money.look()
    maker.go(f"{FAIR}/my-booths/")
    maker.look()
    permit = maker.find("link", "Permit to build (PDF)")
    assert maker.file(permit).startswith(b"%PDF")


# ---- 5: importers ----


def register(buyer: Visitor) -> None:
    buyer.go(f"{FAIR}/")
    buyer.look()
    buyer.follow("Register as an importer")
    buyer.look()
    buyer.fill(full_name="Keiko Morita", company_name="Morita Living", country="JP", email=buyer.address)
    buyer.page.locator("[name=product_groups]").first.check()
    buyer.fill(registration=True)
    buyer.press("Register")
    buyer.look()
    buyer.fill(code=buyer.letter(CODE))
    buyer.press("Open my registration")
    buyer.look()


def approve(desk: Visitor) -> None:
    desk.go(f"{FAIR}/desk/importers/")
    desk.look()
    desk.follow(desk.page.get_by_role("link", name="Keiko Morita"))
    desk.look()
    desk.press("Approve")
    desk.look()


def show_the_badge(buyer: Visitor) -> str:
    """The short code under the QR code."""
    buyer.go(f"{FAIR}/my-registration/")
    buyer.look()
    buyer.follow("Show my badge")
    buyer.look()
    expect(buyer.page.locator(".badge-card svg").first).to_be_visible()
    pdf = buyer.page.locator(".badge-buttons a[href$='.pdf']")
    assert buyer.file(pdf).startswith(b"%PDF")
    return buyer.page.locator(".badge-card .badge-code").inner_text()


# ---- 6: the gate ----


def come_in(keeper: Visitor, code: str) -> None:
    hold_answers(keeper.page)
    keeper.go(f"{FAIR}/gate/")
    keeper.look()
    keeper.follow(keeper.page.locator(".page-head a.primary"))
    keeper.look()
    keeper.fill(name="Máy xanh")
    keeper.page.locator("#id_here").check()
    keeper.page.locator("form .btn.primary").click()
    expect(keeper.page.locator("[data-screen=work]")).to_be_visible()
    for answer in ("ok", "again"):
        keeper.page.locator("#id_code").fill(code)
        keeper.page.keyboard.press("Enter")
        expect(keeper.page.locator(f"[data-answer={answer}]")).to_contain_text("Keiko Morita")
        keeper.look()


# ---- 7: meetings ----


def ask_to_meet(buyer: Visitor) -> None:
    buyer.go(f"{FAIR}/exhibitors/")
    buyer.look()
    buyer.follow(buyer.page.get_by_role("link", name="Gốm Giang Cao"))
    buyer.look()
    buyer.follow("Ask for a meeting")
    buyer.look()
    buyer.page.locator(".slot", has_text="14:00").first.click()
    buyer.fill(message="200 vases, please.")
    buyer.press("Ask for a meeting")
    buyer.look()


def agree_to_meet(partner: Visitor, buyer: Visitor) -> None:
    partner.go(f"{FAIR}/meetings/")
    partner.look()
    partner.reads("Morita Living", "200 vases, please.")
    partner.press("Agree")
    partner.look()
    buyer.go(f"{FAIR}/meetings/")
    buyer.look()
    for visitor, other in ((partner, "Morita Living"), (buyer, "Gốm Giang Cao")):
        expect(visitor.page.locator(".agenda-rows")).to_contain_text(other)
        expect(visitor.page.locator(".agenda-rows")).to_contain_text("14:00")
    buyer.follow("Details")
    buyer.look()
    assert b"BEGIN:VEVENT" in buyer.file(buyer.find("link", "Add to calendar"))


# ---- 8: contracts ----


def record_a_contract(maker: Visitor) -> None:
    maker.go(f"{FAIR}/contracts/")
    maker.look()
    maker.follow("Record a contract")
    maker.look()
    maker.fill(other="Morita Living", goods="200 vases", amount="18400", currency="EUR")
    maker.press("Record and ask for confirmation")
    maker.look()
    maker.reads("18,400", "21,160")


def confirm_by_the_link(walk: Walk, buyer: Visitor) -> None:
    """At another window, where nobody is signed in."""
    anybody = walk.visitor("anybody", phone=True)
    anybody.go(buyer.letter(r"(/c/\S+/)$"))
    anybody.look()
    anybody.press("Yes, this is right")
    anybody.look()
    expect(anybody.find("heading", "Confirmed by both sides")).to_be_visible()


def read_the_register(director: Visitor) -> None:
    director.go(f"{FAIR}/desk/contracts/")
    director.look()
    totals = director.page.locator(".totals tbody tr", has_text="EUR")
    expect(totals).to_contain_text(re.compile("18[.,]400"))
    expect(totals).to_contain_text(re.compile("21[.,]160"))


# ---- 9: the report ----


def read_the_report(director: Visitor) -> None:
    director.go(f"{FAIR}/desk/report/")
    director.look()
    for path, count, row in (("B1/allocated", "2", "A03"), ("D1/attended", "1", "Morita Living")):
        number = director.page.locator(f"a[href$='/report/{path}/']")
        expect(number).to_have_text(count)
        director.follow(number)
        director.look()
        director.reads(row)
        director.page.go_back()
    with director.page.expect_download() as begun:
        director.page.locator("a[href$='report.xlsx']").click()
    sheet = begun.value.path().read_bytes()
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(sheet)).namelist()
