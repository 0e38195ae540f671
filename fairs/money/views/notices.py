"""Notices: for those who owe, and for finance."""

import uuid
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from fairs import clock
from fairs.models import CreditNote, Notice
from fairs.money.actions.credits import credit_notice
from fairs.money.actions.invoices import record_e_invoice
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import record_receipt
from fairs.money.cards import by_card
from fairs.money.face import notice_face
from fairs.money.forms import CreditForm, EInvoiceForm, ReceiptForm
from fairs.money.offered import differ, ways_for
from fairs.money.receipt_face import credit_face
from fairs.money.transfers import transfer_for
from fairs.papers import qr
from fairs.papers.notice import notice_pdf
from fairs.permissions import may
from fairs.views.acting import CompanyPage, CompanyThing
from fairs.views.base import ActionButton, ActionForm


class Notices(CompanyPage, TemplateView):
    """What one's company owes and has paid."""

    template_name = "fairs/money/notices.html"
    shell = "exhibitor"
    current = "fairs:notices"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Notice.objects.filter(edition=self.edition, company_id__in=self.acting.ids)
        whole = own.select_related("company", "edition").prefetch_related("instalments", "postings__payment")
        notices = list(whole)
        unpaid = sorted((one for one in notices if one.state == Notice.State.ISSUED), key=lambda one: one.due_on)
        first = unpaid[0] if unpaid else None
        ways = ways_for(first) if first else []
        return super().get_context_data(
            notices=notices, first=first, unpaid=unpaid, ways=ways, own_days=differ(ways), **kwargs
        )


class NoticePage(CompanyThing):
    """Pages about one notice, for its company and the desks."""

    stands_under = "fairs:notices"
    notice: Notice

    @property
    def home(self) -> str:
        """The notice's own page."""
        return reverse("fairs:notice", args=[self.edition.slug, self.notice.pk])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            visible = Notice.objects.visible_to(request.user).filter(edition=self.edition)
            whole = visible.select_related("company", "edition__series", "issued_by").prefetch_related(
                "lines", "instalments", "credit_notes", "e_invoices", "postings__payment"
            )
            self.notice = get_object_or_404(whole, pk=kwargs["pk"])
            self.act_for(self.notice.company_id)
            self.shell = "exhibitor" if self.notice.company_id in request.user.company_ids else "desk"  # type: ignore[misc]
        return super().dispatch(request, *args, **kwargs)


class NoticeView(NoticePage, ActionForm):
    """The notice, its payments, and for finance the form that records one."""

    template_name = "fairs/money/notice.html"
    form_class = ReceiptForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"notice": self.notice, "initial": {"key": uuid.uuid4()}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        face = notice_face(self.notice)
        transfer = transfer_for(self.notice)
        ways = ways_for(self.notice) if self.notice.state == Notice.State.ISSUED else []
        return super().get_context_data(
            notice=self.notice,
            face=face,
            parties=[face.payer, face.subject],
            transfer=transfer,
            ways=ways,
            own_days=differ(ways),
            transfer_code=qr.svg(transfer.payload, title=str(_("Code to pay this notice"))) if transfer else "",
            **by_card(self.notice, self.request.user),
            at_the_desk=self.shell == "desk",
            base=f"base/{self.shell}.html",
            may_record=may(self.request.user, "fairs.record_receipt", self.notice),
            may_credit=may(self.request.user, "fairs.credit_notice", self.notice),
            may_cancel=may(self.request.user, "fairs.cancel_notice", self.notice) and not self.notice.paid,
            **kwargs,
        )

    def act(self, form: Any) -> str:
        record_receipt(self.notice, by=self.request.user, **form.cleaned_data | {"key": str(form.cleaned_data["key"])})
        return self.request.path


class NoticePdf(NoticePage):
    """The notice on paper."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(notice_pdf(notice_face(self.notice)), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{self.notice.number}.pdf"'
        return response


class NoticeDeed(NoticePage, ActionForm):
    """What finance does with a notice, on a page of its own, so that nothing typed is lost on a refusal."""

    template_name = "fairs/money/deed.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.roles_in(self.edition) & {"director", "finance"}:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class CreditNotice(NoticeDeed):
    """Lowers what a notice asks for by a credit note, or gives it up whole."""

    form_class = CreditForm

    def get_initial(self) -> dict[str, Any]:
        return {"key": uuid.uuid4()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"heading": _("Credit note"), "button": _("Issue the credit note"), "back": self.home}
        lead = _("What was issued stays as it is. A paper of its own lowers what is owed.")
        return super().get_context_data(notice=self.notice, lead=lead, **words, **kwargs)

    def act(self, form: Any) -> str:
        given = form.cleaned_data | {"key": str(form.cleaned_data["key"])}
        credit_notice(self.notice, by=self.request.user, **given | {"amount": given["amount"] or Decimal(0)})
        return self.home


class CreditPdf(CompanyThing):
    """The credit note on paper."""

    stands_under = "fairs:notices"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = CreditNote.objects.visible_to(request.user).filter(edition=self.edition)
        whole = rows.select_related("notice__company", "notice__edition__series", "issued_by")
        credit = get_object_or_404(whole, pk=kwargs["pk"])
        response = HttpResponse(notice_pdf(credit_face(credit)), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{credit.number}.pdf"'
        return response


class RecordEInvoice(NoticeDeed):
    """Writes down an e-invoice that the outside system issued."""

    form_class = EInvoiceForm

    def get_initial(self) -> dict[str, Any]:
        written = sum((one.amount for one in self.notice.e_invoices.exclude(status="replaced")), Decimal(0))
        return {"amount": max(Decimal(0), self.notice.paid - written) or None, "issued_on": clock.today(self.edition)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"heading": _("E-invoice"), "button": _("Write it down"), "back": self.home}
        lead = _("Issued by the outside system; here stands where to find it.")
        return super().get_context_data(notice=self.notice, lead=lead, **words, **kwargs)

    def act(self, form: Any) -> str:
        record_e_invoice(self.notice, by=self.request.user, **form.cleaned_data)
        return self.home


class CancelNotice(NoticePage, ActionButton):
    """Takes an unpaid notice back."""

    done = _("The notice is cancelled, and what it was for is free again.")

    def act(self) -> str:
        cancel_notice(self.notice, by=self.request.user)
        return reverse("fairs:notice", args=[self.edition.slug, self.notice.pk])
