"""Badges by name, on the spot and many at once, for programs."""

import pytest

from buyers.demo import NAMED
from buyers.models import Badge, PrintRun
from fairs import clock
from fairs.models import Consent
from tests import world

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def edition():
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


@pytest.fixture
def post(client, edition):
    client.force_login(world.officer(edition, "importer_desk"))

    def send(path, **body):
        return client.post(f"{API}/{path}/", body, "application/json", headers={"accept-language": "en"})

    return send


def press(edition, **other):
    return {
        "edition": edition.slug,
        "kind": "press",
        "full_name": "Anna Rossi",
        "organisation": "La Repubblica",
    } | other


def test_a_badge_is_issued_by_name_once(edition, post, client):
    first = post("badges/issue", **press(edition, country="IT", key="1"))
    assert first.status_code == 201
    assert first.json()["organisation"] == "La Repubblica"
    assert post("badges/issue", **press(edition, key="1")).json()["id"] == first.json()["id"]
    assert post("badges/issue", **press(edition, kind="importer")).status_code == 400
    found = client.get(f"{API}/badges/", {"q": "repubblica", "edition__slug": edition.slug}).json()["results"]
    assert [one["id"] for one in found] == [first.json()["id"]]


def test_a_guest_is_registered_on_the_spot(edition, post, client):
    guest = press(edition, kind="visitor", consents=["registration", "share_on_scan"])
    assert post("badges/welcome", **guest | {"consents": []}).json()["code"] == "consent_needed"
    assert post("badges/welcome", **guest).status_code == 201
    assert set(Consent.objects.values_list("means", flat=True)) == {"desk"}
    client.force_login(world.officer(edition, "booth_desk"))
    assert post("badges/welcome", **guest).status_code == 403


def test_sheets_are_begun_and_fetched(edition, post, client):
    badge = post("badges/issue", **press(edition)).json()["id"]
    begun = post("print-runs", edition=edition.slug, badges=[badge], size="card")
    assert begun.status_code == 201
    assert (begun.json()["state"], begun.json()["drawn"]) == ("ready", 1)
    run = f"{API}/print-runs/{begun.json()['id']}/"
    assert client.get(f"{run}file/").content.startswith(b"%PDF")
    assert post(f"print-runs/{begun.json()['id']}/stop").status_code == 409
    assert post("print-runs", edition=edition.slug, badges=[badge + 1]).json()["code"] == "no_badge"
    client.force_login(world.officer(edition, "gate"))
    assert client.get(run).status_code == 404
    assert post("print-runs", edition=edition.slug, badges=[badge]).status_code == 403
    assert PrintRun.objects.count() == 1


def test_the_demonstration_has_badges_of_every_kind_that_is_issued_by_name(edition, post):
    for kind, full_name, organisation, country, job_title, original_name in NAMED:
        given = {"kind": kind, "full_name": full_name, "organisation": organisation, "country": country}
        more = {"job_title": job_title, "original_name": original_name}
        assert post("badges/issue", edition=edition.slug, **given, **more).status_code == 201
    assert Badge.objects.count() == len(NAMED)
