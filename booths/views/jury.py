"""The booth desk's page of the jury: what it judges by, who sits in it, how far it is."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from booths.actions import criteria as deeds
from booths.actions.reviews import assign_reviews, jury_of
from booths.jury_forms import AssignForm, CriterionForm, ThresholdForm
from booths.models import Application, Criterion, Review, Score, Threshold
from fairs.inputs import whole_number
from fairs.models import Person
from fairs.views.base import ActionButton, ActionForm, DeskPage
from fairs.views.set_up import SetUpForm


class JuryDesk(DeskPage, ActionForm):
    """Criteria, thresholds, jurors with their progress; the form hands applications out."""

    template_name = "booths/jury.html"
    form_class = AssignForm
    current = "booths:applications_desk"
    roles = frozenset({"booth_desk"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = Application.objects.filter(edition=self.edition, state__in=Review.JUDGED)
        kept = waiting.annotate(jurors=Count("reviews", filter=~Q(reviews__state=Review.State.CONFLICT)))
        return super().get_context_data(
            criteria=Criterion.objects.filter(edition=self.edition),
            scored=Score.objects.filter(criterion__edition=self.edition).exists(),
            thresholds=Threshold.objects.filter(edition=self.edition).select_related("product_group"),
            jurors=self._jurors(),
            waiting=kept.count(),
            without=kept.filter(jurors=0).count(),
            **kwargs,
        )

    def _jurors(self) -> list[Person]:
        """The jury by name, each with how many reviews are done, open and given back."""
        of_edition = Q(reviews__application__edition=self.edition)
        done, aside = (Q(reviews__state=state) for state in (Review.State.DONE, Review.State.CONFLICT))
        open_ones = Q(reviews__state=Review.State.ASSIGNED, reviews__application__state__in=Review.JUDGED)
        rows = Person.objects.filter(pk__in=[person.pk for person in jury_of(self.edition)])
        counted = rows.annotate(
            done=Count("reviews", filter=of_edition & done),
            open=Count("reviews", filter=of_edition & open_ones),
            aside=Count("reviews", filter=of_edition & aside),
        )
        return list(counted.order_by("folded", "pk"))

    def act(self, form: Any) -> str:
        made = assign_reviews(self.edition, each=form.cleaned_data["each"], by=self.request.user)
        said = ngettext("%(count)d review was handed out.", "%(count)d reviews were handed out.", len(made))
        messages.success(self.request, said % {"count": len(made)})
        return self.request.path


class JuryForm(SetUpForm):
    """A part of what the jury judges by, on a page of its own."""

    roles = frozenset({"booth_desk"})
    current = "booths:applications_desk"

    @property
    def home(self) -> str:
        """The page of the jury."""
        return reverse("booths:jury", args=[self.edition.slug])


class AddCriterion(JuryForm):
    """One more criterion."""

    form_class = CriterionForm
    heading = _("A criterion")

    def act(self, form: Any) -> str:
        deeds.set_criterion(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class ChangeCriterion(JuryForm):
    """Words, weight and points of a criterion."""

    form_class = CriterionForm
    heading = _("A criterion")

    @cached_property
    def criterion(self) -> Criterion:
        """The criterion that the address names."""
        return get_object_or_404(Criterion, edition=self.edition, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.criterion}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse("booths:remove_criterion", args=[self.edition.slug, self.criterion.pk])
        return super().get_context_data(remove=remove, remove_question=_("Judge by it no more?"), **kwargs)

    def act(self, form: Any) -> str:
        deeds.set_criterion(self.edition, criterion=self.criterion, by=self.request.user, **form.cleaned_data)
        return self.home


class RemoveCriterion(DeskPage, ActionButton):
    """A criterion less."""

    roles = frozenset({"booth_desk"})
    done = _("The criterion is removed.")

    def act(self) -> str:
        criterion = get_object_or_404(Criterion, edition=self.edition, pk=self.kwargs["pk"])
        deeds.remove_criterion(criterion, by=self.request.user)
        return reverse("booths:jury", args=[self.edition.slug])


class SetThreshold(JuryForm):
    """The least score of a product group, or of all others."""

    form_class = ThresholdForm
    heading = _("A threshold")

    def get_initial(self) -> dict[str, Any]:
        known = whole_number(self.request.GET.get("threshold", ""))
        one = Threshold.objects.filter(edition=self.edition, pk=known).first() if known is not None else None
        return {"product_group": one.product_group_id, "least": one.least} if one else {}

    def act(self, form: Any) -> str:
        deeds.set_threshold(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class RemoveThreshold(DeskPage, ActionButton):
    """A threshold less."""

    roles = frozenset({"booth_desk"})
    done = _("The threshold is removed.")

    def act(self) -> str:
        threshold = get_object_or_404(Threshold, edition=self.edition, pk=self.kwargs["pk"])
        deeds.remove_threshold(threshold, by=self.request.user)
        return reverse("booths:jury", args=[self.edition.slug])
