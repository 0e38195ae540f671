"""The pages of the gates."""

from datetime import timedelta

import pytest

from buyers.actions.badges import issue_badge
from buyers.actions.gates import scan_badge
from buyers.models import Badge, Gate, Scan
from fairs import clock
from tests import world
from tests.buyers.importers import gate_of, importer, page

pytestmark = pytest.mark.django_db


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
        scan_badge(gate, code=badge.qr_code, direction="in", key="before", by=keeper)
    elif prepare in ("revoked", "reissued"):
        badge.follow("revoke", by=desk)
    if prepare == "reissued":
        issue_badge(edition, person=badge.person, company=badge.company, kind="importer", by=desk)
    elif prepare == "next week":
        moment += timedelta(days=7)
    code = "ZZZZZZZZ" if prepare == "unknown" else badge.qr_code
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
        scan_badge(gate, code=badge.qr_code, direction=direction, key=key, by=keeper)
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
