"""The pages of the gates, for those who keep them."""

import re
from datetime import timedelta

import pytest
import zxingcpp
from django.contrib.staticfiles import finders
from PIL import Image

from buyers.actions.devices import enrol_device
from buyers.actions.gates import add_area
from buyers.actions.readings import scan_badge
from buyers.models import AccessRule, Area, Badge, Device, Gate, GateRules
from fairs import clock
from tests import world
from tests.buyers.importers import drawn, gate_of, importer, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(edition, client):
    officer = world.officer(edition, "gate")
    client.force_login(officer)
    return officer


def test_gates_are_opened_by_name(edition, client, keeper):
    given = {"name_vi": "Cổng 2", "name_en": "Gate 2", "per_minute": 12}
    client.post(page("gate", edition), given)
    assert Gate.objects.get().name_en == "Gate 2"
    assert client.post(page("gate", edition), given).status_code == 422


def test_a_device_is_shown_its_code_once_to_who_added_it(edition, client, keeper):
    gate = gate_of(edition)
    made = client.post(page("add_device", edition), {"gate": gate.pk, "name": "Máy xanh"})
    shown = client.get(made.url)
    [read] = zxingcpp.read_barcodes(drawn(shown.content.decode()))
    address, _hash, code = read.text.partition("#")
    assert address == "http://testserver/gate/"
    assert enrol_device(code)[0] == Device.objects.get()
    assert "#" + code not in client.get(made.url).content.decode()
    client.force_login(world.officer(edition, "director"))
    assert code not in client.get(made.url).content.decode()


def test_the_phone_in_the_hand_becomes_the_gate_at_once(edition, client, keeper):
    made = client.post(page("add_device", edition), {"gate": gate_of(edition).pk, "name": "Máy", "here": "on"})
    assert re.fullmatch(r"/gate/#[\w-]{32}", made.url)


def test_a_device_is_cut_off_by_a_button(edition, client, keeper):
    client.post(page("add_device", edition), {"gate": gate_of(edition).pk, "name": "Máy"})
    device = Device.objects.get()
    client.post(page("cut_off_device", edition, pk=device.pk))
    device.refresh_from_db()
    assert device.state == "cut_off"
    assert client.get(page("gate", edition)).context["devices"].count() == 0


def test_the_figures_count_visits_people_and_those_inside(edition, client, keeper):
    gate, badge = gate_of(edition), Badge.objects.get(person=importer(edition, grade="ordinary").person)
    for key, direction in [("a", "in"), ("b", "out"), ("c", "in")]:
        scan_badge(gate, code=badge.qr_code, direction=direction, key=key, by=keeper)
    assert client.get(page("gate_live", edition)).context["counts"] == {"visits": 2, "visitors": 1, "inside": 1}
    figures = client.get(page("gate_figures", edition)).context
    assert figures["whole"] == {"entries": 2, "people": 1}
    assert [(row["entries"], row["people"]) for row in figures["days"]] == [(2, 1)]
    assert [row["badge__kind"] for row in figures["kinds"]] == ["importer"]
    assert [row["people"] for row in figures["countries"]] == [1]


def test_a_queue_is_warned_of_before_it_is_there(edition, client, keeper):
    gate = gate_of(edition)
    Gate.objects.update(per_minute=2)
    for number in range(5):
        scan_badge(gate, code="x", direction="in", key=f"k{number}", by=keeper)
    assert [row.queue for row in client.get(page("gate_live", edition)).context["gates"]] == [False]
    scan_badge(gate, code="x", direction="in", key="last", by=keeper)
    [row] = client.get(page("gate_live", edition)).context["gates"]
    assert (row.queue, row.per_minute, row.today, row.refused) == (True, 2, 6, 6)
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert [row.queue for row in client.get(page("gate_live", edition)).context["gates"]] == [False]


def test_the_page_of_the_gates_asks_the_same_few_questions(edition, client, keeper, django_assert_num_queries):
    for number in (1, 3, 300):
        for one in range(number - Gate.objects.count()):
            gate = Gate.objects.create(edition=edition, name_vi=f"Cổng {number}-{one}", name_en="Gate")
            Device.objects.create(
                edition=edition, gate=gate, name="Máy", added_by=keeper, key_hash=f"{number}-{one}".rjust(64, "0")
            )
        with django_assert_num_queries(9):
            assert client.get(page("gate_live", edition)).status_code == 200


def test_who_may_pass_when_is_shown_added_and_removed(edition, client, keeper):
    area = add_area(edition, name_vi="Sảnh khách", name_en="Lounge", by=keeper)
    assert client.get(page("access", edition)).context["usual"]
    usual = len(client.get(page("access", edition)).context["rules"])
    given = {"kind": "press", "area": area.pk, "begins_at": "2018-10-18T09:00", "ends_at": "2018-10-18T12:00"}
    assert client.post(page("access", edition), given).status_code == 302
    shown = client.get(page("access", edition)).context
    assert (shown["usual"], len(shown["rules"])) == (False, usual + 1)
    wrong = client.post(page("access", edition), given | {"ends_at": "2018-10-18T08:00"})
    assert wrong.status_code == 422
    client.post(page("remove_access", edition, pk=AccessRule.objects.get(area=area).pk))
    assert AccessRule.objects.count() == usual


def test_areas_and_rules_are_set(edition, client, keeper):
    client.post(page("add_area", edition), {"name_vi": "Sảnh", "name_en": "Lounge"})
    assert Area.objects.get().name_en == "Lounge"
    client.post(page("gate_rules", edition), {"again_minutes": 15, "wipe_days": 3})
    assert (GateRules.of(edition).again_minutes, GateRules.of(edition).wipe_days) == (15, 3)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_of_a_device_has_a_sheet_for_every_answer(client, language):
    shown = client.get("/gate/", headers={"accept-language": language}).content.decode()
    for answer in ("ok", "out", "again", "revoked", "expired", "wrong_day", "wrong_zone", "unknown", "refused"):
        assert f'data-answer-of="{answer}"' in shown
    for kind in Badge.Kind:
        assert f'data-kind="{kind}"' in shown
    assert "csrf" not in shown


def test_the_worker_keeps_what_the_page_needs_and_changes_with_it(client):
    worker = client.get("/gate/sw.js", headers={"accept-language": "vi"}).content.decode()
    shown = client.get("/gate/", headers={"accept-language": "vi"}).content.decode()
    needed = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', shown))
    assert needed
    assert not [one for one in needed if one not in worker]
    other = client.get("/gate/sw.js", headers={"accept-language": "en"}).content.decode()
    assert re.search('gate-([0-9a-f]{12})"', worker)[1] != re.search('gate-([0-9a-f]{12})"', other)[1]


def test_the_manifest_names_pictures_that_are_there(client):
    manifest = client.get("/gate/manifest.webmanifest").json()
    assert manifest["scope"] == "/gate/"
    sizes = []
    for icon in manifest["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
            sizes.append(picture.size)
    assert sizes == [(192, 192), (512, 512)]
