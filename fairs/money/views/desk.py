"""The finance desk: every notice with the sums of each currency, and where transfers go."""

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from fairs.models import BankAccount, Notice
from fairs.money.actions.accounts import set_bank_account
from fairs.money.forms import BankAccountForm
from fairs.money.sections import sections
from fairs.permissions import lacks_second_factor, may
from fairs.templatetags.fair import number, number_short, percent
from fairs.views.base import DeskForm, DeskPage

FINANCE = frozenset({"director", "finance"})
COLUMNS = [
    {"label": _("Company"), "sort": "company"},
    {"label": _("Number"), "sort": "number"},
    {"label": _("To be paid by"), "sort": "due_on"},
    {"label": _("Amount due"), "sort": "due", "css": "end"},
    {"label": _("Received"), "sort": "paid", "css": "end"},
    {"label": _("State"), "sort": ""},
]


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
            locked=lacks_second_factor(self.person, "fairs.record_receipt", self.edition),
            sections=sections(self.edition, self.current) if self.person.roles_in(self.edition) & FINANCE else [],
            **kwargs,
        )


class SetBankAccount(DeskPage, DeskForm):
    """Where the edition is paid by transfer."""

    template_name = "fairs/set_up/form.html"
    heading = _("Account for transfers")
    lead = _("Exhibitors who owe đồng see this account on their notice, with a code for their bank’s app.")
    back_word = _("Money")
    form_class = BankAccountForm
    current = "fairs:money_desk"
    roles = frozenset({"finance"})

    def get_form_kwargs(self) -> dict[str, Any]:
        known = BankAccount.objects.filter(edition=self.edition).first()
        return super().get_form_kwargs() | {"instance": known or BankAccount(edition=self.edition)}

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
