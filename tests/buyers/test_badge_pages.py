"""Badges on the phone and on paper, and the passes of a company."""

import pytest
import zxingcpp

from buyers.actions.badges import issue_badge
from buyers.models import Badge
from fairs.models import Membership, Participation, Person
from tests import world
from tests.buyers.importers import drawn, importer, page

pytestmark = pytest.mark.django_db


def test_the_badge_on_the_phone_holds_the_token(edition, client):
    registration = importer(edition, grade="hosted")
    client.force_login(registration.person)
    shown = client.get(page("badge", edition)).content.decode()
    badge = Badge.objects.get()
    assert badge.code in shown
    [read] = zxingcpp.read_barcodes(drawn(shown))
    assert read.text == badge.qr_code


@pytest.mark.parametrize(("state", "words"), [("registered", "approv"), (None, "two minutes")])
def test_without_a_badge_the_page_says_what_to_do(edition, client, state, words):
    person = importer(edition).person if state else world.person(language="en")
    client.force_login(person)
    assert words in client.get(page("badge", edition), headers={"accept-language": "en"}).content.decode()


def tabs(answer):
    """Where the navigation of a page leads: the last part of each address."""
    return [item["url"].rstrip("/").rsplit("/", 1)[-1] for item in answer.context["nav"]]


@pytest.mark.parametrize(
    ("who", "first", "says"),
    [
        ("exhibitor", "plan", "a pass of the company"),
        ("applicant", "plan", "a pass of the company"),
        ("importer", "badge", "within two working days"),
        ("both", "plan", "a pass of the company"),
        ("officer", "desk", "people of exhibitors"),
        ("nobody", "", "two minutes"),
    ],
)
def test_each_finds_their_own_tabs_above_the_badge(edition, client, who, first, says):
    person = importer(edition).person if who == "importer" else world.person(language="en")
    if who == "applicant":
        world.application(edition, person, state="submitted")
    if who in ("exhibitor", "both"):
        Participation.objects.create(edition=edition, company=world.company(person), role="exhibitor")
    if who == "both":
        Participation.objects.create(edition=edition, company=world.importer_company(person), role="importer")
    client.force_login(world.officer(edition, "importer_desk") if who == "officer" else person)
    answer = client.get(page("badge", edition), headers={"accept-language": "en"})
    assert tabs(answer)[0] == (first or edition.slug)
    assert ("my-booths" in tabs(answer)) == (who in ("exhibitor", "applicant", "both"))
    assert says in answer.content.decode()


def test_the_tabs_of_a_badge_are_those_of_its_kind(edition, client):
    visitor = importer(edition, grade="hosted").person
    client.force_login(visitor)
    assert tabs(client.get(page("badge", edition)))[0] == "badge"
    maker = world.person()
    firm = world.company(maker)
    Participation.objects.create(edition=edition, company=firm, role="exhibitor", pass_quota=1)
    issue_badge(edition, person=maker, company=firm, kind="exhibitor", by=maker)
    client.force_login(maker)
    assert "my-booths" in tabs(client.get(page("badge", edition)))


def test_a_badge_prints_for_its_holder_and_for_nobody_else(edition, client):
    registration = importer(edition, grade="ordinary")
    address = page("badge_pdf", edition, pk=Badge.objects.get().pk)
    client.force_login(world.person())
    assert client.get(address).status_code == 404
    client.force_login(registration.person)
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    colleague = world.person()
    Membership.objects.create(company=registration.company, person=colleague)
    for other in (world.officer(edition, "gate"), colleague):
        client.force_login(other)
        assert client.get(address).status_code == 403


def test_a_company_gives_and_takes_back_its_passes(edition, client):
    maker = world.person()
    firm = world.company(maker)
    client.force_login(maker)
    assert client.get(page("passes", edition)).context["part"] is None
    assert client.post(page("passes", edition), {"full_name": "Too Early"}).status_code == 422
    Participation.objects.create(edition=edition, company=firm, role="exhibitor", pass_quota=1)
    client.post(page("passes", edition), {"full_name": "Nguyễn Văn Tĩnh", "job_title": "Nghệ nhân"})
    given = Badge.objects.get()
    assert (given.person.badge_name, given.kind) == ("Tĩnh", "exhibitor")
    full = client.post(page("passes", edition), {"full_name": "One Too Many"})
    assert full.status_code == 422
    assert not Person.objects.filter(full_name="One Too Many").exists()
    assert client.get(page("badge_pdf", edition, pk=given.pk)).status_code == 200
    client.post(page("end_pass", edition, pk=given.pk))
    assert not Badge.objects.valid().exists()
