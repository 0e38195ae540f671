"""Support: its rules and funds in the set-up, and what it came to at the money desk."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Sum
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from fairs.models import Edition, Fund, Grant, SupportRule
from fairs.money import overlaps
from fairs.money.actions import support
from fairs.money.sections import sections
from fairs.money.support_forms import FundForm, SupportRuleForm
from fairs.templatetags.fair import local, money_short, number
from fairs.views.base import ActionButton, DeskPage
from fairs.views.set_up import SetUpForm, SetUpPage


class RuleForm(SetUpForm):
    """A form about one rule; whoever saves it learns which others it overlaps."""

    form_class = SupportRuleForm
    heading = gettext_lazy("Support")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def saved(self, rule: SupportRule) -> str:
        """Warn, and go on to the set-up."""
        others = overlaps.overlapping(rule)
        if others:
            names = ", ".join(local(other, "name") for other in others)
            sentence = _("Saved. Companies may fit this rule and others too: %(names)s. See what was granted.")
            messages.warning(self.request, sentence % {"names": names})
        return self.home


class AddSupportRule(RuleForm):
    """Who gets which part of a fee paid."""

    def act(self, form: Any) -> str:
        return self.saved(support.set_support_rule(self.edition, by=self.request.user, **form.cleaned_data))


class ChangeSupportRule(RuleForm):
    """Another part, ceiling, end; or no such rule any more."""

    lead = gettext_lazy("Notices already issued keep their support.")

    @cached_property
    def rule(self) -> SupportRule:
        """What the address names."""
        return get_object_or_404(SupportRule, edition=self.edition, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.rule}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse("fairs:remove_support_rule", args=[self.edition.slug, self.rule.pk])
        return super().get_context_data(remove=remove, remove_question=_("Remove this rule?"), **kwargs)

    def act(self, form: Any) -> str:
        return self.saved(support.change_support_rule(self.rule, by=self.request.user, **form.cleaned_data))


class RemoveSupportRule(SetUpPage, ActionButton):
    """Takes a rule away."""

    done = gettext_lazy("The rule is removed.")

    def act(self) -> str:
        rule = get_object_or_404(SupportRule, edition=self.edition, pk=self.kwargs["pk"])
        support.remove_support_rule(rule, by=self.request.user)
        return self.home


class AddFund(SetUpForm):
    """A fund that pays support."""

    form_class = FundForm
    heading = gettext_lazy("Fund")

    def act(self, form: Any) -> str:
        support.set_fund(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class ChangeFund(SetUpForm):
    """Another name or share; or no such fund any more."""

    form_class = FundForm
    heading = gettext_lazy("Fund")

    @cached_property
    def fund(self) -> Fund:
        """What the address names."""
        return get_object_or_404(Fund, edition=self.edition, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.fund}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse("fairs:remove_fund", args=[self.edition.slug, self.fund.pk])
        return super().get_context_data(remove=remove, remove_question=_("Remove this fund?"), **kwargs)

    def act(self, form: Any) -> str:
        support.change_fund(self.fund, by=self.request.user, **form.cleaned_data)
        return self.home


class RemoveFund(SetUpPage, ActionButton):
    """Takes a fund away."""

    done = gettext_lazy("The fund is removed.")

    def act(self) -> str:
        support.remove_fund(get_object_or_404(Fund, edition=self.edition, pk=self.kwargs["pk"]), by=self.request.user)
        return self.home


class SupportGiven(DeskPage, TemplateView):
    """What support came to, and where it comes twice: by its rules, and to companies."""

    template_name = "fairs/money/support.html"
    current = "fairs:money_desk"
    roles = frozenset({"finance", "booth_desk"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rules = list(self.edition.support_rules.select_related("fund").prefetch_related("provinces"))
        handles_money = bool(self.person.roles_in(self.edition) & {"director", "finance"})
        return super().get_context_data(
            sections=sections(self.edition, "fairs:support_given") if handles_money else [],
            figures=_figures(self.edition),
            rules=rules,
            overlaps=overlaps.overlaps(rules),
            several=overlaps.several(self.edition),
            readable=set(Edition.objects.run_by(self.person, "finance", "booth_desk").values_list("pk", flat=True)),
            may_set_up="director" in self.person.roles_in(self.edition),
            **kwargs,
        )


def _figures(edition: Edition) -> list[dict[str, Any]]:
    """Turns, companies, and the sum of each fund."""
    grants = Grant.objects.granted().filter(edition=edition).order_by()
    counted = grants.aggregate(turns=Count("pk"), companies=Count("company", distinct=True))
    funds = {fund.pk: fund for fund in edition.funds.all()}
    sums = grants.values("rule__fund").annotate(sum=Sum("amount")).order_by("rule__fund")
    return [
        {"label": _("Times supported"), "value": number(counted["turns"])},
        {"label": _("Companies supported"), "value": number(counted["companies"])},
        *(
            {
                "label": local(funds[row["rule__fund"]], "name") if row["rule__fund"] else _("No fund named"),
                "value": money_short(row["sum"], "VND"),
            }
            for row in sums
        ),
    ]
