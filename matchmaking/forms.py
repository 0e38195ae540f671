"""The shape of what people type about meetings and deals."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booths.models import Hall
from buyers.choices import language_choices
from fairs.models import Person, ProductGroup
from fairs.templatetags.fair import local
from matchmaking.actions.meetings import LONGEST_MESSAGE
from matchmaking.actions.resources import MOST_TABLES
from matchmaking.actions.slots import Slot
from matchmaking.models import Meeting, MeetingRules, Place, Rating, Seat

USUAL = ("way_minutes", "place", "day_percent", "answer_hours", "answer_hours_on_site", "remind_days")
LONGEST_CODE = 200  # what the QR code of a badge holds, with room for spaces


def _day_input() -> dict[str, Any]:
    """A day from the browser's own calendar, or typed."""
    return {
        "input_formats": ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %b %Y"],
        "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    }


def _clock_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def moment_typed(text: str) -> datetime | None:
    """A moment with its zone; nothing for what cannot be read."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def badge_code(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:
    """Where the code of a badge is typed, or what its QR code holds."""
    return forms.CharField(
        label=label,
        help_text=help_text or _("Eight letters and figures under the QR code, for example K7MQ 2XV9."),
        max_length=LONGEST_CODE,
        required=required,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SlotForm(forms.Form):
    """A time for a meeting, and a word with it."""

    starts_at = forms.ChoiceField(label=_("Time"), widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("What would you like to talk about?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_MESSAGE,
        required=False,
    )

    def __init__(self, *args: Any, free: Iterable[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.times = {slot.starts_at.isoformat(): slot for slot in free}
        self.fields["starts_at"].choices = [(key, f"{slot.starts_at:%H:%M}") for key, slot in self.times.items()]  # type: ignore[attr-defined]

    def clean_starts_at(self) -> Any:
        return self.times[self.cleaned_data["starts_at"]].starts_at


class OtherTimeForm(SlotForm):
    """Another time: for the other side to answer, or at the desk at once, where the place can be changed too."""

    note = forms.CharField(label=_("A word with it"), max_length=500, required=False)
    place = forms.ChoiceField(label=_("Where"), choices=[("", _("As it is")), *Place.choices], required=False)
    without_interpreter = forms.BooleanField(label=_("Without an interpreter, if none is free"), required=False)

    def __init__(self, *args: Any, moves: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ["message", *(["note"] if moves else ["place", "without_interpreter"])]:
            del self.fields[name]


class AcceptForm(forms.Form):
    """Yes, by whom, and whether it goes without an interpreter."""

    receiver = forms.ModelChoiceField(Seat.objects.none(), required=False)
    without_interpreter = forms.BooleanField(required=False)

    def __init__(self, *args: Any, seats: QuerySet[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = seats  # type: ignore[attr-defined]


class WhoForm(forms.Form):
    """Who comes instead."""

    receiver = forms.ModelChoiceField(Seat.objects.none(), required=False)
    person = forms.ModelChoiceField(Person.objects.none(), required=False)

    def __init__(self, *args: Any, seats: QuerySet[Seat], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = seats  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """Somebody who meets for a company."""

    name = forms.CharField(label=_("Name"), max_length=150)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=language_choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class AwayForm(forms.Form):
    """The half hours at which somebody is away."""

    away = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, blocks: Sequence[datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blocks = blocks
        self.fields["away"].choices = [(one.isoformat(), f"{one:%H:%M}") for one in blocks]  # type: ignore[attr-defined]

    def clean_away(self) -> list[datetime]:
        return [datetime.fromisoformat(one) for one in self.cleaned_data["away"]]


class TablesForm(forms.Form):
    """How many tables more, and where."""

    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_TABLES)
    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), required=False)

    def __init__(self, *args: Any, halls: QuerySet[Hall], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = halls  # type: ignore[attr-defined]


class InterpreterForm(forms.Form):
    """An interpreter, their languages and the hours of a day."""

    name = forms.CharField(label=_("Name"), max_length=150)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=language_choices, widget=forms.CheckboxSelectMultiple
    )


class ShiftForm(forms.Form):
    """Hours of an interpreter on one day."""

    day = forms.DateField(label=_("Day"), **_day_input())
    begins = forms.TimeField(label=_("From"), widget=_clock_input())
    ends = forms.TimeField(label=_("To"), widget=_clock_input())


class RulesForm(forms.Form):
    """How the days are cut into meetings, and what is allowed; what is left empty stays as usual."""

    slot_minutes = forms.IntegerField(label=_("Minutes of a meeting"), min_value=1, max_value=1000)
    more_minutes = forms.CharField(
        label=_("Other lengths"), help_text=_("Minutes with commas, for example: 45, 60"), max_length=60, required=False
    )
    step_minutes = forms.IntegerField(
        label=_("Minutes between beginnings"), help_text=_("Empty: as long as a meeting."), min_value=5, required=False
    )
    way_minutes = forms.IntegerField(label=_("Minutes to walk to another hall"), min_value=0, required=False)
    place = forms.ChoiceField(label=_("Where they meet"), choices=Place.choices, required=False)
    day_percent = forms.IntegerField(
        label=_("Of a day’s times one person may fill, in percent"), min_value=1, max_value=100, required=False
    )
    most_in_all = forms.IntegerField(label=_("Most meetings of one person"), min_value=1, required=False)
    answer_hours = forms.IntegerField(label=_("Hours to answer before the fair"), min_value=1, required=False)
    answer_hours_on_site = forms.IntegerField(label=_("Hours to answer during the fair"), min_value=1, required=False)
    remind_days = forms.IntegerField(
        label=_("Days between reminders to those without meetings"), help_text=_("0: none."), min_value=0,
        max_value=30, required=False,
    )  # fmt: skip
    lunch_from = forms.TimeField(label=_("Lunch from"), required=False, widget=_clock_input())
    lunch_to = forms.TimeField(label=_("Lunch to"), required=False, widget=_clock_input())
    opens_on = forms.DateField(label=_("Requests open on"), required=False, **_day_input())

    def clean_more_minutes(self) -> list[int]:
        typed = [one.strip() for one in self.cleaned_data["more_minutes"].split(",") if one.strip()]
        if not all(one.isdigit() for one in typed):
            raise forms.ValidationError(gettext("Write minutes with commas, for example: 45, 60"))
        return [int(one) for one in typed]

    def clean(self) -> dict[str, Any]:
        """What may not be empty and was left so is as for a new edition."""
        given = super().clean() or self.cleaned_data
        usual = MeetingRules()
        for name in USUAL:
            if name in given and given[name] in (None, ""):
                given[name] = getattr(usual, name)
        return given


class DeclineForm(forms.Form):
    """A word that goes with a no."""

    answer = forms.CharField(max_length=500, required=False)


class AbsentForm(forms.Form):
    """Who did not come."""

    absent = forms.ChoiceField(choices=Meeting.Side.choices)


class WalkInForm(forms.Form):
    """Somebody who is at the booth now: one the exhibitor knows, or by the code of their badge."""

    importer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    product_group = forms.ModelChoiceField(
        ProductGroup.objects.all(), label=_("Product group"), to_field_name="code", required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    code = badge_code(_("Code on the buyer’s badge"))
    key = forms.UUIDField(widget=forms.HiddenInput)
    at = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)  # of one kept on a phone

    def __init__(self, *args: Any, groups: Sequence[ProductGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = not self.data.get("importer")
        listed = [(group.code, local(group, "name")) for group in groups]
        self.fields["product_group"].choices = [("", gettext("Not stated")), *listed]  # type: ignore[attr-defined]

    def clean_at(self) -> datetime | None:
        """The phone's moment with its zone; one that cannot be read is now."""
        return moment_typed(self.cleaned_data["at"])


class CheckInForm(forms.Form):
    """A badge that is read for a meeting."""

    code = badge_code(_("Code on the badge"))
    at = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)  # of one kept on a device

    def clean_at(self) -> datetime | None:
        """The device's moment with its zone; one that cannot be read is now."""
        return moment_typed(self.cleaned_data["at"])


class RateForm(forms.Form):
    """Two taps: how good, and what is next."""

    worth = forms.ChoiceField(label=_("How good was it?"), choices=Rating.Worth.choices, widget=forms.RadioSelect)
    step = forms.ChoiceField(label=_("Next step"), choices=Rating.Step.choices, widget=forms.RadioSelect)
