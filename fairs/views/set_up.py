"""Setting up an edition: what it is, when it opens, what it rests on, who runs it."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from fairs import reports
from fairs.actions import editions
from fairs.forms import (
    CopyForm,
    EditionForm,
    LegalPaperForm,
    OfficerForm,
    OpeningDayForm,
    ProgrammeItemForm,
    TargetForm,
)
from fairs.models import LegalPaper, Officer
from fairs.views.base import ActionButton, ActionForm, DeskPage


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
        names = dict(figures())
        targets = [(names.get(one.figure, one.figure), one) for one in self.edition.targets.all()]
        return super().get_context_data(
            days=self.edition.days.all(),
            papers=self.edition.legal_papers.all(),
            items=self.edition.programme.all(),
            support_rules=self.edition.support_rules.all(),
            officers=self.edition.officers.select_related("person"),
            targets=targets,
            **kwargs,
        )


class SetUpForm(SetUpPage, ActionForm):
    """One part of the set-up on a page of its own."""

    template_name = "fairs/set_up/form.html"
    heading: Any = ""
    button: Any = _("Save")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, button=self.button, back=self.home, **kwargs)


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

    def act(self, form: Any) -> str:
        day = form.save(commit=False)
        others = [one for one in self.edition.days.all() if one.date != day.date]
        editions.set_days(self.edition, days=sorted([*others, day], key=lambda one: one.date), by=self.request.user)
        return self.home


class AddTarget(SetUpForm):
    """A target for one figure of the report."""

    form_class = TargetForm
    heading = _("Target")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"figures": figures()}

    def act(self, form: Any) -> str:
        goal = {form.cleaned_data["figure"]: form.cleaned_data["value"]}
        editions.set_targets(self.edition, targets=goal, by=self.request.user)
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

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        paper = get_object_or_404(LegalPaper, edition=self.edition, pk=kwargs["pk"])
        if not paper.file:
            raise Http404
        name = f"{paper.number.replace('/', '-')}.pdf"
        return FileResponse(paper.file.open(), as_attachment=True, filename=name, content_type="application/pdf")


class AddProgrammeItem(SetUpForm):
    """Something on the programme."""

    form_class = ProgrammeItemForm
    heading = _("Programme")

    def act(self, form: Any) -> str:
        editions.add_programme_item(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class Officers(SetUpForm):
    """Who runs the edition in which role; a person not known yet is entered."""

    template_name = "fairs/set_up/officers.html"
    form_class = OfficerForm
    heading = _("Who runs the fair")
    button = _("Give the role")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(officers=self.edition.officers.select_related("person"), **kwargs)

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


def figures() -> list[tuple[str, str]]:
    """The report's figures that may have a target, by key."""
    named: dict[str, str] = {}
    for line in reports.lines():
        for figure in line.figures:
            named.setdefault(figure.goal or f"{line.code}.{figure.key}", f"{line.code} {line.title}: {figure.label}")
    return list(named.items())
