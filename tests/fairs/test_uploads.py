"""Importing sheets through the pages: what comes in, what is refused and why, what must never be lost."""

import codecs
import unicodedata
from datetime import date, timedelta
from io import BytesIO
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from booths.models import Application, BoothClass, Zone
from buyers.models import Registration
from fairs import clock, imports, sheets
from fairs.actions import uploads
from fairs.actions.reference import load_reference
from fairs.errors import Forbidden, Refused
from fairs.models import Company, Delivery, Entry, Person, Upload
from fairs.tasks import import_upload
from tests import world

pytestmark = pytest.mark.django_db
HEAD = "Tên đơn vị;Mã số thuế;Tỉnh;Người liên hệ;Email;Số gian"
GOOD = [
    "Cơ sở Gốm Giang Cao;0101234567;Hà Nội;Trần Văn Lực;luc@example.vn;2",
    "HTX Mây tre Phú Vinh;;TP. Hà Nội;Nguyễn Thị Hoa;;1",
    "Lụa Nha Xá;0700123456;Hà Nam;Lê Văn Tơ;to@example.vn;3",
]


@pytest.fixture
def edition():
    """An edition for which booths are being sold, with the facts of the country."""
    with clock.at(world.NOON), translation.override("vi"):
        load_reference()
        edition = world.edition()
        world.booth_class(edition)
        Zone.objects.create(edition=edition, code="GS", name_vi="Gốm sứ", name_en="Ceramics")
        yield edition


@pytest.fixture
def desk(client, edition):
    """A client signed in at the booth desk."""
    officer = world.officer(edition, "booth_desk")
    client.force_login(officer)
    client.officer = officer
    client.cookies["django_language"] = "vi"
    return client


def csv(*rows, head=HEAD):
    """A sheet with semicolons in UTF-8."""
    return "\n".join([head, *rows]).encode()


def xlsx(*rows):
    """A workbook with these rows, headings first."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def hand_in(client, edition, data, *, kind="exhibitors", name="a.csv"):
    """Upload a file on the page; the upload, or the refused page."""
    url = reverse("fairs:uploads", args=[edition.slug, kind])
    answer = client.post(url, {"file": SimpleUploadedFile(name, data)})
    return Upload.objects.latest("pk") if answer.status_code == 302 else answer


def url_of(upload, name="upload"):
    """A page of the upload."""
    return reverse(f"fairs:{name}", args=[upload.edition.slug, upload.kind, upload.pk])


def faults(upload):
    """Row, column and code of all that stands against the sheet."""
    return [(int(row), fault[0], fault[1]) for row, told in upload.findings["faults"].items() for fault in told]


def commit(client, upload):
    """Import it by the button."""
    client.post(url_of(upload, "begin_import"))
    upload.refresh_from_db()
    return upload


def exhibitors():
    """What is declared of exhibitors."""
    return next(kind for kind in imports.kinds() if kind.key == "exhibitors")


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


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty_file", "trống"),
        (HEAD.encode(), "no_rows", "dòng"),
        ("\n".join([HEAD, *GOOD]).encode("cp1258", "replace"), "wrong_encoding", "UTF-8"),
        (b"%PDF-1.7 x", "unknown_format", ".xlsx"),
        (b"PK\x03\x04 broken", "not_a_table", "hỏng"),
        (b"x" * (15 * 1024 * 1024 + 1), "too_large", "15 MB"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_with_what_to_do(desk, edition, data, code, words):
    answer = hand_in(desk, edition, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.replace(";", ",").encode(),
        lambda text: text.replace(";", "\t").encode(),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: ("sep=;\n" + text).encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "comma", "tab", "nfd", "crlf", "sep"],
)
def test_every_usual_way_of_saving_a_sheet_is_read(desk, edition, encode):
    upload = hand_in(desk, edition, encode("\n".join([HEAD, *GOOD])))
    assert faults(upload) == []
    assert commit(desk, upload).result["new"] == 3
    assert Company.objects.get(tax_code="0101234567").name_vi == "Cơ sở Gốm Giang Cao"


def test_a_workbook_with_english_headings_and_real_numbers_and_dates(desk, edition):
    data = xlsx(
        ["List of exhibitors 2018"],
        ["No.", "Name", "Tax code", "Province", "Contact person", "Number of booths", "Handed in on", "Zones"],
        [1, "Gốm A", "0101234567", "Hanoi", "A", 2, date(2018, 3, 23), "Ceramics"],
        [2, "Gốm B", 107654321, "Ha Noi City", "B", 2.0, "24/3/2018", "GS"],
    )
    upload = hand_in(desk, edition, data, name="a.xlsx")
    assert faults(upload) == [(4, "tax_code", "lost_zero")]
    assert upload.findings["unknown"] == ["No."]
    desk.post(url_of(upload), {"fix": "4:tax_code:0107654321"})
    assert commit(desk, upload).result["new"] == 2
    moments = Application.objects.order_by("pk").values_list("submitted_at", flat=True)
    days = [moment.astimezone(edition.zone).date() for moment in moments if moment]
    assert days == [date(2018, 3, 23), date(2018, 3, 24)]
    assert {zone.code for row in Application.objects.all() for zone in row.zones.all()} == {"GS"}


def test_long_names_stay_whole_and_longer_ones_are_refused(desk, edition):
    name = "Gốm " * 74 + "Gốmm"
    upload = hand_in(desk, edition, csv(f"{name};;Hà Nội;A;;1", f"{name * 2};;Hà Nội;B;;1"))
    assert faults(upload) == [(3, "name_vi", "too_long")]
    desk.post(url_of(upload), {"skip": "3"})
    commit(desk, upload)
    assert Company.objects.get().name_vi == name


def test_a_tax_code_twice_in_the_sheet_is_one_too_many(desk, edition):
    upload = hand_in(desk, edition, csv(GOOD[0], GOOD[0].replace("Giang Cao", "Kim Lan").replace("luc@", "l2@")))
    assert (3, "tax_code", "repeated") in faults(upload)
    assert "Dòng 2" in desk.get(url_of(upload)).content.decode()


def test_a_tax_code_the_fair_knows_under_another_name_is_questioned(desk, edition):
    world.company(tax_code="0101234567", name_vi="Gốm Chu Đậu")
    upload = hand_in(desk, edition, csv(*GOOD))
    assert faults(upload) == [(2, "name_vi", "other_name")]
    assert "Gốm Chu Đậu" in desk.get(url_of(upload)).content.decode()
    desk.post(url_of(upload), {"fix": "2:name_vi:Gốm Chu Đậu"})
    assert commit(desk, upload).result == {"new": 3, "changed": 0, "same": 0, "skipped": 0}
    assert Company.objects.filter(tax_code="0101234567").count() == 1


def test_the_same_name_twice_without_a_tax_code_is_questioned(desk, edition):
    upload = hand_in(desk, edition, csv(GOOD[1], GOOD[1].replace("Mây", "MÂY")))
    assert faults(upload) == [(3, "name_vi", "same_company")]


def test_an_application_that_stands_is_not_overwritten(desk, edition):
    commit(desk, hand_in(desk, edition, csv(*GOOD)))
    Application.objects.filter(company__tax_code="0101234567").update(state="accepted")
    assert commit(desk, hand_in(desk, edition, csv(*GOOD))).result["same"] == 3
    upload = hand_in(desk, edition, csv(GOOD[0].replace(";2", ";5")))
    assert faults(upload) == [(2, "booth_count", "application_stands")]


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://example.org","x")', "@SUM(A1:A9)", "-2+3+cmd", "+Gốm", "<script>alert(1)</script>"]
)
def test_formulas_and_markup_are_only_names(desk, edition, name):
    quoted = '"{}"'.format(name.replace('"', '""'))
    upload = hand_in(desk, edition, csv(f"{quoted};;Hà Nội;A;;1", "B;12;Hà Nội;B;;1"))
    for only in ("all", "faulty"):
        assert "<script>alert" not in desk.get(url_of(upload) + f"?only={only}").content.decode()
    desk.post(url_of(upload), {"skip": "3"})
    commit(desk, upload)
    assert Company.objects.get().name_vi == name


def test_a_formula_without_its_result_is_never_calculated(desk, edition):
    upload = hand_in(desk, edition, xlsx(HEAD.split(";"), ["=1+1", None, "Hà Nội", "A", None, 1]), name="a.xlsx")
    assert (2, "name_vi", "formula") in faults(upload)


def test_a_sheet_without_a_needed_column_says_which(desk, edition):
    upload = hand_in(desk, edition, csv("Gốm A;Hà Nội", head="Tên đơn vị;Tỉnh"))
    assert upload.findings["missing"] == ["contact"]
    assert "Người liên hệ" in desk.get(url_of(upload)).content.decode()
    assert desk.post(url_of(upload, "begin_import")).status_code == 409


def test_headings_that_repeat_block_the_import(desk, edition):
    upload = hand_in(desk, edition, csv("A;B;Hà Nội;C", head="Tên đơn vị;Tên công ty;Tỉnh;Người liên hệ"))
    assert upload.findings["repeated"] == ["Tên công ty"]
    assert not upload.is_ready
    assert "Tên công ty" in desk.get(url_of(upload)).content.decode()


def test_a_province_of_another_time_is_offered_by_its_name_then(desk, edition):
    upload = hand_in(desk, edition, csv(GOOD[0].replace("Hà Nội", "Thành phố Huế")))
    assert faults(upload) == [(2, "province", "not_a_choice")]
    desk.post(url_of(upload), {"fix": "2:province:" + upload.findings["faults"]["2"][0][3][0]})
    assert commit(desk, upload).result["new"] == 1
    assert str(Company.objects.get().province) == "Thừa Thiên Huế"
    later = world.edition(opens_on=date(2027, 10, 14), closes_on=date(2027, 10, 17))
    world.booth_class(later)
    kind = exhibitors()
    [column] = [column for column in kind.columns(later) if column.name == "province"]
    with pytest.raises(sheets.CellError) as refusal:
        column.kind.read("Hà Nam")
    assert refusal.value.suggestions == ("Ninh Bình",)


def test_an_exhibitor_from_abroad_takes_an_international_booth(desk, edition):
    BoothClass.objects.create(
        edition=edition, code="intl", name_vi="Quốc tế", name_en="International", origin="international"
    )
    data = csv("Lao Handicraft;Lào;Khamla;k@example.la", head="Tên đơn vị;Quốc gia;Người liên hệ;Email")
    for expected in ("new", "same"):
        assert commit(desk, hand_in(desk, edition, data)).result[expected] == 1
    made = Application.objects.select_related("company", "booth_class").get()
    assert (made.company.country, made.booth_class.code) == ("LA", "intl")


def test_a_village_the_list_does_not_know_is_kept_in_the_address(desk, edition):
    head = "Tên đơn vị;Người liên hệ;Làng nghề;Địa chỉ;Nhóm hàng"
    rows = ["Gốm A;A;Làng Bát Tràng;Thôn 1;Gốm sứ; Sơn mài".replace("; S", ", S"), "Gốm B;B;Phước Tích;Xã Phong Hòa;"]
    data = csv(*rows, head=head)
    for expected in (
        {"new": 2, "changed": 0, "same": 0, "skipped": 0},
        {"new": 0, "changed": 0, "same": 2, "skipped": 0},
    ):
        assert commit(desk, hand_in(desk, edition, data)).result == expected
    known, other = Company.objects.order_by("pk")
    assert (known.craft_village.name_vi, known.address) == ("Bát Tràng", "Thôn 1")
    assert {group.code for group in known.product_groups.all()} == {"ceramics", "lacquer"}
    assert other.address == "Phước Tích, Xã Phong Hòa"


def test_many_rows_are_imported_by_the_worker_and_can_be_stopped(desk, edition, django_capture_on_commit_callbacks):
    rows = [f"Cơ sở {n};;Hà Nội;Người {n};;1" for n in range(30)]
    upload = hand_in(desk, edition, csv(*rows))
    commit(desk, upload)
    assert upload.state == "importing"
    page = desk.get(url_of(upload)).content.decode()
    assert 'hx-trigger="live, every 1s"' in page
    with patch.object(uploads, "SAID_EVERY", -1):
        cache.set(uploads._key(upload, "stop"), True)
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


class TestApi:
    def client(self, edition, role="booth_desk"):
        from rest_framework.test import APIClient

        client = APIClient()
        client.force_authenticate(world.officer(edition, role))
        return client

    def upload(self, client, edition, data, **fields):
        given = {"edition": edition.slug, "kind": "exhibitors", "file": SimpleUploadedFile("a.csv", data)}
        return client.post("/api/v1/uploads/", given | fields, format="multipart", HTTP_ACCEPT_LANGUAGE="en")

    def test_the_whole_way(self, edition):
        client = self.client(edition)
        answer = self.upload(client, edition, csv(*GOOD, "Sai;999;Hà Nội;A;;1"))
        assert answer.status_code == 201
        made = answer.json()
        assert made["counts"] == {"rows": 4, "sound": 3, "faulty": 1, "skipped": 0}
        url = f"/api/v1/uploads/{made['id']}/"
        [row] = client.get(f"{url}rows/?only=faulty", HTTP_ACCEPT_LANGUAGE="en").json()["results"]
        assert (row["number"], row["texts"]["tax_code"]) == (5, "999")
        assert row["faults"][0]["code"] == "not_a_tax_code"
        assert "10 digits" in row["faults"][0]["message"]
        refused = client.post(f"{url}commit/")
        assert (refused.status_code, refused.json()["code"]) == (409, "not_ready")
        changed = client.patch(url, {"corrections": {"5": {"tax_code": ""}}, "skip": [3]}, format="json").json()
        assert (changed["ready"], changed["counts"]["skipped"]) == (True, 1)
        done = client.post(f"{url}commit/").json()
        assert (done["state"], done["result"]) == ("imported", {"new": 3, "changed": 0, "same": 0, "skipped": 1})
        assert client.get("/api/v1/uploads/?state=imported").json()["count"] == 1

    def test_bad_requests_are_answered_in_one_shape(self, edition):
        client = self.client(edition)
        answer = self.upload(client, edition, b"")
        assert (answer.status_code, answer.json()["code"]) == (400, "empty_file")
        assert answer.json()["fields"]["file"]
        assert self.upload(client, edition, csv(*GOOD), kind="nothing").status_code == 400
        assert self.upload(self.client(edition, "gate"), edition, csv(*GOOD)).status_code == 403
        draft = world.edition(published=False)
        assert self.upload(client, draft, csv(*GOOD)).status_code == 404
        draft.slug = "no-such-fair"
        assert self.upload(client, draft, csv(*GOOD)).status_code == 404
        made = self.upload(client, edition, csv(*GOOD)).json()
        assert (
            client.patch(f"/api/v1/uploads/{made['id']}/", {"corrections": {"x": {}}}, format="json").status_code == 400
        )
        assert self.client(edition, "importer_desk").get(f"/api/v1/uploads/{made['id']}/").status_code == 404

    @pytest.mark.parametrize("number", [1, 3])
    def test_lists_ask_as_many_questions_whatever_their_length(self, edition, number, django_assert_num_queries):
        client = self.client(edition)
        for _one in range(number):
            made = self.upload(client, edition, csv(*GOOD))
        with django_assert_num_queries(2):
            client.get("/api/v1/uploads/")
        with django_assert_num_queries(9):
            client.get(f"/api/v1/uploads/{made.json()['id']}/rows/")

    def test_what_no_database_keeps_is_left_out(self, edition):
        client = self.client(edition)
        data = xlsx(HEAD.split(";"), ["Gốm A", None, "Hà Nội", "A", None, 1])
        url = f"/api/v1/uploads/{self.upload(client, edition, data).json()['id']}/"
        uploads.correct_upload(Upload.objects.get(), corrections={2: {"contact": "A\0B"}}, by=Upload.objects.get().by)
        assert client.post(f"{url}commit/").json()["result"]["new"] == 1
        assert Person.objects.filter(full_name="AB").exists()

    def test_many_rows_wait_for_the_worker_and_can_be_stopped(self, edition):
        client = self.client(edition)
        rows = (f"Cơ sở {n};;Hà Nội;Người {n};;1" for n in range(30))
        url = f"/api/v1/uploads/{self.upload(client, edition, csv(*rows)).json()['id']}/"
        assert client.post(f"{url}commit/").json()["state"] == "importing"
        assert client.post(f"{url}stop/").json()["state"] == "previewed"
        assert client.post(f"{url}drop/").json()["state"] == "dropped"


def test_a_day_to_come_is_no_day_of_an_application(desk, edition):
    head = HEAD + ";Ngày nộp đơn"
    later = (world.NOON.date() + timedelta(days=5)).strftime("%d/%m/%Y")
    upload = hand_in(desk, edition, csv(f"{GOOD[0]};{later}", head=head))
    assert faults(upload) == [(2, "received_on", "in_the_future")]
