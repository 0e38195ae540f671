"""Devices at the gates: enrolled, told who comes, heard, cut off."""

import random
from datetime import timedelta

import pytest

from buyers import listing
from buyers.actions import readings
from buyers.actions.badges import revoke_badge
from buyers.actions.devices import add_device, cut_off_device, enrol_device
from buyers.actions.gates import set_gate_rules
from buyers.models import Badge, Device, Gate, Scan
from fairs import clock
from fairs.errors import Forbidden, Refused
from fairs.models import Participation
from tests import world
from tests.buyers.devices import enrolled
from tests.buyers.importers import gate_of

pytestmark = pytest.mark.django_db

API = "/api/v1/gate"
NOON = world.FIRST_MORNING + timedelta(hours=3)


@pytest.fixture
def keeper(edition):
    return world.officer(edition, "gate")


@pytest.fixture
def gate(edition):
    return gate_of(edition)


@pytest.fixture
def device(gate, keeper):
    """A device that is in use, with the header by which it is known."""
    return enrolled(gate, keeper)


@pytest.fixture
def ask(client, device):
    """What the server answers a device."""

    def get(path):
        return client.get(f"{API}/{path}/" if "?" not in path else f"{API}/{path}", headers=device[1])

    return get


@pytest.fixture
def send(client, device):
    """What the server answers to readings."""

    def post(*readings, now=None, **more):
        body = {"now": now or listing.stamp(clock.now()), "readings": readings} | more
        return client.post(f"{API}/readings/", body, content_type="application/json", headers=device[1])

    return post


def reading(gate, badge, number=1, at=None, **more):
    """One reading as a device tells it."""
    code = badge if isinstance(badge, str) else badge.qr_code
    told = {"key": f"{number:032x}", "gate": gate.pk, "code": code, "direction": "in"}
    return told | {"at": listing.stamp(at or clock.now())} | more


def test_the_code_enrols_one_phone_within_a_day(gate, keeper):
    device, code = add_device(gate, name="Máy 1", by=keeper)
    assert code not in device.key_hash
    enrolled_device, key = enrol_device(code)
    assert (enrolled_device.state, enrolled_device.pk) == ("active", device.pk)
    assert key not in enrolled_device.key_hash
    for used in (code, key, "", "x" * 200):
        with pytest.raises(Refused) as refusal:
            enrol_device(used)
        assert refusal.value.code == "unknown_enrolment"
    _device, late = add_device(gate, name="Máy 2", by=keeper)
    with clock.at(clock.now() + timedelta(hours=25)), pytest.raises(Refused):
        enrol_device(late)


def test_only_keepers_add_and_cut_off(edition, gate, device):
    for stranger in (world.person(), world.officer(edition, "finance"), world.officer(world.edition(), "gate")):
        with pytest.raises(Forbidden):
            add_device(gate, name="x", by=stranger)
        with pytest.raises(Forbidden):
            cut_off_device(device[0], by=stranger)


@pytest.mark.parametrize("header", ["", "Device", "Device x", "Bearer x", "Device " + "y" * 500])
def test_nobody_else_is_answered(client, device, header):
    for path in ("orders", "badges"):
        assert client.get(f"{API}/{path}/", headers={"authorization": header}).status_code == 401
    body = {"now": 0, "readings": []}
    answer = client.post(f"{API}/readings/", body, content_type="application/json", headers={"authorization": header})
    assert answer.status_code == 401


def test_a_signed_in_officer_is_no_device(client, edition):
    client.force_login(world.officer(edition, "director"))
    assert client.get(f"{API}/badges/").status_code == 401


def test_a_device_that_is_cut_off_is_told_so_at_once(ask, send, gate, keeper, device):
    cut_off_device(device[0], by=keeper)
    for answer in (ask("orders"), ask("badges"), send(reading(gate, "x"))):
        assert (answer.status_code, answer.json()["code"]) == (403, "cut_off")
    assert not Scan.objects.exists()


def test_the_list_holds_name_company_and_kind_and_no_code(edition, ask):
    person = world.person("Linnea Berg", email="linnea@textil.example", phone="+46 8 123")
    badge = world.badge(edition, person, world.importer_company(person, name_vi="Linnea Textil AB"))
    answer = ask("badges")
    [row] = answer.json()["badges"]
    assert row[3:] == ["Linnea Berg", "Linnea Textil AB", "1", True]
    assert row[1] == listing.code_hash(edition.pk, badge.token)
    told = answer.content.decode()
    for secret in (badge.token, badge.short_code, badge.signature, "linnea@textil.example", "+46"):
        assert secret not in told


def test_the_list_comes_in_pages_and_then_by_what_changed(edition, ask, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    badges = [world.badge(edition, world.person(f"P {n}")) for n in range(5)]
    after, seen = 0, []
    while True:
        page = ask(f"badges/?after={after}").json()
        seen += [row[0] for row in page["badges"]]
        if not page["more"]:
            break
        after = page["badges"][-1][0]
    assert seen == [badge.pk for badge in badges]
    begun = page["now"]
    with clock.at(clock.now() + timedelta(hours=1)):
        revoke_badge(badges[3], by=world.officer(edition, "importer_desk"))
        [row] = ask(f"badges/?since={begun + 30 * 60_000}").json()["badges"]
    assert (row[0], row[6]) == (badges[3].pk, False)


@pytest.fixture
def remembering(settings):
    """A process that knows what decides at the gates until it is told to forget; other tests ask anew each time."""
    settings.GATES_KNOW_FOR = float("inf")
    yield
    readings._known.cache_clear()


def test_the_list_is_the_same_few_questions_however_long(edition, ask, remembering, django_assert_num_queries):
    ask("orders")
    for number in (1, 3, 300):
        missing = number - Badge.objects.count()
        for one in range(missing):
            world.badge(edition, world.person(f"P {number}-{one}"))
        with django_assert_num_queries(2):  # the device, the badges
            assert len(ask("badges").json()["badges"]) == number


def test_a_reading_asks_little(edition, gate, send, remembering, django_assert_num_queries):
    badge = world.badge(edition, world.person())
    send(reading(gate, badge))
    for number, result in ((2, "again"), (3, "again")):
        with django_assert_num_queries(6):  # the device, the badge, its readings, this one, two savepoints of the test
            answer = send(reading(gate, badge, number))
        [told] = answer.json()["readings"]
        assert (told["result"], told["before_gate"]) == (result, gate.pk)


def test_a_rule_that_changed_holds_once_what_was_known_is_forgotten(edition, gate, keeper, send, remembering):
    badge = world.badge(edition, world.person())
    send(reading(gate, badge))
    later = clock.now() + timedelta(minutes=5)
    set_gate_rules(edition, again_minutes=2, wipe_days=0, by=keeper)
    with clock.at(later):
        assert send(reading(gate, badge, 2)).json()["readings"][0]["result"] == "again"
    readings._known.cache_clear()  # as five seconds do
    with clock.at(later + timedelta(minutes=3)):
        assert send(reading(gate, badge, 3)).json()["readings"][0]["result"] == "ok"


def test_a_gate_built_a_moment_ago_is_known(edition, gate, send, remembering):
    send(reading(gate, world.badge(edition, world.person())))
    another = Gate.objects.create(edition=edition, name_vi="Cổng 9", name_en="Gate 9")
    assert send(reading(another, world.badge(edition, world.person()), 2)).json()["readings"][0]["result"] == "ok"


def test_the_orders_say_what_holds(edition, gate, ask):
    orders = ask("orders").json()
    assert orders["edition"]["slug"] == edition.slug
    assert orders["gates"] == [{"id": gate.pk, "vi": gate.name_vi, "en": gate.name_en, "area": None}]
    assert orders["again"] == 600_000
    assert orders["windows"]["importer"][0][0] is None
    assert len(orders["key"]) == 87


def test_a_pass_of_a_company_that_withdrew_is_named(edition, ask):
    maker = world.person()
    firm = world.company(maker)
    part = world.participation(edition, firm, "exhibitor")
    badge = world.badge(edition, maker, firm, kind="exhibitor")
    assert ask("orders").json()["ended"] == []
    Participation.objects.filter(pk=part.pk).update(state="withdrawn")
    assert ask("orders").json()["ended"] == [badge.pk]


def test_after_the_fair_no_list_and_no_name_is_given_and_readings_are_still_taken(edition, gate, keeper, ask, send):
    badge = world.badge(edition, world.person())
    set_gate_rules(edition, again_minutes=10, wipe_days=0, by=keeper)
    read_at = clock.now()
    with clock.at(world.FIRST_MORNING + timedelta(days=30)):
        answer = ask("badges")
        assert (answer.status_code, answer.json()["code"]) == (409, "fair_over")
        orders = ask("orders").json()
        assert not {"passed", "ended"} & set(orders)
        told = send(reading(gate, badge, at=read_at, result="ok", ahead=0)).json()
    assert told["readings"] == [{"key": f"{1:032x}", "result": "ok", "badge": badge.pk}]
    assert Scan.objects.get().at == read_at


def test_at_the_door_the_server_answers(edition, gate, send):
    person = world.person("Linnea Berg")
    badge = world.badge(edition, person, world.importer_company(person, name_vi="Linnea Textil AB"))
    first, again = send(reading(gate, badge, 1)).json(), send(reading(gate, badge, 2)).json()
    assert first["readings"][0] == {
        "key": f"{1:032x}", "result": "ok", "badge": badge.pk,
        "name": "Linnea Berg", "company": "Linnea Textil AB", "kind": "importer",
    }  # fmt: skip
    [told] = again["readings"]
    assert (told["result"], told["before_gate"]) == ("again", gate.pk)


def test_what_the_screen_said_is_kept_and_what_counts_is_worked_out(edition, gate, send):
    badge = world.badge(edition, world.person())
    start = clock.now()
    told = [(0, "ok"), (4, "ok"), (20, "again"), (25, "revoked")]
    late = [
        reading(gate, badge, n, at=start + timedelta(minutes=at), result=result, ahead=0)
        for n, (at, result) in enumerate(told)
    ]
    with clock.at(NOON):
        send(*late)
    kept = list(Scan.objects.order_by("at").values_list("result", "entered"))
    assert kept == [("ok", True), ("ok", False), ("again", True), ("revoked", False)]


def test_sent_twice_in_any_order_and_days_late_the_counts_are_the_same(edition, gate, send):
    chance, start = random.Random("late"), clock.now()
    badges = [world.badge(edition, world.person(f"P {n}")) for n in range(4)]
    told = [
        reading(
            gate, chance.choice(badges), n, at=start + timedelta(minutes=chance.randrange(180)), ahead=0,
            result=chance.choice(["ok", "ok", "again"]), direction=chance.choice(["in", "in", "out"]),
        )
        for n in range(40)
    ]  # fmt: skip
    counts = []
    for days in (1, 0, 3):
        Scan.objects.all().delete()
        chance.shuffle(told)
        with clock.at(NOON + timedelta(days=days)):
            for first in range(0, 40, 7):
                send(*told[first : first + 7])
            send(*told[:25])
        counts.append(sorted(Scan.objects.filter(entered=True).values_list("key", "at")))
        assert Scan.objects.count() == 40
    assert counts[0] == counts[1] == counts[2]
    assert counts[0]


@pytest.mark.parametrize("wrong", [timedelta(hours=-9), timedelta(days=400)])
def test_a_clock_that_is_wrong_changes_nothing(edition, gate, send, wrong):
    badge = world.badge(edition, world.person())
    read_at = clock.now()
    with clock.at(NOON):
        send(reading(gate, badge, at=read_at + wrong, result="ok"), now=listing.stamp(NOON + wrong))
        ahead = -wrong // timedelta(milliseconds=1)
        send(reading(gate, badge, 2, at=read_at + wrong, result="ok", ahead=ahead), now=listing.stamp(NOON))
    first, second = Scan.objects.order_by("key")
    assert first.at == second.at == read_at
    assert first.device_at == read_at + wrong


def test_a_reading_is_never_later_than_its_arrival(edition, gate, send):
    send(reading(gate, world.badge(edition, world.person()), at=NOON, result="ok", ahead=0))
    assert Scan.objects.get().at == clock.now()


def test_the_last_word_of_the_screen_is_kept(edition, gate, send):
    """The server's answer came too late, so the screen gave the device's own: that is what the keeper saw."""
    badge = world.badge(edition, world.person())
    send(reading(gate, badge))
    send(reading(gate, badge, result="revoked"))
    assert list(Scan.objects.values_list("result", "entered")) == [("revoked", False)]


def test_a_gate_of_another_fair_takes_nothing(edition, gate, send):
    badge, other = world.badge(edition, world.person()), gate_of(world.edition(slug="other-2019"))
    told = send(reading(other, badge), reading(gate, badge, 2)).json()["readings"]
    assert [one.get("refused") for one in told] == ["unknown_gate", None]
    assert Scan.objects.get().gate == gate


def test_a_key_that_was_used_for_another_badge_is_refused_alone(edition, gate, send):
    first, second = world.badge(edition, world.person("A")), world.badge(edition, world.person("B"))
    told = send(reading(gate, first), reading(gate, second), reading(gate, second, 2)).json()["readings"]
    assert [one.get("refused") for one in told] == [None, "key_used", None]


def test_who_types_at_random_at_a_device_is_stopped(edition, gate, send):
    badge = world.badge(edition, world.person())
    for number in range(20):
        send(reading(gate, "ZZZZ ZZZZ", number, result="unknown"))
    assert send(reading(gate, badge.short_code, 50)).status_code == 429
    assert send(reading(gate, badge, 51)).json()["readings"][0]["result"] == "ok"


@pytest.mark.parametrize(
    "wrong",
    [{"key": "x"}, {"key": 5}, {"gate": "x"}, {"at": -1}, {"at": 10**20}, {"direction": "up"}, {"result": "fine"},
     {"ahead": 10**20}, {"code": "x" * 300}, {"code": None}],
)  # fmt: skip
def test_readings_that_make_no_sense_are_refused_in_words(edition, gate, send, wrong):
    answer = send(reading(gate, "x") | wrong)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"


def test_nobody_sends_more_than_two_hundred_at_once(gate, send):
    assert send(*(reading(gate, "x", n, result="unknown") for n in range(201))).status_code == 400


def test_the_organiser_sees_how_a_device_does(edition, gate, keeper, send, device):
    other = Gate.objects.create(edition=edition, name_vi="Cổng 9", name_en="Gate 9")
    listed = listing.stamp(clock.now())
    send(reading(other, "ZZZZ ZZZZ", result="unknown"), unsent=7, listed=listed)
    row = Device.objects.get()
    assert (row.unsent, row.gate, listing.stamp(row.listed_at)) == (7, other, listed)
    assert row.seen_at == clock.now()


def test_devices_are_added_and_cut_off_by_programs_too(client, gate, keeper):
    client.force_login(keeper)
    made = client.post("/api/v1/devices/", {"gate": gate.pk, "name": "Máy"}, content_type="application/json")
    assert made.status_code == 201
    answer = client.post(f"{API}/enrol/", {"code": made.json()["code"]}, content_type="application/json")
    assert answer.status_code == 201
    pk = made.json()["device"]["id"]
    assert client.post(f"/api/v1/devices/{pk}/cut_off/").json()["state"] == "cut_off"
    assert client.get(f"{API}/orders/", headers={"authorization": f"Device {answer.json()['key']}"}).status_code == 403
