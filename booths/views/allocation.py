"""How places were given, for everybody: by what, in which counts, and how it can be checked."""

from typing import Any

from django.http import Http404

from booths.models import Round
from booths.round_counts import counts_of
from booths.round_words import criteria_sentences
from fairs.views.base import EditionTemplate


class Allocation(EditionTemplate):
    """The newest signed round; before one is signed the page does not exist."""

    template_name = "booths/allocation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        signed = Round.objects.published().filter(edition=self.edition).select_related("current").first()
        if signed is None or signed.current is None:
            raise Http404
        return super().get_context_data(
            round=signed,
            proposal=signed.current,
            counts=counts_of(signed, signed.current),
            criteria=criteria_sentences(signed.instance["weights"], strict=signed.instance["strict_zones"]),
            **kwargs,
        )
