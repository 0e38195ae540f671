"""What an applicant writes to the booth desk: the answer to a question, an appeal."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.actions.appeals import appeal_place, make_appeal
from booths.actions.questions import answer_question
from booths.answer_forms import AnswerForm, AppealForm, PlaceAppealForm
from booths.models import Application, Offer
from booths.templatetags.rounds import reasons
from fairs import clock
from fairs.views.acting import CompanyPage
from fairs.views.base import ActionForm


class Writing(CompanyPage, ActionForm):
    """One text about one's own application in one state; without such an application the page does not exist."""

    template_name = "booths/write.html"
    shell = "exhibitor"
    current = "booths:application"
    state = ""
    heading: Any = ""
    application: Application

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            mine = Application.objects.filter(edition=self.edition, company_id__in=self.acting.ids)
            found = mine.filter(state=self.state).select_related("edition__sale_terms", "company", "contact")
            self.application = found.order_by("-pk").first() or _nothing()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        label, said = self.said()
        return super().get_context_data(heading=self.heading, said_label=label, said=said, **kwargs)

    def said(self) -> tuple[str, str]:
        """What is answered, under what name."""
        raise NotImplementedError(f"{type(self).__name__} says what is answered")

    @property
    def switch_url(self) -> str:
        """One's own page: another company may have nothing to write."""
        return self.home

    @property
    def home(self) -> str:
        """One's own page."""
        return reverse("booths:application", args=[self.edition.slug])


class Answer(Writing):
    """The answer to what the booth desk asked."""

    form_class = AnswerForm
    state = Application.State.MORE_INFO
    heading = gettext_lazy("Your answer")

    def said(self) -> tuple[str, str]:
        return _("The booth desk asks"), self.application.question

    def act(self, form: Any) -> str:
        answer_question(self.application, answer=form.cleaned_data["answer"], by=self.request.user)
        messages.success(self.request, _("Thank you. The booth desk reads your answer."))
        return self.home


class AppealPage(Writing):
    """An appeal against a refusal."""

    form_class = AppealForm
    state = Application.State.REJECTED
    heading = gettext_lazy("Ask for another look")

    def said(self) -> tuple[str, str]:
        return _("The reason given"), self.application.reason

    def act(self, form: Any) -> str:
        make_appeal(self.application, text=form.cleaned_data["text"], by=self.request.user)
        messages.success(self.request, _("Your appeal is on the desk. You will get a letter with the answer."))
        return self.home


class AppealPlace(Writing):
    """An appeal against the place that an allocation round gave, while it stands."""

    form_class = PlaceAppealForm
    state = Application.State.ACCEPTED
    heading = gettext_lazy("Ask for another place")
    offer: Offer

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            mine = Offer.objects.filter(application__company_id__in=self.acting.ids, round__isnull=False)
            standing = mine.open_at(clock.now()).select_related("application__edition")
            self.offer = get_object_or_404(standing, application__edition=self.edition)
        return super().dispatch(request, *args, **kwargs)

    def said(self) -> tuple[str, str]:
        return _("Your place: %(codes)s") % {"codes": self.offer.codes}, " ".join(reasons(self.offer))

    def act(self, form: Any) -> str:
        appeal_place(self.offer, text=form.cleaned_data["text"], by=self.request.user)
        messages.success(self.request, _("Your appeal is on the desk. Your place is kept until you get the answer."))
        return self.home


def _nothing() -> Application:
    raise Http404
