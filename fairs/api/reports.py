"""The result report, for programs: every figure, and the rows behind it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fairs import clock, reports
from fairs.models import Edition
from fairs.permissions import REPORT_READERS


class AmountSerializer(serializers.Serializer[reports.Amount]):
    """A number; `unit` is empty for a count or ratio, “%” for hundredths, “m²”, else the code of a currency."""

    value = serializers.DecimalField(max_digits=None, decimal_places=None)
    unit = serializers.CharField()


class FigureSerializer(serializers.Serializer[reports.Result]):
    """One number of a line beside its plan; percent is null without a plan or with several currencies."""

    key = serializers.CharField(source="figure.key")
    title = serializers.CharField(source="figure.label")
    amounts = AmountSerializer(many=True)
    plan = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)
    percent = serializers.DecimalField(max_digits=None, decimal_places=1, allow_null=True)


class FactSerializer(serializers.Serializer[reports.Fact]):
    """Something that a line of words says; an empty text has not been recorded."""

    label = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField()


class LineSerializer(serializers.Serializer[Any]):
    """A line with its figures or facts; adds_up is null for a line that is no addition.

    Of one that is not `recorded` nothing is known, which is not the same as zero.
    """

    code = serializers.CharField()
    title = serializers.CharField()
    note = serializers.CharField()
    unit = serializers.CharField()
    recorded = serializers.BooleanField()
    facts = FactSerializer(many=True)
    figures = FigureSerializer(many=True)
    adds_up = serializers.BooleanField(allow_null=True)


class PlanSerializer(serializers.Serializer[Any]):
    """The version of the plan that the report is held against."""

    number = serializers.IntegerField()
    since = serializers.DateField()
    legal_paper = serializers.CharField(source="legal_paper.number", default="")


class ReportSerializer(serializers.Serializer[Any]):
    """The whole report with the moment it was measured, and the plan; null without one."""

    measured_at = serializers.DateTimeField()
    plan_version = PlanSerializer(allow_null=True)
    lines = LineSerializer(many=True)


class ColumnSerializer(serializers.Serializer[reports.Column]):
    """A column; kind is text, number, money, date, time or country."""

    key = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()


@extend_schema_field(OpenApiTypes.OBJECT)
class RowField(serializers.JSONField):
    """An object with a value for each column's key."""


class RowsSerializer(serializers.Serializer[Any]):
    """A page of the rows behind a figure."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    columns = ColumnSerializer(many=True)
    results = serializers.ListField(child=RowField())


PAGES = [
    OpenApiParameter("page", int, description="from 1"),
    OpenApiParameter("page_size", int, description="at most 200"),
]


class ReportActions:
    """What an edition's address offers of its report; it does not exist for those without a desk."""

    @extend_schema(operation_id="editions_report", responses=ReportSerializer)
    @action(detail=True, url_path="report", filter_backends=[], pagination_class=None)
    def report(self, request: Request, slug: str) -> Response:
        """All lines with plan, actual and percent, measured now."""
        edition, _roles = self._readable(request)
        found = reports.results(edition)
        words = reports.facts(edition)
        whole = {
            "measured_at": clock.now(),
            "plan_version": edition.plan_versions.select_related("legal_paper").first(),
            "lines": [_line(line, results, found, words.get(line.code, [])) for line, results in found],
        }
        return Response(ReportSerializer(whole).data)

    @extend_schema(operation_id="editions_report_rows", responses=RowsSerializer, parameters=PAGES)
    @action(detail=True, url_path=r"report/(?P<line>[A-Z]\d+)/(?P<figure>\w+)", filter_backends=[])
    def report_rows(self, request: Request, slug: str, line: str, figure: str) -> Response:
        """The rows behind one figure."""
        edition, roles = self._readable(request)
        of = reports.line(line)
        shown = of.figure(figure) if of and of.open_to(roles) else None
        if shown is None:
            raise Http404
        page = self.paginate_queryset(shown.rows(edition))  # type: ignore[attr-defined]
        answer = self.get_paginated_response(  # type: ignore[attr-defined]
            [{column.key: plain(column, row) for column in shown.columns} for row in page]
        )
        answer.data["columns"] = [ColumnSerializer(column).data for column in shown.columns]
        return answer

    def _readable(self, request: Request) -> tuple[Edition, frozenset[str]]:
        edition: Edition = self.get_object()  # type: ignore[attr-defined]
        roles = request.user.roles_in(edition) if request.user.is_authenticated else frozenset()
        if not roles & {"director", *REPORT_READERS}:
            raise Http404
        return edition, roles


def _line(
    line: reports.Line, results: list[reports.Result], found: reports.Results, facts: list[reports.Fact]
) -> dict[str, Any]:
    sums = reports.addition(line, found)
    return {
        "code": line.code,
        "title": line.title,
        "note": line.note,
        "unit": line.unit,
        "recorded": line.recorded,
        "facts": facts,
        "figures": results,
        "adds_up": all(one.holds for one in sums) if sums else None,
    }


def plain(column: reports.Column, row: Any) -> Any:
    """A cell as a program reads it: amounts and counts as strings and numbers, days and moments in ISO form."""
    value = column.value(row)
    if value is None:
        return None
    if column.kind == "money":
        return {"amount": str(value[0]), "currency": value[1]}
    if isinstance(value, datetime) or column.kind == "date":
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) or column.kind == "text" else value
