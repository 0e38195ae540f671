"""How the meeting desk weighs who should meet whom."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairs.views.base import DeskForm, DeskPage
from matchmaking.actions.matching import FACTS, set_matching_terms, terms_of
from matchmaking.matching_forms import MatchingTermsForm


class Matching(DeskPage, DeskForm):
    """The weights and the numbers of proposals."""

    current = "matchmaking:meetings_desk"
    roles = frozenset({"matchmaking_desk"})
    form_class = MatchingTermsForm
    heading = _("How proposals are weighed")
    lead = _(
        "Each criterion counts as much as its weight beside those of the others, from 0 to 100. Every proposal says in "
        "words what speaks for it and what is missing."
    )
    back_word = _("Meetings")

    @property
    def home(self) -> str:
        return reverse("matchmaking:meetings_desk", args=[self.edition.slug])

    def get_initial(self) -> dict[str, Any]:
        known = terms_of(self.edition)
        return {name: getattr(known, name) for name in FACTS}

    def act(self, form: Any) -> str:
        set_matching_terms(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home
