"""Pages and buttons of what belongs to a contract: terms, files, corrections, delivery, the code, the history."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from fairs.downloads import download_of
from fairs.papers import qr
from fairs.permissions import may
from fairs.views.base import ActionForm
from matchmaking.actions import consignments, deal_corrections
from matchmaking.actions.deal_papers import check_paper, give_paper
from matchmaking.actions.deal_terms import TERMS, describe_deal
from matchmaking.deal_codes import MINUTES, code_of
from matchmaking.deal_forms import CorrectionForm, DayForm, LinesForm, PaperForm, VerdictForm, line_rows
from matchmaking.models import DealCorrection, DealPaper
from matchmaking.views.deals import DealButton, DealPage

LINE = ("product", "words", "quantity", "unit", "unit_price", "hs_code")


class DealTerms(DealPage, ActionForm):
    """The terms and the goods line by line; rows come and go without losing what was typed."""

    template_name = "matchmaking/deal_terms.html"
    form_class = LinesForm
    rows: Any = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._require()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._require()
        if request.POST.keys() & {"add", "drop"}:
            self.rows = self._changed(request)
            return self.render_to_response(self.get_context_data(form=LinesForm(initial=self._typed_terms())))
        self.rows = line_rows(self._products(), data=request.POST)
        form = self.get_form()
        sound = self.rows.is_valid()
        return self.form_valid(form) if form.is_valid() and sound else self.form_invalid(form)

    def _require(self) -> None:
        if not may(self.request.user, "matchmaking.describe_deal", self.deal):
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        known = {name: getattr(self.deal, name) for name in TERMS if name != "certificates"}
        return known | {"certificates": [one.code for one in self.deal.certificates.all()]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.rows is None:
            known = [{name: getattr(line, name) for name in LINE} for line in self.deal.lines.all()]
            self.rows = line_rows(self._products(), initial=known, extra=0 if known else 1)
        return super().get_context_data(rows=self.rows, terms=list(TERMS), **kwargs)

    def act(self, form: Any) -> str:
        given = {name: form.cleaned_data[name] for name in TERMS}
        lines = [row for row in self.rows.cleaned_data if _said(row)]
        untouched = not lines and not self.deal.lines.exists()
        settled = self.deal.state == self.deal.State.CONFIRMED and not self.rows.has_changed()
        describe_deal(
            self.deal,
            terms=given,
            lines=None if untouched or settled else lines,
            differs=form.cleaned_data["differs"],
            by=self.request.user,
        )
        return reverse("matchmaking:deal", args=[self.edition.slug, self.deal.pk])

    def _products(self) -> Any:
        return self.deal.exhibitor.company.products.all()

    def _changed(self, request: HttpRequest) -> Any:
        """The rows as typed, with one more or one less; nothing is checked yet."""
        asked = request.POST.get("lines-TOTAL_FORMS") or "0"
        count = min(int(asked) if asked.isdecimal() else 0, 100)
        rows = [{name: request.POST.get(f"lines-{number}-{name}", "") for name in LINE} for number in range(count)]
        if "drop" in request.POST:
            rows = [row for number, row in enumerate(rows) if str(number) != request.POST["drop"]]
            return line_rows(self._products(), initial=rows, extra=0 if rows else 1)
        return line_rows(self._products(), initial=rows, extra=1)

    def _typed_terms(self) -> dict[str, Any]:
        typed = {name: self.request.POST.get(name, "") for name in TERMS}
        return typed | {"certificates": self.request.POST.getlist("certificates")}


class GivePaper(DealButton):
    """A side, or an officer, gives a file."""

    form_class = PaperForm

    def do(self, given: dict[str, Any]) -> None:
        give_paper(self.deal, data=given["file"].read(), by=self.request.user)


class PaperPage(DealPage):
    """One file of a deal; it leaves the site as an attachment alone, and is shown in none of our pages."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = list(self.deal.papers.values_list("pk", flat=True)).index(self._paper().pk) + 1
        answer = download_of(self._paper().file, f"{self.deal.number}-{number}")
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return answer

    def _paper(self) -> DealPaper:
        return get_object_or_404(self.deal.papers, pk=self.kwargs["deal_file"])


class CheckPaper(DealButton):
    """An officer has opened a file, and says what it is."""

    form_class = VerdictForm

    def do(self, given: dict[str, Any]) -> None:
        rows = self.deal.papers.select_related("deal__edition", "deal__exhibitor", "deal__importer")
        check_paper(get_object_or_404(rows, pk=self.kwargs["deal_file"]), by=self.request.user, **given)


class CorrectDeal(DealPage, ActionForm):
    """Asking the other side to agree that something is put right."""

    template_name = "matchmaking/correct_deal.html"
    form_class = CorrectionForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, "matchmaking.correct_deal", self.deal):
            raise Http404
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"currency": self.deal.currency}

    def act(self, form: Any) -> str:
        deal_corrections.ask_correction(self.deal, by=self.request.user, **form.cleaned_data)
        return reverse("matchmaking:deal", args=[self.edition.slug, self.deal.pk])


class AnswerCorrection(DealButton):
    """The other side agrees or not; the side that asked takes it back."""

    VERBS = {
        "agree": deal_corrections.agree_correction,
        "refuse": deal_corrections.refuse_correction,
        "withdraw": deal_corrections.withdraw_correction,
    }

    def do(self, given: dict[str, Any]) -> None:
        rows = DealCorrection.objects.select_related("deal__edition", "deal__exhibitor", "deal__importer")
        correction = get_object_or_404(rows, deal=self.deal, pk=self.kwargs["deal_correction"])
        verb = self.request.POST.get("verb", "")
        if verb not in self.VERBS:
            raise Http404
        self.VERBS[verb](correction, by=self.request.user)


class ShipDeal(DealButton):
    """The goods are on their way."""

    form_class = DayForm

    def do(self, given: dict[str, Any]) -> None:
        consignments.say_shipped(self.deal, on=given["on"], by=self.request.user)


class UnshipDeal(DealButton):
    """They are not on their way after all."""

    def do(self, given: dict[str, Any]) -> None:
        consignments.take_back_shipped(self.deal, by=self.request.user)


class DeliverDeal(DealButton):
    """The goods came, says one side."""

    form_class = DayForm

    def do(self, given: dict[str, Any]) -> None:
        consignments.say_delivered(self.deal, on=given["on"], by=self.request.user)


class AnswerDelivery(DealButton):
    """The other side says so too, or that nothing has come."""

    def do(self, given: dict[str, Any]) -> None:
        came = bool(self.request.POST.get("came"))
        (consignments.accept_delivery if came else consignments.deny_delivery)(self.deal, by=self.request.user)


@method_decorator(never_cache, name="dispatch")
class DealCode(DealPage, TemplateView):
    """The code that the other side reads where the two stand together; a fresh one each time."""

    template_name = "matchmaking/deal_code.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(**kwargs)
        if not context["seen"].shows_code:
            return redirect("matchmaking:deal", self.edition.slug, self.deal.pk)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        address = settings.SITE_URL + reverse("matchmaking:confirm", args=[code_of(self.deal)])
        drawn = qr.svg(address, title=_("QR code to confirm %(number)s") % {"number": self.deal.number})
        return super().get_context_data(qr=drawn, minutes=MINUTES, **kwargs)


class DealHistory(DealPage, TemplateView):
    """All that was ever said of a deal: what it was first, each correction, each file, each step."""

    template_name = "matchmaking/deal_history.html"


def _said(row: dict[str, Any]) -> bool:
    """Whether a row of goods says anything; the unit alone says nothing."""
    return any(row.get(name) not in (None, "") for name in ("product", "words", "quantity", "unit_price", "hs_code"))
