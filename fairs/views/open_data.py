"""Open data for everybody, and the desk where a version is given out."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from fairs import open_data, open_data_files, report_words
from fairs.actions.publishing import publish
from fairs.downloads import file_answer
from fairs.models import Publication
from fairs.reports import Amount
from fairs.templatetags.fair import language
from fairs.views.base import ActionForm, DeskPage, EditionPage, EditionTemplate

FOR_ANYBODY = "public, max-age=86400"


class VersionPage(EditionPage):
    """A page about one version, the newest when none is named."""

    @cached_property
    def version(self) -> Publication | None:
        """None while nothing has been published; a number that does not exist is not found."""
        every = Publication.objects.filter(edition=self.edition).defer("basis")
        number = self.kwargs.get("number")
        found: Publication | None = every.first() if number is None else every.filter(number=number).first()
        if number is not None and found is None:
            raise Http404
        return found

    @property
    def named(self) -> Publication:
        """The version, where there must be one."""
        if self.version is None:
            raise Http404
        return self.version

    def for_anybody(self, content: bytes, name: str) -> HttpResponse:
        """A file that other sites and proxies may read and keep, for it never changes; of a draft edition nobody's."""
        answer = file_answer(content, name)
        if self.edition.published:
            answer["Cache-Control"] = FOR_ANYBODY
            answer["Access-Control-Allow-Origin"] = "*"
        return answer


class OpenData(VersionPage, EditionTemplate):
    """What is told, what each column means, the files, and the earlier versions."""

    template_name = "fairs/open_data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.version
        versions = Publication.objects.filter(edition=self.edition).only("number", "at", "digest")
        return super().get_context_data(
            version=found, said=read(found.content) if found else None, versions=list(versions), **kwargs
        )


class Latest(VersionPage):
    """Always the newest version: the way to an address that stays."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("fairs:open_data_version_json", self.edition.slug, self.named.number)


class Json(VersionPage):
    """A version as one file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.for_anybody(open_data.file_of(self.named), f"{self.edition.slug}-v{self.named.number}.json")


class Csv(VersionPage):
    """The totals or one table of a version."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content, key = self.named.content, kwargs["table"]
        found = open_data_files.totals(content) if key == "totals" else open_data_files.table(content, key)
        if found is None:
            raise Http404
        return self.for_anybody(found, f"{self.edition.slug}-v{self.named.number}-{key}.csv")


class OpenDataDesk(DeskPage, ActionForm):
    """What the next version would tell and withhold, before it is given out."""

    template_name = "fairs/open_data_desk.html"
    current = "fairs:report"
    roles = frozenset({"reports"})
    form_class = forms.Form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        earlier = list(Publication.objects.filter(edition=self.edition).order_by("number"))
        content, basis = open_data.draft(self.edition, earlier)
        return super().get_context_data(
            said=read(content),
            wrong=open_data.contradictions(self.edition, content, basis),
            versions=earlier[::-1],
            **kwargs,
        )

    def act(self, form: Any) -> str:
        made = publish(self.edition, by=self.person)
        return reverse("fairs:open_data_version", args=[self.edition.slug, made.number])


def read(content: dict[str, Any]) -> dict[str, Any]:
    """A version in the reader's language: the totals, the tables, and how many sums are withheld."""
    here = language()
    tables = [
        {
            **table,
            "title": table["title"][here],
            "column": table["column"][here],
            "rows": sorted(
                ({**row, "name": row["name"][here], "words": _words(row, table["unit"])} for row in table["rows"]),
                key=lambda row: (not row["key"], row["name"]),
            ),
        }
        for table in content["tables"]
    ]
    totals = [
        {**one, **{name: one[name][here] for name in ("line", "label", "note")}, "words": _words(one, one["unit"])}
        for one in content["totals"]
    ]
    withheld = sum(row["withheld"] for table in tables for row in table["rows"]) + sum(
        one["withheld"] for one in totals
    )
    return {
        "totals": totals, "tables": tables, "withheld": withheld, "rule": content["rule"][here],
        "licence": content["licence"],
    }  # fmt: skip


def _words(one: dict[str, Any], unit: str) -> str:
    return "" if one["value"] is None else report_words.amount(Amount(Decimal(one["value"]), unit))
