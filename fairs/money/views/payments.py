"""What came in: what waits for a decision, what became of each payment, and what goes back."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from fairs.models import Notice, Payment, Posting, Refund
from fairs.money import figures
from fairs.money.actions.payments import assign_payment, take_off_notice, void_payment
from fairs.money.actions.refunds import fail_refund, finish_refund, refund_payment
from fairs.money.forms import AssignForm, DayForm, FinishForm, ReasonForm, RefundForm
from fairs.money.receipt_face import receipt_face
from fairs.money.views.base import FinancePage
from fairs.money.ways import way_named
from fairs.papers.notice import notice_pdf
from fairs.permissions import may
from fairs.views.acting import CompanyThing
from fairs.views.base import ActionForm

MOST_NOTICES = 8
BETWEEN = (
    Posting.Kind.ASSIGNED,
    Posting.Kind.TAKEN_OFF,
)  # their other half, off or onto the free money, says nothing more
STATES = [("", _("All")), ("waiting", _("To be decided")), ("void", _("Void"))]


class Payments(FinancePage, TemplateView):
    """Everything that came in; first what is on no notice, since somebody has to decide about it."""

    template_name = "fairs/money/payments.html"
    section = "fairs:payments"

    def get_template_names(self) -> list[str]:
        part = "#live" if self.request.htmx else ""  # type: ignore[attr-defined]
        return [f"{self.template_name}{part}"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = Payment.objects.filter(edition=self.edition)
        counts = every.counts()
        state, words = self.request.GET.get("state", ""), self.request.GET.get("q", "")
        week, currency = DayForm({"day": self.request.GET.get("week", "")}), self.request.GET.get("currency", "")
        monday = week.cleaned_data["day"] if week.is_valid() else None
        rows: Any = figures.received_in(self.edition, currency, monday) if monday else every
        found = rows.in_state(state).search(words).select_related("company")
        return super().get_context_data(
            page=Paginator(found, 50).get_page(self.request.GET.get("page")),
            states=[
                {
                    "label": label,
                    "url": f"?state={name}" if name else "?",
                    "current": name == state,
                    "count": counts[name or "all"],
                }
                for name, label in STATES
            ],
            state=state,
            monday=monday,
            currency=currency,
            narrowed=[("week", monday.isoformat()), ("currency", currency)] if monday else [],
            words=words,
            any_payment=counts["all"],
            **kwargs,
        )


class PaymentPage(FinancePage):
    """Pages about one payment."""

    section = "fairs:payments"

    @cached_property
    def payment(self) -> Payment:
        """The one that the address names."""
        rows = Payment.objects.filter(edition=self.edition).select_related("company", "edition__series")
        found: Payment = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    @property
    def home(self) -> str:
        """The payment's own page."""
        return reverse("fairs:payment", args=[self.edition.slug, self.payment.pk])


class PaymentView(PaymentPage, TemplateView):
    """A payment, where its money stands, and what can be done with what is free."""

    template_name = "fairs/money/payment.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        payment, words = self.payment, self.request.GET.get("q", "")
        postings = list(payment.postings.select_related("notice__company", "refund", "by"))
        on: dict[Notice, Any] = {}
        for posting in postings:
            if posting.notice:
                on[posting.notice] = on.get(posting.notice, 0) + posting.amount
        may_decide = may(self.person, "fairs.record_receipt", payment)
        return super().get_context_data(
            payment=payment,
            way=way_named(payment.way),
            postings=[row for row in postings if row.notice or row.kind not in BETWEEN],
            refund=RefundForm(initial=_whole_refund(payment)),
            on_notices=[(notice, amount) for notice, amount in on.items() if amount],
            refunds=payment.refunds.all(),
            words=words,
            notices=self._notices(words) if may_decide and payment.free else [],
            may_decide=may_decide,
            may_void=may_decide and not payment.returned and way_named(payment.way).by_hand,
            **kwargs,
        )

    def _notices(self, words: str) -> list[Notice]:
        """Those onto which it could go: of who paid first, or those that hold the words."""
        rows = Notice.objects.filter(edition=self.edition, currency=self.payment.currency).unpaid()
        if words:
            rows = rows.search(words)
        elif self.payment.company_id:
            rows = rows.filter(company=self.payment.company_id)
        else:
            return []
        return list(rows.select_related("company")[:MOST_NOTICES])


class PaymentForm(PaymentPage, ActionForm):
    """A question about a payment on a page of its own, so that nothing typed is lost on a refusal."""

    template_name = "fairs/money/deed.html"
    heading: Any = ""
    lead: Any = ""
    button: Any = ""
    stops = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"heading": self.heading, "lead": self.lead, "button": self.button, "stops": self.stops}
        return super().get_context_data(payment=self.payment, back=self.home, **words, **kwargs)


class AssignPayment(PaymentForm):
    """Puts free money onto a notice."""

    form_class = AssignForm
    heading = _("Put onto a notice")
    button = _("Put it there")

    @cached_property
    def notice(self) -> Notice:
        """Onto which."""
        found: Notice = get_object_or_404(
            Notice.objects.filter(edition=self.edition).select_related("company"), pk=self.kwargs["notice"]
        )
        return found

    def get_initial(self) -> dict[str, Any]:
        return {"amount": min(self.payment.free, self.notice.balance)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(notice=self.notice, **kwargs)

    def act(self, form: Any) -> str:
        assign_payment(self.payment, notice=self.notice, by=self.person, **form.cleaned_data)
        return self.home


class TakeOffNotice(PaymentForm):
    """Takes money off a notice onto which it was put wrongly."""

    form_class = ReasonForm
    heading = _("Take off the notice")
    lead = _("The money is free again. If the notice was paid, it is open again and its permit is withdrawn.")
    button = _("Take it off")
    stops = True

    def act(self, form: Any) -> str:
        rows = Notice.objects.filter(edition=self.edition)
        take_off_notice(
            self.payment, notice=get_object_or_404(rows, pk=self.kwargs["notice"]), by=self.person, **form.cleaned_data
        )
        return self.home


class VoidPayment(PaymentForm):
    """Makes a receipt void that was recorded by hand."""

    form_class = ReasonForm
    heading = _("Make the receipt void")
    lead = _("Its number stays, its money counts no more. What it paid is open again, and permits are withdrawn.")
    button = _("Make it void")
    stops = True

    def act(self, form: Any) -> str:
        void_payment(self.payment, by=self.person, **form.cleaned_data)
        return self.home


class RefundPayment(PaymentForm):
    """Sends free money back to who paid."""

    form_class = RefundForm
    heading = _("Return money")
    button = _("Return it")

    def get_initial(self) -> dict[str, Any]:
        return _whole_refund(self.payment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by_itself = way_named(self.payment.way).sends_back
        lead = (
            _("It goes back to the card it came from, within some days.")
            if by_itself
            else _("Transfer it or hand it out yourself, and then say so under Refunds.")
        )
        return super().get_context_data(**kwargs) | {"lead": lead}

    def act(self, form: Any) -> str:
        refund_payment(self.payment, by=self.person, **form.cleaned_data | {"key": str(form.cleaned_data["key"])})
        return self.home


class Refunds(FinancePage, TemplateView):
    """What goes back, and what finance has still to send."""

    template_name = "fairs/money/refunds.html"
    section = "fairs:refunds"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = Refund.objects.filter(edition=self.edition)
        counts = {row["state"]: row["count"] for row in every.order_by().values("state").annotate(count=Count("pk"))}
        state = self.request.GET.get("state", "")
        found = every.filter(state=state) if state in Refund.State.values else every
        choices = [("", _("All"), sum(counts.values()))]
        choices += [(value, label, counts.get(value, 0)) for value, label in Refund.State.choices]
        page = Paginator(found.select_related("payment__company"), 50).get_page(self.request.GET.get("page"))
        rows: Any = page.object_list
        for refund in rows:
            refund.ended_by_hand = refund.slow or not way_named(refund.payment.way).sends_back
        return super().get_context_data(
            page=page,
            states=[
                {"label": label, "url": f"?state={name}" if name else "?", "current": name == state, "count": count}
                for name, label, count in choices
            ],
            may_decide=may(self.person, "fairs.refund_payment", self.edition),
            **kwargs,
        )


class RefundDeed(FinancePage, ActionForm):
    """A question about one refund."""

    template_name = "fairs/money/deed.html"
    section = "fairs:refunds"

    @cached_property
    def refund(self) -> Refund:
        """The one that the address names."""
        rows = Refund.objects.filter(edition=self.edition).select_related("payment__company", "edition")
        found: Refund = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    @property
    def home(self) -> str:
        """All refunds."""
        return reverse("fairs:refunds", args=[self.edition.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(refund=self.refund, payment=self.refund.payment, back=self.home, **kwargs)


class FinishRefund(RefundDeed):
    """Says that money has gone back."""

    form_class = FinishForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"heading": _("The money has gone back"), "button": _("It has gone back")}
        return super().get_context_data(**words, **kwargs)

    def act(self, form: Any) -> str:
        finish_refund(self.refund, by=self.person, **form.cleaned_data)
        return self.home


class FailRefund(RefundDeed):
    """Says that money did not arrive."""

    form_class = ReasonForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {
            "heading": _("The money did not arrive"),
            "lead": _("It is free again on its payment, and can be returned anew."),
            "button": _("It came back"),
        }
        return super().get_context_data(**words, **kwargs)

    def act(self, form: Any) -> str:
        fail_refund(self.refund, by=self.person, **form.cleaned_data)
        return self.home


class ReceiptPdf(CompanyThing):
    """The receipt on paper, for who paid and for finance."""

    stands_under = "fairs:notices"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Payment.objects.visible_to(request.user).filter(edition=self.edition)
        payment = get_object_or_404(rows.select_related("company", "edition__series", "recorded_by"), pk=kwargs["pk"])
        response = HttpResponse(notice_pdf(receipt_face(payment)), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{payment.receipt}.pdf"'
        return response


def _whole_refund(payment: Payment) -> dict[str, Any]:
    """All that is free of a payment, for the reason for which it is."""
    why = payment.get_question_display() if payment.question else ""
    return {"amount": payment.free, "reason": why, "key": uuid.uuid4()}
