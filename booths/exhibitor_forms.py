"""The shape of what exhibitors and the desk type about rules, special goods, co-exhibitors and withdrawals."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booths.actions.goods import Flags
from booths.models import CoExhibitor, GoodsCheck, HouseRules, SpecialGoods
from fairs.forms import country_choices
from fairs.inputs import DayField
from fairs.models import Product


class HouseRulesForm(forms.ModelForm[HouseRules]):
    """The rules that have an effect."""

    withdraw_days = forms.IntegerField(
        label=_("Days before the opening to withdraw"), min_value=0, max_value=365,
        help_text=_("A withdrawal that comes later is marked as late. Nothing is paid back by itself, early or late."),
    )  # fmt: skip
    no_subletting = forms.BooleanField(
        label=_("Sub-letting is forbidden"), required=False,
        help_text=_("Who names a co-exhibitor then says that no rent is taken."),
    )  # fmt: skip
    co_exhibitors_for_a_booth = forms.IntegerField(
        label=_("Co-exhibitors for each booth, at most"), min_value=0, max_value=20
    )
    re_export_days = forms.IntegerField(label=_("Days to re-export after the fair"), min_value=0, max_value=365)

    class Meta:
        model = HouseRules
        fields = ["withdraw_days", "no_subletting", "co_exhibitors_for_a_booth", "re_export_days"]

    def _post_clean(self) -> None:
        """The action sets the values."""


class WithdrawalForm(forms.Form):
    """A withdrawal in the exhibitor's own words."""

    words = forms.CharField(
        label=_("Your withdrawal in writing"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    knows = forms.BooleanField(
        label=_("I know that the booths go back to the plan at once and that nothing is paid back"),
        error_messages={"required": _("Tick this to withdraw.")},
    )


class PaperWithdrawalForm(forms.Form):
    """A withdrawal that came to the desk on paper or by telephone."""

    received_on = DayField(label=_("Received on"))
    words = forms.CharField(label=_("What it says"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)


class CoExhibitorForm(forms.ModelForm[CoExhibitor]):
    """A company that would share the booth."""

    country = forms.ChoiceField(label=_("Country or territory"), initial="VN")
    no_rent = forms.BooleanField(
        label=_("We take no rent for the place: sub-letting is forbidden by the rules of the fair"), required=False
    )

    class Meta:
        model = CoExhibitor
        fields = ["name", "country", "tax_code", "shows", "no_rent"]
        labels = {"name": _("Name of the company"), "tax_code": _("Tax code"), "shows": _("What it shows")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries: Any = self.fields["country"]
        countries.choices = country_choices()

    def _post_clean(self) -> None:
        """The action makes the row."""


class GoodsForm(forms.Form):
    """Which of one's products are special: two ticks and a number for each."""

    def __init__(
        self, *args: Any, products: Iterable[Product], declared: dict[int | None, SpecialGoods], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.products = list(products)
        for product in self.products:
            row = declared.get(product.pk)
            self.fields[f"import_{product.pk}"] = forms.BooleanField(
                label=_("Imported for the fair only"), required=False, initial=bool(row and row.temporary_import)
            )
            self.fields[f"counterfeit_{product.pk}"] = forms.BooleanField(
                label=_("Counterfeit, shown for comparison"), required=False, initial=bool(row and row.counterfeit)
            )
            self.fields[f"papers_{product.pk}"] = forms.CharField(
                label=_("Number of the customs declaration"), max_length=60, required=False,
                initial=row.papers if row else "",
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Product, list[Any]]]:
        """Each product with its fields."""
        names = ("import", "counterfeit", "papers")
        return [(one, [self[f"{name}_{one.pk}"] for name in names]) for one in self.products]

    @property
    def flags(self) -> dict[int, Flags]:
        """What was said, by product."""
        given = self.cleaned_data
        return {
            one.pk: Flags(given[f"import_{one.pk}"], given[f"counterfeit_{one.pk}"], given[f"papers_{one.pk}"])
            for one in self.products
        }


class GoodsCheckForm(forms.Form):
    """What an officer found at each point: in order, a fault with a note, or not looked at yet."""

    VERDICTS = [("yes", _("In order")), ("no", _("Fault")), ("", _("Not looked at yet"))]

    def __init__(self, *args: Any, goods: SpecialGoods, checks: dict[str, GoodsCheck], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goods, self.checks = goods, checks
        for point in goods.points:
            row = checks.get(point)
            said = "" if row is None else "yes" if row.in_order else "no"
            self.fields[str(point)] = forms.ChoiceField(
                label=point.label, choices=self.VERDICTS, required=False, initial=said, widget=forms.RadioSelect
            )
            self.fields[f"note_{point}"] = forms.CharField(
                label=_("Note"), max_length=300, required=False, initial=row.note if row else ""
            )

    @property
    def rows(self) -> list[tuple[Any, Any, GoodsCheck | None]]:
        """Each point with its fields and what was found before."""
        return [(self[str(one)], self[f"note_{one}"], self.checks.get(one)) for one in self.goods.points]

    @property
    def found(self) -> dict[str, bool]:
        """Whether each point that was looked at is in order."""
        said = {str(one): self.cleaned_data[str(one)] for one in self.goods.points}
        return {point: verdict == "yes" for point, verdict in said.items() if verdict}

    @property
    def notes(self) -> dict[str, str]:
        """By point."""
        return {str(one): self.cleaned_data[f"note_{one}"] for one in self.goods.points}
