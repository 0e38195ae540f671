"""The shape of what an organiser types about a plan under work."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booths.floorplan.document import Content
from booths.inputs import CountField
from booths.models import BoothClass, Facility, FloorDraft
from fairs.inputs import NumberField, SeveralNamed
from fairs.models import ProductGroup
from fairs.templatetags.fair import language, local

ORDERS = (("rows", _("Row by row")), ("columns", _("Column by column")))
HALL = ("hall", _("Hall"))


class MetresField(NumberField):
    """A length on the site."""

    def __init__(self, *, least: int | None = 0, most: int = 2000, **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=most, **kwargs)


class EditForm(forms.Form):
    """A form about one draft; `version` is the one that the browser knows."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: FloorDraft, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"id_{type(self).__name__.lower()}_%s"  # several forms stand on one page
        super().__init__(*args, **kwargs)
        self.draft = draft
        content: Content = draft.content
        for name, choices in (("hall", _named(content["halls"])), ("zone", _named(content["zones"]))):
            if name in self.fields:
                self.fields[name].choices = self._choices(name, choices)  # type: ignore[attr-defined]
        if "booth_class" in self.fields:
            classes = [(one.code, local(one, "name")) for one in BoothClass.objects.filter(edition=draft.edition_id)]
            self.fields["booth_class"].choices = self._choices("booth_class", classes)  # type: ignore[attr-defined]

    def _choices(self, name: str, choices: list[Any]) -> list[Any]:
        return choices if self.fields[name].required else [("", _("As they are")), *choices]


class NumberedForm(EditForm):
    """How booths get their codes."""

    prefix = forms.RegexField(r"^\w[\w.\-]*$", label=_("Codes begin with"), max_length=8, initial="A")  # type: ignore[assignment]
    start = CountField(label=_("First number"), initial="1")
    digits = forms.TypedChoiceField(
        label=_("Digits"), coerce=int, choices=[(1, "1"), (2, "01"), (3, "001"), (4, "0001")], initial=2
    )
    order = forms.ChoiceField(label=_("Counted"), choices=ORDERS)
    skip = forms.CharField(label=_("Numbers left out"), max_length=200, required=False, help_text=_("Such as 4, 13."))


class LayForm(NumberedForm):
    """A block of booths."""

    hall = forms.ChoiceField(label=_("Hall"))
    zone = forms.ChoiceField(label=_("Zone"))
    booth_class = forms.ChoiceField(label=_("Class"))
    rows = CountField(label=_("Rows"), initial="2")
    columns = CountField(label=_("Columns"), initial="6")
    width = MetresField(label=_("Width of a booth"), most=100, initial="3")
    depth = MetresField(label=_("Depth of a booth"), most=100, initial="3")
    x = MetresField(label=_("From the left of the hall"), least=-100, initial="3")
    y = MetresField(label=_("From the top of the hall"), least=-100, initial="3")
    aisle = MetresField(
        label=_("Aisle between pairs of columns"), most=50, required=False, help_text=_("Empty: side by side.")
    )
    cross_after = forms.CharField(
        label=_("Cross aisle below rows"), max_length=60, required=False, help_text=_("Such as 5, 10.")
    )
    cross_aisle = MetresField(label=_("Width of a cross aisle"), most=50, initial="3", required=False)
    field_order = ("hall", "zone", "booth_class", "rows", "columns", "width", "depth", "x", "y", "aisle", "cross_after",
                   "cross_aisle")  # fmt: skip


class BoothsForm(EditForm):
    """Booths named by their codes."""

    booths = forms.CharField(label=_("Booths"), max_length=20_000, help_text=_("Such as A01, A03-A05."))


class MergeForm(BoothsForm):
    """Booths that become one."""


class RemoveForm(BoothsForm):
    """Booths that go away."""


class SplitForm(BoothsForm):
    """A booth that becomes several."""

    parts = CountField(label=_("Parts"), initial="2")
    along = forms.ChoiceField(
        label=_("Cut"), choices=[("width", _("Side by side")), ("depth", _("One behind the other"))]
    )


class RenumberForm(BoothsForm, NumberedForm):
    """Booths that get new codes."""

    field_order = ("booths",)


class ChangeForm(BoothsForm):
    """Booths that change alike."""

    zone = forms.ChoiceField(label=_("Zone"), required=False)
    booth_class = forms.ChoiceField(label=_("Class"), required=False)
    dx = MetresField(label=_("Metres to the right"), least=-2000, required=False)
    dy = MetresField(label=_("Metres down"), least=-2000, required=False)


class PlaceForm(EditForm):
    """A hall or another thing by its measures."""

    kind = forms.ChoiceField(label=_("Kind of thing"), choices=[HALL, *Facility.Kind.choices])
    code = forms.RegexField(r"^\w[\w.\-]*$", label=_("Code of the hall"), max_length=8, required=False)
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=100, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=100, required=False)
    x = MetresField(label=_("From the left of the site"), least=-2000, most=20_000, initial="0")
    y = MetresField(label=_("From the top of the site"), least=-2000, most=20_000, initial="0")
    width = MetresField(label=_("Width"), initial="60")
    depth = MetresField(label=_("Depth"), initial="40")

    def clean(self) -> dict[str, Any]:
        """A hall has a code."""
        given = super().clean() or {}
        if given.get("kind") == "hall" and not given.get("code") and "code" not in self.errors:
            self.add_error("code", _("Give the hall a code, for example A."))
        return given


class ZoneForm(EditForm):
    """A zone with what belongs there."""

    code = forms.RegexField(
        r"^\w+$", label=_("Two letters"), max_length=4, help_text=_("They stand on the colour of the zone.")
    )
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=100, required=False)
    groups = SeveralNamed(
        label=_("Product groups"), queryset=ProductGroup.objects.all(), required=False, to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def clean_groups(self) -> list[str]:
        """By their codes."""
        return [group.code for group in self.cleaned_data["groups"]]


class AisleForm(EditForm):
    """The width under which an aisle is pointed out."""

    aisle = MetresField(label=_("Aisles at least"), least=1, most=20)


class PublishForm(forms.Form):
    """The word that goes with a plan."""

    note = forms.CharField(
        label=_("What changed"), max_length=300, required=False, help_text=_("Colleagues read it among the versions.")
    )


def _named(section: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    first, other = ("name_vi", "name_en") if language() == "vi" else ("name_en", "name_vi")
    return [(key, f"{thing['code']} {thing[first] or thing[other]}".strip()) for key, thing in section.items()]
