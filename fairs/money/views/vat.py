"""The money desk's page of VAT rates."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairs.inputs import DayInput, NumberField
from fairs.models import Edition, VatRate
from fairs.money.actions.vat import remove_vat_rate, set_vat_rate
from fairs.views.base import ActionButton, ActionForm, DeskPage


class VatRateForm(forms.ModelForm[VatRate]):
    """A rate from a day on."""

    percent = NumberField(label=_("Percent"), min_value=0, max_value=100)

    class Meta:
        model = VatRate
        fields = ["item", "percent", "starts_on", "legal_basis"]
        widgets = {"starts_on": DayInput}
        help_texts = {"starts_on": _("Empty: from the beginning.")}

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        basis = self.fields["legal_basis"]
        basis.label, basis.queryset = _("Legal paper"), edition.legal_papers.all()  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The action applies and checks the values."""


class VatDesk(DeskPage):
    """Finance's pages of VAT."""

    current = "fairs:money_desk"
    roles = frozenset({"finance"})


class VatRates(VatDesk, ActionForm):
    """The rates with their days, and the form for one more."""

    template_name = "fairs/money/vat.html"
    form_class = VatRateForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rates = self.edition.vat_rates.select_related("legal_basis")
        return super().get_context_data(
            rates=rates, back=reverse("fairs:money_desk", args=[self.edition.slug]), **kwargs
        )

    def act(self, form: Any) -> str:
        set_vat_rate(self.edition, by=self.request.user, **form.cleaned_data)
        return self.request.path


class RemoveVatRate(VatDesk, ActionButton):
    """Takes a rate away."""

    done = _("The rate is removed; the one before it holds on.")

    def act(self) -> str:
        remove_vat_rate(get_object_or_404(VatRate, edition=self.edition, pk=self.kwargs["pk"]), by=self.request.user)
        return reverse("fairs:vat_rates", args=[self.edition.slug])
