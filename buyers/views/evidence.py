"""The importer's own page for what the desk asks: answers, a few words, files."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from buyers.actions.vetting import answer_question, give_evidence
from buyers.models import Evidence, EvidenceItem, Registration
from buyers.vetting_forms import AnswerForm
from fairs.downloads import download_of
from fairs.permissions import may
from fairs.views.base import ActionForm, EditionPage, SignedInPage


class OwnEvidence(SignedInPage, ActionForm):
    """What the desk asked, and the lines of its checklist; whoever has no open registration finds nothing."""

    for_importers = True
    shell = "importer"
    template_name = "buyers/evidence.html"
    current = "buyers:registration"
    form_class = AnswerForm
    registration: Registration

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            own = Registration.objects.filter(edition=self.edition, person=request.user, state__in=Registration.COMING)
            rows = own.select_related("company", "person", "edition", "grade").order_by("-pk")
            found = rows.first()
            if found is None:
                raise Http404
            self.registration = found
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"items": self._items(), "asked": self.registration.can("answer")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(
            registration=self.registration, questions=self.registration.questions.all(), **kwargs
        )
        given = {row.item_id: row for row in Evidence.objects.filter(registration=self.registration)}
        form: Any = found["form"]
        found["lines"] = [(item, given.get(item.pk), *form.fields_of(item)) for item in form.items]
        return found

    def act(self, form: Any) -> str:
        """Keep what is said and sent; then the answer, where one was asked."""
        for item, said, data in form.given:
            give_evidence(self.registration, item=item, said=said, data=data, by=self.person)
        if "answer" in form.fields and (form.cleaned_data["answer"] or not form.given):
            answer_question(self.registration, answer=form.cleaned_data["answer"], by=self.person)
        messages.success(self.request, _("The importer desk has it."))
        return reverse("buyers:evidence", args=[self.edition.slug])

    def show_refusal(self, form: BaseForm, refusal: Any) -> None:
        """A file that is none names no line by itself."""
        form.add_error("answer" if "answer" in refusal.fields else None, refusal.message)

    def _items(self) -> list[EvidenceItem]:
        """Before the approval the lines for it, after it the proofs that its grade asks."""
        lines = self.edition.evidence_items
        if self.registration.state == Registration.State.APPROVED:
            return list(lines.filter(stage=EvidenceItem.Stage.CLAIM, grades=self.registration.grade))
        return list(lines.filter(stage=EvidenceItem.Stage.VETTING))


class EvidenceFile(SignedInPage, EditionPage):
    """The file of a line, for the importer and the desk."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Evidence.objects.filter(registration__edition=self.edition).exclude(file="")
        row = get_object_or_404(rows.select_related("registration__edition", "item"), pk=kwargs["pk"])
        if not may(request.user, "buyers.read_evidence", row.registration):
            raise Http404
        return download_of(row.file, f"{row.item.code}-{row.registration_id}")
