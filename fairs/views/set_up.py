"""Setting up an edition: what it is, when it opens, what it rests on, who runs it."""

from datetime import datetime
from typing import Any

from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from fairs import reports
from fairs.actions import editions, plans
from fairs.downloads import paper_download
from fairs.forms import (
    CopyForm,
    EditionForm,
    LegalPaperForm,
    OfficerForm,
    OpeningDayForm,
    PlanForm,
    ProgrammeItemForm,
    TargetForm,
)
from fairs.models import Edition, LegalPaper, Officer, ProgrammeItem
from fairs.views.base import ActionButton, DeskForm, DeskPage
from fairs.views.report import added


class SetUpPage(DeskPage):
    """Pages of the set-up belong to the director."""

    current = "fairs:set_up"
    roles = frozenset({"director"})

    @property
    def home(self) -> str:
        """The first page of the set-up."""
        return reverse("fairs:set_up", args=[self.edition.slug])


class SetUp(SetUpPage, TemplateView):
    """The whole set-up at a glance, each part with its page."""

    template_name = "fairs/set_up/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rules = self.edition.support_rules.select_related("legal_basis", "fund")
        return super().get_context_data(
            days=self.edition.days.all(),
            papers=self.edition.legal_papers.all(),
            items=self.edition.programme.all(),
            support_rules=rules,
            funds=self.edition.funds.all(),
            officers=self.edition.officers.select_related("person").order_by("role", "pk"),
            targets=_targets(self.edition),
            planned=_planned(self.edition),
            plan=self.edition.plan_versions.select_related("legal_paper").first(),
            **kwargs,
        )


class SetUpForm(SetUpPage, DeskForm):
    """One part of the set-up on a page of its own."""

    template_name = "fairs/set_up/form.html"
    back_word = _("Set-up")


class ChangeEdition(SetUpForm):
    """Name, dates, place, whether the public sees it."""

    form_class = EditionForm
    heading = _("The edition")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.edition}

    def act(self, form: Any) -> str:
        editions.change_edition(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class CopyEdition(SetUpForm):
    """A new edition with this one's set-up."""

    form_class = CopyForm
    heading = _("Copy this set-up into a new edition")
    button = _("Make the new edition")

    def act(self, form: Any) -> str:
        made = editions.copy_edition(self.edition, by=self.request.user, **form.cleaned_data)
        return reverse("fairs:set_up", args=[made.slug])


class AddDay(SetUpForm):
    """One more opening day, or other hours for one."""

    form_class = OpeningDayForm
    heading = _("Opening day")

    def get_initial(self) -> dict[str, Any]:
        """The hours of the day that the address names; of a new one, those of the first."""
        days = list(self.edition.days.all())
        named = next((day for day in days if day.date.isoformat() == self.request.GET.get("date")), None)
        pattern = named or next(iter(days), None)
        hours = model_to_dict(pattern, fields=["opens_at", "closes_at", "audience"]) if pattern else {}
        return hours | ({"date": named.date} if named else {})

    def act(self, form: Any) -> str:
        day = form.save(commit=False)
        others = [one for one in self.edition.days.all() if one.date != day.date]
        editions.set_days(self.edition, days=sorted([*others, day], key=lambda one: one.date), by=self.request.user)
        return self.home


class AddTarget(SetUpForm):
    """A target for one figure of the report: the next version of the plan."""

    form_class = TargetForm
    heading = _("Target")
    lead = _("What you set makes a new version of the plan. The old one stays and can be read.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"figures": figures(self.edition), "edition": self.edition}

    def get_initial(self) -> dict[str, Any]:
        """The target that the address names, as it stands."""
        figure = self.request.GET.get("figure", "")
        target = self.edition.targets.filter(figure=figure).first()
        return {"figure": figure, "value": target.value} if target else {}

    def act(self, form: Any) -> str:
        given = dict(form.cleaned_data)
        goal = {given.pop("figure"): given.pop("value")}
        plans.set_targets(self.edition, targets=goal, by=self.request.user, **given)
        return self.home


class SetPlan(SetUpForm):
    """All targets at once: one next version of the plan."""

    form_class = PlanForm
    heading = _("The whole plan")
    lead = AddTarget.lead

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"figures": figures(self.edition), "edition": self.edition}

    def get_initial(self) -> dict[str, Any]:
        """The targets as they stand."""
        return self.edition.targets.by_figure()

    def act(self, form: Any) -> str:
        rests = {name: form.cleaned_data[name] for name in ("legal_paper", "since", "why")}
        goals = {key: form.cleaned_data[key] for key, _name in figures(self.edition)}
        plans.set_targets(self.edition, targets=goals, by=self.request.user, **rests)
        return self.home


class AddLegalPaper(SetUpForm):
    """An official paper, with its file."""

    form_class = LegalPaperForm
    heading = _("Legal paper")

    def act(self, form: Any) -> str:
        editions.add_legal_paper(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class LegalPaperFile(DeskPage):
    """The file of a paper, always as a download."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        paper = get_object_or_404(LegalPaper, edition=self.edition, pk=kwargs["pk"])
        if not paper.file:
            raise Http404
        return paper_download(paper)


class AddProgrammeItem(SetUpForm):
    """Something on the programme."""

    form_class = ProgrammeItemForm
    heading = _("Programme")

    def get_initial(self) -> dict[str, Any]:
        """The first morning of the fair."""
        first = self.edition.days.first()
        return {"starts_at": datetime.combine(first.date, first.opens_at)} if first else {}

    def act(self, form: Any) -> str:
        editions.add_programme_item(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class ChangeProgrammeItem(SetUpForm):
    """Another hour, place or title; or nothing of it any more."""

    form_class = ProgrammeItemForm
    heading = _("Programme")

    @cached_property
    def item(self) -> ProgrammeItem:
        """What the address names."""
        return get_object_or_404(ProgrammeItem, edition=self.edition, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.item}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse("fairs:remove_programme_item", args=[self.edition.slug, self.item.pk])
        return super().get_context_data(remove=remove, remove_question=_("Take this off the programme?"), **kwargs)

    def act(self, form: Any) -> str:
        editions.change_programme_item(self.item, by=self.request.user, **form.cleaned_data)
        return self.home


class RemoveProgrammeItem(SetUpPage, ActionButton):
    """Takes something off the programme."""

    done = _("It is off the programme.")

    def act(self) -> str:
        item = get_object_or_404(ProgrammeItem, edition=self.edition, pk=self.kwargs["pk"])
        editions.remove_programme_item(item, by=self.request.user)
        return self.home


class Officers(SetUpForm):
    """Who runs the edition in which role; a person not known yet is entered."""

    template_name = "fairs/set_up/officers.html"
    form_class = OfficerForm
    heading = _("Who runs the fair")
    button = _("Give the role")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        officers = self.edition.officers.select_related("person").order_by("role", "pk")
        return super().get_context_data(officers=officers, **kwargs)

    def act(self, form: Any) -> str:
        editions.appoint_by_email(self.edition, by=self.request.user, **form.cleaned_data)
        return self.request.path


class DismissOfficer(SetUpPage, ActionButton):
    """Takes a role back."""

    done = _("The role is taken back.")

    def act(self) -> str:
        officer = get_object_or_404(Officer, edition=self.edition, pk=self.kwargs["pk"])
        editions.dismiss_officer(officer, by=self.request.user)
        return reverse("fairs:officers", args=[self.edition.slug])


def figures(edition: Edition) -> list[tuple[str, str]]:
    """The report's figures that may have a target, by key; figures with a common target are one.

    A target of a whole line, such as C1, is one of its first figure.
    """
    known = set(edition.targets.by_figure())
    named: dict[str, str] = {}
    for line in reports.lines():
        aimed = [figure for figure in line.figures if line.goal_of(figure)]
        for figure in aimed:
            key = line.goal_of(figure)
            key = line.code if line.code in known - {key} and figure == aimed[0] else key
            named[key] = f"{line.code} {line.title}" + ("" if key in named else f": {figure.label}")
    return list(named.items())


def _planned(edition: Edition) -> list[dict[str, Any]]:
    """Where targets must add up to another target, whether they do."""
    goals = edition.targets.by_figure()
    sums = [reports.planned_addition(line, goals) for line in reports.lines()]
    return [added(one) for one in sums if one]


def _targets(edition: Edition) -> list[dict[str, Any]]:
    """The targets with the names of their figures."""
    names = dict(figures(edition))
    return [
        {"name": names.get(one.figure, one.figure), "figure": one.figure, "value": one.value}
        for one in edition.targets.all()
    ]
