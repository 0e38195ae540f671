"""Companies that may be one: the list of pairs, two side by side, the merge."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs.actions.merging import merge_companies
from fairs.duplicates import Pair, alike, companies_of, find_duplicates
from fairs.errors import DomainError
from fairs.models import Company
from fairs.relations import JOURNAL, relations_to
from fairs.views.base import DeskPage

SHOWN = (
    "name_vi", "name_en", "legal_form", "tax_code", "province", "craft_village", "address", "phone", "email", "website",
)  # fmt: skip


class DuplicatesPage(DeskPage, TemplateView):
    """What both pages share."""

    roles = frozenset({"booth_desk", "importer_desk"})
    current = "booths:applications_desk"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.of_importers:
            self.current = "buyers:importers_desk"

    @property
    def of_importers(self) -> bool:
        """Whether only companies from abroad are looked at, as the importer desk does."""
        return self.request.GET.get("of") == "importers"

    @property
    def home(self) -> str:
        """The list of pairs."""
        return reverse("fairs:duplicates", args=[self.edition.slug]) + ("?of=importers" if self.of_importers else "")


class Duplicates(DuplicatesPage):
    """Pairs of companies that may be one, with what they have in common."""

    template_name = "fairs/duplicates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(pairs=self._pairs(), of_importers=self.of_importers, **kwargs)

    def _pairs(self) -> list[Pair]:
        pairs = find_duplicates(self.edition)
        return [pair for pair in pairs if pair.first.country != "VN"] if self.of_importers else pairs


class Merge(DuplicatesPage):
    """Two companies side by side, and the button that makes them one."""

    template_name = "fairs/merge.html"

    @cached_property
    def pair(self) -> Pair:
        """The two of the address; they must be alike or both of this edition, else they do not exist here."""
        rows = Company.objects.standing().select_related("province", "craft_village")
        first, second = (get_object_or_404(rows, pk=self.kwargs[name]) for name in ("first", "second"))
        here = {first.pk, second.pk} & set(companies_of(self.edition))
        pair = alike(first, second)
        if first == second or not here or (len(here) == 1 and not pair.likenesses):
            raise Http404
        return pair

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first, second = self.pair.first, self.pair.second
        return super().get_context_data(
            pair=self.pair,
            home=self.home,
            both=[first, second],
            facts=[_fact(name, first, second) for name in SHOWN],
            hanging=list(_hanging(first, second)),
            people=[(one, list(one.memberships.select_related("person").order_by("pk"))) for one in (first, second)],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        both = {str(one.pk): one for one in (self.pair.first, self.pair.second)}
        keep = both.pop(request.POST.get("keep", ""), None)
        if keep is None:
            refusal: Any = _("Choose which of the two is kept.")
            return self.render_to_response(self.get_context_data(refusal=refusal), status=422)
        [drop] = both.values()
        try:
            merge_companies(keep, drop=drop, by=request.user)
        except DomainError as refused:
            return self.render_to_response(self.get_context_data(refusal=refused.message, keep=keep), status=422)
        messages.success(request, _("“%(drop)s” is now part of “%(keep)s”.") % {"drop": drop, "keep": keep})
        return redirect(self.home)


HIDDEN = frozenset({"fairs.company"})  # duplicates merged before


def _fact(name: str, first: Company, second: Company) -> dict[str, Any]:
    """One column of both, in words."""
    column: Any = Company._meta.get_field(name)
    label = column.verbose_name
    shown = [_word(company, name) for company in (first, second)]
    return {
        "label": label,
        "first": shown[0],
        "second": shown[1],
        "differs": shown[0] != shown[1],
    }


def _word(company: Company, name: str) -> str:
    if name == "legal_form":
        return str(company.get_legal_form_display())
    value = getattr(company, name)
    return str(getattr(value, "name_vi", value) or "")


def _hanging(first: Company, second: Company) -> Any:
    """How many rows of each table hang on either; tables on which neither has any are left out."""
    for relation in relations_to(Company):
        model = relation.related_model
        label = model._meta.label
        if label == JOURNAL or label.lower() in HIDDEN or model._meta.auto_created:
            continue
        counts = [model._base_manager.filter(**{relation.field.attname: one.pk}).count() for one in (first, second)]
        if any(counts):
            yield {"label": model._meta.verbose_name_plural, "first": counts[0], "second": counts[1]}
