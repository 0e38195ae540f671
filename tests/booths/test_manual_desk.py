"""The manual at the desk: who is late, what is to check, the tasks, their copies, the sheet, the API."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from booths.actions.manual import hand_in_file, tick_task
from booths.actions.manual_tasks import remove_task, set_task
from booths.models import HandIn, ManualTask
from fairs import clock
from fairs.actions.editions import copy_edition
from fairs.errors import Forbidden, Invalid, Refused
from tests import world
from tests.booths.manual import PDF, sent, task

pytestmark = pytest.mark.django_db
API = "/api/v1"
TEXTS = {"title_vi": "Bản vẽ", "title_en": "Drawing", "text_vi": "Gửi bản vẽ.", "text_en": "Send it."}


def page(client, edition, **asked):
    """The matrix in English."""
    return client.get(reverse("booths:manual_desk", args=[edition.slug]), asked, headers={"accept-language": "en"})


def test_the_desk_sees_at_a_glance_who_is_late_and_what_is_to_check(edition, desk, client):
    rules, drawing = task(edition), task(edition, title_en="Stand drawing", asks="file")
    lazy, quick = world.application(edition), world.application(edition)
    tick_task(quick, task=rules, by=quick.contact)
    hand_in_file(quick, task=drawing, data=PDF, by=quick.contact)
    client.force_login(desk)
    with clock.at(world.NOON + timedelta(days=20)):  # three days after the last one
        answer = page(client, edition)
        assert answer.context["tasks"] == [
            (rules, {"all": 2, "given": 1, "late": 1, "check": 0}),
            (drawing, {"all": 2, "given": 1, "late": 1, "check": 1}),
        ]
        assert {show["label"]: show["count"] for show in answer.context["shows"]} == {
            "All": 2, "Late": 1, "To check": 1, "Something to do": 1, "Complete": 1,
        }  # fmt: skip
        assert "3 days late" in answer.content.decode()
        for show, found in {"late": lazy, "check": quick, "open": lazy, "complete": quick}.items():
            [(one, _cells)] = page(client, edition, show=show).context["rows"]
            assert one.application == found
        assert page(client, edition, q="nobody").context["rows"] == []


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_matrix_takes_as_many_statements_for_many(edition, desk, client, rows, django_assert_num_queries):
    task(edition), task(edition, asks="form", form="paid")
    for _each in range(rows):
        world.application(edition)
    client.force_login(desk)
    page(client, edition)
    with django_assert_num_queries(12):
        assert page(client, edition).status_code == 200


def test_a_file_is_checked_on_its_page(edition, desk, client):
    application = world.application(edition)
    row = hand_in_file(application, task=task(edition, asks="file"), data=PDF, by=application.contact)
    client.force_login(desk)
    address = reverse("booths:check_hand_in", args=[edition.slug, row.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"version": 1, "verdict": "return"}).status_code == 422
    assert client.post(address, {"version": 1, "verdict": "return", "reason": "Mờ"}).status_code == 302
    assert client.post(address, {"version": 1, "verdict": "accept"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "accepted"
    client.force_login(world.officer(edition, "finance"))
    assert b'name="verdict"' not in client.get(address).content
    client.force_login(world.officer(edition, "gate"))
    assert client.get(address).status_code == 404


def test_the_sheet_has_a_line_for_each_exhibitor_and_task(edition, desk, client):
    application = world.application(edition)
    task(edition), task(edition)
    client.force_login(desk)
    with clock.at(world.NOON + timedelta(days=18)):
        file = client.get(reverse("booths:manual_sheet", args=[edition.slug]), headers={"accept-language": "en"})
    lines = [list(row) for row in load_workbook(BytesIO(file.content)).active.iter_rows(values_only=True)]
    assert lines[0][:1] == ["Exhibitor"]
    assert len(lines) == 3
    assert (lines[1][0], lines[1][6], lines[1][7]) == (application.company.name_vi, "1 day late", 1)


def test_tasks_are_set_numbered_and_removed_while_nobody_answered(edition, desk):
    given = TEXTS | {"due_on": date(2018, 9, 20)}
    one = set_task(edition, by=desk, remind_days=[1, 14, 1], **given)
    two = set_task(edition, by=desk, asks="file", form="paid", **given)
    assert (one.number, one.remind_days, two.number, two.form) == (1, [14, 1], 2, "")
    for wrong, code in (
        ({"title_en": " "}, "no_text"), ({"remind_days": [-2]}, "bad_days"), ({"audience": "class"}, "no_class"),
        ({"asks": "form"}, "no_form"), ({"number": 1}, "number_taken"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refusal:
            set_task(edition, by=desk, **given | wrong)
        assert refusal.value.code == code
    with pytest.raises(Forbidden):
        set_task(edition, by=world.officer(edition, "finance"), **given)
    application = world.application(edition)
    hand_in_file(application, task=two, data=PDF, by=application.contact)
    for deed in (lambda: set_task(edition, task=two, by=desk, asks="tick"), lambda: remove_task(two, by=desk)):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.code == "handed_in"
    remove_task(one, by=desk)
    assert [row.pk for row in ManualTask.objects.filter(edition=edition)] == [two.pk]


def test_a_copied_edition_has_the_tasks_as_long_before_its_opening(edition):
    director = world.officer(edition, "director")
    kind = world.booth_class(edition)
    task(edition), task(edition, audience="class", booth_class=kind)
    made = copy_edition(
        edition, by=director, slug="next", name_vi="Kỳ sau", name_en="Next", opens_on=date(2019, 10, 18)
    )
    copies = list(ManualTask.objects.filter(edition=made))
    assert [one.due_on for one in copies] == [date(2019, 9, 18)] * 2
    assert copies[1].booth_class.edition == made


def test_the_pages_of_the_set_up(edition, desk, client):
    client.force_login(desk)
    add = reverse("booths:add_task", args=[edition.slug])
    given = TEXTS | {"number": 1, "due_on": "2018-09-20", "remind_days": "14, x", "audience": "all", "asks": "tick"}
    assert client.get(reverse("booths:manual_set_up", args=[edition.slug])).status_code == 200
    assert client.get(add).status_code == 200
    assert client.post(add, given).status_code == 422
    assert client.post(add, given | {"remind_days": "14, 1", "audience": "class"}).status_code == 422
    assert client.post(add, given | {"remind_days": "1; 14"}).status_code == 302
    one = ManualTask.objects.get()
    assert one.remind_days == [14, 1]
    change = reverse("booths:change_task", args=[edition.slug, one.pk])
    assert b'value="14, 1"' in client.get(change).content
    assert client.post(change, given | {"remind_days": "", "title_en": "Plan"}).status_code == 302
    one.refresh_from_db()
    assert (one.title_en, one.remind_days) == ("Plan", [])
    assert client.post(reverse("booths:remove_task", args=[edition.slug, one.pk])).status_code == 302
    assert not ManualTask.objects.exists()


def test_programs_do_all_of_it(edition, desk, client):
    application = world.application(edition)
    client.force_login(desk)
    new = {"edition": edition.slug, "due_on": "2018-09-20", "asks": "file", **TEXTS}
    made = client.post(f"{API}/manual-tasks/", new, content_type="application/json")
    assert made.status_code == 201
    key = made.json()["id"]
    changed = client.patch(f"{API}/manual-tasks/{key}/", {"remind_days": [3]}, content_type="application/json")
    assert changed.json()["remind_days"] == [3]
    client.force_login(application.contact)
    asked = {"application": application.pk, "task": key}
    assert client.post(f"{API}/hand-ins/tick/", asked).status_code == 400
    given = client.post(f"{API}/hand-ins/", asked | {"file": sent()})
    assert given.status_code == 201
    row = given.json()
    assert (row["state"], row["files"][0]["number"]) == ("handed_in", 1)
    assert client.get(f"{API}/hand-ins/{row['id']}/content/").content == PDF
    assert client.get(f"{API}/hand-ins/{row['id']}/content/", {"number": 7}).status_code == 404
    assert client.post(f"{API}/hand-ins/{row['id']}/accept/", {"version": 1}).status_code == 403
    client.force_login(desk)
    back = client.post(f"{API}/hand-ins/{row['id']}/return/", {"version": 1, "reason": "Mờ"})
    assert back.json()["state"] == "returned"
    assert client.post(f"{API}/hand-ins/{row['id']}/accept/", {"version": 1}).json()["state"] == "accepted"
    cells = client.get(f"{API}/hand-ins/progress/", {"application": application.pk}).json()
    assert [(cell["task"], cell["state"], cell["late"]) for cell in cells] == [(key, "accepted", False)]
    assert client.delete(f"{API}/manual-tasks/{key}/").status_code == 409
    client.force_login(world.application(edition).contact)
    assert client.get(f"{API}/hand-ins/").json()["results"] == []
    assert client.post(f"{API}/hand-ins/", asked | {"file": sent()}).status_code == 404
    assert HandIn.objects.count() == 1
