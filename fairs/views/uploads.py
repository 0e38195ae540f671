"""Importing a sheet: upload it, look at its rows, put them right, take them over."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from fairs import import_samples, imports
from fairs.actions import uploads
from fairs.downloads import file_answer
from fairs.forms import SheetForm
from fairs.import_rows import FILTERS, Rows
from fairs.inputs import whole_number, whole_numbers
from fairs.models import Upload
from fairs.views.base import ActionButton, ActionForm, DeskPage

FILTER_WORDS = {"faulty": _("To put right"), "sound": _("Fine"), "skipped": _("Skipped"), "all": _("All")}


class Imports(DeskPage):
    """The way in: to the first kind of sheet that the officer may import."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for kind in _open_to(request, self.edition):
            return redirect("fairs:uploads", self.edition.slug, kind.key)
        raise Http404


class ImportPage(DeskPage):
    """Pages of one kind of sheet, for the desk that imports it."""

    kind: imports.ImportKind

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = imports.kind(kwargs["kind"])
        if kind is None:
            raise Http404
        self.kind, self.current = kind, kind.list_url
        if request.user.is_authenticated and kind not in _open_to(request, self.edition):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"kind": self.kind})

    def upload(self) -> Upload:
        """The upload of the address."""
        visible = Upload.objects.visible_to(self.request.user).select_related("edition", "by")
        return get_object_or_404(visible, edition=self.edition, kind=self.kind.key, pk=self.kwargs["pk"])

    def url_of(self, upload: Upload) -> str:
        """Where an upload is looked at."""
        return reverse("fairs:upload", args=[self.edition.slug, self.kind.key, upload.pk])


class Uploads(ImportPage, ActionForm):
    """Hand a sheet in; what is understood, a sample, earlier sheets."""

    template_name = "fairs/uploads.html"
    form_class = SheetForm

    def act(self, form: forms.BaseForm) -> str:
        file = form.cleaned_data["file"]
        upload = uploads.receive_upload(
            self.edition, kind=self.kind.key, data=file.read(), filename=file.name, by=self.request.user
        )
        return self.url_of(upload)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        earlier = Upload.objects.filter(edition=self.edition, kind=self.kind.key).without_rows().select_related("by")
        return super().get_context_data(
            columns=[(column, _described(self.kind, column)) for column in self.kind.columns(self.edition)],
            earlier=earlier[:20],
            tabs=[
                {"label": one.title, "url": reverse("fairs:uploads", args=[self.edition.slug, one.key]),
                 "current": one == self.kind}
                for one in _open_to(self.request, self.edition)
            ],
            **kwargs,
        )  # fmt: skip


class UploadPage(ImportPage, TemplateView):
    """The rows of one sheet: what is fine, what is not and why; POST keeps corrections and skipped rows."""

    template_name = "fairs/upload.html"

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}#upload" if self.request.htmx else self.template_name]  # type: ignore[attr-defined]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        upload = self.upload()
        if upload.findings.get("asks") and upload.state == Upload.State.PREVIEWED:
            return redirect(self.kind.ask_url, self.edition.slug, upload.pk)
        return self.render_to_response(self.get_context_data(upload=upload))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        upload: Upload = kwargs["upload"]
        wanted = self.request.GET.get("only", "")
        only = wanted if wanted in FILTERS else "faulty" if upload.findings.get("faulty") else "all"
        rows = Rows(upload, only)
        size = 20 if only == "faulty" else 50
        return super().get_context_data(
            only=only,
            page=Paginator(rows, size).get_page(self.request.GET.get("page")),
            options=[
                {"label": word, "url": f"?only={name}", "current": name == only, "count": _count(upload, name)}
                for name, word in FILTER_WORDS.items()
            ],
            missing=_titles(rows, upload.findings.get("missing", [])),
            found=_titles(rows, upload.findings.get("found", [])),
            notation=upload.answers.get("notation", ""),
            done=uploads.rows_done(upload),
            outcome=self.kind.outcome(upload) if self.kind.outcome else None,
            list_url=reverse(self.kind.list_url, args=[self.edition.slug]),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        upload = self.upload()
        uploads.correct_upload(
            upload,
            corrections=_corrections(upload, request),
            skip=_numbers(request, "skip") | (_faulty(upload) if "skip_all" in request.POST else set()),
            keep=_numbers(request, "keep"),
            notation=request.POST.get("notation"),
            by=request.user,
        )
        return redirect(request.get_full_path())


class BeginImport(ImportPage, ActionButton):
    """Take the rows over."""

    def act(self) -> str:
        return self.url_of(uploads.begin_import(self.upload(), by=self.request.user))


class StopImport(ImportPage, ActionButton):
    """End a running import; nothing of it stays."""

    done = _("Stopped. Nothing was imported, and nothing you corrected is lost.")

    def act(self) -> str:
        return self.url_of(uploads.stop_import(self.upload(), by=self.request.user))


class DropUpload(ImportPage, ActionButton):
    """Put the sheet away."""

    done = _("The sheet was put away. Nothing was imported.")

    def act(self) -> str:
        uploads.drop_upload(self.upload(), by=self.request.user)
        return reverse("fairs:uploads", args=[self.edition.slug, self.kind.key])


class SampleSheet(ImportPage):
    """A sheet to fill in, with headings in both languages."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        made = self.kind.sample(self.edition) if self.kind.sample else import_samples.sample(self.kind, self.edition)
        return file_answer(made, f"{self.edition.slug}-{self.kind.key}.xlsx")


def _open_to(request: HttpRequest, edition: Any) -> list[imports.ImportKind]:
    roles = request.user.roles_in(edition) if request.user.is_authenticated else frozenset()
    return [kind for kind in imports.kinds() if roles & {"director", *kind.roles}]


def _described(kind: imports.ImportKind, column: Any) -> dict[str, Any]:
    choices = import_samples.choices_of(column)
    return {"meaning": kind.hints.get(column.name, ""), "choices": choices[:6], "more": len(choices) - 6}


def _titles(rows: Rows, names: list[str]) -> list[str]:
    return [column.titles[0] for column in rows.columns if column.name in names]


def _count(upload: Upload, only: str) -> int | None:
    findings = upload.findings
    return findings.get("rows" if only == "all" else only)


def _faulty(upload: Upload) -> set[int]:
    return {int(number) for number in upload.findings.get("faults", {})}


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return set(whole_numbers(request.POST.getlist(name)))


def _corrections(upload: Upload, request: HttpRequest) -> dict[int, dict[str, str]]:
    """Cells whose text is another than the one shown, and the offer that was chosen."""
    typed: dict[int, dict[str, str]] = {}
    for name, value in request.POST.items():
        kind, _colon, place = name.partition(":")
        number, _colon, column = place.partition(":")
        row_number = whole_number(number) if kind == "cell" else None
        if row_number is not None:
            typed.setdefault(row_number, {})[column] = str(value)
    for row in Rows(upload).numbered(set(typed)):
        shown = {cell.column.name: cell.text for cell in row.cells}
        typed[row.number] = {name: text for name, text in typed[row.number].items() if text != shown.get(name)}
    number, _colon, rest = request.POST.get("fix", "").partition(":")
    row_number = whole_number(number)
    if row_number is not None:
        column, _colon, text = rest.partition(":")
        typed.setdefault(row_number, {})[column] = text
    return {number: texts for number, texts in typed.items() if texts}
