"""Judging for programs: the same actions, the same refusals."""

import pytest

from booths.models import Application, Review
from fairs import clock
from tests import world

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def edition():
    """An edition with one criterion of ten points."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
        yield made


@pytest.fixture
def ask(client):
    """A request by somebody; the answer with its status."""

    def send(method, path, by, **body):
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        headers = {"accept-language": "en"}
        if method == "get":
            return client.get(f"{API}/{path}", body, headers=headers)
        return getattr(client, method)(f"{API}/{path}", body, content_type="application/json", headers=headers)

    return send


def test_from_criteria_to_a_decision_on_many(ask, edition):
    desk, juror = world.officer(edition, "booth_desk"), world.officer(edition, "reviewer", email="j@museum.example")
    slug = edition.slug
    rows = [world.application(edition, state="submitted") for _each in range(2)]
    made = ask("post", "criteria/", desk, edition=slug, name_vi="Tay nghề", name_en="Skill", weight="2")
    assert (made.status_code, made.json()["most"]) == (201, 10)
    assert ask("post", "criteria/", desk, edition=slug, name_vi="Tay", name_en="x", weight="-1").status_code == 400
    world.product_group()
    assert ask("post", "thresholds/", desk, edition=slug, product_group="ceramics", least="60").status_code == 201
    assert ask("post", "thresholds/", desk, edition=slug, least="101").json()["code"] == "threshold"
    assert ask("post", "applications/assign/", desk, edition=slug, each=1).json() == {"made": 2}
    assert ask("post", "applications/assign/", desk, edition=slug, each=1).json() == {"made": 0}
    mine = ask("get", "reviews/", juror).json()["results"]
    assert {row["application"] for row in mine} == {row.pk for row in rows}
    assert not {"phone", "email", "tax_code", "contact"} & set(mine[0])
    assert ask("get", "reviews/", desk).json()["count"] == 0
    scores = [{"criterion": made.json()["id"], "points": "7.5"}]
    scored = ask("post", f"reviews/{mine[0]['id']}/score/", juror, scores=scores, comment="Đẹp").json()
    assert (scored["state"], scored["result"], scored["scores"][0]["points"]) == ("done", "75.00", "7.50")
    aside = ask("post", f"reviews/{mine[1]['id']}/step-aside/", juror, conflict="Chị họ").json()
    assert (aside["state"], aside["conflict"]) == ("conflict", "Chị họ")
    judged = ask("get", f"applications/{mine[0]['application']}/judged/", desk).json()
    assert (judged["score"], judged["place"], judged["reached"]) == ("75.00", {"number": 1, "of": 1, "equal": 0}, True)
    assert ask("get", f"applications/{mine[0]['application']}/judged/", juror).status_code == 404
    seen = [{"id": row["id"], "version": row["version"]} for row in ask("get", "applications/", desk).json()["results"]]
    given = {"edition": slug, "verb": "reject", "reason": "Hết chỗ"}
    stale = [seen[0], seen[1] | {"version": 99}]
    assert ask("post", "applications/decide/", desk, applications=stale, **given).json()["code"] == "changed_meanwhile"
    decided = ask("post", "applications/decide/", desk, applications=seen, **given)
    assert [row["state"] for row in decided.json()] == ["rejected", "rejected"]


def test_a_question_and_an_appeal(ask, edition):
    desk, row = world.officer(edition, "booth_desk"), world.application(edition, state="submitted")
    path, by = f"applications/{row.pk}", row.contact
    assert ask("post", f"{path}/ask-more/", desk, question="Mấy thợ?").json()["state"] == "more_info"
    assert ask("post", f"{path}/answer/", by, answer="Bảy").json()["state"] == "under_review"
    ask("post", f"{path}/reject/", desk, reason="Hết chỗ")
    appeal = ask("post", f"{path}/appeal/", by, text="Xem lại").json()
    assert (appeal["state"], appeal["verbs"]) == ("open", ["uphold", "dismiss"])
    assert ask("post", f"{path}/appeal/", by, text="Xem lại").json()["code"] == "appeal_open"
    assert ask("post", f"appeals/{appeal['id']}/dismiss/", desk).json()["code"] == "no_reason"
    assert ask("post", f"appeals/{appeal['id']}/uphold/", by).status_code == 403
    assert ask("post", f"appeals/{appeal['id']}/uphold/", desk).json()["state"] == "upheld"
    assert Application.objects.get().state == "under_review"
    assert ask("get", "appeals/", world.person()).json()["count"] == 0


def test_duplicates_are_found_and_merged(ask, edition):
    desk = world.officer(edition, "booth_desk")
    keep = world.application(edition, state="submitted").company
    drop = world.company(name_vi=f"HTX {keep.name_vi.removeprefix('Cơ sở ')}")
    [pair] = ask("get", "duplicates/", desk, edition=edition.slug).json()
    assert (pair["first"]["id"], pair["second"]["id"]) == (keep.pk, drop.pk)
    assert pair["why"] == ["the same name"]
    assert ask("get", "duplicates/", world.person(), edition=edition.slug).status_code == 404
    assert ask("post", "duplicates/merge/", world.person(), keep=keep.pk, drop=drop.pk).status_code == 403
    assert ask("post", "duplicates/merge/", desk, keep=keep.pk, drop=drop.pk).json()["id"] == keep.pk
    drop.refresh_from_db()
    assert drop.merged_into == keep
    assert not Review.objects.exists()
