"""Signing the result report, its versions for ever, what differs between them, and all its files."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from fairs import official, report_files, report_words
from fairs.actions.signing import sign_report
from fairs.downloads import file_answer
from fairs.models import SignedReport
from fairs.permissions import may
from fairs.report_forms import SignForm
from fairs.report_lines import INDICATOR
from fairs.snapshots import LANGUAGES
from fairs.statements import Statement, as_now, as_signed, changes, languages
from fairs.views.base import ActionForm
from fairs.views.report import ReportPage, _shown, added, table_of


class SignedReports(ReportPage, ActionForm):
    """Every version, whether it is as it was signed, what would be new in the next one, and the form that signs it."""

    template_name = "fairs/signed/list.html"
    form_class = SignForm

    def get_initial(self) -> dict[str, Any]:
        return {"key": uuid.uuid4()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(self.edition.signed_reports.select_related("signed_by"))
        last = versions[0] if versions else None
        return super().get_context_data(
            versions=versions,
            last=last,
            news=changes(as_signed(last), as_now(self.edition)) if last and last.intact else [],
            may_sign=may(self.request.user, "fairs.sign_report", self.edition),
            is_director="director" in self.held(),
            **kwargs,
        )

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        signed = sign_report(self.edition, by=self.request.user, key=str(given["key"]), note=given["note"])
        return reverse("fairs:signed_report", args=[self.edition.slug, signed.number])


class VersionPage(ReportPage):
    """A page or file of one version."""

    @cached_property
    def signed(self) -> SignedReport:
        """The version that the address names."""
        versions = self.edition.signed_reports.select_related("signed_by")
        return get_object_or_404(versions, number=self.kwargs["version"])

    @cached_property
    def statement(self) -> Statement:
        """What it says; refused when its text has not the hash it was signed with."""
        return as_signed(self.signed)


class SignedVersion(VersionPage, TemplateView):
    """What a version says, from its snapshot alone."""

    template_name = "fairs/signed/version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            signed=self.signed,
            statement=self.statement,
            sections=sections_of(self.statement),
            source=report_files.source_of(self.statement),
            indicators=table_of(INDICATOR, self.statement.indicators),
            languages=languages(),
            newest=self.edition.signed_reports.first() == self.signed,
            **kwargs,
        )


class VersionChanges(VersionPage, TemplateView):
    """What differs between the version before and this one or, asked with ?with=now, between this one and now."""

    template_name = "fairs/signed/changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.request.GET.get("with") == "now"
        earlier = None if now else self.edition.signed_reports.filter(number__lt=self.signed.number).first()
        pair = (self.statement, as_now(self.edition)) if now else earlier and (as_signed(earlier), self.statement)
        return super().get_context_data(
            signed=self.signed,
            earlier=earlier,
            now=now,
            changes=changes(*pair) if pair else [],
            **kwargs,
        )


class SignedFile(VersionPage):
    """A version as XLSX, PDF, DOCX, or the very bytes that were hashed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = kwargs["ending"]
        if kind not in FILES:
            raise Http404
        with language_asked(request):
            content = FILES[kind](self.statement)
        return file_answer(content, f"{self.edition.slug}-report-v{self.signed.number}.{kind}")


class ReportDocument(ReportPage):
    """The report of now as a document of Word, ?language=vi or en."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with language_asked(request):
            content = official.document(as_now(self.edition), official.template_of(self.edition))
        return file_answer(content, f"{self.edition.slug}-report.docx")


FILES = {
    "xlsx": report_files.summary_workbook,
    "pdf": report_files.paper,
    "docx": lambda of: official.document(of, official.kept_template(of) or official.template_of(of.signed.edition)),
    "json": lambda of: of.signed.snapshot.encode(),
}


@contextmanager
def language_asked(request: HttpRequest) -> Iterator[None]:
    """In the language that the address asks for, else in that of the page."""
    asked = request.GET.get("language")
    with translation.override(asked if asked in LANGUAGES else translation.get_language()):
        yield


def sections_of(of: Statement) -> list[dict[str, Any]]:
    """The lines of a statement by their letters, as a page shows them."""
    return [
        {
            "title": report_words.SECTIONS.get(letter, letter),
            "lines": [
                {
                    "line": line,
                    "words": report_files.in_words(of, line),
                    "results": [_shown(result, "") for result in results],
                    "additions": [added(one) for one in of.sums(line.code)],
                }
                for line, results in lines
            ],
        }
        for letter, lines in groupby(of.found, key=lambda pair: pair[0].code[0])
    ]
