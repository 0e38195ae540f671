"""Setting an edition up: the director alone, every step on a page, last year's set-up carried over."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from booths.models import Booth, BoothClass, Price, Zone
from fairs import clock
from fairs.actions import editions, plans
from fairs.deliveries import compose
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Edition, Entry, ExchangeRate, Officer, OpeningDay, Person, Target
from fairs.money.actions.support import set_support_rule
from matchmaking.actions.deals import record_deal
from tests import world

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2019, 10, 17)
PDF = b"%PDF-1.7 the decision"
PAGES = [
    "set_up", "change_edition", "copy_edition", "add_day", "add_target", "set_plan", "add_legal_paper",
    "add_programme_item", "add_support_rule", "officers",
]  # fmt: skip


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield world.edition(slug="hgs-2018")


@pytest.fixture
def director(fair):
    return world.officer(fair, "director")


@pytest.fixture
def page(director):
    client = Client()
    client.force_login(director)
    client.person = director
    return client


def address(name: str, *rest: Any) -> str:
    return reverse(f"fairs:{name}", args=["hgs-2018", *rest])


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def paper(**fields: Any) -> dict[str, Any]:
    return {
        "number": "50/KH-UBND", "issued_on": date(2018, 2, 1), "issuer_vi": "UBND TP Hà Nội", "subject_vi": "Kế hoạch",
    } | fields  # fmt: skip


# ---- actions ----------------------------------------------------------------------------------------------


def test_only_the_administrator_begins_a_series():
    administrator = Person.objects.create_superuser("admin@example.org", "secret-lacquer")
    names = {"slug": "new", "name_vi": "Hội chợ", "name_en": "Fair", "short_name": "F"}
    assert editions.create_series(by=administrator, **names).slug == "new"
    with pytest.raises(Forbidden):
        editions.create_series(by=world.person(), **names)


def test_a_director_of_the_series_begins_an_edition_as_a_draft(fair, director):
    names: dict[str, Any] = {"name_vi": "A", "name_en": "B", "venue_vi": "C", "venue_en": "D"}
    dates: dict[str, Any] = {"opens_on": NEXT_YEAR, "closes_on": NEXT_YEAR + timedelta(days=3)}
    made = editions.create_edition(fair.series, by=director, slug="hgs-2019", **names, **dates)
    assert not made.published
    with pytest.raises(Forbidden):
        editions.create_edition(fair.series, by=world.officer(fair, "finance"), slug="x", **names, **dates)
    for wrong in [{"slug": "admin"}, {"slug": "hgs-2018"}, {"slug": "x", "name_en": ""}, {"slug": "x", "kind": "?"}]:
        with pytest.raises(Invalid) as refusal:
            editions.create_edition(fair.series, by=director, **{**names, **dates, **wrong})
        assert refusal.value.fields.keys() & wrong.keys()


def test_what_is_refused_changes_nothing(fair, director):
    wrongs: list[dict[str, Any]] = [
        {"closes_on": date(2018, 1, 1)},
        {"opens_on": date(9999, 1, 1)},
        {"time_zone": "Hanoi"},
    ]
    for wrong in wrongs:
        with pytest.raises(Invalid):
            editions.change_edition(Edition.objects.get(pk=fair.pk), by=director, **wrong)
    assert verbs() == []
    editions.change_edition(fair, by=director, name_en="Gift Show", number=7)
    assert Entry.objects.get().fields == ["name_en", "number"]


def test_the_whole_set_up_is_carried_to_a_new_date(fair, director):
    booths = world.floor(fair, booths=6)
    Zone.objects.get().product_groups.add(world.product_group())
    world.target(fair, "B1.planned", 650)
    basis = editions.add_legal_paper(fair, by=director, **paper())
    set_support_rule(fair, by=director, name_vi="50 %", name_en="Half", percent=Decimal(50), legal_basis=basis)
    world.application(fair)
    made = editions.copy_edition(
        fair, by=director, opens_on=NEXT_YEAR, slug="hgs-2019", name_vi="Hội chợ 2019", name_en="Fair 2019"
    )
    assert (made.opens_on, made.closes_on, made.published) == (NEXT_YEAR, NEXT_YEAR + timedelta(days=3), False)
    assert [day.date for day in made.days.all()] == [NEXT_YEAR + timedelta(days=n) for n in range(4)]
    assert made.days.all()[0].opens_at == fair.days.all()[0].opens_at
    assert list(made.targets.values_list("figure", "value")) == [("B1.planned", 650)]
    rule = made.support_rules.get()
    assert rule.percent == 50
    assert rule.legal_basis is None
    assert [booth.code for booth in made.booths.order_by("code")] == [booth.code for booth in booths]
    assert (
        Booth.objects.filter(edition=made, hall__edition=made, zone__edition=made, booth_class__edition=made).count()
        == 6
    )
    assert (
        Price.objects.filter(booth_class__edition=made).count()
        == Price.objects.filter(booth_class__edition=fair).count()
    )
    assert list(made.zones.get().product_groups.all()) == [world.product_group()]
    assert made.sale_terms.hold_minutes == fair.sale_terms.hold_minutes
    assert BoothClass.objects.filter(edition=made).count() == 1
    for nothing in [made.participations, made.applications, made.notices, made.legal_papers]:
        assert not nothing.exists()
    assert [officer.person for officer in made.officers.all()] == [director]
    assert verbs()[-2:] == ["fairs.edition.create", "fairs.edition.copy"]


def test_only_who_runs_the_series_copies(fair):
    with pytest.raises(Forbidden):
        editions.copy_edition(fair, by=world.officer(fair, "booth_desk"), opens_on=NEXT_YEAR, slug="x")


def test_a_paper_is_a_pdf_with_a_number_of_its_own(fair, director, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for wrong, code in [
        (b"MZ\x90", "not_a_pdf"),
        (b"", "not_a_pdf"),
        (PDF + b"x" * 10 * 1024 * 1024, "file_too_large"),
    ]:
        file = SimpleUploadedFile("decision.pdf", wrong or b" ")
        with pytest.raises(Invalid) as refusal:
            editions.add_legal_paper(fair, by=director, file=file, **paper())
        assert refusal.value.code == code
    assert not list(tmp_path.rglob("*.pdf"))
    editions.add_legal_paper(fair, by=director, file=SimpleUploadedFile("decision.pdf", PDF), **paper())
    with pytest.raises(Refused):
        editions.add_legal_paper(fair, by=director, **paper())


def test_the_last_director_stays(fair, director):
    other = editions.appoint_by_email(fair, email="b@example.org", full_name="B", role="director", by=director)
    editions.dismiss_officer(other, by=director)
    with pytest.raises(Refused):
        editions.dismiss_officer(Officer.objects.get(person=director), by=director)
    assert verbs() == ["fairs.person.enter", "fairs.officer.appoint", "fairs.officer.dismiss"]


def test_whoever_gets_a_first_role_gets_one_letter_in_the_language_of_who_gave_it(fair, director):
    director.language = "en"
    for role in ("gate", "finance", "gate"):
        editions.appoint_by_email(fair, email="ha@example.org", full_name="Nguyễn Thu Hà", role=role, by=director)
    letter = compose(Delivery.objects.get())
    assert letter.subject == f"You help to run {fair.name_en} now"
    assert f"{reverse('account_request_login_code')}?next={address('desk')}" in letter.body


def test_a_role_given_twice_is_given_once(fair, director):
    gate = world.person()
    for _twice in range(2):
        editions.appoint_officer(fair, person=gate, role="gate", by=director)
    assert gate.offices.count() == 1


def test_a_rate_is_entered_once_its_day_has_come(fair):
    rate = {"currency": "VND", "source": "VCB", "by": world.officer(fair, "finance"), "edition": fair}
    with clock.at(world.NOON):
        editions.set_rate(usd=Decimal("0.0000428"), day=world.NOON.date(), **rate)
        with pytest.raises(Invalid) as refusal:
            editions.set_rate(usd=Decimal("0.0000428"), day=world.NOON.date() + timedelta(days=1), **rate)
    assert refusal.value.code == "day_to_come"


def test_a_director_corrects_a_rate_while_no_deal_rests_on_it(fair):
    sides = world.two_sides(fair)
    director = world.officer(fair, "director")
    rate = {"currency": "EUR", "day": world.OPENS, "source": "ECB", "edition": fair}
    with clock.at(world.FIRST_MORNING):
        wrong = editions.set_rate(usd=Decimal("11.5"), by=world.officer(fair, "finance"), **rate)
        assert editions.set_rate(usd=Decimal("1.15"), by=director, **rate) == wrong
        record_deal(
            fair, exhibitor=sides.exhibitor, importer=sides.importer, recorded_side="exhibitor", kind="contract",
            product_group=world.product_group(), currency="EUR", amount=Decimal(100), signed_on=world.OPENS,
            key="one", by=sides.maker,
        )  # fmt: skip
        with pytest.raises(Refused) as refusal:
            editions.set_rate(usd=Decimal("1.2"), by=director, **rate)
    assert refusal.value.code == "rate_known"
    assert ExchangeRate.objects.get().usd == Decimal("1.15")
    assert Entry.objects.filter(verb="fairs.exchangerate.correct").count() == 1


def test_a_rate_that_stands_is_never_changed(fair):
    rate = {
        "currency": "VND",
        "day": world.NOON.date(),
        "source": "VCB",
        "by": world.officer(fair, "finance"),
        "edition": fair,
    }
    for _twice in range(2):
        editions.set_rate(usd=Decimal("0.0000428"), **rate)
    with pytest.raises(Refused):
        editions.set_rate(usd=Decimal(1), **rate)
    with pytest.raises(Invalid):
        editions.set_rate(usd=Decimal(0), **rate | {"day": world.NOON.date() - timedelta(days=1)})
    assert ExchangeRate.objects.count() == 1


@pytest.mark.parametrize(
    ("deed", "given"),
    [
        (editions.change_edition, {"name_en": "X"}),
        (editions.set_days, {"days": []}),
        (plans.set_targets, {"targets": {}}),
        (editions.add_legal_paper, {"number": "1"}),
        (editions.add_programme_item, {"starts_at": world.NOON}),
        (editions.appoint_by_email, {"email": "x@example.org", "full_name": "X", "role": "gate"}),
        (set_support_rule, {"percent": 1}),
    ],
)
def test_only_the_director_sets_up(fair, deed, given):
    for person in [world.person(), world.officer(fair, "finance"), world.officer(world.edition(), "director")]:
        with pytest.raises(Forbidden):
            deed(fair, by=person, **given)


# ---- pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_the_set_up_is_the_directors(fair, page, name):
    assert page.get(address(name)).status_code == 200
    other = Client()
    other.force_login(world.officer(fair, "finance"))
    assert other.get(address(name)).status_code == 404
    assert Client().get(address(name)).status_code == 302


def test_a_year_begins_from_the_last_one_by_a_form(fair, page):
    given = {"slug": "hgs-2019", "name_vi": "A", "name_en": "B", "number": "8", "opens_on": "2019-10-17"}
    answer = page.post(address("copy_edition"), given)
    assert Edition.objects.get(slug="hgs-2019").opens_on == NEXT_YEAR
    assert answer.headers["Location"] == reverse("fairs:set_up", args=["hgs-2019"])
    again = page.post(address("copy_edition"), given)
    assert again.status_code == 422
    assert "slug" in again.context["form"].errors


def test_who_copied_an_edition_runs_it(fair, page):
    page.post(address("copy_edition"), {"slug": "n", "name_vi": "A", "name_en": "B", "opens_on": "2019-10-17"})
    assert page.get(reverse("fairs:set_up", args=["n"])).status_code == 200


def test_a_day_is_added_or_changed(fair, page):
    given = {"date": "2018-10-18", "opens_at": "08:00", "closes_at": "20:00", "audience": "public"}
    assert page.post(address("add_day"), given).status_code == 302
    assert OpeningDay.objects.get(edition=fair, date=world.OPENS).closes_at == time(20)
    assert fair.days.count() == 4
    assert page.post(address("add_day"), given | {"closes_at": "07:00"}).status_code == 422
    assert page.post(address("add_day"), given | {"date": "2018-12-24"}).status_code == 422


def test_a_target_is_one_of_the_reports_figures(fair, page):
    assert page.post(address("add_target"), {"figure": "B3.area", "value": "1.234,5"}).status_code == 302
    assert Target.objects.get().value == Decimal("1234.5")
    for strange in ("Z9.x", "A1.papers", "J1.planned"):
        assert page.post(address("add_target"), {"figure": strange, "value": "1"}).status_code == 422


def test_the_programme_is_changed_and_emptied(fair, page):
    item = editions.add_programme_item(fair, by=page.person, starts_at=world.FIRST_MORNING, title_vi="A", title_en="B")
    there = address("change_programme_item", item.pk)
    assert "B" in page.get(there).content.decode()
    later = {"starts_at": "2018-10-18T11:00", "ends_at": "2018-10-18T10:00", "title_vi": "A", "title_en": "C"}
    assert page.post(there, later).status_code == 422
    assert page.post(there, later | {"ends_at": ""}).status_code == 302
    item.refresh_from_db()
    assert (item.title_en, item.starts_at.hour) == ("C", 4)
    assert page.post(address("remove_programme_item", item.pk)).status_code == 302
    assert not fair.programme.exists()
    assert verbs()[-2:] == ["fairs.programmeitem.change", "fairs.programmeitem.remove"]


def test_support_rests_on_a_paper_of_the_same_edition(fair, page):
    mine, other = (
        editions.add_legal_paper(one, by=page.person, number="1", issued_on=world.OPENS, issuer_vi="U", subject_vi="K")
        for one in (fair, edition_of_the_same_director(page))
    )
    given = {"name_vi": "Hỗ trợ", "name_en": "Support", "item": "booth", "percent": "12,5", "booths_at_most": 2}
    assert page.post(address("add_support_rule"), given | {"legal_basis": other.pk}).status_code == 422
    assert page.post(address("add_support_rule"), given | {"percent": "101"}).status_code == 422
    assert page.post(address("add_support_rule"), given | {"legal_basis": mine.pk}).status_code == 302
    assert fair.support_rules.get().percent == Decimal("12.5")


def edition_of_the_same_director(page):
    other = world.edition()
    Officer.objects.create(person=page.person, role="director", edition=other)
    return other


def test_a_database_that_is_busy_is_said_in_words(fair, page, monkeypatch):
    def locked(*_args, **_kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(plans, "set_targets", locked)
    figure = "B1.planned"
    answer = page.post(address("add_target"), {"figure": figure, "value": "1"})
    assert (answer.status_code, "một phút" in answer.content.decode()) == (503, True)
    told = page.post(
        "/api/v1/targets/",
        {"edition": fair.slug, "targets": [{"figure": figure, "value": 1}]},
        content_type="application/json",
    )
    assert (told.status_code, told.json()["code"]) == (503, "busy")


def test_a_paper_is_downloaded_by_officers_alone(fair, page, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    given = paper(issued_on="2018-02-01")
    wrong = page.post(address("add_legal_paper"), given | {"file": SimpleUploadedFile("a.pdf", b"<html>")})
    assert "PDF" in str(wrong.context["form"].errors["file"])
    page.post(address("add_legal_paper"), given | {"file": SimpleUploadedFile("a.pdf", PDF)})
    kept = fair.legal_papers.get()
    gate = Client()
    gate.force_login(world.officer(fair, "gate"))
    answer: Any = gate.get(address("legal_paper_file", kept.pk))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="50-KH-UBND.pdf"'
    assert answer.content == PDF
    stranger = Client()
    stranger.force_login(world.person())
    assert stranger.get(address("legal_paper_file", kept.pk)).status_code == 404
    assert Client().get(address("legal_paper_file", kept.pk)).status_code == 302
    assert stranger.get(f"/files/{kept.file.name}").status_code == 404


def test_officers_come_and_go_by_forms(fair, page, director):
    page.post(address("officers"), {"email": "Gate@example.org", "full_name": "Lê Mai", "role": "gate"})
    officer = Officer.objects.get(role="gate")
    assert officer.person.email == "gate@example.org"
    assert page.post(address("dismiss_officer", officer.pk)).status_code == 302
    own = Officer.objects.get(person=director)
    assert page.post(address("dismiss_officer", own.pk)).status_code == 409


def test_the_programme_shows_on_the_public_page(fair, page):
    given = {"starts_at": "2018-10-18T09:00", "title_vi": "Lễ khai mạc", "title_en": "Opening"}
    assert page.post(address("add_programme_item"), given).status_code == 302
    assert "Lễ khai mạc" in Client().get(reverse("fairs:home", args=["hgs-2018"])).content.decode()
    assert page.post(address("add_programme_item"), given | {"starts_at": "1018-10-18T09:00"}).status_code == 422
