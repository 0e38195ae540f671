"""Saying which column of a bank's statement is which."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairs.imports import kind
from fairs.models import Upload
from fairs.money import statements
from fairs.money.actions.statements import set_statement_columns
from fairs.money.statement_kind import KEY
from fairs.sheets import clean, unpack
from fairs.sheets.table import letter, written
from fairs.views.base import ActionForm, DeskPage

SHOWN = 8  # rows


class ColumnsForm(forms.Form):
    """Beside each column of the sheet, what it says."""

    def __init__(self, *args: Any, headers: list[str], titles: dict[str, str], places: dict[str, int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        said = {place: name for name, place in places.items()}
        for place, header in enumerate(headers):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header or letter(place),
                required=False,
                choices=[("", _("not needed")), *titles.items()],
                initial=said.get(place, ""),
            )

    @property
    def places(self) -> dict[str, int]:
        """The place of each column that says something."""
        return {name: int(field.partition("_")[2]) for field, name in self.cleaned_data.items() if name}

    def clean(self) -> dict[str, Any]:
        """One column for one thing."""
        named = [name for name in self.cleaned_data.values() if name]
        for field, name in list(self.cleaned_data.items()):
            if name and named.count(name) > 1:
                self.add_error(field, _("Another column says this too. Choose one of them."))
        return self.cleaned_data


class StatementColumns(DeskPage, ActionForm):
    """The first rows of the sheet, and above each column what it says, as far as its heading tells."""

    template_name = "fairs/money/statement_columns.html"
    form_class = ColumnsForm
    current = "fairs:money_desk"
    roles = frozenset({"finance"})
    upload: Upload

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            visible = Upload.objects.visible_to(request.user).select_related("edition", "by")
            self.upload = get_object_or_404(visible, edition=self.edition, kind=KEY, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.upload.state != Upload.State.PREVIEWED:
            return redirect(self.next_page)
        return super().get(request, *args, **kwargs)

    @property
    def next_page(self) -> str:
        """The rows of the sheet."""
        return reverse("fairs:upload", args=[self.edition.slug, KEY, self.upload.pk])

    @property
    def raw(self) -> dict[str, Any]:
        """The sheet as it was read."""
        content: dict[str, Any] = self.upload.content
        return content.get("raw", content) or {"headers": [], "rows": [], "title": ""}

    def get_form_kwargs(self) -> dict[str, Any]:
        declared = kind(KEY)
        columns = declared.columns(self.edition) if declared else []
        headers = self.raw["headers"]
        arranged = self.upload.content.get("headers", []) if "raw" in self.upload.content else []
        known = {name: place for name, place in statements.guess(headers).items() if not arranged or name in arranged}
        return super().get_form_kwargs() | {
            "headers": headers,
            "titles": {column.name: column.titles[0] for column in columns},
            "places": known,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(upload=self.upload, rows_in_all=len(self.raw["rows"]), **kwargs)
        width = len(self.raw["headers"])
        rows = unpack(self.raw, range(min(SHOWN, len(self.raw["rows"])))).rows
        texts = [[clean(written(cell)) for cell in row.cells[:width]] for row in rows]
        shown = [(row.number, cells + [""] * (width - len(cells))) for row, cells in zip(rows, texts, strict=True)]
        return context | {"shown": shown, "back": reverse("fairs:uploads", args=[self.edition.slug, KEY])}

    def act(self, form: Any) -> str:
        set_statement_columns(self.upload, columns=form.places, by=self.request.user)
        return self.next_page
