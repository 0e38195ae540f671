"""The step of an application in which a commune or association names its households."""

from typing import Any

from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from booths.actions.groups import name_households
from booths.forms import HouseholdForm
from booths.pasting import read_households
from booths.views.applying import Step
from fairs.errors import DomainError

MOST_ROWS = 100  # whatever the sale terms say, a page holds so many


class ApplyHouseholds(Step, TemplateView):
    """Who stands in the block: row by row, or by pasting a list."""

    template_name = "booths/apply_households.html"
    step = "households"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.draft.is_group:
            return redirect(self.address("products"))
        known = [self._row(household) for household in self.draft.households.all()]
        return self._show(self._formset(initial=known, extra=0 if known else self._fewest))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.keys() & {"add", "drop", "paste"}:
            return self._show(self._changed(request))
        rows = self._formset(data=request.POST)
        if not rows.is_valid():
            return self._show(rows, status=422)
        named = [row for row in rows.cleaned_data if row.get("name")]
        try:
            name_households(self.draft, households=named, by=request.user)
        except DomainError as refusal:
            return self._show(rows, status=422, refusal=refusal.message)
        return redirect(self.address("products"))

    def _changed(self, request: HttpRequest) -> BaseFormSet[HouseholdForm]:
        """The rows as typed, with one more, one less, or those of a list; nothing is checked yet."""
        rows = self._typed(request)
        if "drop" in request.POST:
            rows = [row for number, row in enumerate(rows) if str(number) != request.POST["drop"]]
            return self._formset(initial=rows, extra=0 if rows else 1)
        if "paste" in request.POST:
            rows = [row for row in rows if row["name"].strip()] + read_households(request.POST.get("list", ""))
            return self._formset(initial=rows[:MOST_ROWS], extra=0 if rows else 1)
        return self._formset(initial=rows, extra=1)

    def _typed(self, request: HttpRequest) -> list[dict[str, Any]]:
        asked = request.POST.get("form-TOTAL_FORMS") or "0"
        count = min(int(asked) if asked.isdecimal() else 0, MOST_ROWS)
        return [
            {name: request.POST.get(f"form-{number}-{name}", "") for name in HouseholdForm.base_fields}
            for number in range(count)
        ]

    def _formset(self, extra: int = 0, **kwargs: Any) -> BaseFormSet[HouseholdForm]:
        made = formset_factory(HouseholdForm, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
        return made(**kwargs)

    def _row(self, household: Any) -> dict[str, Any]:
        return {name: getattr(household, name) for name in HouseholdForm.base_fields}

    @property
    def _fewest(self) -> int:
        return int(self.draft.edition.sale_terms.households_from)

    def _show(self, rows: BaseFormSet[HouseholdForm], status: int = 200, refusal: str = "") -> HttpResponse:
        context = self.get_context_data(rows=rows, terms=self.draft.edition.sale_terms, refusal=refusal)
        return self.render_to_response(context, status=status)
