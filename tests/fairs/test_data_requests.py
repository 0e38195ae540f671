"""What people ask about their own data: received, acknowledged, answered in time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from buyers.actions.registrations import invite_importer
from fairs import clock, deliveries
from fairs.actions import data_requests as actions
from fairs.actions.consents import give_consent
from fairs.actions.reference import load_reference
from fairs.actions.restrictions import lift_restriction
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Consent, DataRequest, Delivery, Entry, Holiday, RequestTerm, Series
from fairs.states import StateConflict
from tests import world
from tests.buyers.importers import importer

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 2, 13, 3, 0, tzinfo=UTC)  # before the Lunar New Year


@pytest.fixture
def edition():
    with clock.at(FRIDAY):
        load_reference()
        yield world.edition(opens_on=date(2026, 10, 15), closes_on=date(2026, 10, 18))


@pytest.fixture
def officer(edition):
    return world.officer(edition, "privacy")


@pytest.fixture
def buyer(edition):
    return importer(edition, grade="ordinary").person


def asked(edition, person, kind="access"):
    return actions.ask(edition, person=person, kind=kind, by=person)


def client(person):
    visitor = Client(headers={"accept-language": "en"})
    visitor.force_login(person)
    return visitor


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("access", date(2026, 3, 6)),
        ("correction", date(2026, 3, 6)),
        ("restriction", date(2026, 3, 13)),
        ("objection", date(2026, 3, 13)),
        ("deletion", date(2026, 3, 20)),
    ],
)
def test_its_days_are_working_days(edition, buyer, kind, due):
    request = asked(edition, buyer, kind)
    assert (request.received_on, request.acknowledge_by) == (date(2026, 2, 13), date(2026, 2, 24))
    assert request.due_on == due


def test_asked_again_while_it_is_open_it_is_the_same(edition, buyer, officer):
    first = asked(edition, buyer)
    assert asked(edition, buyer) == first
    actions.finish(first, by=officer)
    assert asked(edition, buyer) != first


def test_a_set_term_counts_and_what_came_before_keeps_its_days(edition, buyer):
    before = asked(edition, buyer, "deletion")
    RequestTerm.objects.update(days=5)
    Holiday.objects.create(date=date(2026, 2, 23), name_vi="x", name_en="x")
    assert asked(edition, buyer).due_on == date(2026, 3, 2)
    before.refresh_from_db()
    assert before.due_on == date(2026, 3, 20)


def test_an_officer_writes_down_a_letter_from_the_day_it_came(edition, buyer, officer):
    given = {"person": buyer, "kind": "access", "means": "letter", "by": officer}
    request = actions.record_request(edition, received_on=date(2026, 2, 9), **given)
    assert (request.acknowledge_by, request.recorded_by) == (date(2026, 2, 11), officer)
    assert request.late
    with pytest.raises(Invalid) as refusal:
        actions.record_request(edition, received_on=date(2026, 2, 14), **given)
    assert refusal.value.code == "comes_later"


def test_an_officer_writes_down_nothing_of_whom_only_others_know(edition, buyer, officer):
    """Else one organiser reads and erases the people of another."""
    other = Series.objects.create(slug="other", name_vi="Khác", name_en="Other", short_name="OTH")
    theirs = world.edition(opens_on=edition.opens_on, closes_on=edition.closes_on, series=other)
    far = importer(theirs, grade="ordinary").person
    maker, elsewhere = world.person(), world.officer(theirs, "visa")
    world.participation(theirs, world.company(maker), "exhibitor")
    given = {"kind": "access", "means": "letter", "received_on": date(2026, 2, 9), "by": officer}
    for stranger in (far, maker, elsewhere, world.person(is_superuser=True)):
        with pytest.raises(Invalid) as refusal:
            actions.record_request(edition, person=stranger, **given)
        assert refusal.value.code == "unknown_person"
    for known in (buyer, officer, world.person()):
        assert actions.record_request(edition, person=known, **given).person == known


def test_acknowledging_writes_to_the_person(edition, buyer, officer):
    request = actions.acknowledge(asked(edition, buyer), by=officer)
    assert (request.state, request.next_day) == ("acknowledged", request.due_on)
    assert Delivery.objects.filter(kind="fairs.data_request_acknowledged", to=buyer).count() == 1


def test_it_is_extended_once_in_time_and_with_the_reason(edition, buyer, officer):
    request = actions.acknowledge(asked(edition, buyer), by=officer)
    with pytest.raises(Invalid):
        actions.extend(request, reason=" ", by=officer)
    with clock.at(FRIDAY + timedelta(days=30)), pytest.raises(Refused) as refusal:
        actions.extend(request, reason="Three archives", by=officer)
    assert refusal.value.code == "too_late"
    actions.extend(request, reason="Three archives", by=officer)
    assert (request.state, request.due_on) == ("extended", date(2026, 3, 27))
    with pytest.raises(StateConflict):
        actions.extend(request, reason="Once more", by=officer)


def test_a_no_has_a_reason_that_is_read(edition, buyer, officer):
    request = asked(edition, buyer)
    with pytest.raises(Invalid):
        actions.refuse(request, reason="", by=officer)
    actions.refuse(request, reason="We cannot be sure it is you", by=officer)
    letter = deliveries.compose(Delivery.objects.get(kind="fairs.data_request_refused"))
    assert "We cannot be sure it is you" in letter.body


@pytest.mark.parametrize("role", ["importer_desk", "visa", "reports", "finance", "reviewer"])
def test_only_the_privacy_officer_and_the_director_answer(edition, buyer, role):
    request, other = asked(edition, buyer), world.officer(edition, role)
    for deed in (actions.acknowledge, actions.finish):
        with pytest.raises(Forbidden):
            deed(request, by=other)
    assert request not in DataRequest.objects.visible_to(other)
    assert actions.acknowledge(request, by=world.officer(edition, "director")).state == "acknowledged"


def test_nobody_asks_for_another_and_the_person_may_take_it_back(edition, buyer, officer):
    with pytest.raises(Forbidden):
        actions.ask(edition, person=buyer, kind="deletion", by=officer)
    request = asked(edition, buyer)
    with pytest.raises(Forbidden):
        actions.withdraw(request, by=officer)
    assert actions.withdraw(request, by=buyer).state == "withdrawn"


def test_a_correction_changes_what_is_wrong(edition, buyer, officer):
    request = asked(edition, buyer, "correction")
    actions.finish(request, by=officer, full_name="Linnea Bergh", phone="+46 8 123 456")
    buyer.refresh_from_db()
    assert (buyer.full_name, buyer.phone, buyer.given_name) == ("Linnea Bergh", "+46 8 123 456", "Linnea")


def test_an_objection_ends_all_but_the_registration(edition, buyer, officer):
    give_consent(buyer, edition=edition, purpose="news", language="en", by=buyer)
    actions.finish(asked(edition, buyer, "objection"), by=officer)
    assert list(Consent.objects.filter(withdrawn_at=None).values_list("purpose", flat=True)) == ["registration"]


def test_a_restricted_person_is_for_the_fair_itself(edition, buyer, officer, django_capture_on_commit_callbacks):
    give_consent(buyer, edition=edition, purpose="share_on_scan", language="en", by=buyer)
    with django_capture_on_commit_callbacks():
        request = actions.finish(asked(edition, buyer, "restriction"), by=officer)
    assert not Consent.objects.filter(purpose="share_on_scan", withdrawn_at=None).exists()
    later, desk = world.edition(), world.officer(edition, "importer_desk")
    world.officer(later, "importer_desk")
    desk = world.officer(later, "importer_desk")
    invite_importer(later, company=buyer.companies.get(), person=buyer, by=desk)
    mail.outbox.clear()
    for delivery in Delivery.objects.filter(to=buyer):
        deliveries.send(delivery.pk)
    sent = set(Delivery.objects.filter(to=buyer, state="sent").values_list("kind", flat=True))
    assert "buyers.invited" not in sent
    assert {"fairs.data_request_done", "buyers.approved"} <= sent
    assert Delivery.objects.get(kind="buyers.invited").state == "given_up"
    lift_restriction(request, by=officer)
    buyer.refresh_from_db()
    assert buyer.restricted_at is None


def test_who_is_late_is_seen_at_a_glance(edition, buyer, officer):
    request = asked(edition, buyer)
    with clock.at(FRIDAY + timedelta(days=12)):
        page = client(officer).get(reverse("fairs:data_requests", args=[edition.slug])).content.decode()
        assert "1 request is late" in page
        assert "Late since 24 Feb 2026" in page
        desk = client(world.officer(edition, "director")).get(reverse("fairs:desk", args=[edition.slug]))
        assert "1 of them is late." in desk.content.decode()
    assert not request.late


@pytest.mark.parametrize("count", world.ROWS)
def test_the_desk_asks_the_same_for_any_number(edition, officer, count, django_assert_num_queries):
    for _number in range(count):
        DataRequest.objects.create(
            edition=edition, person=world.person(), kind="access", received_on=FRIDAY.date(),
            acknowledge_by=FRIDAY.date(), due_on=FRIDAY.date(),
        )  # fmt: skip
    visitor = client(officer)
    with django_assert_num_queries(8):
        assert visitor.get(reverse("fairs:data_requests", args=[edition.slug])).status_code == 200


def test_a_person_asks_and_sees_it_on_their_page(edition, buyer, officer):
    visitor, page = client(buyer), reverse("fairs:my_data")
    assert visitor.post(page, {"kind": "access", "wish": "All of it"}).status_code == 302
    request = DataRequest.objects.get()
    assert (request.edition, request.means, request.wish) == (edition, "page", "All of it")
    assert "6 Mar 2026" in visitor.get(page).content.decode()
    visitor.post(reverse("fairs:withdraw_data_request", args=[request.pk]))
    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_the_officer_answers_on_pages(edition, buyer, officer):
    request = asked(edition, buyer)
    visitor, page = client(officer), reverse("fairs:data_request", args=[edition.slug, request.pk])
    assert visitor.post(page, {"verb": "acknowledge"}).status_code == 302
    assert visitor.post(page, {"verb": "refuse"}).status_code == 422
    assert visitor.post(page, {"verb": "finish"}).status_code == 302
    assert "10 working days" not in visitor.get(page).content.decode()
    request.refresh_from_db()
    assert request.state == "done"


def test_the_officer_writes_down_a_letter_on_a_page(edition, buyer, officer):
    typed = {"email": buyer.email, "kind": "deletion", "means": "letter", "received_on": "2026-02-12", "wish": ""}
    page = reverse("fairs:record_data_request", args=[edition.slug])
    assert client(officer).post(page, typed | {"email": "nobody@example.org"}).status_code == 422
    assert client(officer).post(page, typed).status_code == 302
    assert DataRequest.objects.get().recorded_by == officer


def test_holidays_are_added_on_a_page(edition, officer):
    page = reverse("fairs:holidays", args=[edition.slug])
    typed = {"date": "2026-11-24", "name_vi": "Ngày Văn hóa Việt Nam", "name_en": "Culture Day"}
    assert client(officer).post(page, typed).status_code == 302
    assert Holiday.objects.filter(date=date(2026, 11, 24)).exists()
    assert Entry.objects.filter(verb="fairs.holiday.set", subject="2026-11-24").exists()


def test_loading_the_facts_again_changes_nothing_an_organiser_set(edition):
    RequestTerm.objects.filter(kind="access").update(days=7)
    load_reference()
    assert RequestTerm.objects.get(kind="access").days == 7


def test_programs_ask_and_answer(edition, buyer, officer):
    mine, desk = APIClient(), APIClient()
    mine.force_authenticate(buyer)
    desk.force_authenticate(officer)
    made = mine.post("/api/v1/data-requests/", {"edition": edition.slug, "kind": "access"}, format="json").json()
    assert (made["state"], made["due_on"]) == ("received", "2026-03-06")
    address = f"/api/v1/data-requests/{made['id']}"
    assert desk.post(f"{address}/acknowledge/").json()["state"] == "acknowledged"
    assert mine.post(f"{address}/finish/").status_code == 403
    assert desk.post(f"{address}/finish/").json()["state"] == "done"
    assert mine.get("/api/v1/data-requests/copy/").json()["fairs.person"][0]["email"] == buyer.email
