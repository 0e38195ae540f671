"""Editions and what is set up in them, for programs."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from fairs import clock
from fairs.models import Edition, ExchangeRate, Officer, Person
from tests import world

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 the decision"


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield world.edition(slug="hgs-2018")


@pytest.fixture
def director(fair):
    return world.officer(fair, "director")


def program(person: Person | None = None) -> APIClient:
    """A program that signed in as somebody, or did not."""
    client = APIClient()
    client.force_authenticate(person)
    return client


def draft(**fields: Any) -> dict[str, Any]:
    return {
        "series": "hgs", "slug": "hgs-2019", "name_vi": "Hội chợ 2019", "name_en": "Gift Show 2019",
        "opens_on": "2019-10-17", "closes_on": "2019-10-20", "venue_vi": "Cung", "venue_en": "Palace",
    } | fields  # fmt: skip


def test_everybody_reads_published_editions_with_their_days(fair):
    world.edition(published=False)
    answer = program().get("/api/v1/editions/").json()
    assert [found["slug"] for found in answer["results"]] == ["hgs-2018"]
    assert answer["results"][0]["days"][0] == {
        "date": "2018-10-18", "opens_at": "09:00:00", "closes_at": "17:30:00", "audience": "trade",
    }  # fmt: skip


def test_a_draft_does_not_exist_for_others(fair, director):
    hidden = world.edition(published=False)
    for person in [None, director, world.person()]:
        assert program(person).get(f"/api/v1/editions/{hidden.slug}/").status_code == 404
    assert program(world.officer(hidden, "gate")).get(f"/api/v1/editions/{hidden.slug}/").status_code == 200


def test_a_director_begins_changes_and_publishes(director):
    client = program(director)
    assert client.post("/api/v1/editions/", draft()).json()["published"] is False
    changed = client.patch("/api/v1/editions/hgs-2019/", {"number": 9, "theme_en": "Lacquer"})
    assert (changed.status_code, changed.json()["number"]) == (200, 9)
    assert client.post("/api/v1/editions/hgs-2019/publish/").json()["published"] is True
    assert client.post("/api/v1/editions/hgs-2019/unpublish/").json()["published"] is False


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"slug": "admin"}, "slug"),
        ({"slug": "hgs-2018"}, "slug"),
        ({"closes_on": "2019-10-01"}, "closes_on"),
        ({"time_zone": "Asia/Nowhere"}, "time_zone"),
        ({"opens_on": "0001-01-01"}, "opens_on"),
        ({"name_vi": "x" * 301}, "name_vi"),
        ({"number": -1}, "number"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(fair, director, wrong, field):
    answer = program(director).post("/api/v1/editions/", draft(**wrong))
    assert answer.status_code == 400
    assert field in answer.json()["fields"]
    assert Edition.objects.count() == 1


def test_others_may_not_set_up(fair):
    for person in [world.person(), world.officer(fair, "finance")]:
        client = program(person)
        assert client.post("/api/v1/editions/", draft()).status_code == 403
        assert client.patch("/api/v1/editions/hgs-2018/", {"name_en": "Mine"}).status_code == 403
        assert client.post("/api/v1/programme/", item()).status_code == 403
        assert client.post("/api/v1/support-rules/", rule()).status_code == 403
    assert program().post("/api/v1/editions/", draft()).status_code == 401


def test_a_copy_moves_the_days(fair, director):
    given = {"slug": "hgs-2019", "name_vi": "A", "name_en": "B", "opens_on": "2019-10-17"}
    answer = program(director).post("/api/v1/editions/hgs-2018/copy/", given).json()
    assert (answer["closes_on"], answer["days"][3]["date"]) == ("2019-10-20", "2019-10-20")
    assert program(director).post("/api/v1/editions/hgs-2018/copy/", given | {"slug": "me"}).status_code == 400
    far = program(director).post("/api/v1/editions/hgs-2018/copy/", given | {"slug": "x", "opens_on": "9999-12-31"})
    assert far.json()["code"] == "far_away"


def test_days_are_set_all_at_once(fair, director):
    day = {"date": "2018-10-18", "opens_at": "08:30", "closes_at": "18:00", "audience": "public"}
    client = program(director)
    given = {"edition": "hgs-2018", "days": [day]}
    assert client.post("/api/v1/opening-days/", given).status_code == 201
    assert fair.days.get().opens_at.hour == 8
    for wrong, code in [
        (day | {"closes_at": "08:00"}, "closes_first"),
        (day | {"date": "2018-11-30"}, "day_outside"),
    ]:
        assert client.post("/api/v1/opening-days/", given | {"days": [wrong]}).json()["code"] == code
    assert client.post("/api/v1/opening-days/", given | {"days": [day, day]}).json()["code"] == "day_twice"
    assert fair.days.count() == 1


def test_targets_name_figures_of_the_report(fair, director):
    client = program(director)
    figure = "B1.planned"
    answers = [
        client.post("/api/v1/targets/", {"edition": "hgs-2018", "targets": [{"figure": name, "value": "650"}]})
        for name in [figure, "B9.strange"]
    ]
    assert answers[0].json()[0]["value"] == "650.00"
    assert answers[1].json()["code"] == "unknown_figure"
    assert program().get("/api/v1/targets/").json()["count"] == 0
    assert program(world.officer(fair, "gate")).get("/api/v1/targets/").json()["count"] == 1


def item(**fields: Any) -> dict[str, Any]:
    return {
        "edition": "hgs-2018", "starts_at": "2018-10-18T09:00:00+07:00", "title_vi": "Khai mạc", "title_en": "Opening",
    } | fields  # fmt: skip


def test_the_programme_grows_near_the_fair(fair, director):
    client = program(director)
    assert client.post("/api/v1/programme/", item()).status_code == 201
    assert client.post("/api/v1/programme/", item(starts_at="1018-10-18T09:00:00Z")).json()["code"] == "far_away"
    assert client.post("/api/v1/programme/", item(ends_at="2018-10-18T01:00:00Z")).json()["code"] == "ends_first"
    assert [one["title_en"] for one in program().get("/api/v1/programme/").json()["results"]] == ["Opening"]


def test_papers_are_registered_and_fetched_by_officers_alone(fair, director, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    paper = {
        "edition": "hgs-2018", "number": "50/KH-UBND", "issued_on": "2018-02-01", "issuer_vi": "UBND",
        "subject_vi": "KH",
    }  # fmt: skip
    client = program(director)
    wrong = SimpleUploadedFile("a.pdf", b"MZ")
    assert (
        client.post("/api/v1/legal-papers/", paper | {"file": wrong}, format="multipart").json()["code"] == "not_a_pdf"
    )
    right = SimpleUploadedFile("a.exe", PDF)
    made = client.post("/api/v1/legal-papers/", paper | {"file": right}, format="multipart").json()
    assert made["has_file"] is True
    assert client.post("/api/v1/legal-papers/", paper).json()["code"] == "paper_known"
    file: Any = client.get(f"/api/v1/legal-papers/{made['id']}/file/")
    assert (file.content, file.headers["Content-Disposition"]) == (
        PDF,
        'attachment; filename="50-KH-UBND.pdf"',
    )
    for person in [None, world.person()]:
        assert program(person).get("/api/v1/legal-papers/").json()["results"] == []
        assert program(person).get(f"/api/v1/legal-papers/{made['id']}/file/").status_code == 404


def rule(**fields: Any) -> dict[str, Any]:
    return {"edition": "hgs-2018", "name_vi": "Hỗ trợ 50 %", "name_en": "Half", "percent": "50"} | fields


def test_support_rules_rest_on_a_paper_of_the_edition(fair, director):
    paper = fair.legal_papers.create(number="1", issued_on=world.OPENS, issuer_vi="UBND", subject_vi="KH")
    other = world.edition().legal_papers.create(number="1", issued_on=world.OPENS, issuer_vi="UBND", subject_vi="KH")
    client = program(director)
    assert client.post("/api/v1/support-rules/", rule(legal_basis=paper.pk)).json()["legal_basis"] == "1"
    assert client.post("/api/v1/support-rules/", rule(legal_basis=other.pk)).status_code == 404
    assert "percent" in client.post("/api/v1/support-rules/", rule(percent="101")).json()["fields"]


def test_officers_are_appointed_and_dismissed_by_the_director(fair, director):
    client = program(director)
    given = {"edition": "hgs-2018", "email": "Gate@example.org", "full_name": "Lê Mai", "role": "gate"}
    made = client.post("/api/v1/officers/", given).json()
    assert made["email"] == "gate@example.org"
    assert program(Person.objects.get(email="gate@example.org")).get("/api/v1/officers/").json()["count"] == 0
    assert client.delete(f"/api/v1/officers/{made['id']}/").status_code == 204
    own = Officer.objects.get(person=director)
    assert client.delete(f"/api/v1/officers/{own.pk}/").json()["code"] == "last_director"
    stranger = program(world.person()).post("/api/v1/officers/", given | {"email": "x@example.org"})
    assert stranger.status_code == 403
    assert not Person.objects.filter(email="x@example.org").exists()


def test_a_rate_stands_once_it_is_entered(fair):
    client = program(world.officer(fair, "finance"))
    rate = {"edition": "hgs-2018", "currency": "VND", "date": "2018-09-01", "usd": "0.0000428", "source": "VCB"}
    for _twice in range(2):
        assert client.post("/api/v1/exchange-rates/", rate).status_code == 201
    assert client.post("/api/v1/exchange-rates/", rate | {"usd": "1"}).json()["code"] == "rate_known"
    assert ExchangeRate.objects.count() == 1
    assert client.post("/api/v1/exchange-rates/", rate | {"date": "2018-08-31", "usd": "0"}).status_code == 400
    coming = rate | {"date": "2018-10-18"}
    assert client.post("/api/v1/exchange-rates/", coming).json()["code"] == "day_to_come"
    assert program().get("/api/v1/exchange-rates/?currency=VND").json()["count"] == 1


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_list_of_editions_asks_the_same_whatever_its_length(fair, rows, django_assert_num_queries):
    for n in range(rows - 1):
        Edition.objects.create(
            series=fair.series, slug=f"e-{n}", name_vi="A", name_en="B", venue_vi="C", venue_en="D", published=True,
            opens_on=world.OPENS, closes_on=world.OPENS + timedelta(days=1),
        )  # fmt: skip
    client = program()
    with django_assert_num_queries(3):
        assert client.get("/api/v1/editions/").json()["count"] == rows
