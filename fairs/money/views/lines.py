"""The lines of the bank: what was put by itself, and what waits for finance to decide."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from fairs.inputs import NumberField, whole_number, whole_numbers
from fairs.models import BankAccount, BankLine, Notice, Upload
from fairs.money.actions.queue import keep_line, put_line, reopen_line, set_line_aside
from fairs.money.line_words import SHORT, outcome_sentence, rule_sentences
from fairs.money.views.base import FinancePage
from fairs.permissions import lacks_second_factor, may
from fairs.text import LONGEST_SEARCH
from fairs.views.base import ActionForm

MOST_FOUND = 10
MOST_LISTED = 30
COLUMNS = [
    {"label": _("Day"), "sort": "", "css": ""},
    {"label": _("Amount"), "sort": "", "css": "end"},
    {"label": _("Text and payer"), "sort": ""},
    {"label": _("What it is"), "sort": ""},
    {"label": _("State"), "sort": ""},
]
DONE = {
    "put": _("The money is on its notices."),
    "keep": _("The money is taken in. It is on no notice and waits among the payments."),
    "aside": _("The line is set aside."),
    "reopen": _("Taken back. The line waits for a decision again."),
}


class BankLines(FinancePage, TemplateView):
    """The lines of the account by state, with a search that asks for no accents."""

    template_name = "fairs/money/lines.html"
    section = "fairs:bank_lines"

    def get_template_names(self) -> list[str]:
        part = "#live" if self.request.htmx else ""  # type: ignore[attr-defined]
        return [f"{self.template_name}{part}"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        every = self._of_a_statement(BankLine.objects.of(self.edition))
        counts = every.counts()
        state, words = query.get("state", ""), query.get("q", "")
        found = every.in_state(state).search(words)
        page = Paginator(found, 50).get_page(query.get("page"))
        return super().get_context_data(
            page=page,
            rows=[(line, SHORT.get(line.outcome, "")) for line in page.object_list],
            states=self._choices(counts, state),
            state=state,
            words=words,
            columns=COLUMNS,
            sorted="",
            any_line=any(counts.values()),
            account=BankAccount.objects.filter(edition=self.edition).first(),
            narrowed=[(name, query[name]) for name in ("upload", "known") if query.get(name)],
            **kwargs,
        )

    def _of_a_statement(self, lines: Any) -> Any:
        """Those that a statement brought, or those it told of that were known before."""
        brought, known = (whole_number(self.request.GET.get(name, "")) for name in ("upload", "known"))
        if brought:
            return lines.filter(upload=brought)
        if known:
            upload = get_object_or_404(Upload.objects.visible_to(self.request.user), edition=self.edition, pk=known)
            return lines.filter(pk__in=upload.result.get("known", []))
        return lines

    def _choices(self, counts: dict[str, int], state: str) -> list[dict[str, Any]]:
        query = self.request.GET.copy()
        query.pop("page", None)
        options = []
        for value, label in [("", _("All")), *BankLine.State.choices]:
            count = counts[value] if value else sum(counts.values())
            query["state"] = value
            if count or value in ("", "waiting", state):
                options.append(
                    {"label": label, "url": f"?{query.urlencode()}", "current": value == state, "count": count}
                )
        return options


class LineForm(forms.Form):
    """How much is for which notice, and why."""

    q = forms.CharField(label=_("Another notice"), max_length=LONGEST_SEARCH, required=False)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Such as “called Mrs Lan: she paid for both”. It is kept with your name."),
    )

    def __init__(self, *args: Any, notices: list[Notice], line: BankLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notices = notices
        self.payable = [notice for notice in notices if notice.state == Notice.State.ISSUED]
        for notice in self.payable:
            label = _("For %(number)s") % {"number": notice.number}
            self.fields[f"amount_{notice.pk}"] = NumberField(label=label, required=False)
        if len(self.payable) == 1 and self.payable[0].currency == line.currency:
            [likely] = self.payable
            amount = min(line.payment.free if line.payment else line.amount, likely.balance)
            self.fields[f"amount_{likely.pk}"].initial = amount or None

    @property
    def parts(self) -> list[tuple[Notice, Decimal]]:
        """The notices for which an amount was typed."""
        typed = [(notice, self.cleaned_data.get(f"amount_{notice.pk}")) for notice in self.payable]
        return [(notice, amount) for notice, amount in typed if amount is not None]

    @property
    def rows(self) -> list[tuple[Notice, Any]]:
        """Each notice, with its field where something is owed."""
        return [(notice, self[f"amount_{notice.pk}"] if notice in self.payable else None) for notice in self.notices]


class BankLinePage(FinancePage, ActionForm):
    """A line: what the bank says, what the matcher found and why, and what finance can do."""

    template_name = "fairs/money/line.html"
    form_class = LineForm
    section = "fairs:bank_lines"
    line: BankLine

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            lines = BankLine.objects.of(self.edition).visible_to(request.user)
            whole = lines.select_related("edition", "payment", "upload").prefetch_related(
                "reports", "decisions__by", "payment__postings__notice__edition"
            )
            self.line = get_object_or_404(whole, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"notices": self._notices(), "line": self.line}

    def _notices(self) -> list[Notice]:
        """The suggested ones, the likeliest first, those looked for before, and those found now."""
        posted = self.request.POST
        keys = [*self.line.suggested, *whole_numbers(posted.getlist("notice"))]
        words = posted.get("q", "")
        if words:
            keys += (
                self._payable()
                .unpaid()
                .search(words)
                .order_by("due_on", "pk")
                .values_list("pk", flat=True)[:MOST_FOUND]
            )
        keys = list(dict.fromkeys(keys))[:MOST_LISTED]
        found = self._payable().filter(pk__in=keys).select_related("company", "edition").in_bulk()
        return [found[key] for key in keys if key in found]

    def _payable(self) -> Any:
        """The notices that are paid to this account, of editions whose money this person looks after."""
        accounts = BankAccount.objects.filter(bin=self.line.bin, number=self.line.account).values("edition")
        here: QuerySet[Notice] = Notice.objects.filter(edition__in=accounts) | Notice.objects.filter(
            edition=self.line.edition_id
        )
        return here.visible_to(self.person)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            line=self.line,
            says=outcome_sentence(self.line.outcome),
            why=rule_sentences(self.line.rules),
            postings=self._postings(),
            locked=lacks_second_factor(self.request.user, "fairs.decide_line", self.line),
            may_decide=may(self.request.user, "fairs.decide_line", self.line),
            back=self.home,
            searched=bool(self.request.POST.get("q")),
            **kwargs,
        )
        free = self.line.payment.free if self.line.payment else self.line.amount
        return context | {"free": free, "open": self.line.can("decide"), "may_reopen": self.line.can("reopen")}

    def _postings(self) -> list[tuple[Notice, Decimal]]:
        """The notices on which its money stands, and how much."""
        if not self.line.payment:
            return []
        sums: dict[Notice, Decimal] = {}
        for posting in self.line.payment.postings.all():
            if posting.notice:
                sums[posting.notice] = sums.get(posting.notice, Decimal(0)) + posting.amount
        return [(notice, amount) for notice, amount in sums.items() if amount]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "find" in request.POST:
            form = self.get_form()
            form._errors = ErrorDict()  # type: ignore[attr-defined] # what is not sent yet is not judged
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def act(self, form: Any) -> str:
        deed, reason, by = self.request.POST.get("deed", "put"), form.cleaned_data["reason"], self.request.user
        if deed == "keep":
            keep_line(self.line, reason=reason, by=by)
        elif deed == "aside":
            set_line_aside(self.line, reason=reason, by=by)
        elif deed == "reopen":
            reopen_line(self.line, reason=reason, by=by)
        else:
            put_line(self.line, parts=form.parts, reason=reason, by=by)
        messages.success(self.request, DONE.get(deed, DONE["put"]))
        return self.request.path if deed == "reopen" else f"{self.home}?state=waiting"

    @property
    def home(self) -> str:
        """All lines."""
        return reverse("fairs:bank_lines", args=[self.edition.slug])
