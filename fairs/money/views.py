"""Notices for those who owe, and the finance desk."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from fairs.models import BankAccount, Notice
from fairs.money.actions.accounts import set_bank_account
from fairs.money.actions.notices import cancel_notice
from fairs.money.actions.payments import record_receipt
from fairs.money.cards import card_for
from fairs.money.face import notice_face
from fairs.money.forms import BankAccountForm, ReceiptForm
from fairs.money.transfers import transfer_for
from fairs.papers import qr
from fairs.papers.notice import notice_pdf
from fairs.permissions import may
from fairs.templatetags.fair import number, number_short, percent
from fairs.views.acting import CompanyPage, CompanyThing
from fairs.views.base import ActionButton, ActionForm, DeskPage

COLUMNS = [
    {"label": _("Company"), "sort": "company"},
    {"label": _("Number"), "sort": "number"},
    {"label": _("To be paid by"), "sort": "due_on"},
    {"label": _("Amount due"), "sort": "due", "css": "end"},
    {"label": _("Received"), "sort": "paid", "css": "end"},
    {"label": _("State"), "sort": ""},
]


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
        by_transfer = first is not None and transfer_for(first) is not None
        return super().get_context_data(notices=notices, first=first, unpaid=unpaid, by_transfer=by_transfer, **kwargs)


class NoticePage(CompanyThing):
    """Pages about one notice, for its company and the desks."""

    stands_under = "fairs:notices"
    notice: Notice

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            visible = Notice.objects.visible_to(request.user).filter(edition=self.edition)
            whole = visible.select_related("company", "edition__series", "issued_by").prefetch_related(
                "lines", "instalments", "credit_notes", "postings__payment"
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
        return super().get_context_data(
            notice=self.notice,
            face=face,
            parties=[face.payer, face.subject],
            transfer=transfer,
            transfer_code=qr.svg(transfer.payload, title=str(_("Code to pay this notice"))) if transfer else "",
            **self._by_card(),
            at_the_desk=self.shell == "desk",
            base=f"base/{self.shell}.html",
            may_record=may(self.request.user, "fairs.record_receipt", self.notice),
            may_cancel=may(self.request.user, "fairs.cancel_notice", self.notice) and not self.notice.paid,
            **kwargs,
        )

    def _by_card(self) -> dict[str, Any]:
        """How what is due now is paid by card, and all of it where that is more; the attempts so far."""
        notice, checkouts = self.notice, list(self.notice.checkouts.all())
        if notice.state != Notice.State.ISSUED or not may(self.request.user, "fairs.pay_by_card", notice):
            return {"checkouts": checkouts}
        card, whole = (
            card_for(notice.edition, notice.company, amount, notice.currency)
            for amount in (notice.due_now, notice.balance)
        )
        more = whole is not None and card is not None and whole.amount > card.amount and not whole.too_much
        return {"checkouts": checkouts, "card": card, "whole_card": whole if more else None}

    def act(self, form: Any) -> str:
        record_receipt(self.notice, by=self.request.user, **form.cleaned_data | {"key": str(form.cleaned_data["key"])})
        return self.request.path


class NoticePdf(NoticePage):
    """The notice on paper."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(notice_pdf(notice_face(self.notice)), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{self.notice.number}.pdf"'
        return response


class CancelNotice(NoticePage, ActionButton):
    """Takes an unpaid notice back."""

    done = _("The notice is cancelled, and what it was for is free again.")

    def act(self) -> str:
        cancel_notice(self.notice, by=self.request.user)
        return reverse("fairs:notice", args=[self.edition.slug, self.notice.pk])


class MoneyDesk(DeskPage, TemplateView):
    """All notices of the edition, with the sums of each currency."""

    template_name = "fairs/money/desk.html"
    current = "fairs:money_desk"
    roles = frozenset({"finance", "booth_desk"})

    def get_template_names(self) -> list[str]:
        part = "#live" if self.request.htmx else ""  # type: ignore[attr-defined]
        return [f"{self.template_name}{part}"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = Notice.objects.filter(edition=self.edition)
        state, words, order = (self.request.GET.get(name, "") for name in ("state", "q", "sort"))
        found = every.in_state(state).search(words).select_related("company", "edition")
        counts = every.counts()
        return super().get_context_data(
            figures=[_taken_in(currency, sum_) for currency, sum_ in every.sums().items()] + _by_state(counts),
            page=Paginator(_sorted(found, order), 50).get_page(self.request.GET.get("page")),
            states=_choices(counts, state),
            state=state,
            words=words,
            sorted=order,
            columns=COLUMNS,
            any_notice=any(counts.values()),
            may_set_account=may(self.request.user, "fairs.set_bank_account", self.edition),
            **kwargs,
        )


class SetBankAccount(DeskPage, ActionForm):
    """Where the edition is paid by transfer."""

    template_name = "fairs/money/bank_account.html"
    form_class = BankAccountForm
    current = "fairs:money_desk"
    roles = frozenset({"finance"})

    def get_form_kwargs(self) -> dict[str, Any]:
        known = BankAccount.objects.filter(edition=self.edition).first()
        return super().get_form_kwargs() | {"instance": known or BankAccount(edition=self.edition)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = _("Exhibitors who owe đồng see this account on their notice, with a code for their bank’s app.")
        words = {"heading": _("Account for transfers"), "lead": lead, "button": _("Save")}
        return super().get_context_data(back=self.home, **words, **kwargs)

    def act(self, form: Any) -> str:
        set_bank_account(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home

    @property
    def home(self) -> str:
        """The finance desk."""
        return reverse("fairs:money_desk", args=[self.edition.slug])


def _taken_in(currency: str, sums: dict[str, Any]) -> dict[str, Any]:
    """How much of what is due in a currency has come in."""
    share = sums["paid"] * 100 / sums["due"] if sums["due"] else None
    return {
        "label": _("Received in %(currency)s") % {"currency": currency},
        "value": number_short(sums["paid"]),
        "of": number_short(sums["due"]),
        "share": share,
        "note": percent(share / 100) if share is not None else "",
        "end_note": _("%(amount)s to come") % {"amount": number_short(sums["outstanding"])},
    }


def _by_state(counts: dict[str, int]) -> list[dict[str, Any]]:
    """The notices to look after, each number a way to them."""
    return [
        {"label": _("Overdue"), "value": number(counts["overdue"]), "url": "?state=overdue"},
        {"label": _("Waiting for payment"), "value": number(counts["issued"]), "url": "?state=issued"},
        {"label": _("Paid in full"), "value": number(counts["paid"]), "url": "?state=paid"},
    ]


def _choices(counts: dict[str, int], state: str) -> list[dict[str, Any]]:
    """All, or the notices of one state, with how many they are."""
    all_of_them = sum(counts[one] for one in Notice.State.values)
    named = [("", _("All"), all_of_them), ("overdue", _("Overdue"), counts["overdue"])]
    named += [(value, label, counts[value]) for value, label in Notice.State.choices]
    return [
        {"label": label, "url": f"?state={value}" if value else "?", "current": value == state, "count": count}
        for value, label, count in named
        if count or value == state or not value
    ]


def _sorted(notices: Any, order: str) -> Any:
    """The newest first, unless a column was chosen."""
    known = {column["sort"] for column in COLUMNS} - {""}
    if order.removeprefix("-") not in known:
        return notices
    column = {"company": "company__folded"}.get(order.removeprefix("-"), order.removeprefix("-"))
    return notices.order_by(f"-{column}" if order.startswith("-") else column, "pk")
