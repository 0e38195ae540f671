"""Rules with an effect: accepted anew when they change, withdrawing in writing, set by the desk."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.actions.house_rules import set_house_rules
from booths.actions.rules import HANDED_IN, accept_rules
from booths.actions.withdrawals import withdraw_in_writing
from booths.exhibitor_forms import HouseRulesForm, PaperWithdrawalForm, WithdrawalForm
from booths.forms import RulesForm
from booths.models import Application, house_rules_of
from booths.querysets import rules_of
from booths.views.set_up import FloorForm
from fairs import clock
from fairs.views.acting import CompanyPage
from fairs.views.base import ActionForm, DeskForm, DeskPage


class OwnPage(CompanyPage, ActionForm):
    """Something about one's application once it was handed in; without one the page does not exist."""

    shell = "exhibitor"
    current = "booths:application"

    @cached_property
    def application(self) -> Application:
        """The live one."""
        mine = Application.objects.filter(edition=self.edition, company_id__in=self.acting.ids, state__in=HANDED_IN)
        found = mine.select_related("company", "edition", "contact").first()
        if found is None:
            raise Http404
        return found

    @property
    def switch_url(self) -> str:
        """One's own page: another company may have none."""
        return reverse("booths:application", args=[self.edition.slug])

    @property
    def home(self) -> str:
        """One's own page, of this company."""
        return self.switch_url + self.acting.address


class AcceptRules(OwnPage):
    """The rules changed after one handed in: read them, accept them."""

    template_name = "booths/accept_rules.html"
    form_class = RulesForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"application": self.application, "rules": rules_of(self.edition), "home": self.home}
        return super().get_context_data(**shown | kwargs)

    def act(self, form: Any) -> str:
        accept_rules(self.application, version=form.cleaned_data["rules_version"], by=self.person)
        messages.success(self.request, _("Accepted. Thank you."))
        return self.home


class WithdrawInWriting(OwnPage):
    """Withdrawing, also after paying, with what follows said before."""

    template_name = "booths/withdraw.html"
    form_class = WithdrawalForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today(self.edition)
        return super().get_context_data(
            application=self.application, home=self.home, days=days_before(self.edition.opens_on, today),
            house_rules=house_rules_of(self.edition), is_late=today > house_rules_of(self.edition).withdraw_until,
            **kwargs,
        )  # fmt: skip

    def act(self, form: Any) -> str:
        withdraw_in_writing(self.application, words=form.cleaned_data["words"], by=self.person)
        messages.success(self.request, _("You have withdrawn."))
        return self.home


class WithdrawForThem(DeskPage, DeskForm):
    """A withdrawal that came on paper, with the day on which it came."""

    form_class = PaperWithdrawalForm
    current = "booths:applications_desk"
    roles = frozenset({"booth_desk"})
    heading = gettext_lazy("Withdrawal in writing")
    button = gettext_lazy("Withdraw the application")
    back_word = gettext_lazy("Application")

    @cached_property
    def application(self) -> Application:
        """What the address names."""
        rows = Application.objects.visible_to(self.person).filter(edition=self.edition, state__in=HANDED_IN)
        found: Application = get_object_or_404(rows.select_related("edition", "company"), pk=self.kwargs["pk"])
        return found

    @property
    def home(self) -> str:
        """Its page at the desk."""
        return reverse("booths:application_desk", args=[self.edition.slug, self.application.pk])

    @property
    def lead(self) -> str:
        """What follows."""
        said = _("%(name)s: its booths go back to the plan at once, and nothing is paid back.")
        return said % {"name": self.application.company.name_vi}

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": clock.today(self.edition)}

    def act(self, form: Any) -> str:
        withdraw_in_writing(self.application, by=self.person, **form.cleaned_data)
        return self.home


class SetHouseRules(FloorForm):
    """The rules that have an effect, a part of the set-up."""

    form_class = HouseRulesForm
    heading = gettext_lazy("Rules with an effect")
    lead = gettext_lazy("Change the words of the rules as well: exhibitors accept those.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": house_rules_of(self.edition)}

    def act(self, form: Any) -> str:
        set_house_rules(self.edition, by=self.person, **form.cleaned_data)
        return self.home


def days_before(opens_on: date, today: date) -> int:
    """How many days there are until the opening, 0 once it has come."""
    return max(0, (opens_on - today).days)
