"""What finance looks at: what is outstanding and for how long, what comes in when, the close of a day, e-invoices."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from fairs import clock, deliveries
from fairs.charts import Column, chart
from fairs.downloads import file_answer
from fairs.money import accountant, figures
from fairs.money.actions import reminders
from fairs.money.forms import DayForm
from fairs.money.views.base import FinancePage
from fairs.permissions import may

MILLION = Decimal(1_000_000)


class Outstanding(FinancePage, TemplateView):
    """What is owed, by how long it has been due, each sum a way to its notices."""

    template_name = "fairs/money/outstanding.html"
    section = "fairs:outstanding"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts, chosen = figures.outstanding(self.edition), self.request.GET.get("age", "")
        sums = figures.sums_by_age(parts)
        shown = [part for part in parts if not chosen or part.age.code == chosen]
        return super().get_context_data(
            ages=[
                {"code": age.code, "label": age.label, "late": age.first > 0, "sums": [
                    {"currency": currency, "amount": of[age.code]} for currency, of in sums.items()
                ]}
                for age in figures.AGES
            ],
            totals=[{"currency": currency, "amount": sum(of.values())} for currency, of in sums.items()],
            choices=[
                {"label": label, "url": f"?age={code}" if code else "?", "current": code == chosen, "count": count}
                for code, label, count in self._counted(parts)
            ],
            page=Paginator(shown, 50).get_page(self.request.GET.get("page")),
            **kwargs,
        )  # fmt: skip

    def _counted(self, parts: list[figures.Part]) -> list[tuple[str, Any, int]]:
        of = [part.age.code for part in parts]
        return [("", _("All"), len(parts)), *((age.code, age.label, of.count(age.code)) for age in figures.AGES)]


class Reminders(FinancePage, TemplateView):
    """Who would be reminded, with the letter they get, before anything is sent."""

    template_name = "fairs/money/reminders.html"
    section = "fairs:outstanding"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = reminders.candidates(self.edition)
        first = next((one for one in found if not one.why_not), None)
        letter = None
        to = first.notice.contact if first else None
        if first and to:
            letter = deliveries.write(reminders.LETTER, to=to, about=first.notice, edition=self.edition)
        return super().get_context_data(
            ready=[one for one in found if not one.why_not],
            left_out=[one for one in found if one.why_not],
            letter=letter,
            letter_language=to.language if to else "",
            may_remind=may(self.person, "fairs.remind", self.edition),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send them to those that were left ticked."""
        chosen = [int(key) for key in request.POST.getlist("notice") if key.isdecimal()]
        sent = len(reminders.remind(self.edition, notices=chosen, by=self.person))
        sentence = ngettext("%(count)d reminder is on its way.", "%(count)d reminders are on their way.", sent)
        messages.success(request, sentence % {"count": sent})
        return redirect(reverse("fairs:outstanding", args=[self.edition.slug]))


class CashFlow(FinancePage, TemplateView):
    """Week by week what came in, went back and is expected; the drawing and the same as a table."""

    template_name = "fairs/money/cash_flow.html"
    section = "fairs:cash_flow"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        used = figures.currencies(self.edition)
        asked = self.request.GET.get("currency", "")
        currency = asked if asked in used else next(iter(used), "VND")
        weeks = figures.cash_flow(self.edition, currency)
        scale = MILLION if currency == "VND" else Decimal(1)
        return super().get_context_data(
            weeks=weeks,
            currency=currency,
            in_millions=scale > 1,
            choices=[{"label": one, "url": f"?currency={one}", "current": one == currency} for one in used],
            chart=chart([_column(week, scale, len(weeks), n) for n, week in enumerate(weeks)]) if weeks else None,
            series=[_("Received"), _("Returned"), _("Expected")],
            sums={
                "received": sum((week.received for week in weeks), Decimal(0)),
                "returned": sum((week.returned for week in weeks), Decimal(0)),
                "expected": sum((week.expected for week in weeks), Decimal(0)),
            },
            **kwargs,
        )


class DayClose(FinancePage, TemplateView):
    """Everything that was written on one day, with its sums, to print and sign."""

    template_name = "fairs/money/day_close.html"
    section = "fairs:day_close"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = DayForm(self.request.GET)
        day = asked.cleaned_data["day"] if asked.is_valid() else figures.last_day(self.edition)
        return super().get_context_data(
            book=figures.day_book(self.edition, day),
            form=DayForm(initial={"day": day}),
            before=day - timedelta(days=1),
            after=day + timedelta(days=1) if day < clock.today(self.edition) else None,
            now=clock.now(),
            **kwargs,
        )


class EInvoices(FinancePage, TemplateView):
    """Which notices lack an e-invoice for what was collected; ?format=xlsx and csv are the accountant's file."""

    template_name = "fairs/money/e_invoices.html"
    section = "fairs:e_invoices"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked, name = request.GET.get("format"), f"{self.edition.slug}-collections"
        if asked == "xlsx":
            return file_answer(accountant.workbook(self.edition), f"{name}.xlsx")
        if asked == "csv":
            return file_answer(accountant.csv(self.edition), f"{name}.csv")
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = accountant.standings(self.edition)
        return super().get_context_data(
            page=Paginator(found, 50).get_page(self.request.GET.get("page")),
            missing=sum(bool(one.missing) for one in found),
            **kwargs,
        )


def _column(week: figures.Week, scale: Decimal, count: int, place: int) -> Column:
    """Of many weeks only each second or third says its date."""
    each = 1 + count // 16
    return Column(
        week.begins,
        [round(amount / scale) or None for amount in (week.received, week.returned, week.expected)],
        quiet=place % each != 0,
    )
