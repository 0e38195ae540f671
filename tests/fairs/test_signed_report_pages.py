"""Signed reports on the site and for programs: signed, read, compared, taken away as files."""

import json
import re
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation
from docx import Document
from openpyxl import load_workbook
from rest_framework.test import APIClient

from fairs import clock, press, report_words
from fairs.actions.signing import sign_report
from fairs.models import SignedReport, Target
from fairs.statements import as_now, as_signed
from matchmaking.models import Deal
from tests import world
from tests.fairs.signed import OVER, fair_that_is_over, framed, record_deal
from tests.papers import needs_poppler, pages_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """A fair that is over, and what its official report says around the figures."""
    with clock.at(OVER):
        made = fair_that_is_over()
        framed(made)
        yield made


@pytest.fixture
def director(edition, client):
    """Whoever signs, signed in and reading English."""
    made = world.officer(edition, "director")
    client.force_login(made)
    client.cookies["django_language"] = "en"
    return made


def page(client, edition, name, *parts, query=""):
    """What a page says."""
    return client.get(reverse(f"fairs:{name}", args=[edition.slug, *parts]) + query).content.decode()


def figures(statement):
    """Every figure in words, as a reader of English sees it."""
    with translation.override("en"):
        return [report_words.amount(one.amounts[0]) for _line, results in statement.found for one in results]


class TestSigning:
    def test_the_button_signs_what_the_report_says(self, client, edition, director):
        url = reverse("fairs:signed_reports", args=[edition.slug])
        form = client.get(url)
        key = form.context["form"]["key"].value()
        answer = client.post(url, {"key": key, "note": "Accounts closed"})
        signed = SignedReport.objects.get()
        assert answer.url == reverse("fairs:signed_report", args=[edition.slug, 1])
        assert (signed.note, signed.signed_by, signed.key) == ("Accounts closed", director, str(key))
        client.post(url, {"key": key, "note": "Pressed twice"})
        assert SignedReport.objects.count() == 1

    def test_nothing_new_has_no_form(self, client, edition, director):
        sign_report(edition, by=director, key="a")
        assert "there is nothing to sign" in page(client, edition, "signed_reports")
        assert 'name="key"' not in page(client, edition, "signed_reports")
        Target.objects.update(value=9)
        assert "4 things differ from version 1." in page(client, edition, "signed_reports")
        assert 'name="key"' in page(client, edition, "signed_reports")

    def test_a_desk_reads_and_does_not_sign(self, client, edition):
        client.force_login(world.officer(edition, "booth_desk"))
        url = reverse("fairs:signed_reports", args=[edition.slug])
        assert 'name="key"' not in client.get(url).content.decode()
        answer = client.post(url, {"key": "9c8a2d2e-59ab-4d7c-9d86-0f7f6c1c7c11"})
        assert answer.status_code == 422
        assert not SignedReport.objects.exists()

    def test_a_director_without_a_second_factor_is_told(self, client, edition, director):
        director.authenticator_set.all().delete()
        text = page(client, edition, "signed_reports")
        assert "Whoever signs a report signs in with a second factor." in text


class TestAVersion:
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_its_page_has_its_figures_for_ever(self, client, edition, director, language):
        signed = sign_report(edition, by=director, key="a")
        client.cookies["django_language"] = language
        before = page(client, edition, "signed_report", 1)
        Deal.objects.update(amount=7)
        Target.objects.all().delete()
        edition.booths.first().delete()
        assert sections(page(client, edition, "signed_report", 1)) == sections(before)
        with translation.override(language):
            for _line, results in as_signed(signed).found:
                for one in results:
                    assert report_words.amount(one.amounts[0]) in before
                    assert str(one.figure.label) in before

    def test_it_says_when_there_is_a_later_one(self, client, edition, director):
        sign_report(edition, by=director, key="a")
        assert "A later version exists" not in page(client, edition, "signed_report", 1)
        Target.objects.update(value=9)
        sign_report(edition, by=director, key="b")
        assert "A later version exists" in page(client, edition, "signed_report", 1)

    def test_one_that_was_tampered_with_shows_nothing(self, client, edition, director):
        signed = sign_report(edition, by=director, key="a")
        with connection.cursor() as cursor:
            forged = signed.snapshot.replace('"value":"1000"', '"value":"9000"')
            cursor.execute("UPDATE fairs_signedreport SET snapshot = %s", [forged])
        for name, parts in (("signed_report", [1]), ("signed_report_file", [1, "pdf"]), ("press", [])):
            answer = client.get(reverse(f"fairs:{name}", args=[edition.slug, *parts]))
            assert answer.status_code == 409
            assert "was changed after it was signed" in answer.content.decode()
        assert "Changed after it was signed" in page(client, edition, "signed_reports")

    def test_its_differences_stand_line_by_line(self, client, edition, director):
        sign_report(edition, by=director, key="a")
        Deal.objects.filter(currency="JPY").update(amount=4000)
        now = page(client, edition, "signed_report_changes", 1, query="?with=now")
        assert "¥5,000; US$1,000" in now
        assert "¥4,000; US$1,000" in now
        sign_report(edition, by=director, key="b")
        assert "¥4,000; US$1,000" in page(client, edition, "signed_report_changes", 2)
        assert "Nothing differs" in page(client, edition, "signed_report_changes", 2, query="?with=now")
        assert "There is no version before this one" in page(client, edition, "signed_report_changes", 1)

    def test_what_was_hashed_can_be_hashed_by_anybody(self, client, edition, director):
        signed = sign_report(edition, by=director, key="a")
        content = client.get(reverse("fairs:signed_report_file", args=[edition.slug, 1, "json"])).content
        assert sha256(content).hexdigest() == signed.sha256
        assert json.loads(content)["form"] == 2

    @pytest.mark.parametrize("ending", ["exe", "html", "csv"])
    def test_another_file_does_not_exist(self, client, edition, director, ending):
        sign_report(edition, by=director, key="a")
        url = reverse("fairs:signed_report_file", args=[edition.slug, 1, ending])
        assert client.get(url).status_code == 404


class TestFiles:
    """Each file is opened and read back; its figures are those of the page."""

    def test_the_workbook(self, client, edition, director):
        then = as_signed(sign_report(edition, by=director, key="a"))
        Deal.objects.update(amount=7)
        content = client.get(reverse("fairs:signed_report_file", args=[edition.slug, 1, "xlsx"])).content
        rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
        with translation.override("en"):
            for line, results in then.found:
                for one in results:
                    for amount in one.amounts:
                        expected = (line.code, str(line.title), str(one.figure.label), amount.value)
                        assert expected in [row[:4] for row in rows]
        assert any(then.signed.sha256 in str(row[0]) for row in rows)

    @needs_poppler
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_the_paper(self, client, edition, director, language):
        then = as_signed(sign_report(edition, by=director, key="a"))
        Deal.objects.update(amount=7)
        url = reverse("fairs:signed_report_file", args=[edition.slug, 1, "pdf"])
        text = text_of(client.get(f"{url}?language={language}").content)
        with translation.override(language):
            for _line, results in then.found:
                for one in results:
                    for amount in one.amounts:
                        assert close(report_words.amount(amount)) in close(text)
        assert then.signed.sha256 in text
        assert director.full_name in text

    def test_the_document(self, client, edition, director):
        then = as_signed(sign_report(edition, by=director, key="a"))
        Deal.objects.update(amount=7)
        url = reverse("fairs:signed_report_file", args=[edition.slug, 1, "docx"])
        table = Document(BytesIO(client.get(f"{url}?language=en").content)).tables[-2]
        cells = [cell.text for row in table.rows for cell in row.cells]
        assert all(figure in cells for figure in figures(then))

    def test_the_document_of_now(self, client, edition, director):
        url = reverse("fairs:report_docx", args=[edition.slug])
        answer = client.get(f"{url}?language=en")
        assert answer["Content-Disposition"] == f'attachment; filename="{edition.slug}-report.docx"'
        cells = [cell.text for row in Document(BytesIO(answer.content)).tables[-2].rows for cell in row.cells]
        assert all(figure in cells for figure in figures(as_now(edition)))


class TestTheLastEdition:
    """Its columns stand where there was one, on the pages and in every file."""

    def titles(self, client, edition):
        """Those of the table of indicators on three pages, in the sheet and in the document."""
        sheet = client.get(reverse("fairs:signed_report_file", args=[edition.slug, 1, "xlsx"])).content
        document = client.get(reverse("fairs:signed_report_file", args=[edition.slug, 1, "docx"])).content
        rows = load_workbook(BytesIO(sheet))["Plan and result"].iter_rows(values_only=True)
        pages = [
            page(client, edition, *name)
            for name in (["report"], ["signed_report", 1], ["report_rows", "J1", "planned"])
        ]
        return [
            *(re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', text.rpartition("<thead>")[2]) for text in pages),
            [title for title in list(rows)[3] if title != "Currency"],
            [cell.text for cell in Document(BytesIO(document)).tables[-1].rows[0].cells],
        ]

    def test_without_one_nothing_is_compared(self, client, edition, director):
        sign_report(edition, by=director, key="a")
        assert self.titles(client, edition) == [["Indicator", "Plan", "Actual", "Percent"]] * 5

    def test_with_one_it_is(self, client, edition, director):
        earlier = world.edition(opens_on=date(2017, 10, 19), closes_on=date(2017, 10, 22))
        world.floor(earlier, 2)
        sign_report(edition, by=director, key="a")
        whole = ["Indicator", "Plan", "Actual", "Percent", "Last edition", "Change on it"]
        assert self.titles(client, edition) == [whole] * 5


class TestDueDay:
    @pytest.mark.parametrize(
        ("days", "said"), [(0, "Due in 30 days"), (29, "Due in 1 day"), (30, "Due today"), (33, "3 days late")]
    )
    def test_the_report_page_says_when_it_is_due(self, client, edition, director, days, said):
        with clock.at(world.FIRST_MORNING + timedelta(days=3 + days)):
            assert said in page(client, edition, "report")

    def test_once_it_is_signed_it_says_by_whom(self, client, edition, director):
        sign_report(edition, by=director, key="a")
        assert "Version 1, signed on 7 Nov 2018 10:00 by Nguyễn Thu Hà" in page(client, edition, "report")


class TestPress:
    @needs_poppler
    def test_it_is_one_page_with_the_figures_of_the_last_version(self, client, edition, director):
        sign_report(edition, by=director, key="a")
        Deal.objects.all().delete()
        content = client.get(reverse("fairs:press_pdf", args=[edition.slug]) + "?language=en").content
        assert pages_of(content) == 1
        text = text_of(content)
        assert "Gift Show 2018" in text
        assert "Booths by origin" in text

    def test_worth_and_number_are_told_of_three_companies_or_more(self, edition):
        def told():
            with translation.override("en"):
                said = press.summary(as_now(edition))
            return [one.label for one in said.headlines if "ontracts" in one.label], said.withheld

        assert told() == ([], True)
        deal = Deal.objects.filter(edition=edition).first()
        for _turn in range(2):
            exhibitor, buyer = world.exhibitor(edition).part, world.importer_company()
            importer = world.participation(edition, buyer, "importer")
            record_deal(world.Sides(edition, exhibitor, deal.recorded_by, importer, deal.recorded_by, None))
        assert told() == (["Contracts", "Worth of the contracts"], False)

    def test_the_page_has_a_table_for_each_chart(self, client, edition, director):
        text = page(client, edition, "press")
        assert text.count('<table class="bars">') == len(press.summary(as_now(edition)).charts) >= 1


class TestApi:
    def client(self, person):
        client = APIClient()
        client.force_authenticate(person)
        return client

    def test_a_program_signs_and_reads(self, edition, director):
        api = self.client(director)
        asked = {"edition": edition.slug, "key": "k1", "note": "By program"}
        made = api.post("/api/v1/signed-reports/", asked)
        assert (made.status_code, made.json()["number"], made.json()["intact"]) == (201, 1, True)
        assert api.post("/api/v1/signed-reports/", asked).json()["id"] == made.json()["id"]
        assert api.post("/api/v1/signed-reports/", asked | {"key": "k2"}).json()["code"] == "nothing_changed"
        whole = api.get(f"/api/v1/signed-reports/{made.json()['id']}/").json()
        assert sha256(whole["canonical"].encode()).hexdigest() == whole["sha256"]
        assert whole["snapshot"]["lines"][0]["title"]["vi"]
        Target.objects.update(value=9)
        changed = api.get(f"/api/v1/signed-reports/{made.json()['id']}/changes/?with=now").json()
        told = [(one["line"], one["what"], one["before"], one["after"]) for one in changed]
        assert told == [("B1", "actual", "6", "9"), *[("B1", "plan", "6", "9")] * 3]

    def test_others_neither_sign_nor_read(self, edition, director):
        signed = sign_report(edition, by=director, key="a")
        asked = {"edition": edition.slug, "key": "k1"}
        assert self.client(world.officer(edition, "reports")).post("/api/v1/signed-reports/", asked).status_code == 403
        gate = self.client(world.officer(edition, "gate"))
        assert gate.get(f"/api/v1/signed-reports/{signed.pk}/").status_code == 404
        assert APIClient().get(f"/api/v1/signed-reports/{signed.pk}/").status_code == 404


def close(text):
    """Without spaces, which a reader of PDF guesses from distances."""
    return "".join(text.split())


def sections(text):
    """What a page shows of the lines."""
    return text[text.index('<div class="report-sections">') : text.index("</main>")]


@pytest.mark.parametrize("versions", [1, 3])
def test_the_list_asks_as_many_questions_whatever_the_number(
    client, edition, director, versions, django_assert_num_queries
):
    for number in range(versions):
        Target.objects.update(value=number + 10)
        sign_report(edition, by=director, key=f"k{number}")
    with django_assert_num_queries(89):
        client.get(reverse("fairs:signed_reports", args=[edition.slug]))
    with django_assert_num_queries(6):
        client.get(reverse("fairs:signed_report", args=[edition.slug, 1]))
