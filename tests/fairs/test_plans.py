"""The plan of an edition: each change is a version with its paper, and old ones are read as they were."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from fairs import clock
from fairs.actions.editions import add_legal_paper, copy_edition
from fairs.actions.plans import set_targets
from fairs.errors import Forbidden, Invalid
from fairs.models import Entry, PlanVersion, Target
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def director(edition):
    return world.officer(edition, "director")


def paper(edition, director, number="50/KH-UBND"):
    return add_legal_paper(
        edition, number=number, issued_on=date(2018, 2, 21), issuer_vi="UBND", subject_vi="Kế hoạch", by=director
    )


def planned(edition):
    return dict(edition.targets.values_list("figure", "value"))


def test_a_change_makes_the_next_version_and_the_old_one_stays(edition, director):
    decision = paper(edition, director)
    first = set_targets(
        edition, targets={"B1.planned": Decimal(650), "C1": Decimal(250)}, legal_paper=decision,
        since=date(2018, 3, 1), by=director,
    )  # fmt: skip
    second = set_targets(edition, targets={"C1": Decimal(260)}, why="Thêm mười cơ sở", by=director)
    assert (first.number, second.number, second.since) == (1, 2, world.NOON.date())
    assert planned(edition) == {"B1.planned": 650, "C1": 260}
    old = Target.every.filter(version=first)
    assert dict(old.values_list("figure", "value")) == {"B1.planned": 650, "C1": 250}
    assert (first.legal_paper, second.legal_paper, second.made_by) == (decision, None, director)
    said = Entry.objects.filter(verb="fairs.planversion.set").order_by("pk")
    assert [(entry.subject, entry.fields) for entry in said] == [("1", ["B1.planned", "C1"]), ("2", ["C1"])]


def test_the_same_plan_said_again_is_no_new_version(edition, director):
    for _twice in range(2):
        set_targets(edition, targets={"C1": Decimal(250)}, by=director)
    assert PlanVersion.objects.count() == 1
    set_targets(edition, targets={"C1": Decimal(250)}, legal_paper=paper(edition, director), by=director)
    assert PlanVersion.objects.count() == 2  # the same figures, and now on a paper


def test_a_paper_of_another_edition_sets_nothing(edition, director):
    other = world.edition()
    strange = paper(other, world.officer(other, "director"))
    with pytest.raises(Invalid) as refusal:
        set_targets(edition, targets={"C1": Decimal(1)}, legal_paper=strange, by=director)
    assert refusal.value.code == "paper_elsewhere"
    with pytest.raises(Forbidden):
        set_targets(edition, targets={"C1": Decimal(1)}, by=world.officer(edition, "reports"))
    assert not PlanVersion.objects.exists()


def test_the_database_keeps_one_number_and_one_target(edition):
    one = world.target(edition, "C1", 5)
    with pytest.raises(IntegrityError):
        PlanVersion.objects.create(edition=edition, number=one.version.number, since=world.OPENS)


def test_a_copied_edition_begins_with_the_plan_of_the_old_one(edition, director):
    world.target(edition, "C1", 250)
    made = copy_edition(
        edition, by=director, opens_on=date(2019, 10, 17), slug="hgs-2019", name_vi="Hội chợ 2019", name_en="Fair 2019"
    )
    assert planned(made) == {"C1": 250}
    assert edition.name_vi in made.plan_versions.get().why


def test_the_pages_show_every_version_and_what_changed(edition, director):
    set_targets(edition, targets={"C1": Decimal(250)}, legal_paper=paper(edition, director), by=director)
    set_targets(edition, targets={"C1": Decimal(260), "D3": Decimal(40)}, why="Thêm mười cơ sở", by=director)
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.officer(edition, "reports"))
    listed = client.get(reverse("fairs:plan_versions", args=[edition.slug])).content.decode()
    assert all(word in listed for word in ("Version 1", "Version 2", "50/KH-UBND", "Thêm mười cơ sở", "Holds now"))
    second = client.get(reverse("fairs:plan_version", args=[edition.slug, 2])).content.decode()
    assert '<b class="strong">260</b>' in second
    assert '<td class="n end" data-label="In version 1">250</td>' in second
    first = client.get(reverse("fairs:plan_version", args=[edition.slug, 1])).content.decode()
    assert '<b class="strong">250</b>' in first
    assert "Replaced by a later version" in first
    assert client.get(reverse("fairs:plan_version", args=[edition.slug, 3])).status_code == 404
    report = client.get(reverse("fairs:report", args=[edition.slug])).content.decode()
    assert "version 2 of the plan, of 1 Sep 2018" in report


def test_the_form_names_the_paper_and_keeps_the_others_targets(edition, director):
    decision = paper(edition, director)
    world.target(edition, "D3", 40)
    client = Client()
    client.force_login(director, backend="django.contrib.auth.backends.ModelBackend")
    rests = {"legal_paper": decision.pk, "since": "2018-03-01", "why": "Kế hoạch"}
    given = {"figure": "C1.companies", "value": "250"} | rests
    assert client.post(reverse("fairs:add_target", args=[edition.slug]), given).status_code == 302
    assert planned(edition) == {"C1.companies": 250, "D3": 40}
    made = edition.plan_versions.first()
    assert (made.number, made.legal_paper, made.since, made.why) == (2, decision, date(2018, 3, 1), "Kế hoạch")


def test_the_whole_plan_is_set_at_once_and_an_empty_field_is_no_target(edition, director):
    set_targets(edition, targets={"D3.countries": Decimal(40), "C1.companies": Decimal(250)}, by=director)
    client = Client(headers={"accept-language": "en"})
    client.force_login(director, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    there = reverse("fairs:set_plan", args=[edition.slug])
    shown = client.get(there).context["form"]
    assert shown["C1.companies"].initial == 250
    assert {"B1.planned", "E2.per_exhibitor", "H2.cost"} <= set(shown.fields)
    assert not {"A1.papers", "J1.planned"} & set(shown.fields)
    given = {"B1.planned": "650", "C1.companies": "1,250", "D3.countries": "", "why": "Approved"}
    assert client.post(there, given).status_code == 302
    assert planned(edition) == {"B1.planned": 650, "C1.companies": 1250}
    assert edition.plan_versions.first().number == 2
    assert client.post(there, given | {"C1.companies": "many"}).status_code == 422


def test_programs_set_and_read_versions(edition, director):
    paper(edition, director)
    client = APIClient()
    client.force_authenticate(director)
    given = {"edition": edition.slug, "targets": [{"figure": "C1.companies", "value": "250"}], "why": "Kế hoạch"}
    strange, known = (given | {"legal_paper": number} for number in ("9/X", "50/KH-UBND"))
    assert client.post("/api/v1/targets/", strange, format="json").json()["code"] == "unknown_paper"
    assert client.post("/api/v1/targets/", known, format="json").status_code == 201
    [read] = client.get(f"/api/v1/plan-versions/?edition__slug={edition.slug}").json()["results"]
    assert (read["number"], read["legal_paper"], read["targets"]) == (
        1, "50/KH-UBND", [{"figure": "C1.companies", "value": "250.00"}],
    )  # fmt: skip
    report = client.get(f"/api/v1/editions/{edition.slug}/report/").json()
    assert report["plan_version"] == {"number": 1, "since": "2018-09-01", "legal_paper": "50/KH-UBND"}


@pytest.mark.parametrize("versions", world.ROWS)
def test_the_lists_ask_as_many_questions_whatever_their_length(edition, director, versions, django_assert_num_queries):
    for number in range(1, versions + 1):
        set_targets(edition, targets={"C1": Decimal(number)}, by=director)
    client = Client()
    client.force_login(director, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_num_queries(5):
        client.get(reverse("fairs:plan_versions", args=[edition.slug]))
    program = APIClient()
    program.force_authenticate(director)
    with django_assert_num_queries(3):
        program.get("/api/v1/plan-versions/?page_size=200")
