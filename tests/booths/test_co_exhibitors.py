"""Companies that share a booth: named, decided on, counted for themselves, never a hidden sub-letting."""

import pytest
from django.urls import reverse

from booths.actions.co_exhibitors import (
    approve_co_exhibitor,
    ask_co_exhibitor,
    refuse_co_exhibitor,
    withdraw_co_exhibitor,
)
from booths.actions.house_rules import set_house_rules
from booths.models import CoExhibitor
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Participation
from tests import world

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def application(edition):
    """An exhibitor who asked for two booths."""
    return world.application(edition)


def ask(application, name="HTX Mây tre Phú Vinh", **more):
    """Name a company as its exhibitor."""
    given = {"name": name, "shows": "Mây tre", "no_rent": True, "by": application.contact}
    return ask_co_exhibitor(application, **given | more)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"no_rent": False}, "rent"), ({"shows": " "}, "no_name"), ({"name": " "}, "no_name"), ({"name": None}, "itself")],
)
def test_what_is_no_co_exhibitor_is_refused(application, wrong, code):
    wrong = wrong | ({"name": application.company.name_vi.upper()} if code == "itself" else {})
    with pytest.raises(Invalid) as refusal:
        ask(application, **wrong)
    assert refusal.value.code == code
    assert not CoExhibitor.objects.exists()


def test_each_booth_has_so_many_and_each_name_stands_once(edition, application, desk):
    set_house_rules(edition, co_exhibitors_for_a_booth=1, by=desk)
    first = ask(application)
    with pytest.raises(Refused) as refusal:
        ask(application, "Hợp tác xã Mây tre, Phú Vinh")
    assert refusal.value.code == "named_already"
    ask(application, "Gốm Chi")
    with pytest.raises(Refused) as refusal:
        ask(application, "Lụa Vạn")
    assert refusal.value.code == "too_many"
    withdraw_co_exhibitor(first, by=application.contact)
    assert ask(application).state == "asked"


def test_the_desk_decides_and_a_letter_says_so(application, desk):
    row = ask(application)
    with pytest.raises(Forbidden):
        approve_co_exhibitor(row, by=application.contact)
    with pytest.raises(Invalid) as refusal:
        refuse_co_exhibitor(row, reason=" ", by=desk)
    assert refusal.value.code == "no_reason"
    assert approve_co_exhibitor(row, by=desk).state == "approved"
    assert refuse_co_exhibitor(row, reason="Cho thuê lại", by=desk).state == "refused"
    letters = Delivery.objects.filter(kind="booths.co_exhibitor_answered")
    assert {one.to for one in letters} == {application.contact}
    assert len(letters) == 2


def test_it_is_no_exhibitor_and_stands_in_the_catalogue_once_approved(edition, application, desk, client):
    row, before = ask(application), Participation.objects.count()
    part = Participation.objects.get(company=application.company)
    address = reverse("booths:exhibitor", args=[edition.slug, part.pk])
    assert row.name not in client.get(address).content.decode()
    approve_co_exhibitor(row, by=desk)
    assert row.name in client.get(address).content.decode()
    assert Participation.objects.count() == before
    listed = client.get(reverse("booths:exhibitors", args=[edition.slug])).content.decode()
    assert listed.count(application.company.name_vi) >= 1


def test_the_pages(edition, application, desk, client):
    other = world.application(edition, state="submitted")
    client.force_login(application.contact)
    own = reverse("booths:co_exhibitors", args=[edition.slug])
    given = {"name": other.company.name_vi, "country": "VN", "shows": "Gốm"}
    assert client.get(own).status_code == 200
    assert client.post(own, given).status_code == 422
    assert client.post(own, given | {"no_rent": "on"}).status_code == 302
    row = CoExhibitor.objects.get()
    client.force_login(desk)
    listed = client.get(reverse("booths:co_exhibitors_desk", args=[edition.slug]), headers={"accept-language": "en"})
    assert "Has applied to this fair itself" in listed.content.decode()
    decide = reverse("booths:decide_co_exhibitor", args=[edition.slug, row.pk])
    assert client.get(decide).status_code == 200
    assert client.post(decide, {"verb": "refuse"}).status_code == 422
    assert client.post(decide, {"verb": "approve"}).status_code == 302
    client.force_login(application.contact)
    back = reverse("booths:withdraw_co_exhibitor", args=[edition.slug, row.pk])
    assert client.post(back).status_code == 302
    client.force_login(world.application(edition).contact)
    assert client.post(back).status_code == 404


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_list_takes_as_many_statements_for_many(edition, desk, client, rows, django_assert_num_queries):
    for _each in range(rows):
        one = world.application(edition)
        CoExhibitor.objects.create(application=one, name="Gốm Chi", shows="Gốm", asked_by=one.contact)
    client.force_login(desk)
    address = reverse("booths:co_exhibitors_desk", args=[edition.slug])
    client.get(address)
    with django_assert_num_queries(7):
        assert len(client.get(address).context["rows"]) == rows


def test_programs(edition, application, desk, client):
    client.force_login(application.contact)
    given = {"application": application.pk, "name": "Gốm Chi", "shows": "Gốm", "no_rent": True}
    made = client.post(f"{API}/co-exhibitors/", given, content_type="application/json")
    assert made.status_code == 201
    address = f"{API}/co-exhibitors/{made.json()['id']}"
    assert client.post(f"{address}/approve/").status_code == 403
    client.force_login(desk)
    assert client.post(f"{address}/approve/").json()["state"] == "approved"
    assert client.post(f"{address}/refuse/", {"reason": "Không"}).json()["state"] == "refused"
    assert client.post(f"{address}/withdraw/").status_code == 409
