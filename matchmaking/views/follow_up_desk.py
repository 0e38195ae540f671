"""What the organiser sees of the questions after the fair: each rung, how many answered, and what."""

from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from fairs import clock
from fairs.permissions import may
from fairs.templatetags.fair import number, percent
from fairs.views.base import DeskForm, DeskPage
from matchmaking.actions.follow_up import rules_after, set_follow_up_rules
from matchmaking.follow_up_forms import FollowUpRulesForm
from matchmaking.models import FollowUp, FollowUpRung

DESK = frozenset({"reports", "matchmaking_desk", "importer_desk"})
ANSWERS = ("talking", "sample", "ordered", "lost")


class FollowUpsDesk(DeskPage, TemplateView):
    """The rungs with their response rate, for both sides together and for each; values stay in the register."""

    template_name = "matchmaking/follow_ups_desk.html"
    current = "matchmaking:meetings_desk"
    roles = DESK

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = FollowUp.objects.filter(edition=self.edition)
        rungs, counts = self._rungs(every), every.orders().order_counts()
        return super().get_context_data(
            figures=_figures(every.by_rung(), counts["orders"] - counts["contracts"]),
            rungs=rungs,
            sides=[(label, every.filter(side=side).by_rung()) for side, label in FollowUp.Side.choices],
            may_list_orders=may(self.request.user, "matchmaking.list_orders", self.edition),
            may_count_sales=may(self.request.user, "matchmaking.read_register", self.edition),
            may_set=may(self.request.user, "matchmaking.set_follow_ups", self.edition),
            **kwargs,
        )

    def _rungs(self, every: Any) -> list[dict[str, Any]]:
        """Those of the rules and those that were asked, with the day each is due."""
        counted = {row["days"]: row for row in every.by_rung()}
        asked = FollowUpRung.objects.filter(edition=self.edition, questions__isnull=False).order_by().values("days")
        letters = dict(asked.annotate(letters=Count("pk", distinct=True)).values_list("days", "letters"))
        today = clock.today(self.edition)
        rungs = {*rules_after(self.edition).days, *counted}
        due = {days: self.edition.closes_on + timedelta(days=days) for days in rungs}
        return [
            {"days": days, "due": day, "come": day <= today, "letters": letters.get(days, 0)} | counted.get(days, {})
            for days, day in sorted(due.items())
        ]


class FollowUpRulesPage(DeskPage, DeskForm):
    """After how many days both sides are asked, and when they are reminded."""

    current = "matchmaking:meetings_desk"
    roles = frozenset({"reports", "matchmaking_desk"})
    form_class = FollowUpRulesForm
    heading = gettext_lazy("When both sides are asked")
    lead = gettext_lazy("Each side gets one letter a rung, about everybody it met; what was asked stays.")
    back_word = gettext_lazy("After the fair")

    @property
    def home(self) -> str:
        return reverse("matchmaking:follow_ups_desk", args=[self.edition.slug])

    def get_initial(self) -> dict[str, Any]:
        rules = rules_after(self.edition)
        return {"days": ", ".join(map(str, rules.days)), "remind_after": rules.remind_after}

    def act(self, form: Any) -> str:
        set_follow_up_rules(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


def _figures(rows: list[dict[str, Any]], without_paper: int) -> list[dict[str, Any]]:
    asked, answered = (sum(row[name] for row in rows) for name in ("questions", "answered"))
    share = answered / asked if asked else None
    ordered = sum(row["ordered"] for row in rows)
    return [
        {"label": _("Questions asked"), "value": number(asked), "note": _("One for each pair, rung and side")},
        {"label": _("Answered"), "value": number(answered), "share": 100 * share if share is not None else None,
         "note": percent(share) if share is not None else ""},
        {"label": _("Orders placed"), "value": number(ordered),
         "note": _("%(n)s without a contract recorded yet") % {"n": number(without_paper)}},
        {"label": _("Came to nothing"), "value": number(sum(row["lost"] for row in rows))},
    ]  # fmt: skip
