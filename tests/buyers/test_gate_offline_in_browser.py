"""A device whose network fails in the middle of its work, and its rules beside the server's."""

import json
import random
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from buyers import codes
from buyers.actions.badges import reissue_badge
from buyers.entering import Passage, Window, answer, entries
from buyers.models import Badge, Scan
from fairs import clock
from fairs.models import Person
from tests import world
from tests.buyers.devices import open_device

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READ = """async (codes) => {
    const gate = Gate.link.state.orders.device.gate;
    const said = [];
    for (const code of codes) said.push((await Gate.reading.take(code, { gate, direction: "in" })).result);
    return said;
}"""
NAMED = """async (code) => {
    const gate = Gate.link.state.orders.device.gate;
    return (await Gate.reading.take(code, { gate, direction: "in" })).name;
}"""
LATER = """async (hours) => {
    while (Gate.link.state.listing) await new Promise((go) => setTimeout(go, 20));
    await Gate.store.setFact("whole", (await Gate.store.fact("whole")) - hours * 3600 * 1000);
    await Gate.link.sync();
}"""
SIGNED = """(code) => {
    const { key, edition } = Gate.link.state.orders;
    return Gate.codes.isSigned(code) && Gate.codes.signedBy(key, edition.id, code);
}"""
ALL_SENT = "async () => { await Gate.link.sync(); return (await Gate.store.countUnsent()) === 0; }"


def people(fair, number):
    """So many importers with badges."""
    with clock.at(world.FIRST_MORNING):
        return [world.badge(fair["edition"], world.person(f"Linnea Berg {n}")) for n in range(number)]


def test_the_network_fails_in_the_middle_of_two_hundred_readings(gate_fair, open_window):
    badges = people(gate_fair, 200)
    window = open_window("vi", width=390, height=844)
    page = open_device(gate_fair, window)
    told = [badge.qr_code for badge in badges]
    assert page.evaluate(READ, told[:70]) == ["ok"] * 70
    page.context.set_offline(True)
    assert page.evaluate(READ, told[70:140]) == ["ok"] * 70
    expect(page.locator("[data-offline]")).to_be_visible()
    page.evaluate("() => Gate.link.events.dispatchEvent(new CustomEvent('changed'))")
    expect(page.locator("[data-sent]")).to_have_text("70 lượt quét chưa gửi")
    page.reload()  # without a network, and nothing is lost
    expect(page.locator("[data-screen=work]")).to_be_visible()
    assert page.evaluate(READ, told[140:]) == ["ok"] * 60
    page.evaluate("() => Gate.link.events.dispatchEvent(new CustomEvent('changed'))")
    expect(page.locator("[data-sent]")).to_have_text("130 lượt quét chưa gửi")
    window.watch.problems.clear()  # that requests failed is the point
    page.context.set_offline(False)
    page.wait_for_function(ALL_SENT)
    expect(page.locator("[data-sent]")).to_contain_text("Máy chủ đã nhận đủ")
    assert Scan.objects.filter(entered=True).count() == Scan.objects.count() == 200
    assert Scan.objects.values("badge").distinct().count() == 200


def test_without_a_network_the_signature_tells(gate_fair, open_window):
    window = open_window("vi")
    page = open_device(gate_fair, window)
    page.context.set_offline(True)
    [newer] = people(gate_fair, 1)
    other = world.edition(slug="hgs-2019")
    foreign = world.badge(other, world.person())
    code = newer.qr_code
    forged = code[:40] + ("0" if code[40] != "0" else "1") + code[41:]
    told = page.evaluate(
        READ, [code, code, forged, foreign.qr_code, newer.short_code, "", gate_fair["badge"].short_code]
    )
    assert told == ["ok", "again", "unknown", "unknown", "unknown", "unknown", "ok"]
    window.watch.problems.clear()


def test_a_revoked_badge_is_known_after_the_next_answer(gate_fair, open_window):
    page = open_device(gate_fair, open_window("vi"))
    with clock.at(world.FIRST_MORNING + timedelta(minutes=5)):
        reissue_badge(gate_fair["badge"], by=world.officer(gate_fair["edition"], "importer_desk"))
    page.evaluate("() => Gate.link.sync()")
    page.context.set_offline(True)
    assert page.evaluate(READ, [gate_fair["badge"].qr_code]) == ["revoked"]


def test_a_name_that_was_put_right_comes_with_the_whole_list(gate_fair, open_window):
    window = open_window("vi")
    page = open_device(gate_fair, window)
    badge = gate_fair["badge"]
    Person.objects.filter(pk=badge.person_id).update(full_name="Linnea Björk")
    Badge.objects.update(state_changed_at=world.FIRST_MORNING - timedelta(hours=1))
    for hours, name in ((0, "Linnea Berg"), (7, "Linnea Björk")):
        page.evaluate(LATER, hours)
        page.context.set_offline(True)
        assert page.evaluate(NAMED, badge.qr_code) == name
        page.context.set_offline(False)
    window.watch.problems.clear()  # that requests failed is the point


def test_the_device_counts_and_answers_as_the_server_does(gate_fair, open_window):
    page = open_device(gate_fair, open_window("vi"))
    chance, start = random.Random("entering"), world.FIRST_MORNING
    minutes, stamp = (lambda n: start + timedelta(minutes=n)), (lambda moment: round(moment.timestamp() * 1000))
    crowds, asked = [], []
    for _case in range(200):
        crowd = [
            Passage(minutes(chance.randrange(40)), f"{chance.randrange(10**9):09}", chance.random() < 0.7)
            for _nth in range(chance.randrange(12))
        ]
        crowds.append(crowd)
        windows = []
        for _nth in range(chance.randrange(4)):
            begins = chance.randrange(60)
            windows.append(
                Window(chance.choice([None, 1, 2]), minutes(begins), minutes(begins + 1 + chance.randrange(20)))
            )
        asked.append((windows, chance.choice([None, 1, 2]), chance.random() < 0.5, minutes(chance.randrange(70))))
    given = {
        "crowds": [[{"at": stamp(p.at), "key": p.key, "inward": p.inward} for p in crowd] for crowd in crowds],
        "asked": [
            {
                "windows": [[w.area, stamp(w.begins), stamp(w.ends)] for w in ws],
                "area": a, "ownRules": own, "at": stamp(at),
            }
            for ws, a, own, at in asked
        ],
    }  # fmt: skip
    told = page.evaluate(
        """({crowds, asked}) => ({
            counted: crowds.map((crowd) => [...Gate.entering.entries(crowd, 600000)].sort()),
            answers: asked.map(({windows, ...rest}) => Gate.entering.answer(windows, rest)),
        })""",
        json.loads(json.dumps(given)),
    )
    assert told["counted"] == [sorted(entries(crowd, timedelta(minutes=10))) for crowd in crowds]
    assert told["answers"] == [answer(ws, area=a, own_rules=own, at=at) for ws, a, own, at in asked]
    assert len(set(told["answers"])) == 4


def test_the_device_reads_codes_as_the_server_does(gate_fair, open_window):
    page = open_device(gate_fair, open_window("vi"))
    chance, code = random.Random("codes"), gate_fair["badge"].qr_code
    tried = [codes.new_short_code() for _ in range(50)] + [code]
    for _case in range(300):
        place = chance.randrange(len(code))
        tried += [
            code[:place] + chance.choice(codes.DIGITS) + code[place + 1 :],
            code[:place],
            codes.new_short_code()[:-1],
        ]
    tried += [code[:29] + kind + code[30:] for kind in codes.DIGITS]
    told = page.evaluate("(codes) => codes.map((code) => [Gate.codes.isShort(code), Gate.codes.isSigned(code)])", tried)
    assert told == [[codes.is_short_code(one), codes.is_signed(one)] for one in tried]


def test_the_device_reads_a_signature_in_one_way_alone(gate_fair, open_window):
    page = open_device(gate_fair, open_window("vi"))
    code = gate_fair["badge"].qr_code
    ended = [code[:-1] + last for last in codes.DIGITS]
    assert [one for one in ended if page.evaluate(SIGNED, one)] == [code]
