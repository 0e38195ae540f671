"""Notices for those who owe, and the finance desk."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from fairs.models import Notice
from fairs.money import actions
from fairs.money.face import notice_face
from fairs.money.forms import ReceiptForm
from fairs.papers.notice import notice_pdf
from fairs.permissions import may
from fairs.views.base import ActionButton, ActionForm, DeskPage, SignedInPage


class Notices(SignedInPage, TemplateView):
    """What one's company owes and has paid."""

    template_name = "fairs/money/notices.html"
    shell = "exhibitor"
    current = "fairs:notices"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Notice.objects.filter(edition=self.edition, company_id__in=self.request.user.company_ids)  # type: ignore[union-attr]
        return super().get_context_data(notices=own.select_related("company"), **kwargs)


class NoticePage(SignedInPage):
    """Pages about one notice, for its company and the desks."""

    notice: Notice

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            visible = Notice.objects.visible_to(request.user).filter(edition=self.edition)
            whole = visible.select_related("company", "edition__series", "issued_by").prefetch_related(
                "lines", "payments"
            )
            self.notice = get_object_or_404(whole, pk=kwargs["pk"])
            self.shell = "exhibitor" if self.notice.company_id in request.user.company_ids else "desk"  # type: ignore[misc]
        return super().dispatch(request, *args, **kwargs)


class NoticeView(NoticePage, ActionForm):
    """The notice, its payments, and for finance the form that records one."""

    template_name = "fairs/money/notice.html"
    form_class = ReceiptForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"notice": self.notice, "initial": {"key": uuid.uuid4()}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            notice=self.notice,
            base=f"base/{self.shell}.html",
            may_record=may(self.request.user, "fairs.record_receipt", self.notice),
            may_cancel=may(self.request.user, "fairs.cancel_notice", self.notice) and not self.notice.paid,
            **kwargs,
        )

    def act(self, form: Any) -> str:
        actions.record_receipt(
            self.notice, by=self.request.user, **form.cleaned_data | {"key": str(form.cleaned_data["key"])}
        )
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
        actions.cancel_notice(self.notice, by=self.request.user)
        return reverse("fairs:notice", args=[self.edition.slug, self.notice.pk])


class MoneyDesk(DeskPage, TemplateView):
    """All notices of the edition, with the sums of each currency."""

    template_name = "fairs/money/desk.html"
    current = "fairs:money_desk"
    roles = frozenset({"finance", "booth_desk"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = Notice.objects.filter(edition=self.edition)
        state, words = self.request.GET.get("state", ""), self.request.GET.get("q", "")
        found = every.in_state(state).search(words).select_related("company")
        return super().get_context_data(
            sums=every.sums(),
            page=Paginator(found, 50).get_page(self.request.GET.get("page")),
            state_choices=[*Notice.State.choices, ("overdue", _("Overdue"))],
            state=state,
            words=words,
            **kwargs,
        )
