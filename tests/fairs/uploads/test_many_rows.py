"""Imports by the worker: stopped, refused, looked at again; and sheets of many rows."""

from unittest.mock import patch

import pytest
from django.urls import reverse

from fairs import imports, progress
from fairs.actions import uploads
from fairs.errors import Refused
from fairs.models import Company, Upload
from fairs.tasks import import_upload
from tests import world
from tests.fairs.uploads.handing_in import GOOD, commit, csv, exhibitors, faults, hand_in, url_of

pytestmark = pytest.mark.django_db


def test_many_rows_are_imported_by_the_worker_and_can_be_stopped(desk, edition, django_capture_on_commit_callbacks):
    rows = [f"Cơ sở {n};;Hà Nội;Người {n};;1" for n in range(30)]
    upload = hand_in(desk, edition, csv(*rows))
    commit(desk, upload)
    assert upload.state == "importing"
    page = desk.get(url_of(upload)).content.decode()
    assert 'hx-trigger="live, every 1s"' in page
    with patch.object(progress, "SAID_EVERY", -1):
        uploads._progress(upload).stop()
        import_upload.func(upload.pk, desk.officer.pk)
        assert not Company.objects.exists()
        assert uploads.rows_done(upload) == 0
        desk.post(url_of(upload, "stop_import"))
        upload.refresh_from_db()
        assert upload.state == "previewed"
        commit(desk, upload)
        import_upload.func(upload.pk, desk.officer.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.result["new"], Company.objects.count()) == ("imported", 30, 30)
    import_upload.func(upload.pk, desk.officer.pk)  # the worker may come twice
    assert Company.objects.count() == 30


def test_an_import_that_lost_against_a_stop_leaves_nothing(desk, edition):
    upload = hand_in(desk, edition, csv(*(f"Cơ sở {n};;Hà Nội;Người {n};;1" for n in range(25))))
    commit(desk, upload)
    take = exhibitors().take

    def stopped_meanwhile(edition, by):
        Upload.objects.filter(pk=upload.pk).update(state="previewed")
        return take(edition, by)

    kind = exhibitors()
    with patch.object(
        uploads, "kind_of", lambda _upload: imports.ImportKind(**vars(kind) | {"take": stopped_meanwhile})
    ):
        import_upload.func(upload.pk, desk.officer.pk)
    assert not Company.objects.exists()


def test_one_refused_row_takes_all_rows_back(desk, edition):
    upload = hand_in(desk, edition, csv(*GOOD))
    kind = exhibitors()

    def refusing(edition, by):
        take = kind.take(edition, by)

        def one(values):
            if values["name_vi"].startswith("Lụa"):
                raise Refused("no", "Chưa được.")
            return take(values)

        return one

    with patch.object(uploads, "kind_of", lambda _upload: imports.ImportKind(**vars(kind) | {"take": refusing})):
        desk.post(url_of(upload, "begin_import"))
    upload.refresh_from_db()
    assert (upload.state, upload.result) == ("previewed", {"message": "Dòng 4: Chưa được."})
    assert not Company.objects.exists()
    assert "Dòng 4: Chưa được." in desk.get(url_of(upload)).content.decode()


def test_what_changed_since_the_preview_is_met_by_a_second_look(desk, edition):
    upload = hand_in(desk, edition, csv(*GOOD))
    world.company(tax_code="0101234567", name_vi="Gốm Chu Đậu")
    upload = commit(desk, upload)
    assert (upload.state, faults(upload)) == ("previewed", [(2, "name_vi", "other_name")])
    assert Company.objects.count() == 1


def test_a_sheet_put_away_keeps_no_rows(desk, edition):
    upload = hand_in(desk, edition, csv(*GOOD))
    desk.post(url_of(upload, "drop_upload"))
    upload.refresh_from_db()
    assert (upload.state, upload.content) == ("dropped", {})
    assert desk.get(url_of(upload)).status_code == 200
    with pytest.raises(Refused):
        uploads.correct_upload(upload, skip=[2], by=desk.officer)


def test_twenty_thousand_rows_survive(desk, edition):
    rows = [f"Cơ sở Gốm {n};{n:010d};Hà Nội;Người {n};a{n}@example.vn;{n % 6 + 1}" for n in range(20_000)]
    upload = hand_in(desk, edition, csv(*rows, "Sai;1;Hà Nội;A;;1"))
    assert (upload.findings["rows"], upload.findings["faulty"]) == (20_001, 1)
    for query in ("", "?only=all&page=400", "?only=sound"):
        assert desk.get(url_of(upload) + query).status_code == 200
    desk.post(url_of(upload), {"skip_all": "1"})
    upload.refresh_from_db()
    assert upload.is_ready


def test_more_rows_than_fit_are_refused_in_words(desk, edition):
    answer = hand_in(desk, edition, csv(*(["A;;Hà Nội;B;;1"] * 25_001)))
    assert answer.status_code == 422
    assert "25.000" in answer.content.decode()


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_pages_ask_as_many_questions_whatever_the_size(desk, edition, rows, django_assert_num_queries):
    upload = hand_in(desk, edition, csv(*(f"Cơ sở {n};;Hà Nội;Người {n};;1" for n in range(rows))))
    with django_assert_num_queries(14):
        desk.get(url_of(upload))
    for _more in range(rows % 7):
        hand_in(desk, edition, csv(*GOOD))
    with django_assert_num_queries(13):
        desk.get(reverse("fairs:uploads", args=[edition.slug, "exhibitors"]))
