"""The shape of a decision on many applications."""

from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from booths.models import Application, Threshold
from fairs.inputs import Named
from fairs.models import Edition, ProductGroup

VERBS = [("accept", _("Accept")), ("waitlist", _("Put on the waiting list")), ("reject", _("Turn down"))]


class DecisionForm(forms.Form):
    """Which answer, with its reason, for those ticked or for all above the threshold of a product group."""

    verb = forms.ChoiceField(label=_("Answer"), choices=VERBS, widget=forms.RadioSelect(attrs={"class": "wider"}))
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody reads it in their letter. Needed for the waiting list and for a refusal."),
    )
    which = forms.ChoiceField(
        required=False, choices=[("ticked", ""), ("above", "")], initial="ticked", widget=forms.HiddenInput
    )
    group = Named(
        ProductGroup.objects.all(),
        label=_("Product group"),
        to_field_name="code",
        required=False,
        empty_label=_("All product groups"),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("verb") in ("waitlist", "reject") and not given.get("reason", "").strip():
            self.add_error("reason", _("Give the reason: the applicant will read it."))
        return given


def above_threshold(edition: Edition, group: ProductGroup | None) -> QuerySet[Application]:
    """What waits for a decision and reaches the threshold of a group, or that of its own groups when none is named."""
    waiting = Application.objects.filter(edition=edition, state__in=Application.WAITING, score__isnull=False)
    if group is None:
        return waiting.with_least().at_least()
    known = Threshold.objects.filter(Q(product_group=group) | Q(product_group=None), edition=edition)
    least = known.order_by(F("product_group").asc(nulls_last=True)).values_list("least", flat=True).first()
    return waiting.filter(company__product_groups=group, score__gte=least or 0)
