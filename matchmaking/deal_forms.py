"""The shape of what people type about contracts, their terms, files and corrections, and about opportunities."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import DecimalValidator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fairs.inputs import DayField, Named, NumberField, SeveralNamed
from fairs.models import Certificate, Participation, Product, ProductGroup
from fairs.models.fields import CURRENCIES
from fairs.templatetags.fair import local, number
from matchmaking.actions.deal_terms import LONGEST_LEAD, MOST_LINES, TERMS
from matchmaking.forms import badge_code
from matchmaking.models import Deal, DealCorrection, DealLine

BY_CODE = "badge"
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %b %Y"]


class FineNumberField(NumberField):
    """A number with up to four digits after the mark, such as the price of one of a thousand."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [DecimalValidator(18, 4)]

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return number(value, max(0, -int(value.normalize().as_tuple().exponent)))


class TermsForm(forms.Form):
    """What a paper says besides its value; nothing of it has to be filled in."""

    incoterm = forms.ChoiceField(
        label=_("Delivery term, Incoterms 2020"), choices=[("", _("Not stated")), *Deal.Incoterm.choices],
        required=False,
    )  # fmt: skip
    place = forms.CharField(
        label=_("Port or place"), help_text=_("For example: Hải Phòng, or Hamburg"), max_length=120, required=False
    )
    payment = forms.CharField(
        label=_("Payment"), help_text=_("For example: 30 % deposit, 70 % against copy documents"), max_length=300,
        required=False,
    )  # fmt: skip
    lead_days = forms.IntegerField(label=_("Days to make it"), min_value=1, max_value=LONGEST_LEAD, required=False)
    latest_shipment = DayField(label=_("Shipped at the latest on"), input_formats=DAYS, required=False)
    signed_in = forms.CharField(label=_("Signed in"), help_text=_("Booth or town"), max_length=120, required=False)
    certificates = SeveralNamed(
        Certificate.objects.all(), label=_("Certificates the buyer wants"), to_field_name="code", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class LineForm(forms.Form):
    """One kind of goods: of the exhibitor's products, or in words."""

    product = Named(Product.objects.none(), label=_("Product"), required=False, empty_label=_("Other, in words"))
    words = forms.CharField(label=_("In words"), max_length=300, required=False)
    quantity = FineNumberField(label=_("How many"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), choices=DealLine.Unit.choices, initial=DealLine.Unit.PIECE)
    unit_price = FineNumberField(label=_("Price of one"), required=False)
    hs_code = forms.CharField(label=pgettext_lazy("contract", "HS code"), max_length=14, required=False)

    def __init__(self, *args: Any, products: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = products  # type: ignore[attr-defined]


class LinesForm(TermsForm):
    """The terms, and whether lines that come to another sum are meant so."""

    differs = forms.BooleanField(label=_("The lines and the value differ, and that is right"), required=False)


def line_rows(products: Any, *, data: Any = None, initial: Any = None, extra: int = 0) -> Any:
    """The rows of goods as a formset, an empty one with them."""
    made = forms.formset_factory(LineForm, extra=extra, max_num=MOST_LINES, absolute_max=MOST_LINES)
    return made(data, initial=initial, prefix="lines", form_kwargs={"products": products})


class PaperForm(forms.Form):
    """A file that speaks for a contract."""

    file = forms.FileField(label=_("The signed paper"), help_text=_("PDF or photo, at most 10 MB."))


class VerdictForm(forms.Form):
    """What an officer found in a file."""

    verdict = forms.ChoiceField(choices=[("fits", ""), ("unfit", ""), ("", "")], required=False)
    reason = forms.CharField(label=_("What does not fit?"), max_length=300, required=False)


class CorrectionForm(forms.Form):
    """What is to be put right, to what, and why."""

    field = forms.ChoiceField(label=_("What is wrong?"), choices=DealCorrection.Field.choices, widget=forms.RadioSelect)
    amount = NumberField(label=_("Right value"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES], required=False)
    signed_on = DayField(label=_("Right day of signing"), input_formats=DAYS, required=False)
    kind = forms.ChoiceField(
        label=_("Right kind of paper"), choices=[("", _("As it is")), *Deal.Kind.choices], required=False
    )
    reason = forms.CharField(label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DayForm(forms.Form):
    """The day on which goods were shipped or came."""

    on = DayField(label=_("Day"), input_formats=DAYS)


class PairForm(forms.Form):
    """Two papers, and whether they are one; then which of them counts."""

    first = forms.IntegerField()
    second = forms.IntegerField()
    kept = forms.IntegerField(required=False)
    same = forms.BooleanField(required=False)


class CountsFromForm(forms.Form):
    """From which level the report counts."""

    counts_from = forms.ChoiceField(
        label=_("The report counts from"), choices=Deal.Level.choices, widget=forms.RadioSelect
    )


class LapseForm(forms.Form):
    """Why nothing comes of it."""

    reason = forms.CharField(label=_("Why does nothing come of it?"), max_length=300)


class OpportunityForm(forms.Form):
    """With whom something is talked about, and what."""

    other = forms.ChoiceField(label=_("With whom?"))
    goods = forms.CharField(label=_("Goods"), max_length=500, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, parties: Sequence[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {str(part.pk): part for part in parties}
        names = [(pk, local(part.company, "name")) for pk, part in self.parties.items()]
        self.fields["other"].choices = [("", gettext("Choose the company")), *names]  # type: ignore[attr-defined]

    def clean_other(self) -> Participation:
        return self.parties[self.cleaned_data["other"]]


class QuotationForm(forms.Form):
    """A new version of what is offered."""

    amount = NumberField(label=_("Value"))
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    goods = forms.CharField(
        label=_("Goods"), help_text=_("What and how many, for example: rattan baskets, 120 sets of 3"), max_length=500,
        required=False,
    )  # fmt: skip
    valid_until = DayField(label=pgettext_lazy("quotation", "Valid until"), input_formats=DAYS, required=False)
    incoterm = TermsForm.base_fields["incoterm"]
    place = TermsForm.base_fields["place"]
    payment = TermsForm.base_fields["payment"]
    lead_days = TermsForm.base_fields["lead_days"]
    key = forms.UUIDField(widget=forms.HiddenInput)


class DealForm(TermsForm):
    """What two sides agreed on; `parties` are those the person may have dealt with. The terms are folded away."""

    kind = forms.ChoiceField(label=_("What did you sign?"), choices=Deal.Kind.choices, widget=forms.RadioSelect)
    other = forms.ChoiceField(label=_("With whom?"))
    code = badge_code(
        _("Code on the buyer’s badge"), help_text=_("Only for a buyer who is not on the list above."), required=False
    )
    product_group = forms.ModelChoiceField(ProductGroup.objects.all(), label=_("Product group"), to_field_name="code")
    goods = forms.CharField(
        label=_("Goods"),
        help_text=_("What and how many, for example: rattan baskets, 120 sets of 3"),
        max_length=500,
        required=False,
    )
    amount = NumberField(label=_("Value"))
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    signed_on = DayField(label=_("Signed on"), input_formats=DAYS)
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = (
        "kind", "other", "code", "product_group", "goods", "amount", "currency", "signed_on", "key", *TERMS
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        parties: Sequence[Participation],
        groups: Sequence[ProductGroup],
        badge: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {str(part.pk): part for part in parties}
        names = [(pk, local(part.company, "name")) for pk, part in self.parties.items()]
        by_code = [(BY_CODE, gettext("Another buyer, by the code on their badge"))] if badge else []
        self.fields["other"].choices = [("", gettext("Choose the company")), *names, *by_code]  # type: ignore[attr-defined]
        listed = [(group.code, local(group, "name")) for group in groups]
        self.fields["product_group"].choices = [("", gettext("Choose the group")), *listed]  # type: ignore[attr-defined]
        if not badge:
            del self.fields["code"]

    @property
    def terms(self) -> dict[str, Any]:
        """What was typed of the terms."""
        return {name: self.cleaned_data[name] for name in TERMS}

    def clean_other(self) -> Participation | None:
        return self.parties.get(self.cleaned_data["other"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "code" in self.fields and self.data.get("other") == BY_CODE and not given.get("code"):
            self.add_error("code", gettext("Type the code on the buyer’s badge."))
        return given


class DifferenceForm(forms.Form):
    """What the other side knows differently."""

    other_amount = NumberField(label=_("The value as you know it"), required=False)
    note = forms.CharField(
        label=_("What differs?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ByCodeForm(DifferenceForm):
    """What is answered by the code on the other side's phone, with the number that one's own letter says."""

    number = forms.CharField(
        label=_("Number in your letter"),
        help_text=_("Six digits in the letter that asks your company to confirm this paper."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
