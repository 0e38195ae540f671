"""What the importer desk says when it invites many, and what is typed of companions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyers.audience import Choice
from buyers.choices import GroupChoice, choose_from, countries, grade_choices
from buyers.models import Companion, Grade, Registration
from buyers.models.companion import MOST
from buyers.pasted import Typed, read_lines
from fairs.models import Edition, Person
from fairs.models.fields import without_link
from fairs.templatetags.fair import local


class CampaignForm(forms.Form):
    """Whom to invite: by what they were in earlier editions, and new addresses."""

    name = forms.CharField(
        label=_("Name of this round"), max_length=150, help_text=_("For your own record, such as: lacquer, Japan.")
    )
    editions = forms.TypedMultipleChoiceField(
        label=_("People of earlier editions"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(
        label=_("From these countries"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all of them."),
    )  # fmt: skip
    markets = forms.MultipleChoiceField(
        label=_("Selling in these markets"), required=False, widget=forms.CheckboxSelectMultiple
    )
    product_groups = GroupChoice(label=_("Who looked for"), required=False)
    grades = forms.MultipleChoiceField(label=_("Of these grades"), required=False, widget=forms.CheckboxSelectMultiple)
    attended = forms.BooleanField(label=_("Only who came, by the gate"), required=False)
    pasted = forms.CharField(
        label=_("New addresses"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_(
            "One a line: e-mail; name; company; country. Only of people who have given you their address for this."
        ),
    )
    typed_groups = GroupChoice(label=_("What the new ones are asked for"), required=False)
    note = forms.CharField(
        label=_("A few words of yours in the letter"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    expected = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Registration.objects.visible_to(by).exclude(edition=edition).exclude(registered_at=None).order_by()
        earlier = Edition.objects.filter(pk__in=rows.values("edition"))
        choose_from(self, "editions", lambda: _named(earlier))
        come_from = set(rows.values_list("company__country", flat=True).distinct())
        sell_in = set(rows.exclude(markets=None).values_list("markets__country", flat=True).distinct())
        choose_from(self, "countries", lambda: [pair for pair in countries() if pair[0] in come_from])
        choose_from(self, "markets", lambda: [pair for pair in countries() if pair[0] in sell_in])
        choose_from(self, "grades", lambda: grade_choices(Grade.objects.filter(edition=edition)))
        self.has_earlier, self.has_markets = bool(come_from), bool(sell_in)
        self.faults: list[str] = []
        self.typed: list[Typed] = []

    def clean(self) -> dict[str, Any]:
        """Somebody is chosen, or an address is given that is understood."""
        given = super().clean() or {}
        self.typed, self.faults = read_lines(given.get("pasted", ""))
        if not given.get("editions") and not self.typed:
            raise forms.ValidationError(self.faults[:5] or _("Choose an earlier edition, or paste addresses."))
        return given

    @property
    def names_somebody(self) -> bool:
        """Whether it says whom to ask, whatever else is still to put right."""
        return not {"editions", "countries", "markets", "product_groups", "grades", "__all__"} & self.errors.keys()

    @property
    def choice(self) -> Choice:
        """Whom of those known."""
        given = self.cleaned_data
        return Choice(
            editions=tuple(given["editions"]),
            countries=tuple(given["countries"]),
            markets=tuple(given["markets"]),
            product_groups=tuple(group.pk for group in given["product_groups"]),
            grades=tuple(given["grades"]),
            attended=given["attended"],
        )


class CompanionForm(forms.Form):
    """Who comes along."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=300, validators=[without_link], help_text=_("In Latin letters.")
    )
    kind = forms.ChoiceField(
        label=_("Comes as"), choices=Companion.Kind, initial=Companion.Kind.COMPANION, widget=forms.RadioSelect
    )
    job_title = forms.CharField(label=_("Position"), max_length=150, required=False)


class CompanionRulesForm(forms.Form):
    """The limit of an edition."""

    at_most = forms.IntegerField(label=_("At most, for each importer"), min_value=0, max_value=MOST)


def _named(editions: Any) -> list[tuple[str, Any]]:
    return [(str(one.pk), local(one, "name")) for one in editions]
