"""The shape of what those who keep the gates type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buyers.models import AccessRule, Area, Gate, GateRules
from fairs.inputs import MomentInput, Named
from fairs.models import Edition


class OfEdition(forms.Form):
    """A form that offers the gates and areas of one edition."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("area", Area), ("gate", Gate)):
            if name in self.fields:
                self.fields[name].queryset = model.objects.filter(edition=edition)  # type: ignore[attr-defined]


class GateForm(OfEdition, forms.ModelForm[Gate]):
    """A gate: its names, where it leads, how many people a minute it takes."""

    area = Named(
        label=_("Leads into"), queryset=Area.objects.none(), required=False, empty_label=_("the fair"),
        help_text=_("Only entries into the fair count as visits."),
    )  # fmt: skip

    class Meta:
        model = Gate
        fields = ["name_vi", "name_en", "area", "per_minute"]


class DeviceForm(OfEdition):
    """A device: where it will stand, how it is told apart, and whether it is this very one."""

    gate = Named(label=_("Gate"), queryset=Gate.objects.none(), empty_label=None)
    name = forms.CharField(
        label=_("Name of the device"), max_length=60, help_text=_("As it can be told apart: whose phone, which colour.")
    )
    here = forms.BooleanField(label=_("It is the device in my hands: open the gate at once"), required=False)


class AccessForm(OfEdition, forms.ModelForm[AccessRule]):
    """A time in which badges of a kind open the gates of an area."""

    area = Named(
        label=pgettext_lazy("gate", "Area"), queryset=Area.objects.none(), required=False, empty_label=_("the fair")
    )

    class Meta:
        model = AccessRule
        fields = ["kind", "area", "begins_at", "ends_at"]
        widgets = {"begins_at": MomentInput(), "ends_at": MomentInput()}


class AreaForm(forms.ModelForm[Area]):
    """The names of an area."""

    class Meta:
        model = Area
        fields = ["name_vi", "name_en"]


class GateRulesForm(forms.ModelForm[GateRules]):
    """What holds at all gates."""

    class Meta:
        model = GateRules
        fields = ["again_minutes", "wipe_days"]
