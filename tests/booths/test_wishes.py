"""What an application wishes for: neighbours, power, water, support."""

from decimal import Decimal

import pytest
from django.urls import reverse

from booths.actions.applications import correct_wishes, draft_application
from booths.models import Application, NeighbourWish
from fairs import clock
from fairs.errors import Invalid
from tests import world

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def edition():
    """An edition with some exhibitors."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        yield made


@pytest.fixture
def application(edition):
    """A draft."""
    return world.application(edition, state="draft")


def exhibitor(edition, name):
    """A company that exhibits."""
    return world.exhibitor(edition, name_vi=name).part.company


def wish(application, **wishes):
    """The draft with other wishes."""
    return draft_application(
        application.edition,
        company=application.company,
        contact=application.contact,
        booth_class=application.booth_class,
        by=application.contact,
        **wishes,
    )


def named(application):
    """The names by kind."""
    return {(one.kind, one.company.name_vi) for one in application.neighbours}


def test_neighbours_power_water_and_support_are_kept_and_replaced(edition, application):
    one, other = exhibitor(edition, "Gốm Đại Việt"), exhibitor(edition, "Mây tre Phú Vinh")
    wish(application, near=[one], apart=[other], power_kw=Decimal("2.51"), water=True, support_asked="Vận chuyển")
    application.refresh_from_db()
    assert named(application) == {("near", "Gốm Đại Việt"), ("apart", "Mây tre Phú Vinh")}
    assert (application.power_kw, application.water, application.support_asked) == (Decimal("2.6"), True, "Vận chuyển")
    wish(application, near=[other])
    application.refresh_from_db()
    assert named(application) == {("near", "Mây tre Phú Vinh")}
    assert (application.power_kw, application.water, application.support_asked) == (0, False, "")


def test_who_withdrew_may_stay_named(edition, application):
    company = exhibitor(edition, "Gốm Lan")
    wish(application, near=[company])
    company.participations.update(state="withdrawn")
    wish(application, near=[company])
    assert named(application) == {("near", "Gốm Lan")}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"near": 6}, "too_many_neighbours"),
        ({"apart": 6}, "too_many_neighbours"),
        ({"near": 1, "apart": 1}, "near_and_apart"),
        ({"power_kw": Decimal(-1)}, "power_kw"),
        ({"power_kw": Decimal(1000)}, "power_kw"),
    ],
)
def test_wishes_that_cannot_be_are_refused(edition, application, given, code):
    companies = [exhibitor(edition, f"Gốm {n}") for n in range(6)]
    wishes = {name: companies[:value] if name in ("near", "apart") else value for name, value in given.items()}
    with pytest.raises(Invalid) as refusal:
        wish(application, **wishes)
    assert refusal.value.code == code


@pytest.mark.parametrize("strange", ["applicant", "oneself", "other_edition"])
def test_only_other_exhibitors_of_the_edition_are_neighbours(edition, application, strange):
    company = {
        "applicant": lambda: world.application(edition, state="submitted").company,
        "oneself": lambda: application.company,
        "other_edition": lambda: exhibitor(world.edition(), "Gốm xa"),
    }[strange]()
    with pytest.raises(Invalid) as refusal:
        wish(application, apart=[company])
    assert refusal.value.code == "no_neighbour"
    assert not NeighbourWish.objects.exists()


def test_a_correction_keeps_what_it_does_not_name(edition):
    desk = world.officer(edition, "booth_desk")
    application = world.application(edition, state="submitted")
    Application.objects.filter(pk=application.pk).update(entered_by=desk, power_kw=3)
    NeighbourWish.objects.create(application=application, company=exhibitor(edition, "Gốm Lan"), kind="near")
    application.refresh_from_db()
    corrected = correct_wishes(application, by=desk, booth_count=3)
    assert (corrected.power_kw, corrected.booth_count, named(corrected)) == (3, 3, {("near", "Gốm Lan")})


def visit(client, application, **query):
    """The part of the page with what a search finds."""
    client.force_login(application.contact)
    return client.get(
        reverse("booths:neighbours", args=[application.edition.slug], query=query), headers={"accept-language": "en"}
    )


def test_exhibitors_are_found_whatever_the_accents(edition, application, client):
    company = exhibitor(edition, "Gốm Đại Việt")
    chosen = exhibitor(edition, "Mây tre Phú Vinh")
    page = visit(client, application, kind="near", near_q="dai viet", near=chosen.pk).content.decode()
    assert f'name="near" value="{company.pk}">' in page
    assert f'name="near" value="{chosen.pk}" checked' in page
    assert "No exhibitor" in visit(client, application, kind="apart", apart_q="nobody").content.decode()
    assert visit(client, application, kind="beside").status_code == 404
    assert application.company.name_vi not in visit(client, application, kind="near", near_q="gom").content.decode()


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_search_asks_the_same_whatever_it_finds(edition, application, client, django_assert_num_queries, rows):
    for number in range(min(rows, 20)):
        exhibitor(edition, f"Gốm {number}")
    client.force_login(application.contact)
    with django_assert_num_queries(12):
        visit(client, application, kind="near", near_q="gom")


def posted(edition, **given):
    """The step of wishes as typed."""
    return {"booth_class": world.booth_class(edition).pk, "booth_count": "1"} | given


@pytest.mark.parametrize(("language", "typed"), [("vi", "2,5"), ("en", "2.5")])
def test_the_step_takes_everything_in_the_way_of_the_page(edition, application, client, language, typed):
    company = exhibitor(edition, "Gốm Đại Việt")
    client.force_login(application.contact)
    step, headers = reverse("booths:apply_booths", args=[edition.slug]), {"accept-language": language}
    answer = client.post(step, posted(edition, near_q="dai", find="near", power_kw=typed), headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'name="near" value="{company.pk}">' in page
    assert f'value="{typed}"' in page
    assert "error-summary" not in page
    given = posted(edition, near=company.pk, power_kw=typed, water="on", support_asked="Phiên dịch")
    assert client.post(step, given, headers=headers).status_code == 302
    application.refresh_from_db()
    assert (application.power_kw, application.water) == (Decimal("2.5"), True)
    assert f'name="near" value="{company.pk}" checked' in client.get(step, headers=headers).content.decode()
    sent = client.get(reverse("booths:apply_send", args=[edition.slug]), headers=headers).content.decode()
    assert f"{typed} kW" in sent
    assert client.post(step, given | {"apart": company.pk}, headers=headers).status_code == 422


def test_the_desk_reads_the_wishes_and_nobody_else_does(edition, client):
    company = exhibitor(edition, "Gốm Đại Việt")
    application = world.application(edition, state="submitted")
    NeighbourWish.objects.create(application=application, company=company, kind="apart")
    client.force_login(world.officer(edition, "booth_desk"))
    address = reverse("booths:application_desk", args=[edition.slug, application.pk])
    assert "Gốm Đại Việt" in client.get(address).content.decode()
    client.force_login(company.people.get())
    assert client.get(f"{API}/applications/").json()["count"] == 0


def test_programs_wish_too(edition, application, client):
    company = exhibitor(edition, "Gốm Đại Việt")
    client.force_login(application.contact)
    given = {
        "edition": edition.slug, "company": application.company_id, "booth_class": "standard", "near": [company.pk],
        "power_kw": "3.5", "water": True, "support_asked": "Phiên dịch",
    }  # fmt: skip
    answer = client.post(f"{API}/applications/", given, content_type="application/json")
    assert answer.status_code == 201
    assert (answer.json()["near"], answer.json()["power_kw"], answer.json()["water"]) == ([company.pk], "3.5", True)
    answer = client.post(f"{API}/applications/", given | {"near": [987654]}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "no_neighbour")
