"""The shape of what an officer types about allocation rounds."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import DecimalField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from booths.models import AllocationTerms, Zone
from fairs.inputs import NumberField
from fairs.models import Company, Edition

WORTH = (
    "in_zone", "place_quality", "points_share", "corner", "corner_unasked", "wish", "zone_wish", "neighbours",
    "fragment", "strict_zones",
)  # fmt: skip
POINTS = ("year_points", "years_at_most", "score_points", "support_points", "support_forms", "early_points")
HELP = {
    "place_quality": _("A booth at an entrance has 20 points of quality, the farthest one none."),
    "points_share": _("0.02: with 10 priority points quality and wishes count a fifth more."),
    "corner_unasked": _("So that corners stay for those who ask for them."),
    "fragment": _("So that no single booths are left over between others."),
    "strict_zones": _("A hard rule: rather no place than one in a zone of other goods. Not for international booths."),
    "years_at_most": _("So that newcomers have a chance."),
    "score_points": _("The score goes from 0 to 100."),
    "early_points": _("Those between get their share by the order in which they came."),
    "support_forms": _("As the application says. None ticked: nobody gets these points."),
}


class TermsForm(forms.Form):
    """By what the next round goes, and what each zone bears."""

    def __init__(self, *args: Any, terms: AllocationTerms, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zones = list(Zone.objects.filter(edition=edition))
        for name in (*WORTH, *POINTS):
            self.fields[name] = _field_of(name)
            self.initial.setdefault(name, getattr(terms, name))
        for zone in self.zones:
            self.fields[f"power_{zone.pk}"] = NumberField(
                label=_("kW at most"), required=False, min_value=0, max_value=99_999
            )
            self.fields[f"count_{zone.pk}"] = forms.IntegerField(
                label=_("Exhibitors at most"), required=False, min_value=0, max_value=32_000
            )
            self.initial[f"power_{zone.pk}"] = zone.power_kw_at_most
            self.initial[f"count_{zone.pk}"] = zone.exhibitors_at_most

    @property
    def worth(self) -> list[forms.BoundField]:
        """What a place is worth."""
        return [self[name] for name in WORTH]

    @property
    def points(self) -> list[forms.BoundField]:
        """What gives priority points."""
        return [self[name] for name in POINTS]

    @property
    def limits(self) -> list[dict[str, Any]]:
        """A row for each zone."""
        return [{"zone": one, "fields": [self[f"power_{one.pk}"], self[f"count_{one.pk}"]]} for one in self.zones]

    def terms(self) -> dict[str, Any]:
        """The fields of the terms."""
        return {name: self.cleaned_data[name] for name in (*WORTH, *POINTS)}

    def zone_limits(self) -> dict[str, tuple[Decimal | None, int | None]]:
        """Kilowatts and exhibitors at most by code of zone."""
        given = self.cleaned_data
        return {one.code: (given[f"power_{one.pk}"], given[f"count_{one.pk}"]) for one in self.zones}


class BeginForm(forms.Form):
    """How long to work on a round, and by which seed."""

    seconds = forms.IntegerField(
        label=_("Seconds to work on it"),
        initial=30,
        help_text=_("More seconds find a better plan, or prove that there is none. You can stop at any time."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        initial=0,
        min_value=0,
        max_value=2**31 - 1,
        help_text=_("The same seed and inputs give the same plan again. Leave 0 unless one was drawn in public."),
    )


class SeenForm(forms.Form):
    """Which proposal the officer had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class PinForm(SeenForm):
    """Somebody who is to stay, or no more."""

    who = forms.CharField(max_length=40)
    keep = forms.BooleanField(required=False)


class MoveForm(SeenForm):
    """Somebody who is to stand where a booth begins."""

    who = forms.CharField(max_length=40, error_messages={"required": _("Choose who is to stand there.")})
    booth = forms.CharField(
        label=_("First booth"), max_length=12, error_messages={"required": _("Write the code of a booth.")}
    )

    def clean_booth(self) -> str:
        """Codes are written in capitals."""
        return str(self.cleaned_data["booth"]).upper()


def _field_of(name: str) -> forms.Field:
    column: Any = AllocationTerms._meta.get_field(name)
    said: dict[str, Any] = {"label": capfirst(column.verbose_name), "help_text": HELP.get(name, "")}
    if isinstance(column, DecimalField):
        [most] = [int(one.limit_value) for one in column.validators if isinstance(one, MaxValueValidator)]
        return NumberField(min_value=0, max_value=most, **said)
    if name == "support_forms":
        return forms.MultipleChoiceField(
            choices=Company.LegalForm.choices, required=False, widget=forms.CheckboxSelectMultiple, **said
        )
    if name == "strict_zones":
        return forms.BooleanField(required=False, **said)
    return forms.IntegerField(min_value=0, max_value=50, **said)
