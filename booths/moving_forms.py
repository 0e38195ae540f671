"""The shape of what is typed about hours for vehicles and about a vehicle."""

import uuid
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from booths.models import Application, Hall, MoveSlot, MoveWindow, Reservation, VehiclePass, Zone
from fairs import clock
from fairs.inputs import MomentInput, Named
from fairs.models import Edition
from fairs.templatetags.fair import clock as hour
from fairs.templatetags.fair import day, local, weekday


class WindowForm(forms.ModelForm):
    """Hours in which vehicles come to an entrance."""

    hall = Named(label=_("Hall"), queryset=Hall.objects.none(), required=False, empty_label=_("All halls"))
    zone = Named(label=_("Zone"), queryset=Zone.objects.none(), required=False, empty_label=_("All zones"))

    class Meta:
        model = MoveWindow
        fields = [
            "way", "starts_at", "ends_at", "hall", "zone", "entrance_vi", "entrance_en", "slot_minutes", "vehicles",
            "vehicles_each",
        ]  # fmt: skip
        widgets = {"way": forms.RadioSelect, "starts_at": MomentInput, "ends_at": MomentInput}
        labels = {
            "way": _("For"),
            "starts_at": _("From"),
            "ends_at": _("Until"),
            "entrance_vi": _("Entrance, in Vietnamese"),
            "entrance_en": _("Entrance, in English"),
            "slot_minutes": _("Minutes for one vehicle"),
            "vehicles": _("Vehicles at once"),
            "vehicles_each": _("Vehicles of one exhibitor, at most"),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = Hall.objects.filter(edition=edition)  # type: ignore[attr-defined]
        self.fields["zone"].queryset = Zone.objects.filter(edition=edition)  # type: ignore[attr-defined]


class VehicleForm(forms.Form):
    """One vehicle: when it comes, to which booths, who drives it."""

    slot = forms.TypedChoiceField(label=_("When it comes"), coerce=int)
    reservations = forms.TypedMultipleChoiceField(
        label=_("To which booths"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(label=_("Vehicle"), choices=VehiclePass.Kind.choices, initial=VehiclePass.Kind.VAN)
    plate = forms.CharField(
        label=_("Number plate"), max_length=20, help_text=_("Such as 29H-123.45."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )  # fmt: skip
    driver_name = forms.CharField(label=_("Driver’s name"), max_length=100, required=False)
    driver_phone = forms.CharField(
        label=_("Driver’s phone"), max_length=32, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("For officers at the entrance alone. Plate, name and phone are deleted 30 days after the fair."),
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, *args: Any, application: Application, way: str, vehicle_pass: VehiclePass | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.pk: row for row in booths_with_permit(application)}
        self.slots = {slot.pk: slot for slot in _slots_for(application.edition, way, self.rows.values(), vehicle_pass)}
        self.fields["slot"].choices = [("", gettext("Choose")), *_grouped(self.slots.values())]  # type: ignore[attr-defined]
        choices = [(pk, f"{row.booth.code}, {local(row.booth.hall, 'name')}") for pk, row in self.rows.items()]
        self.fields["reservations"].choices = choices  # type: ignore[attr-defined]
        self.fields["key"].initial = uuid.uuid4
        self.fields["reservations"].initial = list(self.rows)
        if vehicle_pass:
            del self.fields["key"], self.fields["reservations"]

    def clean_slot(self) -> MoveSlot:
        """The slot itself."""
        return self.slots[self.cleaned_data["slot"]]

    def clean_reservations(self) -> list[Reservation]:
        """The reservations themselves."""
        return [self.rows[pk] for pk in self.cleaned_data["reservations"]]


class ReadForm(forms.Form):
    """A code that was read or typed at an entrance."""

    code = forms.CharField(max_length=300, required=False)
    key = forms.CharField(max_length=64, required=False)
    anyway = forms.BooleanField(required=False)


def booths_with_permit(application: Application) -> list[Reservation]:
    """The booths to which its vehicles may come, by code."""
    kept = application.reservations.kept().exclude(permit="").with_booths()
    return list(kept.order_by("booth__code"))


def _slots_for(edition: Edition, way: str, rows: Any, vehicle_pass: VehiclePass | None = None) -> Iterator[MoveSlot]:
    """Those with room by which one of the booths is reached, and the one that a pass has."""
    pairs = {(row.booth.hall_id, row.booth.zone_id) for row in rows}
    windows = {
        pk for hall, zone in pairs
        for pk in edition.move_windows.filter(way=way).fitting({hall}, {zone}).values_list("pk", flat=True)
    }  # fmt: skip
    found = MoveSlot.objects.filter(window__in=windows).select_related("window__hall", "window__zone")
    now = clock.now()
    for slot in found.order_by("starts_at", "window__entrance_vi", "pk"):
        own = vehicle_pass is not None and slot.pk == vehicle_pass.slot_id
        if own or (slot.ends_at > now and slot.left > 0):
            yield slot


def _grouped(slots: Any) -> list[Any]:
    def day_of(slot: MoveSlot) -> str:
        return f"{weekday(slot.starts_at)} {day(slot.starts_at)}"

    return [(name, [(slot.pk, slot_label(slot)) for slot in group]) for name, group in groupby(slots, day_of)]


def slot_label(slot: MoveSlot) -> str:
    """When, where, how much room: 08:00–09:00, Gate 3, 4 places left."""
    left = ngettext("%(count)d place left", "%(count)d places left", slot.left) % {"count": slot.left}
    where = [local(thing, "name") for thing in (slot.window.hall, slot.window.zone) if thing]
    return ", ".join([f"{hour(slot.starts_at)}–{hour(slot.ends_at)}", local(slot.window, "entrance"), *where, left])
