"""The pages of importers, their desk and the gates."""

import re
from datetime import timedelta

import pytest
import zxingcpp
from django.core import mail
from django.urls import reverse
from PIL import Image, ImageDraw

from buyers.actions.badges import issue_badge
from buyers.actions.gates import scan_badge
from buyers.actions.registrations import approve_registration, invite_newcomer, register_importer
from buyers.models import Badge, Gate, Registration, Scan
from fairs import clock
from fairs.models import Company, Consent, Membership, Participation, Person
from tests import world

pytestmark = pytest.mark.django_db

LANGUAGES = {"vi": "Đăng ký nhà nhập khẩu", "en": "Register as an importer"}


@pytest.fixture
def edition():
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


@pytest.fixture
def desk(edition, client):
    officer = world.officer(edition, "importer_desk")
    client.force_login(officer)
    return officer


def page(name, edition, **kwargs):
    return reverse(f"buyers:{name}", kwargs={"edition": edition.slug} | kwargs)


def typed(**other):
    return {
        "full_name": "Keiko Morita",
        "company_name": "Morita Living",
        "country": "JP",
        "email": "keiko@morita.example",
        "product_groups": [world.product_group().pk],
        "registration": "on",
    } | other


def importer(edition, *, grade=None, name="Linnea Berg"):
    person = world.person(name, given_name=name.split()[0], language="en")
    registration = register_importer(
        edition,
        person=person,
        company=world.importer_company(person),
        consents=["registration"],
        language="en",
        by=person,
        product_groups=[world.product_group()],
    )
    if grade:
        approve_registration(registration, grade=grade, by=world.officer(edition, "importer_desk"))
    return registration


def gate_of(edition):
    return Gate.objects.get_or_create(edition=edition, name_vi="Cổng 1", name_en="Gate 1")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_speaks_the_browsers_language_and_ticks_nothing(edition, client, language):
    shown = client.get(page("register", edition), headers={"accept-language": language}).content.decode()
    assert LANGUAGES[language] in shown
    assert not re.search(r"<input[^>]*type=\"checkbox\"[^>]*checked", shown)


def test_a_newcomer_registers_and_opens_their_page_with_the_code(edition, client):
    answer = client.post(page("register", edition), typed(directory="on"), headers={"accept-language": "en"})
    assert answer.url == page("registration", edition)
    assert Registration.objects.get().company.name_vi == "Morita Living"
    assert set(Consent.objects.values_list("purpose", "language")) == {("registration", "en"), ("directory", "en")}
    received = client.get(answer.url, headers={"accept-language": "en"}).content.decode()
    assert "keiko@morita.example" in received
    give_code(client)
    own = client.get(page("registration", edition))
    assert own.context["registration"].person.email == "keiko@morita.example"


def test_a_known_address_looks_the_same_and_changes_nothing(edition, client):
    known = world.person("Somebody Else", email="keiko@morita.example")
    stranger = client.post(page("register", edition), typed(), headers={"accept-language": "en"})
    seen = client.get(stranger.url, headers={"accept-language": "en"}).content.decode()
    assert not Registration.objects.exists()
    assert not Company.objects.exists()
    known.email = "other@example.org"
    known.save()
    client.logout()
    fresh = client.post(page("register", edition), typed(), headers={"accept-language": "en"})
    assert (fresh.status_code, fresh.url) == (stranger.status_code, stranger.url)
    again = client.get(fresh.url, headers={"accept-language": "en"}).content.decode()
    assert _plain(seen) == _plain(again)
    assert Registration.objects.get().person != known


def _plain(html):
    return re.sub(r"csrf\w*\W+\w+\W+\w+\W+\w{64}|\w{64}", "", html)


def test_who_was_known_is_registered_with_the_code(edition, client):
    known = world.person("Keiko Morita", email="keiko@morita.example")
    client.post(page("register", edition), typed(news="on"))
    assert not Registration.objects.exists()
    give_code(client)
    own = client.get(page("registration", edition))
    assert own.context["registration"].person == known
    assert own.context["registration"].company.name_vi == "Morita Living"
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"registration", "news"}
    client.get(page("registration", edition))
    assert Registration.objects.count() == 1


def test_an_invited_importer_finishes_for_the_company_they_were_invited_for(edition, client):
    invited = invite_newcomer(
        edition,
        email="keiko@morita.example",
        full_name="Keiko Morita",
        company_name="Morita Living Co., Ltd.",
        country="JP",
        by=world.officer(edition, "importer_desk"),
    )
    client.post(page("register", edition), typed())
    give_code(client)
    client.get(page("registration", edition))
    invited.refresh_from_db()
    assert (invited.state, invited.company.name_vi) == ("registered", "Morita Living Co., Ltd.")
    assert Company.objects.count() == 1


def test_what_another_typed_is_not_taken_for_whoever_signs_in(edition, client):
    world.person("Somebody", email="somebody@x.example")
    client.post(page("register", edition), typed())
    client.force_login(Person.objects.get(email="somebody@x.example"))
    assert client.get(page("registration", edition)).url == page("register", edition)
    assert Registration.objects.get().person.email == "keiko@morita.example"


def give_code(client):
    [code] = re.findall(r"^\s*([0-9A-Z-]{6,9})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    client.post(reverse("account_confirm_login_code"), {"code": code})


def test_nothing_typed_is_lost(edition, client):
    answer = client.post(
        page("register", edition), typed(email="not an address", registration=""), headers={"accept-language": "en"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Keiko Morita" in shown
    assert "Without this the organiser may not register you" in shown
    assert not Person.objects.exists()


def test_a_flood_from_one_network_is_slowed_with_everything_kept(edition, client, monkeypatch):
    from rest_framework.throttling import ScopedRateThrottle

    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "register", "1/hour")
    client.post(page("register", edition), typed())
    answer = client.post(page("register", edition), typed(email="two@example.org"))
    assert answer.status_code == 422
    assert "two@example.org" in answer.content.decode()
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(("language", "word"), [("vi", "Bước tiếp theo"), ("en", "What happens next")])
def test_the_importer_reads_what_comes_next_and_says_more(edition, client, language, word):
    registration = importer(edition)
    registration.person.language = language
    registration.person.save()
    client.force_login(registration.person)
    assert word in client.get(page("registration", edition), headers={"accept-language": language}).content.decode()
    answer = client.post(
        page("registration", edition),
        {
            "given_name": "Linnea",
            "job_title": "Buyer",
            "phone": "",
            "interest": "Baskets",
            "volume": "large",
            "languages": ["en", "ja"],
            "product_groups": [world.product_group().pk],
            "news": "on",
        },
    )
    assert answer.status_code == 302
    registration.refresh_from_db()
    assert (registration.volume, registration.languages, registration.person.job_title) == ("large", "en,ja", "Buyer")
    assert set(Consent.objects.filter(withdrawn_at=None).values_list("purpose", flat=True)) == {"registration", "news"}


def test_a_consent_taken_back_keeps_its_proof_with_the_time(edition, client):
    registration = importer(edition)
    client.force_login(registration.person)
    said = {
        "product_groups": [world.product_group().pk],
        "given_name": "",
        "job_title": "",
        "phone": "",
        "interest": "",
    }
    client.post(page("registration", edition), said | {"news": "on"})
    client.post(page("registration", edition), said)
    assert Consent.objects.get(purpose="news").withdrawn_at == world.FIRST_MORNING
    assert Consent.objects.get(purpose="registration").withdrawn_at is None


def test_the_badge_on_the_phone_holds_the_token(edition, client):
    registration = importer(edition, grade="hosted")
    client.force_login(registration.person)
    shown = client.get(page("badge", edition)).content.decode()
    badge = Badge.objects.get()
    assert badge.code in shown
    [read] = zxingcpp.read_barcodes(_drawn(shown))
    assert read.text == badge.token


def _drawn(html, module=6):
    """The QR code's SVG path of a page, drawn: runs of dark modules as M x y h length."""
    side = int(re.findall(r'class="qr"[^>]*viewBox="0 0 (\d+)', html)[0])
    picture = Image.new("L", (side * module, side * module), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)", html.split('class="qr"')[1].split("</svg>")[0]):
        left, top = int(x) * module, int(y) * module
        pen.rectangle([left, top, left + int(run) * module - 1, top + module - 1], fill=0)
    return picture


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


def test_the_desk_prints_all_badges_or_those_ticked(edition, client, desk):
    assert client.get(page("badge_sheets", edition)).status_code == 409
    one = importer(edition, grade="ordinary")
    importer(edition, grade="ordinary")
    assert client.get(page("badge_sheets", edition)).content.startswith(b"%PDF")
    assert client.get(page("badge_sheets", edition), {"chosen": one.pk}).content.startswith(b"%PDF")
    assert client.get(page("badge_sheets", edition), {"chosen": "x", "part": "²"}).content.startswith(b"%PDF")


def test_the_desk_finds_importers_without_accents(edition, client, desk):
    importer(edition, name="Camille Lefèvre")
    importer(edition, name="Nils Sørensen", grade="hosted")
    found = client.get(page("importers_desk", edition), {"q": "lefevre camille"})
    assert [row.person.full_name for row, _kind in found.context["rows"]] == ["Camille Lefèvre"]
    hosted = client.get(page("importers_desk", edition), {"state": "approved", "grade": "hosted", "country": "FR"})
    assert [row.person.full_name for row, _kind in hosted.context["rows"]] == ["Nils Sørensen"]
    for odd in ({"state": "x", "sort": "'", "page": "zero"}, {"q": "%_'\"<script>"}, {"sort": "-country"}):
        assert client.get(page("importers_desk", edition), odd).status_code == 200


def test_the_counts_are_kept_apart(edition, client, desk):
    importer(edition)
    hosted = importer(edition, grade="hosted")
    importer(edition, grade="ordinary")
    keeper = world.officer(edition, "gate")
    badge = Badge.objects.get(person=hosted.person)
    scan_badge(gate_of(edition), code=badge.token, direction="in", key="k", by=keeper)
    counts = client.get(page("importers_desk", edition)).context["counts"]
    wanted = {"invited": 0, "registered": 1, "approved": 2, "hosted": 1, "attended": 1}
    assert {name: counts[name] for name in wanted} == wanted


def test_the_desk_approves_many_at_once(edition, client, desk):
    chosen = [importer(edition) for _one in range(3)]
    nothing = client.post(page("importers_desk", edition), {"grade": "semi"})
    assert nothing.status_code == 422
    client.post(page("importers_desk", edition), {"grade": "semi", "chosen": [one.pk for one in chosen]})
    assert set(Registration.objects.values_list("state", "grade")) == {("approved", "semi")}
    assert Badge.objects.count() == 3


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_list_costs_the_same_however_long(edition, client, desk, rows, django_assert_num_queries):
    group = world.product_group()
    people = Person.objects.bulk_create(Person(full_name=f"P {n}", email=f"p{n}@x.example") for n in range(rows))
    companies = Company.objects.bulk_create(Company(name_vi=f"C {n}", country="FR") for n in range(rows))
    made = Registration.objects.bulk_create(
        Registration(edition=edition, person=person, company=company)
        for person, company in zip(people, companies, strict=True)
    )
    for one in made:
        one.product_groups.add(group)
    with django_assert_num_queries(10):
        client.get(page("importers_desk", edition))


def test_the_desk_decides_on_one(edition, client, desk):
    one = importer(edition)
    address = page("importer_desk", edition, pk=one.pk)
    assert client.get(address).status_code == 200
    refused = client.post(address, {"verb": "decline", "reason": ""})
    assert refused.status_code == 422
    client.post(address, {"verb": "decline", "reason": "Retail only"})
    client.post(address, {"verb": "approve", "grade": "ordinary"})
    client.post(address, {"verb": "grade", "grade": "hosted"})
    one.refresh_from_db()
    assert (one.state, one.grade) == ("approved", "hosted")
    shown = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "2026-1" in shown
    badge = Badge.objects.get()
    client.post(page("reissue_badge", edition, pk=badge.pk))
    fresh = Badge.objects.valid().get()
    assert fresh.pk != badge.pk
    client.post(page("revoke_badge", edition, pk=fresh.pk))
    assert not Badge.objects.valid().exists()
    client.post(address, {"verb": "withdraw"})
    one.refresh_from_db()
    assert one.state == "withdrawn"


def test_the_desk_invites(edition, client, desk):
    client.post(
        page("invite", edition),
        {"full_name": "Anna Nováková", "email": "anna@x.example", "company_name": "Import", "country": "CZ"},
    )
    invited = Registration.objects.get()
    assert (invited.state, invited.person.given_name, invited.company.country) == ("invited", "Anna", "CZ")


def test_readers_of_the_list_may_not_decide(edition, client):
    one = importer(edition)
    client.force_login(world.officer(edition, "matchmaking_desk"))
    assert client.get(page("importer_desk", edition, pk=one.pk)).status_code == 200
    assert client.post(page("importers_desk", edition), {"grade": "semi", "chosen": [one.pk]}).status_code == 422
    one.refresh_from_db()
    assert one.state == "registered"


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


def test_the_gate_answers_without_a_script(edition, client):
    gate, keeper = gate_of(edition), world.officer(edition, "gate")
    badge = Badge.objects.get(person=importer(edition, grade="ordinary").person)
    client.force_login(keeper)
    assert client.get(page("gate", edition)).status_code == 200
    address = page("scan", edition, gate=gate.pk)
    first = client.get(address)
    answer = client.post(
        address,
        {"code": badge.short_code, "direction": "in", "key": first.context["key"]},
        headers={"accept-language": "en"},
    ).content.decode()
    assert "Welcome" in answer
    assert "Mời vào" in answer
    assert "Linnea Berg" in answer
    assert "<html" in answer


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        ("nothing", ["Welcome", "Mời vào"]),
        ("inside", ["Already in", "Gate 1", "Left and came back"]),
        ("revoked", ["Badge no longer valid"]),
        ("reissued", ["A new badge was issued"]),
        ("unknown", ["Unknown badge", "Không nhận ra thẻ"]),
        ("next week", ["Not today"]),
    ],
)
def test_each_answer_is_one_small_fragment(edition, client, prepare, words):
    gate, keeper = gate_of(edition), world.officer(edition, "gate")
    badge = Badge.objects.get(person=importer(edition, grade="ordinary").person)
    client.force_login(keeper)
    desk = world.officer(edition, "importer_desk")
    moment = world.FIRST_MORNING
    if prepare == "inside":
        scan_badge(gate, code=badge.token, direction="in", key="before", by=keeper)
    elif prepare in ("revoked", "reissued"):
        badge.follow("revoke", by=desk)
    if prepare == "reissued":
        issue_badge(edition, person=badge.person, company=badge.company, kind="importer", by=desk)
    elif prepare == "next week":
        moment += timedelta(days=7)
    code = "ZZZZZZZZ" if prepare == "unknown" else badge.token
    with clock.at(moment):
        answer = client.post(
            page("scan", edition, gate=gate.pk),
            {"code": code, "direction": "in", "key": "one"},
            headers={"hx-request": "true", "accept-language": "en"},
        ).content.decode()
    assert "<html" not in answer
    for word in words:
        assert word in answer


def test_the_counter_counts_visits_and_those_inside(edition, client):
    gate, keeper = gate_of(edition), world.officer(edition, "gate")
    badge = Badge.objects.get(person=importer(edition, grade="ordinary").person)
    client.force_login(keeper)
    for key, direction in [("a", "in"), ("b", "out"), ("c", "in")]:
        scan_badge(gate, code=badge.token, direction=direction, key=key, by=keeper)
    assert client.get(page("gate_counter", edition)).context["counts"] == {"visits": 2, "inside": 1}


def test_a_gate_of_another_fair_is_not_there(edition, client):
    client.force_login(world.officer(edition, "gate"))
    other = gate_of(world.edition())
    assert client.get(page("scan", edition, gate=other.pk)).status_code == 404
    assert client.get(page("scan", other.edition, gate=other.pk)).status_code == 404
    assert not Scan.objects.exists()


def test_gates_are_opened_by_name(edition, client):
    client.force_login(world.officer(edition, "gate"))
    client.post(page("gate", edition), {"name_vi": "Cổng 2", "name_en": "Gate 2"})
    assert Gate.objects.get().name_en == "Gate 2"
    twice = client.post(page("gate", edition), {"name_vi": "Cổng 2", "name_en": "Gate 2"})
    assert twice.status_code == 422
