"""Vehicles in a browser: booked on the exhibitor's phone, shown by the driver, read by an officer, seen in the yard."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.html import escape

from booths.models import VehiclePass
from fairs import clock
from tests import world
from tests.booths import moving
from tests.booths.moving import DAY_BEFORE

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def edition():
    cache.clear()
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def window(edition):
    return moving.window(edition)


@pytest.fixture
def booths(edition):
    return world.floor(edition)


@pytest.fixture
def maker(edition, booths):
    return moving.exhibitor(edition, booths[0])


@pytest.fixture
def keeper(edition):
    return world.officer(edition, "gate")


def address(name, edition, *parts):
    return reverse(f"booths:{name}", args=[edition.slug, *parts])


def read(client, edition, code, key="k", **more):
    return client.post(address("read_pass", edition), {"code": code, "key": key, **more})


def test_an_exhibitor_books_changes_and_calls_off(edition, window, maker, client):
    client.force_login(maker.contact)
    page = address("book_vehicle", edition, "in")
    shown = client.get(page).content.decode()
    assert "08:00–09:00" in shown
    slot = moving.first_slot(window)
    given = {
        "slot": slot.pk, "reservations": [maker.reservations.get().pk], "kind": "truck", "plate": "29h-123.45",
        "driver_name": "Lê Văn Tám", "driver_phone": "0912", "key": "a",
    }  # fmt: skip
    assert client.post(page, given | {"plate": "?"}).status_code == 422
    for _twice in range(2):
        answer = client.post(page, given)
    one = VehiclePass.objects.get()
    assert answer.url == address("vehicle_pass", edition, one.token)
    assert client.post(page, given | {"key": "b", "plate": "30A99999"}).status_code == 422  # the slot is full and gone
    own = address("change_vehicle", edition, one.pk)
    assert "29H12345" in client.get(own).content.decode()
    second = window.slots.order_by("starts_at")[1]
    changed = {"slot": second.pk, "kind": "van", "plate": "30A99999", "driver_name": "", "driver_phone": ""}
    assert client.post(own, changed).status_code == 302
    listed = client.get(address("vehicles", edition)).content.decode()
    assert "30A99999" in listed
    assert "09:00–10:00" in listed
    client.post(address("cancel_vehicle", edition, one.pk))
    one.refresh_from_db()
    assert (one.state, one.plate) == ("cancelled", "")
    assert "<svg xmlns" not in client.get(address("vehicle_pass", edition, one.token)).content.decode()


def test_without_a_permit_there_is_nothing_to_book(edition, window, booths, client):
    unpaid = moving.exhibitor(edition, booths[1], permit=False, state="reserved")
    client.force_login(unpaid.contact)
    shown = client.get(address("vehicles", edition)).content.decode()
    assert address("book_vehicle", edition, "in") not in shown
    assert '<form method="post" class="form"' not in client.get(address("book_vehicle", edition, "in")).content.decode()


def test_the_driver_opens_the_pass_by_its_link_alone(edition, window, maker, client):
    one = moving.vehicle(maker, moving.first_slot(window), plate="29H12345")
    shown = client.get(address("vehicle_pass", edition, one.token)).content.decode()
    assert "29H12345" in shown
    assert "<svg xmlns" in shown
    assert "0912 345 678" not in shown
    assert "Lê Văn Tám" not in shown
    paper = client.get(address("vehicle_pdf", edition, one.token))
    assert paper.content.startswith(b"%PDF")
    assert paper["Content-Type"] == "application/pdf"
    assert client.get(address("vehicle_pass", edition, "guess")).status_code == 404


def test_whoever_guesses_links_is_asked_to_wait(edition, client):
    told = [client.get(address("vehicle_pass", edition, f"guess-{number}")).status_code for number in range(22)]
    assert (told[0], told[-1]) == (404, 429)


def test_an_officers_own_camera_leads_to_the_entrances_page_and_lets_nobody_in_yet(
    edition, window, maker, keeper, client
):
    one = moving.vehicle(maker, moving.first_slot(window))
    client.force_login(keeper)
    answer = client.get(address("vehicle_pass", edition, one.token), follow=True)
    assert f'value="{one.short_code}"' in answer.content.decode()
    one.refresh_from_db()
    assert one.state == "booked"


def test_an_officer_reads_codes_and_the_answers_fill_the_screen(edition, window, maker, keeper, client):
    one = moving.vehicle(maker, moving.first_slot(window), plate="29H12345")
    client.force_login(keeper)

    def told(answer):
        return answer.context["reading"].answer

    assert told(read(client, edition, "AAAA AAAA")) == "unknown"
    assert told(read(client, edition, "")) == "unknown"
    client.post(address("read_pass", edition), {"stand": "here", "entrance": "Cổng 1"})
    with clock.at(DAY_BEFORE):
        elsewhere = read(client, edition, one.short_code)
        assert told(elsewhere) == "other_entrance"
        assert escape("Cổng 3") in elsewhere.content.decode()
        client.post(address("read_pass", edition), {"stand": "here", "entrance": ""})
        assert told(read(client, edition, f"https://x.example/{edition.slug}/vehicle/{one.token}/", "one")) == "welcome"
        assert told(read(client, edition, one.short_code, "one")) == "welcome"
        inside = read(client, edition, one.short_code, "two")
        assert told(inside) == "inside"
        assert address("let_out", edition, one.pk) in inside.content.decode()
    yard = client.get(address("yard", edition))
    assert "29H12345" in yard.content.decode()
    assert "0912 345 678" in yard.content.decode()
    client.post(address("let_out", edition, one.pk))
    assert told(read(client, edition, one.short_code, "three")) == "gone"


def test_the_yard_says_who_is_late_and_finds_plates_exhibitors_and_booths(
    edition, window, booths, maker, keeper, client
):
    slots = window.slots.order_by("starts_at")
    late, next_one = (
        moving.vehicle(maker, slots[0], plate="29H11111"),
        moving.vehicle(maker, slots[3], plate="29H22222"),
    )
    other = moving.vehicle(moving.exhibitor(edition, booths[2]), slots[1], plate="30K33333")
    client.force_login(keeper)
    with clock.at(DAY_BEFORE + 20 * MINUTE):
        shown = client.get(address("yard", edition)).context
        assert [(one, minutes, over) for one, minutes, over in shown["late"]] == [(late, 20, False)]
        assert shown["coming"] == [other, next_one]
        for words, found in (
            ("30k-333", [other]),
            ("A03", [other]),
            (other.company.name_vi, [other]),
            ("222", [next_one]),
        ):
            assert client.get(address("yard", edition), {"q": words}).context["coming"] == found
    with clock.at(DAY_BEFORE + 61 * MINUTE):
        assert client.get(address("yard", edition)).context["late"][0][2] is True
        client.post(address("miss_vehicle", edition, late.pk))
    late.refresh_from_db()
    assert late.state == "no_show"


def test_the_same_over_the_api(edition, window, maker, keeper, client):
    client.force_login(maker.contact)
    given = {
        "application": maker.pk, "slot": moving.first_slot(window).pk, "reservations": [maker.reservations.get().pk],
        "plate": "29H-123.45", "key": "a",
    }  # fmt: skip
    made = client.post("/api/v1/vehicle-passes/", given, content_type="application/json")
    assert made.status_code == 201
    assert (made.json()["plate"], made.json()["booths"], made.json()["state"]) == ("29H12345", ["A01"], "booked")
    again = client.post("/api/v1/vehicle-passes/", given, content_type="application/json")
    assert again.json()["id"] == made.json()["id"]
    own = f"/api/v1/vehicle-passes/{made.json()['id']}/"
    second = window.slots.order_by("starts_at")[1]
    moved = client.post(f"{own}change/", {"slot": second.pk}, content_type="application/json").json()
    assert (moved["slot"], moved["plate"]) == (second.pk, "29H12345")
    code = {"edition": edition.slug, "code": made.json()["address"], "key": "r"}
    assert client.post("/api/v1/vehicle-passes/read/", code, content_type="application/json").status_code == 403
    client.force_login(keeper)
    with clock.at(second.starts_at + 61 * MINUTE):
        told = client.post("/api/v1/vehicle-passes/read/", code, content_type="application/json").json()
    assert (told["answer"], told["late_minutes"], told["vehicle_pass"]["state"]) == ("welcome", 1, "arrived")
    assert client.post(f"{own}leave/").json()["state"] == "left"
    hours = client.get("/api/v1/move-windows/").json()["results"][0]
    assert [slot["left"] for slot in hours["slots"]] == [1, 0, 1, 1]


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_yard_takes_the_same_queries_for_any_number(
    edition, maker, keeper, client, rows, django_assert_num_queries
):
    slot = moving.first_slot(moving.window(edition, vehicles=600))
    made = VehiclePass.objects.bulk_create(
        VehiclePass(
            edition=edition, slot=slot, application=maker, company=maker.company, plate=f"P{number}", key=f"{number}",
            state=["booked", "arrived"][number % 2], arrived_at=DAY_BEFORE,
        )
        for number in range(2 * rows)
    )  # fmt: skip
    through = VehiclePass.reservations.through
    row = maker.reservations.get()
    through.objects.bulk_create(through(vehiclepass_id=one.pk, reservation_id=row.pk) for one in made)
    client.force_login(keeper)
    with clock.at(DAY_BEFORE + 30 * MINUTE), django_assert_num_queries(11):
        client.get(address("yard", edition))
