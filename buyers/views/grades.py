"""Grades, markets and quotas: what each grade pays and asks, and how many of a market may have it."""

from typing import Any

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from buyers.actions import grades as actions
from buyers.actions.checklist import add_evidence_item, edit_evidence_item, remove_evidence_item
from buyers.grade_forms import GradeForm, MarketForm, NewGradeForm, QuotaForm
from buyers.models import EvidenceItem, Grade, Market, Quota
from buyers.vetting_forms import EvidenceItemForm, NewEvidenceItemForm
from fairs.inputs import whole_number
from fairs.permissions import may
from fairs.views.base import ActionButton, DeskPage
from fairs.views.set_up import SetUpForm


class Grades(DeskPage, TemplateView):
    """All of them at a glance, each with its quotas and how far they are taken."""

    template_name = "buyers/grades.html"
    current = "buyers:importers_desk"
    roles = frozenset({"importer_desk", "matchmaking_desk", "reports"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        approved = Count("registrations", filter=Q(registrations__state="approved"))
        grades = self.edition.grades.annotate(approved=approved).order_by("order", "pk")
        rows = Quota.objects.filter(grade__edition=self.edition).select_related("market").order_by("market", "pk")
        quotas: dict[int, list[Quota]] = {}
        for quota in rows:
            quotas.setdefault(quota.grade_id, []).append(quota)
        return super().get_context_data(
            grades=[(grade, sorted(quotas.get(grade.pk, []), key=lambda one: one.market_id or 0)) for grade in grades],
            markets=self.edition.markets.all(),
            lines=self.edition.evidence_items.prefetch_related("grades"),
            may_set=may(self.person, "buyers.set_grades", self.edition),
            **kwargs,
        )


class GradesPart(SetUpForm):
    """A form about a part of it, for the importer desk."""

    current = "buyers:importers_desk"
    roles = frozenset({"importer_desk"})
    back_word = _("Grades and quotas")

    @property
    def home(self) -> str:
        """The page of all grades."""
        return reverse("buyers:grades", args=[self.edition.slug])


class AddGrade(GradesPart):
    """One more grade."""

    form_class = NewGradeForm
    heading = _("New grade")

    def act(self, form: Any) -> str:
        actions.add_grade(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class OfGrade(GradesPart):
    """About one grade."""

    @cached_property
    def grade(self) -> Grade:
        """What the address names."""
        return get_object_or_404(self.edition.grades.select_related("edition"), pk=self.kwargs["pk"])


class EditGrade(OfGrade):
    """What a grade pays and asks; or no such grade any more."""

    form_class = GradeForm
    heading = _("Grade")
    lead = _("Offers already made keep what they promised.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.grade}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse("buyers:remove_grade", args=[self.edition.slug, self.grade.pk])
        return super().get_context_data(remove=remove, remove_question=_("Remove this grade?"), **kwargs)

    def act(self, form: Any) -> str:
        fresh = Grade.objects.select_related("edition").get(pk=self.grade.pk)
        actions.edit_grade(fresh, by=self.request.user, **form.cleaned_data)
        return self.home


class SetQuota(OfGrade):
    """How many of a market, or in all, may have the grade."""

    form_class = QuotaForm
    heading = _("Quota")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def get_initial(self) -> dict[str, Any]:
        """The quota that the address names, as it stands."""
        asked = self.request.GET.get("market", "")
        quotas = self.grade.quotas.filter(market=whole_number(asked))
        return {"market": asked, "places": next(iter(quotas.values_list("places", flat=True)), None)}

    def act(self, form: Any) -> str:
        actions.set_quota(self.grade, by=self.request.user, **form.cleaned_data)
        return self.home


class AddMarket(GradesPart):
    """Countries that are counted together from now on."""

    form_class = MarketForm
    heading = _("New market")

    def act(self, form: Any) -> str:
        actions.add_market(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class EditMarket(GradesPart):
    """Other countries or another name; or no such market any more."""

    form_class = MarketForm
    heading = _("Market")

    @cached_property
    def market(self) -> Market:
        """What the address names."""
        return get_object_or_404(self.edition.markets.select_related("edition"), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.market}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse("buyers:remove_market", args=[self.edition.slug, self.market.pk])
        return super().get_context_data(remove=remove, remove_question=_("Remove this market?"), **kwargs)

    def act(self, form: Any) -> str:
        fresh = Market.objects.select_related("edition").get(pk=self.market.pk)
        actions.edit_market(fresh, by=self.request.user, **form.cleaned_data)
        return self.home


class AddEvidenceItem(GradesPart):
    """One more line of the checklist."""

    form_class = NewEvidenceItemForm
    heading = _("New line of the checklist")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def act(self, form: Any) -> str:
        add_evidence_item(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class EditEvidenceItem(GradesPart):
    """Another name, or other grades that need it; or no such line any more."""

    form_class = EvidenceItemForm
    heading = _("Line of the checklist")

    @cached_property
    def item(self) -> EvidenceItem:
        """What the address names."""
        return get_object_or_404(self.edition.evidence_items.select_related("edition"), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition, "instance": self.item}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse("buyers:remove_line", args=[self.edition.slug, self.item.pk])
        return super().get_context_data(remove=remove, remove_question=_("Remove this line?"), **kwargs)

    def act(self, form: Any) -> str:
        fresh = EvidenceItem.objects.select_related("edition").get(pk=self.item.pk)
        edit_evidence_item(fresh, by=self.request.user, **form.cleaned_data)
        return self.home


class RemovePart(DeskPage, ActionButton):
    """A button that takes something of the set-up away."""

    roles = frozenset({"importer_desk"})

    def remove(self) -> None:
        """Call the action."""
        raise NotImplementedError(f"{type(self).__name__} says what it removes")

    def act(self) -> str:
        self.remove()
        return reverse("buyers:grades", args=[self.edition.slug])


class RemoveGrade(RemovePart):
    """Offers a grade no more."""

    done = _("The grade is removed.")

    def remove(self) -> None:
        grade = get_object_or_404(self.edition.grades.select_related("edition"), pk=self.kwargs["pk"])
        actions.remove_grade(grade, by=self.request.user)


class RemoveMarket(RemovePart):
    """Counts these countries together no more."""

    done = _("The market is removed.")

    def remove(self) -> None:
        market = get_object_or_404(self.edition.markets.select_related("edition"), pk=self.kwargs["pk"])
        actions.remove_market(market, by=self.request.user)


class RemoveEvidenceItem(RemovePart):
    """Takes a line off the checklist."""

    done = _("The line is off the checklist.")

    def remove(self) -> None:
        item = get_object_or_404(self.edition.evidence_items.select_related("edition"), pk=self.kwargs["pk"])
        remove_evidence_item(item, by=self.request.user)


class RemoveQuota(RemovePart):
    """Takes as many as come."""

    done = _("The quota is removed.")

    def remove(self) -> None:
        rows = Quota.objects.filter(grade__edition=self.edition).select_related("grade__edition", "market")
        actions.remove_quota(get_object_or_404(rows, pk=self.kwargs["pk"]), by=self.request.user)
