"""The official report in Word: the form of the program and the organiser's own, filled and read back."""

import hashlib
import json
import re
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn

from fairs import append_only, clock, official, report_words
from fairs.actions.editions import copy_edition
from fairs.actions.report_frames import drop_report_template, set_report_frame, set_report_template
from fairs.actions.signing import sign_report
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Edition, ReportFrame, SignedTemplate
from fairs.official_form import default_template
from fairs.papers.word import MOST_BYTES, NotADocument, filled, names_in
from fairs.statements import as_now, as_signed, changes
from matchmaking.models import Deal
from tests import world
from tests.fairs.signed import OVER, fair_that_is_over, framed

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """A fair that is over, and what its official report says around the figures."""
    with clock.at(OVER):
        made = fair_that_is_over()
        framed(made)
        yield made


def own(*paragraphs):
    """A template of somebody's own."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document):
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def text_of(content):
    """All paragraphs of a document, those of its tables too."""
    return [
        "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
        for paragraph in Document(BytesIO(content)).element.body.iter(qn("w:p"))
    ]


def handed(content, name="mau.docx"):
    return SimpleUploadedFile(name, content)


def with_part(content, name, part):
    """A document with one more file in it, or another one."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return file.getvalue()


class TestTheForm:
    """The one that comes with the program."""

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_it_names_only_what_the_report_has(self, edition, language):
        with translation.override(language):
            official.check_template(default_template())

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_nothing_is_left_to_fill(self, edition, language):
        with translation.override(language):
            lines = text_of(official.document(as_now(edition)))
        assert not [line for line in lines if "{{" in line or "}}" in line]

    def test_it_has_the_parts_of_an_official_paper(self, edition):
        with translation.override("vi"):
            lines = text_of(official.document(as_now(edition)))
        for part in (
            "SỞ CÔNG THƯƠNG", "Số: 45/BC-TTKC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
            "Hà Nội, ngày …… tháng …… năm ……", "BÁO CÁO", "Kính gửi: Sở Công Thương Hà Nội", "Nơi nhận:",
            "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC", "Hội chợ thành công.", "Đề nghị duy trì.",
        ):  # fmt: skip
            assert part in lines, part

    def test_words_have_the_room_of_all_columns(self, edition):
        with translation.override("en"):
            table = Document(BytesIO(official.document(as_now(edition)))).tables[-2]
        spans = {}
        for row in table._tbl.tr_lst:
            cells = [("".join(text.text or "" for text in cell.iter(qn("w:t"))), cell.grid_span) for cell in row.tc_lst]
            spans[cells[0][0]] = cells[1:] or cells[0][1]
        assert spans["Theme"] == [("Craft villages", 3)]
        assert spans["not recorded yet"] == 4
        assert [span for _text, span in spans["Built"]] == [1, 1, 1]

    def test_a_signed_one_has_the_day_the_name_and_the_hash(self, edition):
        director = world.officer(edition, "director")
        signed = sign_report(edition, by=director, key="a")
        with translation.override("vi"):
            lines = text_of(official.document(as_signed(signed)))
        assert "Hà Nội, ngày 07 tháng 11 năm 2018" in lines
        assert director.full_name in lines
        assert f"SHA-256 {signed.sha256}" in lines

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_every_figure_of_its_table_is_that_of_the_report(self, edition, language):
        with translation.override(language):
            now = as_now(edition)
            [*_others, table, _indicators] = Document(BytesIO(official.document(now))).tables
            rows = [[cell.text for cell in row.cells] for row in table.rows]
            for line, results in now.found:
                for one in results:
                    first = report_words.amount(one.amounts[0])
                    expected = [str(one.figure.label), first, report_words.plan(one), report_words.share(one)]
                    assert expected in rows, (line.code, one.figure.key)


class TestOwnTemplate:
    """One that an organiser hands in."""

    def test_names_in_it_are_filled(self, edition):
        template = own("Gian hàng: {{ B1.built }}/{{B1.built.plan}} ({{B1.built.percent}})", "{{F1.value}}", "{{B1}}")
        with translation.override("en"):
            assert text_of(official.document(as_now(edition), template)) == [
                "Gian hàng: 3/6 (50%)", "¥5,000; US$1,000",
                "Planned: 6", "Built: 3", "Allocated: 0", "Taken over: 0",
                "Taken over with a signature on the spot: 0",
            ]  # fmt: skip

    def test_a_placeholder_that_word_has_cut_is_found(self, edition):
        document = Document()
        paragraph = document.add_paragraph("Có ")
        for piece in ("{", "{B1.", "bui", "lt}", "} gian"):
            paragraph.add_run(piece).bold = True
        assert names_in(saved(document)) == ["B1.built"]
        assert text_of(filled(saved(document), {"B1.built": "3"}, {})) == ["Có 3 gian"]

    def test_those_in_cells_heads_and_feet_are_too(self, edition):
        document = Document()
        document.add_table(1, 1).rows[0].cells[0].text = "{{name}}"
        document.sections[0].header.paragraphs[0].text = "{{number}}"
        document.sections[0].footer.paragraphs[0].text = "{{place}}"
        assert set(names_in(saved(document))) == {"name", "number", "place"}
        made = Document(BytesIO(filled(saved(document), {"name": "A", "number": "B", "place": "C"}, {})))
        assert made.tables[0].rows[0].cells[0].text == "A"
        assert made.sections[0].header.paragraphs[0].text == "B"
        assert made.sections[0].footer.paragraphs[0].text == "C"

    @pytest.mark.parametrize("value", ["<b>&amp;</b>", "{{name}}", "a\x0bb\x00c", "Gốm " * 500])
    def test_a_value_stays_a_value(self, value):
        [line] = text_of(filled(own("x {{name}} y"), {"name": value}, {}))
        assert line == f"x {value} y".replace("\x0b", "").replace("\x00", "")

    def test_it_is_used_once_it_is_handed_in_and_no_more_when_removed(self, edition):
        desk = world.officer(edition, "reports")
        set_report_template(edition, lang="vi", file=handed(own("Mẫu của chúng tôi: {{name}}")), by=desk)
        edition.refresh_from_db()
        with translation.override("vi"):
            assert official.template_of(edition) is not None
            made = text_of(official.document(as_now(edition), official.template_of(edition)))
        assert made == ["Mẫu của chúng tôi: Hội chợ Quà tặng 2018"]
        with translation.override("en"):
            assert official.template_of(edition) is None
        drop_report_template(edition, lang="vi", by=desk)
        edition.refresh_from_db()
        with translation.override("vi"):
            assert official.template_of(edition) is None

    def test_unknown_names_are_told(self, edition):
        with pytest.raises(Invalid) as refusal:
            official.check_template(own("{{B1.built}} {{B1.biult}}", "{{ten_hoi_cho}}", "{{table.Z}}"))
        assert refusal.value.code == "template_unknown"
        assert "{{B1.biult}}, {{ten_hoi_cho}}, {{table.Z}}" in refusal.value.message

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (lambda: b"%PDF-1.7", "template_kind"),
            (lambda: b"", "template_kind"),
            (lambda: with_part(own(), "word/document.xml", b"<broken"), "template_kind"),
            (lambda: b"0" * (MOST_BYTES + 1), "template_size"),
            (lambda: with_part(own(), "word/vbaProject.bin", b"x"), "template_macros"),
            (lambda: own("{{name"), "template_braces"),
            (lambda: own("{{name}} }}"), "template_braces"),
            (
                lambda: with_part(
                    own(),
                    "word/_rels/settings.xml.rels",
                    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                    b'<Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://example.org/x.dotm" '
                    b'TargetMode="External"/></Relationships>',
                ),
                "template_outside",
            ),
        ],
    )
    def test_what_cannot_be_filled_is_refused(self, edition, content, code):
        with pytest.raises(Invalid) as refusal:
            set_report_template(edition, lang="vi", file=handed(content()), by=world.officer(edition, "reports"))
        assert refusal.value.code == code
        assert not ReportFrame.objects.get().template_vi

    def test_a_flood_is_refused_before_it_is_unpacked(self):
        with pytest.raises(NotADocument) as refusal:
            names_in(flood())
        assert refusal.value.code == "size"

    @pytest.mark.parametrize("role", ["booth_desk", "finance"])
    def test_only_the_reports_desk_changes_it(self, edition, role):
        officer = world.officer(edition, role)
        with pytest.raises(Forbidden):
            set_report_template(edition, lang="vi", file=handed(own("{{name}}")), by=officer)
        with pytest.raises(Forbidden):
            set_report_frame(edition, due_days=10, by=officer)


def flood():
    """A small file that unpacks to sixty megabytes."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (60 * 1024**2))
    return file.getvalue()


class TestDueDay:
    """When the report is due, and what is said around it."""

    def test_it_is_thirty_days_after_closing_unless_said_otherwise(self, edition):
        frame = ReportFrame.objects.get()
        assert (frame.due_on - edition.closes_on).days == 30
        set_report_frame(edition, due_days=45, by=world.officer(edition, "reports"))
        assert (ReportFrame.objects.get().due_on - edition.closes_on).days == 45

    @pytest.mark.parametrize("days", [-1, 367])
    def test_more_than_a_year_is_refused(self, edition, days):
        with pytest.raises(Invalid) as refusal:
            set_report_frame(edition, due_days=days, by=world.officer(edition, "reports"))
        assert refusal.value.code == "too_many_days"

    def test_a_copied_edition_has_the_same_words_and_template(self, edition):
        director = world.officer(edition, "director")
        set_report_template(edition, lang="en", file=handed(own("{{name}}")), by=director)
        made = copy_edition(
            edition, by=director, slug="next", name_vi="Sau", name_en="Next", number=13,
            opens_on=edition.opens_on.replace(year=2019),
        )  # fmt: skip
        there, here = ReportFrame.objects.get(edition=made), ReportFrame.objects.get(edition=edition)
        assert (there.addressee_vi, there.due_days, there.number, there.remarks_vi) == (here.addressee_vi, 30, "", "")
        assert there.template_en.name != here.template_en.name
        assert there.template_en.read() == here.template_en.read()


def test_a_version_fills_a_template_with_its_own_figures(edition):
    signed = sign_report(edition, by=world.officer(edition, "director"), key="a")
    Deal.objects.update(amount=1)
    with translation.override("en"):
        [line] = text_of(official.document(as_signed(signed), own("{{F1.value}}")))
        [now] = text_of(official.document(as_now(edition), own("{{F1.value}}")))
    assert (line, now) == ("¥5,000; US$1,000", "¥1; US$1")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_version_is_put_into_the_template_it_was_signed_with_for_ever(client, edition, lang):
    director, other = world.officer(edition, "director"), "en" if lang == "vi" else "vi"
    set_report_template(edition, lang=lang, file=handed(own("First: {{F1.value}}")), by=director)
    signed = sign_report(Edition.objects.get(pk=edition.pk), by=director, key="a")
    client.force_login(director)
    address = reverse("fairs:signed_report_file", args=[edition.slug, 1, "docx"])
    before = {code: client.get(f"{address}?language={code}").content for code in (lang, other)}
    Deal.objects.update(amount=1)
    for code in (lang, other):
        set_report_template(edition, lang=code, file=handed(own("Second: {{F1.value}}")), by=director)
    assert {code: client.get(f"{address}?language={code}").content for code in (lang, other)} == before
    assert text_of(before[lang])[0].startswith("First: ")
    named = json.loads(signed.snapshot)["templates"]
    assert {one.lang: hashlib.sha256(one.content).hexdigest() for one in signed.templates.all()} == named
    with pytest.raises(TypeError):
        SignedTemplate.objects.update(content=b"")
    later = sign_report(Edition.objects.get(pk=edition.pk), by=director, key="b")
    with translation.override("en"):
        told = [str(one.label) for one in changes(as_signed(signed), as_signed(later)) if not one.line]
    assert sorted(told) == ["template in English", "template in Vietnamese"]


def test_a_template_that_somebody_wrote_into_is_not_filled(client, edition):
    director = world.officer(edition, "director")
    signed = sign_report(edition, by=director, key="a")
    append_only.let_go(connection, "fairs_signedtemplate")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE fairs_signedtemplate SET content = %s", [own("{{name}}")])
    with pytest.raises(Refused) as refusal:
        official.kept_template(as_signed(signed))
    assert refusal.value.code == "not_intact"


def test_the_same_document_makes_the_same_bytes(edition, monkeypatch):
    with translation.override("vi"):
        one = default_template()
        monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
        assert default_template() == one


def test_the_page_of_templates_shows_every_name(client, edition):
    client.force_login(world.officer(edition, "reports"))
    page = client.get(f"/{edition.slug}/desk/report/templates/").content.decode()
    shown = set(re.findall(r"<code>([^<{]+)</code>", page))
    assert set(official.known_names()) <= shown
