"""The vetting desk: whose turn it is, what speaks for them, and many decided at once after a look at what follows."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from buyers.actions import vetting
from buyers.checklists import Outlook, known, outlooks, outlooks_of_declining
from buyers.filters import VettingFilter
from buyers.grades import PLAIN
from buyers.models import Evidence, EvidenceItem, Grade, Registration
from buyers.vetting_forms import ChecklistForm, ManyForm, QuestionForm
from fairs.inputs import whole_numbers
from fairs.permissions import may
from fairs.templatetags.fair import number
from fairs.views.base import ActionForm, DeskForm, DeskPage

READERS = frozenset({"importer_desk", "matchmaking_desk", "reports"})
DECIDERS = frozenset({"importer_desk"})


class Vetting(DeskPage, TemplateView):
    """Who waits for a decision, the oldest first, with how far their evidence is."""

    template_name = "buyers/vetting.html"
    current = "buyers:importers_desk"
    roles = READERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = Registration.objects.visible_to(self.person).filter(edition=self.edition).undecided()
        found = VettingFilter(self.request.GET, waiting)
        counts = waiting.vetting_counts()
        page = Paginator(found.qs, 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            filter=found,
            page=page,
            rows=page.object_list,
            grades=list(self.edition.grades.all()),
            lines=self.edition.evidence_items.filter(stage="vetting").count(),
            figures=_figures(counts),
            may_decide=may(self.person, "buyers.decide", self.edition),
            **kwargs,
        )


class DecideMany(DeskPage, ActionForm):
    """What deciding on those ticked would come to for each; then, by one button, it is done."""

    template_name = "buyers/decide_many.html"
    current = "buyers:importers_desk"
    roles = DECIDERS
    form_class = ManyForm

    @cached_property
    def grades(self) -> list[Grade]:
        """Those of the edition, in their order."""
        return list(self.edition.grades.all())

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What the address, or the form that came back, asks for."""
        given = self.request.POST or self.request.GET
        codes = [grade.code for grade in self.grades]
        return {
            "verb": "decline" if given.get("verb") == "decline" else "approve",
            "grade": given.get("grade") if given.get("grade") in codes else PLAIN,
            "chosen": whole_numbers(given.getlist("chosen"))[:300],
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition, "grades": self.grades}

    def get_initial(self) -> dict[str, Any]:
        return self.asked

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grade = next((one for one in self.grades if one.code == self.asked["grade"]), None)
        rows = Registration.objects.filter(edition=self.edition, pk__in=self.asked["chosen"])
        chosen = list(rows.select_related("person", "company").order_by("pk"))
        found = _outlooks(chosen, grade, self.asked["verb"])
        return super().get_context_data(
            verb=self.asked["verb"],
            grade=grade,
            grades=self.grades,
            outlooks=found,
            fitting=sum(not one.against for one in found),
            **kwargs,
        )

    def act(self, form: BaseForm) -> str:
        """Decide on each that may be; those left out stand on the page again, with the reason of each."""
        given, by = form.cleaned_data, self.person
        chosen = list(given["chosen"])
        if given["verb"] == "approve":
            done = vetting.approve_many(chosen, grade=given["grade"] or PLAIN, by=by)
        else:
            done = vetting.decline_many(chosen, reason=given["reason"], by=by)
        left = [one.registration.pk for one in done if one.against]
        self._tell(given["verb"], len(done) - len(left), len(left))
        if not left:
            return reverse("buyers:vetting", args=[self.edition.slug])
        again = {"verb": given["verb"], "grade": given["grade"], "chosen": left}
        return f"{self.request.path}?{urlencode(again, doseq=True)}"

    def _tell(self, verb: str, decided: int, left: int) -> None:
        approved = ngettext(
            "%(number)d importer approved; the badge and its letter are on the way.",
            "%(number)d importers approved; their badges and letters are on the way.",
            decided,
        )
        declined = ngettext(
            "%(number)d importer declined; the letter is on the way.",
            "%(number)d importers declined; their letters are on the way.",
            decided,
        )
        if decided:
            messages.success(self.request, (approved if verb == "approve" else declined) % {"number": decided})
        if left:
            sentence = ngettext(
                "%(number)d was left out. See why below.", "%(number)d were left out. See why below.", left
            )
            messages.warning(self.request, sentence % {"number": left})


class OfImporter(DeskPage):
    """About one importer of the edition."""

    current = "buyers:importers_desk"
    roles = DECIDERS

    @cached_property
    def registration(self) -> Registration:
        """The one of the address."""
        visible = Registration.objects.visible_to(self.person).filter(edition=self.edition)
        rows = visible.select_related("person", "company", "edition", "grade", "entered_by")
        found: Registration = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    @property
    def home(self) -> str:
        """The importer's page at the desk."""
        return reverse("buyers:importer_desk", args=[self.edition.slug, self.registration.pk])


class CheckEvidence(OfImporter, ActionForm):
    """Ticking the lines of the checklist, with a note."""

    template_name = "buyers/check_evidence.html"
    form_class = ChecklistForm

    def get_form_kwargs(self) -> dict[str, Any]:
        items = list(self.edition.evidence_items.prefetch_related("grades"))
        rows = Evidence.objects.filter(registration=self.registration).select_related("checked_by")
        return super().get_form_kwargs() | {"items": items, "given": {row.item_id: row for row in rows}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(registration=self.registration, known=known(self.registration), **kwargs)

    def act(self, form: Any) -> str:
        """Say which are in order."""
        vetting.check_evidence(self.registration, verdicts=form.verdicts, notes=form.notes, by=self.person)
        return self.home


class AskForMore(OfImporter, DeskForm):
    """Asking the importer something before the decision."""

    heading = gettext_lazy("Ask for more")
    lead = gettext_lazy("They get a letter with your question, and are back in the queue when they answer.")
    button = gettext_lazy("Send the question")
    button_icon = "mail"
    form_class = QuestionForm

    @property
    def back_word(self) -> str:
        """Whom it is about."""
        return self.registration.person.full_name

    def act(self, form: BaseForm) -> str:
        """Send the letter."""
        vetting.ask_for_more(self.registration, text=form.cleaned_data["text"], by=self.person)
        messages.success(self.request, _("The letter with your question is on the way."))
        return self.home


def checklist(registration: Registration) -> dict[str, Any]:
    """What an importer's page at the desk shows of the checklist and the questions."""
    given = Evidence.objects.filter(registration=registration).select_related("checked_by")
    lines = EvidenceItem.objects.filter(edition=registration.edition_id).prefetch_related(
        Prefetch("given", given, to_attr="rows"), "grades"
    )
    facts = known(registration)
    return {
        "lines": [(item, next(iter(item.rows), None), facts.get(item.fact, "")) for item in lines],
        "questions": registration.questions.select_related("asked_by"),
    }


def _outlooks(chosen: list[Registration], grade: Grade | None, verb: str) -> list[Outlook]:
    if verb == "approve" and grade is not None:
        return outlooks(chosen, grade)
    return outlooks_of_declining(chosen)


def _figures(counts: dict[str, int]) -> list[dict[str, Any]]:
    shown = [
        (_("Waiting for approval"), "registered", "?state=registered"),
        (_("of them answered"), "answered", "?answered=yes"),
        (_("Asked for more"), "more", "?state=more"),
        (_("With new evidence"), "fresh", "?fresh=yes"),
    ]
    return [{"label": label, "value": number(counts[key]), "url": url} for label, key, url in shown]
