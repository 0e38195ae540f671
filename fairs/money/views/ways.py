"""The money desk's page of the ways of paying."""

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairs.models import Audience, WayOffered
from fairs.money.actions.accounts import set_ways
from fairs.money.ways import FOR_PAYERS, WAYS
from fairs.views.base import ActionForm, DeskPage


class WayForm(forms.Form):
    """One way of paying, as it is offered to an audience."""

    offered = forms.BooleanField(label=_("Offered to payers"), required=False)
    order = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=20, required=False)
    days = forms.IntegerField(
        label=_("Days to pay by this way"), min_value=0, max_value=365, required=False,
        help_text=_("Empty: as the sale terms say."),
    )  # fmt: skip
    days_before_opening = forms.IntegerField(
        label=_("Taken until so many days before the opening"), min_value=0, max_value=365, required=False,
        help_text=_("Empty: to the end."),
    )  # fmt: skip


class WaysForm(forms.Form):
    """Every way that payers may be offered, one under the other."""

    def __init__(self, *args: Any, standing: dict[str, WayOffered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound else None
        self.parts = [
            (WAYS[code], WayForm(data, prefix=code, initial=_initial(place, standing.get(code), bool(standing))))
            for place, code in enumerate(FOR_PAYERS, 1)
        ]

    def clean(self) -> dict[str, Any]:
        """The ways that are offered, in their order."""
        if not all(part.is_valid() for _way, part in self.parts):
            raise forms.ValidationError(_("Something about a way of paying is not right."))
        ticked = [(way.code, part.cleaned_data) for way, part in self.parts if part.cleaned_data["offered"]]
        ticked.sort(key=lambda pair: pair[1]["order"] or 20)
        ways = [
            WayOffered(way=code, days=given["days"], days_before_opening=given["days_before_opening"])
            for code, given in ticked
        ]
        return {"ways": ways}


class SetWays(DeskPage, ActionForm):
    """By which ways an audience may pay, and until when."""

    template_name = "fairs/money/ways.html"
    form_class = WaysForm
    current = "fairs:money_desk"
    roles = frozenset({"finance"})

    @property
    def audience(self) -> Audience:
        """Whom the address names."""
        try:
            return Audience(self.kwargs["audience"])
        except ValueError:
            raise Http404 from None

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = WayOffered.objects.filter(edition=self.edition, audience=self.audience)
        return super().get_form_kwargs() | {"standing": {row.way: row for row in rows}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(audiences=self._audiences(), back=self.home, **kwargs)

    def act(self, form: Any) -> str:
        set_ways(self.edition, audience=self.audience, by=self.request.user, **form.cleaned_data)
        return self.home

    @property
    def home(self) -> str:
        """The finance desk."""
        return reverse("fairs:money_desk", args=[self.edition.slug])

    def _audiences(self) -> list[dict[str, Any]]:
        return [
            {
                "label": label,
                "url": reverse("fairs:set_ways", args=[self.edition.slug, value]),
                "current": value == self.audience,
            }
            for value, label in Audience.choices
        ]


def _initial(place: int, row: WayOffered | None, any_row: bool) -> dict[str, Any]:
    """As it stands; where nothing was said yet, every way is offered."""
    if row is None:
        return {"offered": not any_row, "order": place}
    return {
        "offered": True, "order": row.order + 1, "days": row.days, "days_before_opening": row.days_before_opening,
    }  # fmt: skip
