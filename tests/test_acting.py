"""Somebody who belongs to several companies chooses for which of them a page is; nothing of another one is on it."""

import pytest
from django.urls import reverse

from booths.actions.applications import draft_application
from booths.actions.groups import apply_as_group, name_households
from booths.models import Application, Reservation
from fairs import clock
from fairs.actions.merging import merge_companies
from fairs.deliveries import write
from fairs.models import Company, Membership, Notice, Province
from matchmaking.models import Meeting
from tests import world

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def fair():
    """An edition with a floor, and one person of two companies of which the second has been accepted."""
    with clock.at(world.NOON):
        edition = world.edition()
        world.floor(edition)
        person = world.person()
        first = world.company(person, name_vi="Gốm Lan")
        application = world.application(edition, person)
        second = application.company
        Company.objects.filter(pk=second.pk).update(name_vi="Lụa Hà")
        yield {"edition": edition, "person": person, "first": first, "second": second, "application": application}


def address(fair, name="booths:application", company=None, *args):
    asked = f"?company={company.pk}" if company else ""
    return reverse(name, args=[fair["edition"].slug, *args]) + asked


@pytest.fixture
def browser(fair, client):
    """The person's browser."""
    client.force_login(fair["person"], backend=BACKEND)
    return client


def test_a_page_names_its_company_and_begins_with_the_one_that_exhibits(fair, browser):
    answer = browser.get(address(fair))
    assert answer["Location"] == address(fair, "booths:application", fair["second"])
    page = browser.get(answer["Location"]).content.decode()
    assert 'aria-current="true" lang="vi">Lụa Hà' in page
    assert address(fair, "booths:application", fair["first"]) in page


@pytest.mark.parametrize(("language", "words"), [("vi", "Bạn đang làm việc cho"), ("en", "You act for")])
def test_the_chosen_company_is_remembered(fair, browser, language, words):
    headers = {"accept-language": language}
    page = browser.get(address(fair, "booths:application", fair["first"]), headers=headers).content.decode()
    assert f'{words} <b lang="vi">Gốm Lan</b>' in page
    for name in ("booths:application", "fairs:notices", "buyers:passes", "matchmaking:agenda", "matchmaking:deals"):
        assert browser.get(address(fair, name))["Location"] == address(fair, name, fair["first"]), name


def test_whoever_has_one_company_sees_no_choice(fair, client):
    client.force_login(world.application(fair["edition"]).contact, backend=BACKEND)
    page = client.get(address(fair))
    assert page.status_code == 200
    assert "?company=" not in page.content.decode()


@pytest.mark.parametrize(
    "name",
    ["booths:application", "booths:apply", "booths:plan", "fairs:notices", "buyers:passes", "matchmaking:agenda",
     "matchmaking:deals"],
)  # fmt: skip
def test_a_foreign_company_is_not_there(fair, browser, name):
    foreign = world.company()
    assert browser.get(address(fair, name, foreign)).status_code == 404
    assert browser.get(address(fair, name) + "?company=x").status_code == 404
    assert browser.post(address(fair, "booths:apply", foreign), {}).status_code == 404


def test_the_other_company_applies_while_the_first_is_accepted(fair, browser):
    facts = {
        "name_vi": "Gốm Lan", "legal_form": "company", "country": "VN", "phone": "0912345678",
        "province": Province.objects.create(code="01", name_vi="Hà Nội", name_en="Hanoi", valid_from=world.OPENS).pk,
    }  # fmt: skip
    answer = browser.post(address(fair, "booths:apply", fair["first"]), facts)
    assert answer.status_code == 302, answer.content.decode()
    made = Application.objects.get(company=fair["first"])
    assert (made.state, made.contact) == ("draft", fair["person"])
    assert browser.get(address(fair, "booths:apply_products", fair["first"])).status_code == 200
    fair["second"].refresh_from_db()
    assert fair["second"].name_vi == "Lụa Hà"
    # The other window still shows the other company, and goes on to its own page.
    other = browser.get(address(fair, "booths:apply", fair["second"]))
    assert other["Location"] == address(fair)
    assert browser.get(other["Location"])["Location"] == address(fair, "booths:application", fair["second"])


def test_withdrawing_takes_back_that_of_the_company_on_the_page(fair, browser):
    draft = draft_application(
        fair["edition"], company=fair["first"], contact=fair["person"], by=fair["person"],
        booth_class=world.booth_class(fair["edition"]),
    )  # fmt: skip
    page = browser.get(address(fair, "booths:application", fair["second"])).content.decode()
    assert address(fair, "booths:withdraw", fair["second"]) in page
    browser.get(address(fair, "booths:application", fair["first"]))  # in another window
    browser.post(address(fair, "booths:withdraw", fair["second"]))
    states = dict(Application.objects.values_list("pk", "state"))
    assert states == {draft.pk: "draft", fair["application"].pk: "withdrawn"}


def test_a_booth_is_held_for_the_application_that_the_button_names(fair, browser):
    other = Application.objects.create(
        edition=fair["edition"], company=fair["first"], contact=fair["person"], state="accepted",
        booth_class=world.booth_class(fair["edition"]),
    )  # fmt: skip
    world.participation(fair["edition"], fair["first"], "exhibitor")
    plan = browser.get(address(fair, "booths:booth", fair["first"], "A01")).content.decode()
    assert f'name="for" value="{other.pk}"' in plan
    browser.get(address(fair, "booths:application", fair["second"]))  # in another window
    browser.post(address(fair, "booths:hold"), {"b": "A01", "for": other.pk})
    assert Reservation.objects.get().application == other
    page = browser.get(address(fair, "booths:application", fair["second"])).content.decode()
    assert "A01" not in page


def test_a_notice_leads_to_its_company(fair, browser):
    notice = Notice.objects.create(
        edition=fair["edition"],
        company=fair["first"],
        number="N1",
        reference="R1",
        currency="VND",
        due=1,
        due_on=world.OPENS,
    )
    browser.get(address(fair, "fairs:notices", fair["second"]))
    page = browser.get(address(fair, "fairs:notice", None, notice.pk)).content.decode()
    assert 'You act for <b lang="vi">Gốm Lan</b>' in page or 'Bạn đang làm việc cho <b lang="vi">Gốm Lan</b>' in page
    assert browser.get(address(fair, "fairs:notices"))["Location"].endswith(f"?company={fair['first'].pk}")
    assert "N1" not in browser.get(address(fair, "fairs:notices", fair["second"])).content.decode()


def test_meetings_are_those_of_the_chosen_company_on_pages_and_in_the_api(fair, browser):
    sides = world.two_sides(fair["edition"])
    meetings = {}
    for firm in (fair["first"], fair["second"]):
        part = world.participation(fair["edition"], firm, "exhibitor")
        meetings[firm] = Meeting.objects.create(
            edition=fair["edition"], exhibitor=part, importer=sides.importer, importer_person=sides.buyer,
            starts_at=world.FIRST_MORNING, ends_at=world.FIRST_MORNING.replace(minute=30), state="accepted",
        )  # fmt: skip
    for firm, other in ((fair["first"], fair["second"]), (fair["second"], fair["first"])):
        page = browser.get(address(fair, "matchmaking:agenda", firm)).content.decode()
        own, foreign = (address(fair, "matchmaking:meeting", None, meetings[one].pk) for one in (firm, other))
        assert own in page
        assert foreign not in page
        found = browser.get(f"/api/v1/meetings/?company={firm.pk}").json()["results"]
        assert [row["id"] for row in found] == [meetings[firm].pk]
    assert browser.get(f"/api/v1/meetings/?company={world.company().pk}").json()["results"] == []
    drafted = browser.get(f"/api/v1/applications/?company={fair['second'].pk}").json()["results"]
    assert [row["id"] for row in drafted] == [fair["application"].pk]


def test_the_api_drafts_for_the_company_it_is_told_and_for_no_foreign_one(fair, browser):
    given = {"edition": fair["edition"].slug, "booth_class": "standard", "booth_count": 1}
    answer = browser.post(
        "/api/v1/applications/", given | {"company": fair["first"].pk}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["company"]) == (201, fair["first"].pk)
    foreign = browser.post(
        "/api/v1/applications/", given | {"company": world.company().pk}, content_type="application/json"
    )
    assert foreign.status_code == 404


def test_an_importer_asks_for_the_company_that_buys(fair, browser):
    buys = world.importer_company(fair["person"])
    world.participation(fair["edition"], buys, "importer")
    maker = world.exhibitor(fair["edition"])
    answer = browser.get(address(fair, "matchmaking:ask", None, maker.part.pk))
    assert answer.status_code == 200 or answer["Location"].endswith(f"?company={buys.pk}")


def test_the_households_of_a_group_are_no_choice(fair, client):
    person = world.person()
    draft = draft_application(
        fair["edition"], company=world.company(person), contact=person, by=person,
        booth_class=world.booth_class(fair["edition"]),
    )  # fmt: skip
    apply_as_group(draft, is_group=True, by=person)
    rows = name_households(draft, households=[{"name": "Hộ ông An"}, {"name": "Hộ bà Bé"}], by=person)
    for row in rows:
        row.company = world.company(person, name_vi=row.name)
        row.save()
    Application.objects.filter(pk=draft.pk).update(state="submitted")
    client.force_login(person, backend=BACKEND)
    page = client.get(address(fair))
    assert page.status_code == 200
    assert "You act for" not in page.content.decode()
    assert client.get(address(fair, "booths:application", rows[0].company)).status_code == 200


def test_a_letter_leads_to_the_company_it_is_about_also_after_a_merge(fair, browser):
    _subject, text = write(
        "booths.application_answered", to=fair["person"], about=fair["application"], edition=fair["edition"]
    )
    assert address(fair, "booths:application", fair["second"]) in text
    Membership.objects.create(company=world.company(), person=fair["person"])
    keep = world.company(name_vi="Lụa Hà Đông")
    dropped = fair["second"]
    merge_companies(keep, drop=dropped, by=world.officer(fair["edition"], "booth_desk"))
    page = browser.get(address(fair, "booths:application", dropped))
    assert page.status_code == 200
    assert "Lụa Hà Đông" in page.content.decode()


@pytest.mark.parametrize("count", [2, 5])
def test_the_choice_takes_the_same_queries_for_any_number(fair, browser, count, django_assert_num_queries):
    for _each in range(count - 2):
        world.company(fair["person"])
    page = address(fair, "fairs:notices", fair["second"])
    browser.get(page)
    with django_assert_num_queries(8):
        browser.get(page)
