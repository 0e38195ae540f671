"""The exhibitor manual: whom a task is for, how it is closed, how late it is, what the desk says of a file."""

from datetime import timedelta

import pytest
from django.urls import reverse

from booths.actions.manual import (
    accept_hand_in,
    hand_in_file,
    pass_task,
    reopen_task,
    return_hand_in,
    tick_task,
)
from booths.actions.reservations import hold_booths
from booths.manual import exhibitors_with_tasks, own_progress, progress_of
from booths.models import Booth, BoothClass, HandIn, Reservation
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Product
from fairs.states import StateConflict
from tests import world
from tests.booths import services
from tests.booths.manual import PDF, sent, task

pytestmark = pytest.mark.django_db
LAST = world.NOON.replace(month=9, day=18)  # noon of the last day of `task`


@pytest.fixture
def application(edition):
    """An exhibitor that was accepted."""
    return world.application(edition)


def state_of(application, one):
    """How one task stands now."""
    cell = own_progress(application).of(one)
    return cell.state if cell else None


def test_a_tick_closes_a_task_and_is_taken_back(edition, application):
    one, by = task(edition), application.contact
    assert state_of(application, one) == "open"
    row = tick_task(application, task=one, by=by)
    assert tick_task(application, task=one, by=by).version == row.version
    assert state_of(application, one) == "done"
    assert own_progress(application).next is None
    reopen_task(row, by=by)
    assert state_of(application, one) == "open"
    assert row.given_at is None


def test_the_last_day_is_included_and_lateness_is_said_plainly(edition, application):
    one, other = task(edition), task(edition, asks="file")
    with clock.at(LAST.replace(hour=16, minute=59)):  # 23:59 in Hanoi
        assert not own_progress(application).of(one).is_late
        assert own_progress(application).of(one).days_left == 0
    with clock.at(LAST.replace(hour=17, minute=0)):
        cell = own_progress(application).of(one)
        assert (cell.is_late, cell.late_days) == (True, 1)
        assert own_progress(application).late == 2
    with clock.at(LAST + timedelta(days=3)):
        row = hand_in_file(application, task=other, data=PDF, by=application.contact)
        cell = own_progress(application).of(other)
        assert (cell.is_late, cell.late_days, row.late_days) == (False, 3, 3)
    with clock.at(LAST + timedelta(days=9)):
        hand_in_file(application, task=other, data=PDF + b"2", by=application.contact)
        assert own_progress(application).of(other).late_days == 3


def test_a_task_is_for_whom_it_says(edition, application):
    raw = BoothClass.objects.create(
        edition=edition, code="raw", name_vi="Đất trống", name_en="Raw", origin="domestic", build="raw"
    )
    for_raw, for_class = task(edition, audience="raw"), task(edition, audience="class", booth_class=raw)
    abroad, groups = task(edition, audience="abroad"), task(edition, audience="group")
    assert own_progress(application).cells == []
    application.booth_class, application.is_group = raw, True
    application.save()
    assert {one.task for one in own_progress(application).cells} == {for_raw, for_class, groups}
    hold_booths(application, booths=Booth.objects.filter(edition=edition)[:1], by=application.contact)
    Reservation.objects.update(state="reserved")  # it stands on a standard booth after all
    application.company.country = "JP"
    assert {one.task for one in own_progress(application).cells} == {abroad, groups}
    with pytest.raises(Invalid) as refusal:
        tick_task(application, task=for_raw, by=application.contact)
    assert refusal.value.code == "other_task"


def test_a_form_closes_its_task_by_itself(edition, application):
    products, words = task(edition, asks="form", form="products"), task(edition, asks="form", form="about")
    passes, paid = task(edition, asks="form", form="passes"), task(edition, asks="form", form="paid")
    assert [state_of(application, one) for one in (products, words, passes, paid)] == ["open"] * 4
    company = application.company
    Product.objects.create(company=company, product_group=world.product_group(), name_vi="Bình")
    company.about_vi, company.about_en = "Gốm", "Pottery"
    company.save()
    [row] = hold_booths(application, booths=Booth.objects.filter(edition=edition)[:1], by=application.contact)
    assert [state_of(application, one) for one in (products, words, passes, paid)] == ["done", "done", "open", "open"]
    Reservation.objects.filter(pk=row.pk).update(state="confirmed", permit="GP1")
    world.badge(edition, application.contact, company=company, kind="exhibitor")
    assert [state_of(application, one) for one in (passes, paid)] == ["done", "done"]
    with pytest.raises(Invalid) as refusal:
        tick_task(application, task=products, by=application.contact)
    assert refusal.value.code == "no_tick"


def test_the_word_that_it_does_not_concern_them_is_kept_where_it_may_be_given(edition, application):
    flames, all_of_them = task(edition, asks="file", may_not_concern=True), task(edition)
    row = pass_task(application, task=flames, by=application.contact)
    assert row.state == pass_task(application, task=flames, by=application.contact).state == "not_concerned"
    with pytest.raises(Invalid) as refusal:
        pass_task(application, task=all_of_them, by=application.contact)
    assert refusal.value.code == "concerns_all"


def test_versions_are_kept_and_the_newest_is_looked_at(edition, application, desk):
    one, by = task(edition, asks="file"), application.contact
    row = hand_in_file(application, task=one, data=PDF, by=by)
    assert hand_in_file(application, task=one, data=PDF, by=by).files.count() == 1
    with pytest.raises(Invalid) as refusal:
        return_hand_in(row, version=1, reason=" ", by=desk)
    assert refusal.value.code == "no_reason"
    row = return_hand_in(row, version=1, reason="Thiếu kích thước", by=desk)
    assert (row.state, row.reason, row.checked_by) == ("returned", "Thiếu kích thước", desk)
    assert Delivery.objects.get(kind="booths.hand_in_returned").to == by
    assert own_progress(application).next.task == one
    row = hand_in_file(application, task=one, data=PDF + b"2", by=by)
    assert (row.state, row.reason, [file.number for file in row.files.all()]) == ("handed_in", "", [2, 1])
    with pytest.raises(Refused) as refusal:
        accept_hand_in(row, version=1, by=desk)
    assert refusal.value.code == "newer_version"
    assert accept_hand_in(row, version=2, by=desk).state == "accepted"
    with pytest.raises(StateConflict):
        accept_hand_in(row, version=2, by=desk)
    assert hand_in_file(application, task=one, data=PDF + b"3", by=by).state == "handed_in"


@pytest.mark.parametrize("data", [b"", b"MZ\x90 program", b"<svg/>", b"%PDF-" + b"0" * (10 * 1024 * 1024)])
def test_a_file_is_known_by_what_is_in_it(edition, application, data):
    one = task(edition, asks="file")
    with pytest.raises(Invalid) as refusal:
        hand_in_file(application, task=one, data=data, by=application.contact)
    assert refusal.value.code == "bad_file"
    assert not HandIn.objects.exists()


def test_only_its_people_and_the_desk_do_something(edition, application, desk):
    one = task(edition)
    stranger = world.application(edition).contact
    with pytest.raises(Forbidden):
        tick_task(application, task=one, by=stranger)
    row = hand_in_file(application, task=task(edition, asks="file"), data=PDF, by=desk)  # for somebody without a phone
    with pytest.raises(Forbidden):
        accept_hand_in(row, version=1, by=application.contact)
    with pytest.raises(Forbidden):
        accept_hand_in(row, version=1, by=world.officer(edition, "finance"))
    waiting = world.application(edition, state="submitted")
    with pytest.raises(Refused) as refusal:
        tick_task(waiting, task=one, by=waiting.contact)
    assert refusal.value.code == "not_accepted"


@pytest.mark.parametrize("rows", world.ROWS)
def test_many_exhibitors_take_as_many_statements_as_one(edition, rows, django_assert_num_queries):
    task(edition), task(edition, asks="form", form="paid"), task(edition, asks="form", form="products")
    for _each in range(rows):
        world.application(edition)
    with django_assert_num_queries(7):
        assert len(progress_of(edition, exhibitors_with_tasks(edition))) == rows


def test_the_pages_of_an_exhibitor(edition, application, client):
    one, other = task(edition), task(edition, asks="file", title_en="Stand drawing", may_not_concern=True)
    client.force_login(application.contact)
    home, page = reverse("booths:manual", args=[edition.slug]), reverse("booths:task", args=[edition.slug, other.pk])
    text = client.get(home, headers={"accept-language": "en"}).content.decode()
    assert "17 days left, until 18 Sept 2018" in text or "17 days left, until 18 Sep 2018" in text
    assert client.post(page, {}).status_code == 422
    assert client.post(page, {"file": sent()}).status_code == 302
    kept = HandIn.objects.get(task=other).files.get()
    assert client.post(reverse("booths:tick_task", args=[edition.slug, one.pk])).status_code == 302
    text = client.get(home, headers={"accept-language": "en"}).content.decode()
    assert "You have done everything. Thank you." in text
    assert "2 / 2" in client.get(reverse("booths:application", args=[edition.slug])).content.decode()
    file = client.get(reverse("booths:hand_in_file", args=[edition.slug, kept.pk]))
    assert file["Content-Disposition"].startswith("attachment;")
    assert file.content == PDF
    client.force_login(world.application(edition).contact)
    assert client.get(reverse("booths:hand_in_file", args=[edition.slug, kept.pk])).status_code == 404
    client.force_login(world.person())
    assert client.get(page).status_code == 404
    assert "No manual yet" in client.get(home, headers={"accept-language": "en"}).content.decode()


def test_a_task_for_open_flames_is_for_whoever_ordered_one(edition, application):
    one, [booth, *_others] = task(edition, audience="flames"), edition.booths.all()
    burner = services.holder(booth)
    services.ordered(burner, services.flame(edition), booth, flames=1, flame_what="Đèn", flame_guard="Bình chữa cháy")
    assert [own.of(one) is not None for own in progress_of(edition, [application, burner])] == [False, True]
