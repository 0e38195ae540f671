"""A commune or association names its households: as a step of the application, and afterwards as long as it may."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from booths.actions.groups import name_households
from booths.actions.households import change_households
from booths.forms import HouseholdForm
from booths.models import Application
from booths.pasting import read_households
from booths.views.applying import Step
from fairs.errors import DomainError
from fairs.views.acting import CompanyPage

MOST_ROWS = 100  # whatever the sale terms say, a page holds so many


@dataclass(frozen=True)
class Tally:
    """How many households have a name, of which there are to be so many at least and at most."""

    named: int
    fewest: int
    most: int

    @property
    def missing(self) -> int:
        """How many more there have to be."""
        return max(0, self.fewest - self.named)

    @property
    def over(self) -> int:
        """How many there are too many."""
        return max(0, self.named - self.most)


class HouseholdRows(TemplateView):
    """Who stands in the block: row by row, or by pasting a list."""

    def group(self) -> Application:
        """The application whose households they are."""
        raise NotImplementedError(f"{type(self).__name__} says of which group")

    def keep(self, households: list[dict[str, Any]]) -> str:
        """Call the action and return the address to go on to."""
        raise NotImplementedError(f"{type(self).__name__} says which action it calls")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        known = [self._row(household) for household in self.group().households.all()]
        return self._show(self._formset(initial=known, extra=0 if known else self._fewest))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.keys() & {"add", "drop", "paste"}:
            return self._show(self._changed(request))
        rows = self._formset(data=request.POST)
        if not rows.is_valid():
            return self._show(rows, status=422)
        try:
            return redirect(self.keep([row for row in rows.cleaned_data if row.get("name")]))
        except DomainError as refusal:
            return self._show(rows, status=422, refusal=refusal.message)

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
        return int(self.group().edition.sale_terms.households_from)

    def _show(self, rows: BaseFormSet[HouseholdForm], status: int = 200, refusal: str = "") -> HttpResponse:
        terms = self.group().edition.sale_terms
        tally = Tally(_named(rows), terms.households_from, terms.households_to)
        context = self.get_context_data(rows=rows, terms=terms, tally=tally, refusal=refusal)
        return self.render_to_response(context, status=status)


def _named(rows: BaseFormSet[HouseholdForm]) -> int:
    """How many of the rows say a name."""
    return sum(bool(str(row["name"].value() or "").strip()) for row in rows)


class ApplyHouseholds(Step, HouseholdRows):
    """The step of an application."""

    template_name = "booths/apply_households.html"
    step = "households"

    def group(self) -> Application:
        return self.draft

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request) if self.draft.is_group else redirect(self.address("products"))

    def keep(self, households: list[dict[str, Any]]) -> str:
        name_households(self.draft, households=households, by=self.person)
        return self.address("products")


class ChangeHouseholds(CompanyPage, HouseholdRows):
    """The households of a group that has handed in; for who has none of them to change the page does not exist."""

    template_name = "booths/households.html"
    shell = "exhibitor"
    current = "booths:application"
    application: Application

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            mine = Application.objects.live().filter(edition=self.edition, company_id__in=self.acting.ids)
            found = mine.select_related("edition__sale_terms", "company").first()
            if found is None or not found.households_may_change:
                raise Http404
            self.application = found
        return super().dispatch(request, *args, **kwargs)

    @property
    def switch_url(self) -> str:
        """One's own page: another company may be no group."""
        return reverse("booths:application", args=[self.edition.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(application=self.application, **kwargs)

    def group(self) -> Application:
        return self.application

    def keep(self, households: list[dict[str, Any]]) -> str:
        change_households(self.application, households=households, by=self.person)
        messages.success(self.request, _("The households are changed."))
        return self.switch_url
