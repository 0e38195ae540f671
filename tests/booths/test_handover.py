"""Booths handed over at move-in and cleared at move-out: evidence that comes once, faults that are mended."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from PIL import Image

from booths.actions.handover import check_booth, clear_booth, find_fault, mend_fault
from booths.handover_look import booth_states
from booths.models import BoothCheck, Fault, Reservation
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Entry
from tests import world
from tests.booths import moving
from tests.booths.moving import CLOSED, DAY_BEFORE

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(DAY_BEFORE):
        yield world.edition()


@pytest.fixture
def booths(edition):
    return world.floor(edition)


@pytest.fixture
def row(edition, booths):
    return moving.exhibitor(edition, booths[0]).reservations.get()


@pytest.fixture
def desk(edition):
    return world.officer(edition, "booth_desk")


def photo(size=(1200, 900), place=True):
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Camera of somebody"
    Image.new("RGB", size, "brown").save(out, "JPEG", exif=exif)
    return out.getvalue()


def refused(code, deed, *given, kind=Refused, **more):
    with pytest.raises(kind) as refusal:
        deed(*given, **more)
    assert refusal.value.code == code


def test_a_booth_is_built_then_handed_over_to_whoever_says_their_name(row, desk):
    check_booth(row, key="a", built=True, by=desk)
    row.refresh_from_db()
    assert row.state == "confirmed"
    for _twice in range(2):
        check = check_booth(
            row, key="b", built=True, occupied=True, keys=2, sockets=1, signed_name=" Bùi  Thị Hiền ", by=desk
        )
    row.refresh_from_db()
    assert (row.state, check.signed_name, check.keys) == ("handed_over", "Bùi Thị Hiền", 2)
    assert BoothCheck.objects.count() == 2
    assert Entry.objects.filter(verb="booths.reservation.hand_over").count() == 1
    check_booth(row, key="c", built=True, occupied=True, keys=3, signed_name="Bùi Thị Hiền", by=desk)  # one key more
    [state] = booth_states(row.edition)
    assert (state.step, state.check.keys) == ("handed_over", 3)


def test_an_earlier_form_that_comes_late_changes_nothing_newer(row, desk):
    check_booth(row, key="a", built=True, by=desk)
    check_booth(row, key="b", built=True, occupied=True, by=desk)
    check_booth(row, key="a", built=True, by=desk)
    [state] = booth_states(row.edition)
    assert state.step == "occupied"


def test_who_has_not_paid_gets_no_booth_and_nobody_signs_from_afar(edition, booths, row, desk):
    unpaid = moving.exhibitor(edition, booths[1], permit=False, state="reserved").reservations.get()
    check_booth(unpaid, key="a", built=True, by=desk)
    refused("not_paid", check_booth, unpaid, key="b", built=True, occupied=True, signed_name="Hà", by=desk)
    refused("nobody_there", check_booth, row, key="c", signed_name="Hà", by=desk, kind=Invalid)
    with pytest.raises(Forbidden):
        check_booth(row, key="d", built=True, by=row.application.contact)
    Reservation.objects.filter(pk=row.pk).update(state="released")
    refused("not_kept", check_booth, row, key="e", built=True, by=desk)
    assert BoothCheck.objects.count() == 1


def test_a_fault_has_a_small_photo_without_what_it_tells_and_is_mended_once(row, desk):
    fault = find_fault(row, key="a", note="Ổ cắm không có điện", photo=photo((2400, 1800)), by=desk)
    assert find_fault(row, key="a", note="Ổ cắm không có điện", photo=photo(), by=desk) == fault
    with fault.photo.open() as file:
        kept = Image.open(file)
        assert (kept.format, max(kept.size), len(kept.getexif())) == ("JPEG", 1600, 0)
    refused("bad_photo", find_fault, row, key="b", note="x", photo=b"<svg/>", by=desk, kind=Invalid)
    refused("no_note", find_fault, row, key="b", note=" ", by=desk, kind=Invalid)
    for _twice in range(2):
        mended = mend_fault(fault, by=desk)
    assert (mended.state, mended.mended_by, mended.state_changed_at) == ("mended", desk, DAY_BEFORE)
    letter = Delivery.objects.get(kind="booths.fault_mended")
    assert letter.to == row.application.contact
    assert Fault.objects.count() == 1


def test_a_booth_is_cleared_after_the_fair_and_late_after_the_last_hour(edition, row, desk):
    moving.window(edition, way="out", starts_at=CLOSED, ends_at=CLOSED + timedelta(hours=4))
    refused("fair_open", clear_booth, row, key="a", clearance="cleared", by=desk)
    with clock.at(CLOSED + timedelta(hours=4)):
        refused("no_note", clear_booth, row, key="a", clearance="dirty", by=desk, kind=Invalid)
        refused("clearance", clear_booth, row, key="a", clearance="", by=desk, kind=Invalid)
        for _twice in range(2):
            first = clear_booth(row, key="a", clearance="damaged", note="Vách thủng", photo=photo(), by=desk)
        assert (first.late, bool(first.photo)) == (False, True)
    with clock.at(CLOSED + timedelta(hours=5)):
        last = clear_booth(row, key="b", clearance="cleared", by=desk)
        assert last.late
        [state] = booth_states(edition)
        assert (state.left, state.is_clear) == ("cleared", True)
    assert BoothCheck.objects.count() == 2


# ---- in the browser ----


def address(name, edition, *parts):
    return reverse(f"booths:{name}", args=[edition.slug, *parts])


def test_an_officer_finds_a_booth_by_its_code_its_qr_and_its_exhibitor(edition, booths, row, desk, client):
    client.force_login(desk)
    page = address("handover", edition)
    one = address("handover_booth", edition, "A01")
    for read in ("a01", f"https://fair.example/{edition.slug}/plan/A01/"):
        assert client.get(page, {"code": read}).url == one
    shown = client.get(page, {"code": row.company.name_vi}).content.decode()
    assert one in shown
    assert address("handover_booth", edition, "A02") not in shown
    assert client.get(address("handover_booth", edition, "A02")).status_code == 404


def test_an_officer_hands_over_on_the_phone_and_loses_nothing(edition, row, desk, client):
    client.force_login(desk)
    fresh = client.get(address("handover_booth", edition, "A01"))
    assert fresh.context["forms"]["check"].initial == {"built": True}  # a standard booth comes built
    assert "data-reach" in fresh.content.decode()
    given = {"key": "a", "built": "on", "keys": 1, "sockets": 2, "signed_name": "Hiền", "note": "Đủ bàn ghế"}
    wrong = client.post(address("check_booth", edition, "A01"), given)
    assert wrong.status_code == 422
    assert "Đủ bàn ghế" in wrong.content.decode()
    for _twice in range(2):
        assert client.post(address("check_booth", edition, "A01"), given | {"occupied": "on"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.checks.count()) == ("handed_over", 1)
    fault = {"key": "f", "note": "Đèn hỏng", "photo": io.BytesIO(photo())}
    fault["photo"].name = "IMG.jpg"
    assert client.post(address("find_fault", edition, "A01"), fault).status_code == 302
    listed = client.get(address("faults", edition)).content.decode()
    assert "Đèn hỏng" in listed
    made = Fault.objects.get()
    kept = client.get(address("noted_photo", edition, "fault", made.pk))
    assert kept["Content-Disposition"].startswith("attachment")
    assert kept["Content-Type"] == "image/jpeg"
    client.post(address("mend_fault", edition, made.pk), {"back": "booth"})
    made.refresh_from_db()
    assert made.state == "mended"


def test_an_exhibitor_sees_their_faults_and_photos_and_nobody_elses(edition, booths, row, desk, client):
    fault = find_fault(row, key="a", note="Đèn hỏng", photo=photo(), by=desk)
    client.force_login(row.application.contact)
    assert "Đèn hỏng" in client.get(address("application", edition)).content.decode()
    assert client.get(address("noted_photo", edition, "fault", fault.pk)).status_code == 200
    client.force_login(moving.exhibitor(edition, booths[1]).contact)
    assert "Đèn hỏng" not in client.get(address("application", edition)).content.decode()
    assert client.get(address("noted_photo", edition, "fault", fault.pk)).status_code == 404


def test_after_closing_the_list_is_about_clearance_and_shows_who_has_not_cleared(edition, booths, row, desk, client):
    other = moving.exhibitor(edition, booths[1]).reservations.get()
    client.force_login(desk)
    with clock.at(CLOSED):
        given = {"key": "a", "clearance": "cleared"}
        assert client.post(address("clear_booth", edition, "A01"), given).status_code == 302
        shown = client.get(address("handover", edition), {"show": "open"}).context
        assert shown["moment"] == "out"
        assert [one.reservation for one in shown["states"]] == [other]


def test_the_same_over_the_api(edition, row, desk, client):
    client.force_login(desk)
    given = {"reservation": row.pk, "key": "a", "built": True, "occupied": True, "signed_name": "Hiền"}
    for _twice in range(2):
        made = client.post("/api/v1/booth-checks/", given, content_type="application/json")
    assert (made.status_code, made.json()["booth"], made.json()["signed_name"]) == (201, "A01", "Hiền")
    file = io.BytesIO(photo())
    file.name = "a.jpg"
    fault = client.post(
        "/api/v1/faults/", {"reservation": row.pk, "key": "f", "note": "Đèn hỏng", "photo": file}
    ).json()
    assert (fault["has_photo"], fault["verbs"]) == (True, ["mend"])
    assert client.get(f"/api/v1/faults/{fault['id']}/photo/")["Content-Type"] == "image/jpeg"
    assert client.post(f"/api/v1/faults/{fault['id']}/mend/").json()["state"] == "mended"
    left = {"reservation": row.pk, "key": "c", "clearance": "dirty", "note": "Bụi"}
    assert client.post("/api/v1/booth-checks/clear/", left, content_type="application/json").status_code == 409
    with clock.at(CLOSED):
        made = client.post("/api/v1/booth-checks/clear/", left, content_type="application/json").json()
    assert (made["moment"], made["clearance"], made["late"]) == ("out", "dirty", False)
    client.force_login(row.application.contact)
    assert len(client.get("/api/v1/booth-checks/").json()["results"]) == 2
    assert (
        client.post("/api/v1/booth-checks/", given | {"key": "b"}, content_type="application/json").status_code == 403
    )


@pytest.mark.parametrize("rows", world.ROWS)
def test_lists_take_the_same_queries_for_any_number(edition, desk, client, rows, django_assert_num_queries):
    booths = world.floor(edition, rows)
    made = moving.exhibitor(edition, *booths)
    kept = list(made.reservations.all())
    BoothCheck.objects.bulk_create(
        BoothCheck(reservation=row, moment="in", key=f"{row.pk}", by=desk, built=True) for row in kept
    )
    Fault.objects.bulk_create(Fault(reservation=row, key=f"{row.pk}", note="x", found_by=desk) for row in kept)
    client.force_login(desk)
    with django_assert_num_queries(11):
        client.get(address("handover", edition))
    with django_assert_num_queries(6):
        client.get(address("faults", edition))
