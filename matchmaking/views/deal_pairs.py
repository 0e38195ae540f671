"""The desk's page of papers that may be one and the same, and from which level the report counts."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from fairs.views.base import ActionButton, ActionForm, DeskForm, DeskPage
from matchmaking.actions.deal_pairs import say_different, say_same, set_counts_from, undo_decision
from matchmaking.deal_forms import CountsFromForm, PairForm
from matchmaking.levels import counts_from
from matchmaking.models import Deal, DealPair
from matchmaking.twins import possible_twins

READERS = frozenset({"reports"})


class DealPairs(DeskPage, TemplateView):
    """Pairs side by side, the undecided first; beneath them what was decided, with a way back."""

    template_name = "matchmaking/deal_pairs.html"
    current = "matchmaking:deals_desk"
    roles = READERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        decided = DealPair.objects.filter(edition=self.edition).decided()
        sides = [f"{one}__{side}__company" for one in ("first", "second") for side in ("exhibitor", "importer")]
        return super().get_context_data(
            pairs=possible_twins(self.edition),
            decided=decided.select_related("kept", "decided_by", *sides).order_by("-state_changed_at"),
            **kwargs,
        )


class DecidePair(DeskPage, ActionForm):
    """One paper or two, and which counts; a refusal comes back onto the page of pairs."""

    http_method_names = ["post"]
    template_name = "matchmaking/deal_pairs.html"
    current = "matchmaking:deals_desk"
    roles = READERS
    form_class = PairForm

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        first, second = self._deal(given["first"]), self._deal(given["second"])
        if given["kept"]:
            kept, dropped = (first, second) if given["kept"] == first.pk else (second, first)
            say_same(kept, dropped=dropped, by=self.request.user)
        else:
            say_different(first, second=second, by=self.request.user)
        return reverse("matchmaking:deal_pairs", args=[self.edition.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(pairs=possible_twins(self.edition), **kwargs)

    def _deal(self, pk: int) -> Deal:
        found: Deal = get_object_or_404(Deal.objects.filter(edition=self.edition).select_related("edition"), pk=pk)
        return found


class UndoPair(DeskPage, ActionButton):
    """Takes a decision back."""

    roles = READERS
    done = gettext_lazy("Taken back. The pair waits for a decision again.")

    def act(self) -> str:
        pair = get_object_or_404(
            DealPair.objects.select_related("edition"), edition=self.edition, pk=self.kwargs["pair"]
        )
        undo_decision(pair, by=self.request.user)
        return reverse("matchmaking:deal_pairs", args=[self.edition.slug])


class ContractRulesPage(DeskPage, DeskForm):
    """From which level the report counts."""

    current = "matchmaking:deals_desk"
    roles = frozenset({"director"})
    form_class = CountsFromForm
    heading = gettext_lazy("From which level contracts count")
    lead = gettext_lazy(
        "The result report says which level it counts from, and how many papers are at each. Signed reports stay as "
        "they are."
    )
    back_word = gettext_lazy("Contracts register")

    @property
    def home(self) -> str:
        return reverse("matchmaking:deals_desk", args=[self.edition.slug])

    def get_initial(self) -> dict[str, Any]:
        return {"counts_from": counts_from(self.edition)}

    def act(self, form: Any) -> str:
        set_counts_from(self.edition, level=form.cleaned_data["counts_from"], by=self.request.user)
        return self.home
