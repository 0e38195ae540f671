"""A statement of any bank, uploaded as a file: columns named once, days and numbers in any notation, footers."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from rest_framework.test import APIClient

from fairs.errors import DomainError
from fairs.models import BankAccount, BankLine, Entry, Notice, StatementShape, Upload
from fairs.money import statements
from fairs.money.actions.statements import set_statement_columns
from fairs.sheets import Notation
from fairs.tasks import import_upload, match_bank_lines
from tests import world
from tests.fairs.bank.fair import PRICE
from tests.fairs.ledger import adds_up

pytestmark = pytest.mark.django_db
HEAD = "Ngày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Số dư;Nội dung"
ONE_SUM = {"booked_on": 0, "text": 1, "amount": 2}
TWO_SUMS = {"booked_on": 0, "text": 1, "credit": 2, "debit": 3}
COLUMNS = {"booked_on": 0, "transaction": 1, "debit": 2, "credit": 3, "balance": 4, "text": 5}


class Desk:
    """Finance in a browser."""

    def __init__(self, fair, on_commit) -> None:
        self.fair, self.on_commit, self.client = fair, on_commit, Client()
        self.client.force_login(fair.finance)
        self.client.cookies["django_language"] = "en"

    def upload(self, data: bytes, name: str = "saoke.csv") -> Upload:
        url = reverse("fairs:uploads", args=[self.fair.edition.slug, "statement"])
        answer = self.client.post(url, {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 302, answer.content.decode()
        return Upload.objects.latest("pk")

    def name(self, upload: Upload, **columns: int):
        """Say which column is which, by the page."""
        given = {f"column_{place}": name for name, place in (columns or COLUMNS).items()}
        url = reverse("fairs:statement_columns", args=[self.fair.edition.slug, upload.pk])
        answer = self.client.post(url, given)
        upload.refresh_from_db()
        return answer

    def begin(self, upload: Upload) -> Upload:
        """Import it; the worker comes where there are many rows, and what waits for the commit is done."""
        url = reverse("fairs:begin_import", args=[self.fair.edition.slug, "statement", upload.pk])
        with self.on_commit(execute=True):
            assert self.client.post(url).status_code == 302
            upload.refresh_from_db()
            if upload.state == "importing":
                import_upload.func(upload.pk, self.fair.finance.pk)
        upload.refresh_from_db()
        return upload

    def page(self, upload: Upload) -> str:
        url = reverse("fairs:upload", args=[self.fair.edition.slug, "statement", upload.pk])
        return self.client.get(url, follow=True).content.decode()

    def bring(self, data: bytes, name: str = "saoke.csv", **columns: int) -> Upload:
        """All of it at once."""
        upload = self.upload(data, name)
        if upload.findings.get("asks"):
            self.name(upload, **columns)
        return self.begin(upload)


@pytest.fixture
def desk(fair, django_capture_on_commit_callbacks):
    return Desk(fair, django_capture_on_commit_callbacks)


def csv(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join(["NGÂN HÀNG TMCP NGOẠI THƯƠNG", "Số tài khoản: 0000000001018", "", head, *rows]).encode()


def lines() -> list[tuple[date, Decimal, str]]:
    return list(BankLine.objects.order_by("pk").values_list("booked_on", "amount", "text"))


def test_columns_are_named_once_and_the_next_file_is_understood(desk, fair):
    notice = fair.notice()
    rows = [
        f"01/09/2018;FT1;;13.500.000;20.000.000;{notice.reference} tien gian",
        "02/09/2018;FT2;110.000;;19.890.000;phi",
        "Tổng cộng;;110.000;13.500.000;;",
    ]
    upload = desk.upload(csv(*rows))
    assert upload.findings["asks"]
    page = desk.page(upload)
    assert "Which column is which?" in page
    assert page.count(" selected") >= 6, "the words of the headings say it already"
    assert desk.name(upload).status_code == 302
    assert (upload.is_ready, upload.answers) == (True, {"skipped": [7], "notation": "vi"})
    desk.begin(upload)
    assert (
        lines()
        == [
            (date(2018, 9, 2), Decimal(-110_000), "phi"),
            (date(2018, 9, 1), Decimal(13_500_000), f"{notice.reference} tien gian"),
        ][::-1]
    )
    assert Notice.objects.get().state == "paid"
    page = desk.page(upload)
    assert "2 new lines of the bank" in page
    assert "Skipped rows" in page
    again = desk.upload(csv("02/09/2018;FT3;;500.000;20.390.000;khac", *rows))
    assert again.is_ready, "no question this time"
    desk.begin(again)
    assert (again.result["new"], again.result["same"]) == (1, 2)
    assert "?known=" in desk.page(again)
    known = desk.client.get(reverse("fairs:bank_lines", args=["hgs-2018"]) + f"?known={again.pk}").content.decode()
    assert notice.reference in known
    assert "khac" not in known
    assert StatementShape.objects.count() == 1
    assert Entry.objects.filter(verb="fairs.upload.arrange").count() == 1
    adds_up()


@pytest.mark.parametrize(
    ("head", "row", "columns", "amount"),
    [
        ("Date,Details,Amount", '2018-09-01,a text,"13,500,000.00"', ONE_SUM, 13_500_000),
        ("Date\tDetails\tAmount", "01-09-2018 14:02:37\ta text\t-13.500.000,00", ONE_SUM, -13_500_000),
        ("Ngay;ND;PS co;PS no", "1/9/18;a text;0;500.000", TWO_SUMS, -500_000),
        ("Ngay;ND;PS co;PS no", "1/9/2018;a text;-;(500.000)", TWO_SUMS, -500_000),
        ("Ngay;ND;So tien", "14:02 01/09/2018;a text;+500,000 VND", ONE_SUM, 500_000),
        ("Ngay|ND|So tien", "2018-09-01T14:02:37|a text|1.234.567,50", ONE_SUM, "1234567.50"),
        ("Day;Text;Sum", "01 Sep 2018;a text;500.000-", ONE_SUM, -500_000),
    ],
)  # fmt: skip
def test_days_and_amounts_of_any_bank(desk, head, row, columns, amount):
    upload = desk.bring(csv(row, head=head), **columns)
    assert upload.state == "imported", upload.findings
    assert lines() == [(date(2018, 9, 1), Decimal(amount), "a text")]


def test_days_with_the_month_first_are_known_by_the_whole_column(desk):
    desk.bring(csv("09/01/2018;A;;1.000;;a", "08/31/2018;B;;2.000;;b"))
    assert [one[0] for one in lines()] == [date(2018, 9, 1), date(2018, 8, 31)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258", "cp1252"])
def test_files_in_old_code_pages_are_read(desk, encoding):
    text = "Ngay;So CT;No;Co;Du;Noi dung\n01/09/2018;FT1;;500.000;;HGS1800001I café" + (
        " d\u00f4\u0300ng" if encoding == "cp1258" else ""
    )
    desk.bring(text.encode(encoding, errors="replace"))
    [(day, amount, written)] = lines()
    assert (day, amount) == (date(2018, 9, 1), 500_000)
    assert written.startswith("HGS1800001I caf")


def test_a_workbook_with_real_days_and_numbers(desk, fair):
    book = Workbook()
    for row in [
        ["SAO KÊ"], [], ["Ngày", "Diễn giải", "Ghi có", "Ghi nợ"],
        [date(2018, 9, 1), "HGS", 13_500_000, None], [date(2018, 9, 2), "phi", 0, 110_000.0],
    ]:  # fmt: skip
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    desk.bring(file.getvalue(), "saoke.xlsx", booked_on=0, text=1, credit=2, debit=3)
    assert [one[:2] for one in lines()] == [(date(2018, 9, 1), 13_500_000), (date(2018, 9, 2), -110_000)]


def test_what_cannot_be_read_is_shown_and_not_swallowed(desk):
    upload = desk.upload(
        csv("31/02/2018;A;;1.000;;a", "01/09/2019;B;;2.000;;b", "01/09/2018;C;;;;c", "01/09/2018;D;1;2;;d")
    )
    desk.name(upload)
    found = {row: [fault[1] for fault in faults] for row, faults in upload.findings["faults"].items()}
    assert found == {"5": ["no_such_day"], "6": ["in_the_future"], "7": ["no_amount"], "8": ["both_sides"]}
    assert not upload.is_ready


def test_columns_that_make_no_sense_are_refused_with_everything_kept(desk, fair):
    upload = desk.upload(csv("01/09/2018;A;;1.000;;a"))
    for columns, code in [
        ({"booked_on": 0, "text": 5}, "no_sum"), ({"credit": 3, "text": 5}, "no_day"),
        ({"booked_on": 0, "credit": 3}, "no_text"), ({"booked_on": 0, "credit": 3, "text": 3}, "column_twice"),
        ({"booked_on": 0, "credit": 3, "text": 99}, "no_such_column"), ({"what": 0}, "no_such_column"),
    ]:  # fmt: skip
        with pytest.raises(DomainError) as refusal:
            set_statement_columns(upload, columns=columns, by=fair.finance)
        assert refusal.value.code == code
    url = reverse("fairs:statement_columns", args=["hgs-2018", upload.pk])
    answer = desk.client.post(url, {"column_0": "text", "column_5": "text"})
    assert answer.status_code == 422
    assert answer.content.decode().count('value="text" selected') == 2
    assert not StatementShape.objects.exists()


def test_without_an_account_there_is_nothing_to_import_into(desk, fair):
    BankAccount.objects.all().delete()
    url = reverse("fairs:uploads", args=["hgs-2018", "statement"])
    answer = desk.client.post(url, {"file": SimpleUploadedFile("a.csv", csv("01/09/2018;A;;1.000;;a"))})
    assert answer.status_code == 422
    assert "which account" in answer.content.decode()


def test_a_statement_needs_the_second_factor(desk, fair):
    from allauth.mfa.models import Authenticator

    upload = desk.upload(csv("01/09/2018;A;;1.000;;a"))
    Authenticator.objects.all().delete()
    assert desk.name(upload).status_code == 422
    assert not StatementShape.objects.exists()


def test_only_finance_imports_statements(fair, client):
    client.force_login(world.officer(fair.edition, "booth_desk"))
    assert client.get(reverse("fairs:uploads", args=["hgs-2018", "statement"])).status_code == 404


def test_many_rows_are_imported_by_the_worker_with_progress(desk, fair):
    upload = desk.upload(csv(*(f"01/09/2018;FT{n};;{n + 1}.000;;row {n}" for n in range(60))))
    desk.name(upload)
    url = reverse("fairs:begin_import", args=["hgs-2018", "statement", upload.pk])
    desk.client.post(url)
    upload.refresh_from_db()
    assert upload.state == "importing"
    import_upload.func(upload.pk, fair.finance.pk)  # what waits for the commit is not done: a crash
    page = desk.page(upload)
    assert 'hx-trigger="live, every 2s"' in page
    assert set(BankLine.objects.values_list("state", flat=True)) == {"new"}
    match_bank_lines()
    assert "every 2s" not in desk.page(upload)
    assert set(BankLine.objects.values_list("state", flat=True)) == {"waiting"}


def test_a_sample_can_be_imported(desk, fair, settings):
    settings.DEMO = True
    notices = [fair.notice() for _each in range(4)]
    url = reverse("fairs:upload_sample", args=["hgs-2018", "statement"])
    data = desk.client.get(url).content
    assert load_workbook(BytesIO(data)).active.title == "Sao kê"
    upload = desk.upload(data, "a.xlsx")
    places = statements.guess(upload.content["headers"])
    desk.name(upload, **places)
    desk.begin(upload)
    assert upload.state == "imported", upload.findings
    assert {one.state for one in Notice.objects.filter(pk__in=[n.pk for n in notices])} == {"paid"}
    assert BankLine.objects.filter(state="waiting").count() == 2


def test_programs_import_statements_too(fair, django_capture_on_commit_callbacks):
    program = APIClient()
    program.force_authenticate(fair.finance)
    notice = fair.notice()
    file = SimpleUploadedFile("a.csv", csv(f"01/09/2018;FT1;;{PRICE};;{notice.reference}"))
    given = {"edition": "hgs-2018", "kind": "statement", "file": file}
    upload = program.post("/api/v1/uploads/", given, format="multipart").json()
    assert (upload["ready"], upload["asks"], upload["headings"]["given"][0]) == (False, True, "Ngày giao dịch")
    answer = program.post(f"/api/v1/uploads/{upload['id']}/columns/", {"columns": COLUMNS})
    assert answer.json()["ready"]
    with django_capture_on_commit_callbacks(execute=True):
        done = program.post(f"/api/v1/uploads/{upload['id']}/commit/")
    assert done.json()["state"] == "imported"
    [line] = program.get("/api/v1/bank-lines/").json()["results"]
    assert (line["state"], line["outcome"], line["notices"][0]["notice"]) == ("matched", "exact", notice.pk)


# ---- pure --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (
            ["STT", "Ngày GD / TNX Date", "Số CT/ Doc No", "Số tiền ghi nợ/ Debit", "Số tiền ghi có/ Credit",
             "Số dư/ Balance", "Nội dung chi tiết/ Transactions in detail"],
            {"booked_on": 1, "transaction": 2, "debit": 3, "credit": 4, "balance": 5, "text": 6},
        ),
        (["Ngày", "Diễn giải", "Nợ", "Có"], {"booked_on": 0, "text": 1, "debit": 2, "credit": 3}),
        (["Date", "Amount", "Description", "Currency"], {"booked_on": 0, "amount": 1, "text": 2, "currency": 3}),
        (["x", "y"], {}),
    ],
)  # fmt: skip
def test_headings_are_guessed_by_their_words(headers, found):
    assert statements.guess(headers) == found


@pytest.mark.parametrize(
    ("written", "notation"),
    [
        (["1.234.567,00"], Notation.VIETNAMESE), (["1,234,567.00"], Notation.ENGLISH),
        (["500.000"], Notation.VIETNAMESE), (["500,000"], Notation.ENGLISH), (["500.00"], Notation.ENGLISH),
        (["500000"], None), (["500.000", "1,234.50"], None), ([500000, None, "7.000"], Notation.VIETNAMESE),
    ],
)  # fmt: skip
def test_the_notation_of_a_statement_is_told_by_its_numbers(written, notation):
    from fairs.sheets import Row, Sheet

    sheet = Sheet(["credit"], [Row(n, (cell,)) for n, cell in enumerate(written)])
    assert statements.notation_of(sheet) == notation
