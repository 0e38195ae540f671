"""The editor's pages and what programs are told of a plan under work."""

import json

import pytest
from django.urls import reverse

from booths.actions.drafts import begin_draft, save_draft
from booths.actions.reservations import hold_booths
from booths.models import Booth, FloorDraft, FloorVersion
from fairs import clock
from fairs.models import Entry
from tests import world

pytestmark = pytest.mark.django_db

# Queries, those of session, person, roles and edition among them.
EDITOR, DRAFT, COMPARED = 11, 6, 13


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def desk(edition, client):
    """The booth desk, signed in."""
    officer = world.officer(edition, "booth_desk")
    client.force_login(officer)
    return officer


@pytest.fixture
def booths(edition):
    return world.floor(edition)


@pytest.fixture
def draft(edition, desk, booths):
    return begin_draft(edition, by=desk)


def page(edition, name, *args):
    return reverse(f"booths:{name}", args=[edition.slug, *args])


def api(draft, verb=""):
    return f"/api/v1/floor-drafts/{draft.pk}/" + (f"{verb}/" if verb else "")


def send(client, address, **given):
    return client.post(address, json.dumps(given), content_type="application/json")


def test_an_edition_without_a_floor_says_how_to_begin(client, desk, edition):
    answer = client.get(page(edition, "floor_editor"))
    assert page(edition, "begin_draft") in answer.text
    assert reverse("fairs:uploads", args=[edition.slug, "plan"]) in answer.text
    assert client.post(page(edition, "begin_draft")).url == page(edition, "floor_editor")
    assert FloorDraft.objects.get().content["booths"] == {}


def test_the_pages_ask_alike_for_few_and_many_booths(client, desk, edition, django_assert_num_queries):
    world.floor(edition, 3)
    draft = begin_draft(edition, by=desk)
    client.get(page(edition, "floor_editor"))
    for count in (3, 300):
        booth = next(iter(draft.content["booths"].values()))
        more = {f"n{number}": {**booth, "code": f"N{number}", "y": 4 * number} for number in range(count)}
        draft = save_draft(draft, version=draft.version, changes={"booths": more}, by=desk)
        with django_assert_num_queries(EDITOR):
            client.get(page(edition, "floor_editor"))
        with django_assert_num_queries(DRAFT):
            client.get(api(draft))
        with django_assert_num_queries(COMPARED):
            client.get(page(edition, "publish_floor"))


def test_a_change_is_answered_shortly(client, draft, booths):
    key = f"b{booths[1].pk}"
    moved = draft.content["booths"][key] | {"x": 7.0}
    answer = send(client, api(draft, "save"), version=0, changes={"booths": {key: moved}})
    told = answer.json()
    assert (answer.status_code, told["version"]) == (200, 1)
    assert [one["code"] for one in told["findings"]] == ["overlap", "narrow"]
    assert set(told["sides"]) == {f"b{booth.pk}" for booth in booths}
    assert "content" not in told
    late = send(client, api(draft, "save"), version=0, changes={"booths": {key: moved}})
    assert (late.status_code, late.json()["code"]) == (409, "newer_draft")
    assert send(client, api(draft, "save"), version=1, changes={"booths": {key: 1}}).json()["code"] == "wrong_shape"


def test_programs_lay_merge_split_renumber_and_publish(client, draft, booths, edition):
    hall, zone = f"h{booths[0].hall_id}", f"z{booths[0].zone_id}"
    block = {"hall": hall, "zone": zone, "booth_class": "standard", "rows": 1, "columns": 4, "width": 3, "depth": 3,
             "x": 3, "y": 12, "prefix": "B", "skip": "2"}  # fmt: skip
    laid = send(client, api(draft, "lay"), **block)
    assert [one["code"] for one in laid.json()["changes"]["booths"].values()] == ["B01", "B03", "B04", "B05"]
    assert send(client, api(draft, "merge"), booths="B01-B03").status_code == 200
    assert send(client, api(draft, "split"), booths="B01", parts=3).status_code == 200
    assert send(client, api(draft, "renumber"), booths="A01-A04", prefix="C").status_code == 200
    refused = send(client, api(draft, "merge"), booths="C01 C03")
    assert (refused.status_code, refused.json()["code"]) == (400, "no_rectangle")
    assert send(client, api(draft, "publish"), note="By program").json()["note"] == "By program"
    codes = set(Booth.objects.filter(edition=edition).values_list("code", flat=True))
    assert codes == {"C01", "C02", "C03", "C04", "B01A", "B01B", "B01C", "B04", "B05"}
    version = FloorVersion.objects.get(number=0)
    assert client.post(f"/api/v1/floor-versions/{version.pk}/restore/").status_code == 200


def test_the_state_names_holders(client, draft, booths, edition):
    application = world.application(edition)
    hold_booths(application, booths=booths[:1], by=application.contact)
    told = client.get(api(draft, "state")).json()
    [(key, held)] = told["holders"].items()
    assert (key, held["sign"], held["name"]) == (f"b{booths[0].pk}", "h", application.company.name_vi)
    assert "12:15" in held["state"], "the time of the fair"


def test_forms_say_what_is_wrong_and_keep_what_was_typed(client, draft, edition, booths):
    answer = client.post(page(edition, "plan_merge"), {"booths": "A01 A03"})
    assert answer.status_code == 422
    assert 'value="A01 A03"' in answer.text
    asked = client.post(page(edition, "plan_merge"), {"booths": "A01 A99"}, headers={"Accept": "application/json"})
    assert "A99" in asked.json()["message"]
    lay = {"hall": f"h{booths[0].hall_id}", "zone": f"z{booths[0].zone_id}", "booth_class": "standard", "rows": "1",
           "columns": "2", "width": "2,5", "depth": "3", "x": "3", "y": "20", "prefix": "D", "start": "1",
           "digits": "2", "order": "rows"}  # fmt: skip
    client.cookies["django_language"] = "vi"
    assert client.post(page(edition, "plan_lay"), lay).status_code == 302
    widths = {one["code"]: one["width"] for one in FloorDraft.objects.get().content["booths"].values()}
    assert (widths["D01"], widths["D02"]) == (2.5, 2.5)


def test_the_comparison_names_what_becomes_of_each_booth(client, draft, booths, edition, desk):
    application = world.application(edition)
    hold_booths(application, booths=booths[:1], by=application.contact)
    changes = {
        f"b{booths[0].pk}": draft.content["booths"][f"b{booths[0].pk}"] | {"code": "Z1"},
        f"b{booths[3].pk}": None,
    }
    save_draft(draft, version=0, changes={"booths": changes}, by=desk)
    text = client.get(page(edition, "publish_floor")).text
    assert application.company.name_vi in text
    assert "Z1" in text
    assert "A04" in text
    moved = draft.content["booths"][f"b{booths[1].pk}"]
    moved |= {"x": moved["x"] + 1.5}
    save_draft(draft, version=1, changes={"booths": {f"b{booths[1].pk}": moved}}, by=desk)
    text = client.get(page(edition, "publish_floor"), headers={"accept-language": "en"}).text
    assert "Moved 1.5 m to the right<" in text
    only = client.get(page(edition, "publish_floor") + "?only=gone").context["page"].object_list
    assert [row.change.code for row in only] == ["A04"]


def test_a_published_plan_stands_in_the_list_and_comes_back(client, draft, edition, booths):
    unchanged = client.get(page(edition, "publish_floor")).text
    assert 'name="note"' not in unchanged
    assert client.post(page(edition, "publish_floor"), {"note": "Một"}).status_code == 302
    text = client.get(page(edition, "floor_versions")).text
    assert "Một" in text
    assert client.post(page(edition, "restore_floor", 0)).url == page(edition, "floor_editor")
    assert client.post(page(edition, "drop_draft")).status_code == 302
    assert client.get(page(edition, "publish_floor")).status_code == 404
    assert set(Entry.objects.filter(edition=edition).values_list("verb", flat=True)) >= {
        "booths.floorversion.publish", "booths.floorversion.restore", "booths.floordraft.drop",
    }  # fmt: skip


def test_power_points_are_for_those_who_build(client, draft, desk, edition):
    place = {"name_vi": "", "name_en": "", "x": 1, "y": 9, "width": 0.4, "depth": 0.4}
    things = {"n1": {"kind": "power", **place}, "n2": {"kind": "pillar", **place}}
    save_draft(draft, version=0, changes={"facilities": things}, by=desk)
    client.post(page(edition, "publish_floor"))
    plan = client.get(reverse("booths:plan", args=[edition.slug])).text
    assert "fp-pillar" in plan
    assert "fp-power" not in plan
