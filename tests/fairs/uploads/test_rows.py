"""What a file or a row may say, and what is refused or questioned, with what to do."""

import codecs
import unicodedata
from datetime import date, timedelta

import pytest

from booths.models import Application, BoothClass
from fairs import sheets
from fairs.models import Company, Upload
from tests import world
from tests.fairs.uploads.handing_in import GOOD, HEAD, commit, csv, exhibitors, faults, hand_in, url_of, xlsx

pytestmark = pytest.mark.django_db


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


def test_a_day_to_come_is_no_day_of_an_application(desk, edition):
    head = HEAD + ";Ngày nộp đơn"
    later = (world.NOON.date() + timedelta(days=5)).strftime("%d/%m/%Y")
    upload = hand_in(desk, edition, csv(f"{GOOD[0]};{later}", head=head))
    assert faults(upload) == [(2, "received_on", "in_the_future")]
