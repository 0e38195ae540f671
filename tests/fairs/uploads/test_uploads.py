"""Importing sheets through the pages: from the file to the exhibitors, and never a thing lost."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from booths.models import Application
from buyers.models import Registration
from fairs import clock, imports
from fairs.actions import uploads
from fairs.errors import Forbidden
from fairs.models import Company, Delivery, Entry, Person, Upload
from tests import world
from tests.fairs.uploads.handing_in import GOOD, HEAD, commit, csv, faults, hand_in, url_of

pytestmark = pytest.mark.django_db


def test_a_sheet_is_looked_at_put_right_and_taken_over(desk, edition):
    upload = hand_in(desk, edition, csv(GOOD[0], "Gốm X;12345;Hà Nội;;x@@example.vn;9", *GOOD[1:]))
    assert faults(upload) == [
        (3, "tax_code", "not_a_tax_code"),
        (3, "contact", "required"),
        (3, "email", "not_an_email"),
        (3, "booth_count", "out_of_range"),
    ]
    page = desk.get(url_of(upload)).content.decode()
    assert "Mã số thuế có 10 chữ số" in page
    assert "từ 1 đến 6" in page
    assert not Company.objects.exists()
    assert desk.post(url_of(upload, "begin_import")).status_code == 409
    texts = {"tax_code": "0100000001", "contact": "Lê Thị X", "email": "x@example.vn", "booth_count": "6"}
    desk.post(url_of(upload), {f"cell:3:{name}": text for name, text in texts.items()} | {"save": "1"})
    upload = commit(desk, upload)
    assert (upload.state, upload.result) == ("imported", {"new": 4, "changed": 0, "same": 0, "skipped": 0})
    made = Application.objects.get(company__name_vi="Gốm X")
    assert (made.state, made.booth_count, made.entered_by, made.contact.email) == (
        "submitted", 6, desk.officer, "x@example.vn",
    )  # fmt: skip
    assert str(made.company.province) == "Hà Nội"
    assert "Lê Thị X" not in str(list(Entry.objects.values_list("fields", "subject")))
    assert (upload.content, upload.answers) == ({}, {})


def test_the_same_file_twice_changes_nothing(desk, edition):
    data = csv(*GOOD)
    commit(desk, hand_in(desk, edition, data))
    before = (Company.objects.count(), Person.objects.count(), Application.objects.count())
    versions = list(Application.objects.values_list("version", flat=True))
    upload = commit(desk, hand_in(desk, edition, data))
    assert upload.result == {"new": 0, "changed": 0, "same": 3, "skipped": 0}
    assert (Company.objects.count(), Person.objects.count(), Application.objects.count()) == before
    assert list(Application.objects.values_list("version", flat=True)) == versions
    assert "đều đã có" in desk.get(url_of(upload)).content.decode()


def test_a_row_that_says_something_new_changes_only_that(desk, edition):
    commit(desk, hand_in(desk, edition, csv(*GOOD)))
    upload = commit(desk, hand_in(desk, edition, csv(GOOD[0].replace(";2", ";4"), *GOOD[1:])))
    assert upload.result == {"new": 0, "changed": 1, "same": 2, "skipped": 0}
    assert Application.objects.get(company__tax_code="0101234567").booth_count == 4


def test_what_a_company_keeps_itself_stays(desk, edition):
    commit(desk, hand_in(desk, edition, csv(*GOOD)))
    Person.objects.filter(email="luc@example.vn").update(last_login=clock.now())
    head = HEAD + ";Địa chỉ"
    upload = commit(desk, hand_in(desk, edition, csv(*(row + ";Thôn 5" for row in GOOD), head=head)))
    assert upload.result == {"new": 0, "changed": 2, "same": 1, "skipped": 0}
    assert Company.objects.get(tax_code="0101234567").address == ""
    assert Company.objects.get(tax_code="0700123456").address == "Thôn 5"


def test_skipped_rows_and_corrections_are_kept_and_can_be_taken_back(desk, edition):
    upload = hand_in(desk, edition, csv(*GOOD, "Sai;999;Hà Nội;A;;1"))
    desk.post(url_of(upload), {"skip": "5"})
    upload.refresh_from_db()
    assert (upload.findings["ready"], upload.findings["skipped"]) == (True, 1)
    assert "Sai" in desk.get(url_of(upload) + "?only=skipped").content.decode()
    desk.post(url_of(upload), {"keep": "5"})
    upload.refresh_from_db()
    assert not upload.findings["ready"]
    desk.post(url_of(upload), {"skip_all": "1"})
    upload = commit(desk, Upload.objects.get(pk=upload.pk))
    assert upload.result == {"new": 3, "changed": 0, "same": 0, "skipped": 1}


def test_an_offer_is_one_button(desk, edition):
    rows = ["Gốm A;101234567;Ha Noy;A;a@example.vn;1"]
    upload = hand_in(desk, edition, csv(*rows))
    page = desk.get(url_of(upload)).content.decode()
    assert 'value="2:tax_code:0101234567"' in page
    assert 'value="2:province:Hà Nội"' in page
    desk.post(url_of(upload), {"fix": "2:tax_code:0101234567"})
    desk.post(url_of(upload), {"fix": "2:province:Hà Nội", "cell:2:province": "Ha Noy"})
    assert commit(desk, upload).result["new"] == 1


def test_each_desk_imports_its_own_kind(client, edition):
    url = reverse("fairs:uploads", args=[edition.slug, "exhibitors"])
    assert client.get(url).status_code == 302
    for role, status in {"booth_desk": 200, "director": 200, "importer_desk": 404, "gate": 404}.items():
        client.force_login(world.officer(edition, role))
        assert client.get(url).status_code == status, role
    upload = uploads.receive_upload(
        edition, kind="exhibitors", data=csv(*GOOD), filename="a.csv", by=world.officer(edition, "booth_desk")
    )
    client.force_login(world.officer(edition, "importer_desk"))
    assert client.get(url_of(upload)).status_code == 404
    for action in (uploads.begin_import, uploads.stop_import, uploads.drop_upload, uploads.correct_upload):
        with pytest.raises(Forbidden):
            action(upload, by=world.officer(edition, "importer_desk"))
    assert client.get(reverse("fairs:imports", args=[edition.slug])).url.endswith("/importers/")
    assert client.get(reverse("fairs:uploads", args=[edition.slug, "nothing"])).status_code == 404


@pytest.mark.parametrize("kind", ["exhibitors", "importers"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_sample_is_understood_and_its_examples_are_sound(client, edition, kind, language):
    client.force_login(world.officer(edition, "director"))
    client.cookies["django_language"] = language
    data = client.get(reverse("fairs:upload_sample", args=[edition.slug, kind])).content
    assert hand_in(client, edition, data, kind=kind, name="a.xlsx").status_code == 422  # headings only
    book = load_workbook(BytesIO(data))
    del book[book.sheetnames[0]]
    file = BytesIO()
    book.save(file)
    upload = hand_in(client, edition, file.getvalue(), kind=kind, name="a.xlsx")
    assert (faults(upload), upload.findings["unknown"], upload.findings["repeated"]) == ([], [], [])
    assert len(upload.findings["found"]) == len(
        next(one for one in imports.kinds() if one.key == kind).columns(edition)
    )
    assert commit(client, upload).result["new"] == 2


class TestImporters:
    HEAD = "Họ và tên,Công ty,Quốc gia,Email,Điện thoại,Mua mỗi năm (USD),Ngôn ngữ,Gửi thư mời"

    def test_people_of_one_company_are_colleagues(self, client, edition):
        client.force_login(world.officer(edition, "importer_desk"))
        data = csv(
            'Camille Lefèvre,Maison Lefèvre,Pháp,c@example.fr,+33 1 23 45 67 89,"1.234.567,5",Tiếng Pháp; English,',
            "Jean Petit,MAISON LEFEVRE,France,j@example.fr,,50000,,",
            "Morita Haruka,Morita Living,Japan,h@example.jp,,,,x",
            head=self.HEAD,
        )
        upload = hand_in(client, edition, data, kind="importers")
        assert faults(upload) == []
        assert commit(client, upload).result["new"] == 3
        one, two, three = Registration.objects.order_by("pk")
        assert (one.company, one.state, one.volume, one.languages) == (two.company, "registered", "large", "fr,en")
        assert (two.volume, three.state) == ("small", "invited")
        assert list(Delivery.objects.values_list("kind", flat=True)) == ["buyers.invited"]
        again = commit(client, hand_in(client, edition, data, kind="importers"))
        assert again.result == {"new": 0, "changed": 0, "same": 3, "skipped": 0}

    @pytest.mark.parametrize("missing", ["company", "country", "email", "full_name"])
    def test_a_sheet_without_a_needed_column_says_which(self, client, edition, missing):
        client.force_login(world.officer(edition, "importer_desk"))
        headings = {"full_name": "Họ và tên", "company": "Công ty", "country": "Quốc gia", "email": "E-mail"}
        cells = {"full_name": "A B", "company": "C", "country": "France", "email": "a@example.fr"}
        title, _cell = headings.pop(missing), cells.pop(missing)
        data = csv(",".join(cells.values()), head=",".join(headings.values()))
        upload = hand_in(client, edition, data, kind="importers")
        assert (upload.findings["missing"], faults(upload)) == ([missing], [])
        client.cookies["django_language"] = "vi"
        assert title in client.get(url_of(upload)).content.decode()
        assert client.post(url_of(upload, "begin_import")).status_code == 409

    def test_doubts_are_questions_with_answers(self, client, edition):
        client.force_login(world.officer(edition, "importer_desk"))
        gone = world.person(email="gone@example.org")
        Registration.objects.create(edition=edition, company=world.company(gone), person=gone, state="withdrawn")
        data = csv(
            "A,B,MY,a@example.org,,1.234,,",
            "C,D,Atlantis,c@example.org,0912345678,2,Klingon,",
            "E,F,Đức,gone@example.org,,,,",
            head=self.HEAD,
        )
        upload = hand_in(client, edition, data, kind="importers")
        assert faults(upload) == [
            (2, "country", "ambiguous_country"),
            (2, "purchases", "ambiguous_number"),
            (3, "country", "not_a_country"),
            (3, "phone", "not_a_phone"),
            (3, "languages", "not_a_choice"),
            (4, "email", "no_longer"),
        ]
        client.post(url_of(upload), {"notation": "vi"})
        upload.refresh_from_db()
        assert (2, "purchases", "ambiguous_number") not in faults(upload)
        assert client.get(url_of(upload)).status_code == 200
