"""Sub-letting: one officer records it, a second takes the booth back without refund."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from booths.actions.breaches import confirm_breach, drop_breach, record_breach
from booths.actions.handover import check_booth
from booths.actions.reservations import hold_booths
from booths.models import Booth, Breach
from fairs import clock
from fairs.deliveries import compose
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Entry
from tests import world
from tests.booths import moving
from tests.booths.moving import DAY_BEFORE

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
    return moving.exhibitor(edition, booths[0], state="handed_over").reservations.get()


@pytest.fixture
def officers(edition):
    return world.officer(edition, "booth_desk"), world.officer(edition, "booth_desk")


def recorded(row, by, key="a", **fields):
    given = {"rule": "sub_letting", "reason": "Đơn vị khác bán hàng trong gian", "key": key, "by": by}
    return record_breach(row, **given | fields)


def refused(code, deed, *given, kind=Refused, **more):
    with pytest.raises(kind) as refusal:
        deed(*given, **more)
    assert refusal.value.code == code


def test_two_officers_take_a_booth_back_and_it_is_free_again(edition, booths, row, officers):
    first, second = officers
    breach = recorded(row, first)
    assert recorded(row, first) == breach
    refused("recorded_already", recorded, row, second, key="b")
    refused("four_eyes", confirm_breach, breach, by=first)
    row.refresh_from_db()
    assert row.state == "handed_over"
    for _twice in range(2):
        confirmed = confirm_breach(breach, by=second)
    row.refresh_from_db()
    assert (confirmed.state, confirmed.decided_by, row.state, row.permit) == ("confirmed", second, "taken_back", "")
    assert booths[0] in Booth.objects.free(clock.now())
    assert Entry.objects.filter(verb="booths.reservation.take_back", company=row.company).count() == 1
    refused("not_kept", check_booth, row, key="x", built=True, by=first)
    other = world.application(edition)
    assert hold_booths(other, booths=[booths[0]], by=other.contact)


def test_its_vehicles_are_called_off_and_those_for_another_booth_come(edition, booths, row, officers):
    window = moving.window(edition, vehicles=5)
    slot = window.slots.order_by("starts_at")[2]
    alone = moving.vehicle(row.application, slot)
    both = moving.exhibitor(edition, booths[1], booths[2])
    with_another = moving.vehicle(both, slot)
    confirm_breach(recorded(row, officers[0]), by=officers[1])
    confirm_breach(recorded(both.reservations.get(booth=booths[1]), officers[0], key="b"), by=officers[1])
    for one, state in ((alone, "cancelled"), (with_another, "booked")):
        one.refresh_from_db()
        assert one.state == state
    slot.refresh_from_db()
    assert slot.booked == 1


@pytest.mark.parametrize(("language", "word"), [("vi", "thu hồi"), ("en", "taken back")])
def test_the_letter_says_why(edition, row, officers, language, word):
    contact = row.application.contact
    contact.language = language
    contact.save()
    confirm_breach(recorded(row, officers[0]), by=officers[1])
    letter = compose(Delivery.objects.get(kind="booths.taken_back", to=contact))
    assert "Đơn vị khác bán hàng trong gian" in letter.body
    assert language == "vi" or word in letter.subject


def test_what_is_dropped_changes_nothing_and_can_be_recorded_again(row, officers):
    first, second = officers
    breach = recorded(row, first)
    for _twice in range(2):
        assert drop_breach(breach, by=first).state == "dropped"
    row.refresh_from_db()
    assert row.state == "handed_over"
    refused("state_conflict", confirm_breach, breach, by=second)
    assert recorded(row, first, key="b") != breach


def test_only_a_paid_booth_with_a_reason_and_by_the_booth_desk(edition, booths, row, officers):
    unpaid = moving.exhibitor(edition, booths[1], permit=False, state="reserved").reservations.get()
    refused("not_theirs", recorded, unpaid, officers[0])
    refused("no_reason", recorded, row, officers[0], reason=" ", kind=Invalid)
    refused("no_reason", recorded, row, officers[0], rule="", kind=Invalid)
    for somebody in (row.application.contact, world.officer(edition, "gate")):
        with pytest.raises(Forbidden):
            recorded(row, somebody)


def test_the_database_keeps_four_eyes_too(row, officers):
    breach = recorded(row, officers[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.filter(pk=breach.pk).update(state="confirmed", decided_by=officers[0])


def test_both_officers_do_it_on_pages_and_over_the_api(edition, row, officers, client):
    first, second = officers
    client.force_login(first)
    page = reverse("booths:record_breach", args=[edition.slug, "A01"])
    given = {"key": "a", "rule": "sub_letting", "reason": "Đơn vị khác bán hàng"}
    assert client.post(page, given | {"reason": ""}).status_code == 422
    assert client.post(page, given).status_code == 302
    breach = Breach.objects.get()
    listed = reverse("booths:breaches", args=[edition.slug])
    confirm = reverse("booths:confirm_breach", args=[edition.slug, breach.pk])
    assert confirm not in client.get(listed).content.decode()
    assert client.post(confirm).status_code == 409
    assert client.post(f"/api/v1/breaches/{breach.pk}/confirm/").json()["code"] == "four_eyes"
    client.force_login(second)
    assert confirm in client.get(listed).content.decode()
    assert client.post(confirm).status_code == 302
    assert client.get(f"/api/v1/breaches/{breach.pk}/").json()["state"] == "confirmed"
    assert reverse("booths:handover_booth", args=[edition.slug, "A01"]) not in client.get(listed).content.decode()
    client.force_login(row.application.contact)
    assert client.get(f"/api/v1/breaches/{breach.pk}/").status_code == 404


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_list_takes_the_same_queries_for_any_number(edition, officers, client, rows, django_assert_num_queries):
    kept = moving.exhibitor(edition, *world.floor(edition, rows)).reservations.all()
    Breach.objects.bulk_create(
        Breach(reservation=row, key=f"{row.pk}", rule="other", reason="x", recorded_by=officers[0]) for row in kept
    )
    client.force_login(officers[1])
    with django_assert_num_queries(5):
        client.get(reverse("booths:breaches", args=[edition.slug]))
