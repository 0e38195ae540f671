"""What was sold on the spot: an exhibitor's days on a phone, and who has not declared yet at the desk."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from fairs import clock
from fairs.inputs import NumberField
from fairs.templatetags.fair import money_short, number
from fairs.text import words_of
from fairs.views.base import ActionForm, DeskPage
from matchmaking.actions.spot_sale import declare_sales
from matchmaking.models import SpotSale
from matchmaking.querysets import taking_part
from matchmaking.views.leads import ExhibitorPage


class SpotSaleForm(forms.Form):
    """The turnover of one day."""

    day = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    amount = NumberField(label=gettext_lazy("Turnover in đồng"))


class SpotSales(ExhibitorPage, ActionForm):
    """One short form for each day that has come; nothing sold is zero."""

    template_name = "matchmaking/spot_sales.html"
    current = "matchmaking:agenda"
    form_class = SpotSaleForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = SpotSale.objects.filter(exhibitor=self.exhibitor)
        return super().get_context_data(days=self._days(own, kwargs.get("form")), total=own.total(), **kwargs)

    def _days(self, own: Any, given: Any) -> list[dict[str, Any]]:
        declared = {sale.day: sale for sale in own.prefetch_related("corrections")}
        today = clock.today(self.edition)
        return [
            {"day": day.date, "sale": declared.get(day.date), "come": day.date <= today,
             "form": self._form(day.date, declared.get(day.date), given)}
            for day in self.edition.days.all()
        ]  # fmt: skip

    def _form(self, day: date, sale: SpotSale | None, given: Any) -> SpotSaleForm:
        """What was just typed for the day and refused, else what is declared."""
        if given is not None and given.is_bound and given.data.get("day") == day.isoformat():
            given.auto_id = f"id_{day:%d}_%s"
            return given
        said = {"day": day.isoformat(), "amount": sale.amount if sale else None}
        return SpotSaleForm(initial=said, auto_id=f"id_{day:%d}_%s")

    def act(self, form: Any) -> str:
        declare_sales(self.exhibitor, by=self.person, **form.cleaned_data)
        return f"{reverse('matchmaking:spot_sales', args=[self.edition.slug])}{self.acting.address}"


class SpotSalesDesk(DeskPage, TemplateView):
    """Turnover by day, and for a day the exhibitors who have not declared it."""

    template_name = "matchmaking/spot_sales_desk.html"
    current = "matchmaking:meetings_desk"
    roles = frozenset({"reports"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = SpotSale.objects.filter(edition=self.edition)
        exhibitors = taking_part(self.edition, "exhibitor")
        number_of, by_day = exhibitors.count(), every.by_day()
        days = [self._row(day.date, by_day.get(day.date), number_of) for day in self.edition.days.all()]
        chosen = self._chosen([row["date"] for row in days])
        silent = exhibitors.exclude(spot_sales__day=chosen) if chosen else exhibitors.none()
        for word in words_of(self.request.GET.get("q", "")):
            silent = silent.filter(company__folded__contains=word)
        return super().get_context_data(
            days=days,
            day=chosen,
            figures=_figures(every, by_day),
            page=Paginator(silent, 50).get_page(self.request.GET.get("page")),
            given=self.request.GET,
            **kwargs,
        )

    def _row(self, day: date, found: dict[str, Any] | None, number_of: int) -> dict[str, Any]:
        declared = found["declared"] if found else 0
        here = reverse("matchmaking:spot_sales_desk", args=[self.edition.slug])
        return {
            "date": day, "declared": declared, "silent": max(0, number_of - declared),
            "total": found["total"] if found else 0, "url": f"{here}?day={day.isoformat()}",
        }  # fmt: skip

    def _chosen(self, dates: list[date]) -> date | None:
        """The day asked for, else the last one that has come."""
        asked = self.request.GET.get("day", "")
        today = clock.today(self.edition)
        come = [day for day in dates if day <= today]
        named = [day for day in dates if day.isoformat() == asked]
        return (named or come[-1:] or [None])[0]  # type: ignore[list-item]


def _figures(every: Any, by_day: dict[date, dict[str, Any]]) -> list[dict[str, Any]]:
    declaring = every.order_by().values("exhibitor").distinct().count()
    return [
        {"label": _("Sold on the spot"), "value": money_short(every.total(), "VND"),
         "note": _("Never added to contracts")},
        {"label": _("Exhibitors who declared"), "value": number(declaring)},
        {"label": _("Declarations"), "value": number(sum(row["declared"] for row in by_day.values())),
         "note": _("One for each exhibitor and day")},
    ]  # fmt: skip
