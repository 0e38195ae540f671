"""The questions after the fair: answered by the links of a letter, listed for one's own company."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from fairs import clock
from fairs.callers import behind_link
from fairs.models import Edition, Participation, Person
from fairs.views.base import ActionForm
from matchmaking.actions.contacts import contacts_of
from matchmaking.actions.follow_up import answer_follow_up, stop_follow_ups
from matchmaking.follow_up_forms import ANSWERS, FollowUpForm
from matchmaking.models import FollowUp, FollowUpRung, NoFollowUps
from matchmaking.views.base import PartyPage

LINKS = "follow-up-links"
SHOWN_AFTER = timedelta(days=30)


@method_decorator(never_cache, name="dispatch")
class LetterPage:
    """A page behind the link of a letter, in the language of whoever it was sent to."""

    request: HttpRequest
    edition: Edition
    part: Participation

    def find(self, **kwargs: Any) -> None:
        """Set the edition and the side of a link; a wrong one does not exist."""
        raise NotImplementedError(f"{type(self).__name__} says which link it stands behind")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find(**kwargs)
        timezone.activate(self.edition.zone)
        self._speak(request)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if render := getattr(response, "render", None):
            render()  # while the language still stands
        response["Content-Language"] = translation.get_language() or ""
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The fair and the side that was asked."""
        return super().get_context_data(edition=self.edition, part=self.part, **kwargs)  # type: ignore[misc]

    def _speak(self, request: HttpRequest) -> None:
        """The language of the one it was sent to, unless this browser has chosen one."""
        people = [] if "django_language" in request.COOKIES else contacts_of(self.part)
        if people:
            translation.activate(people[0].language)
            request.LANGUAGE_CODE = people[0].language


class FollowUpsAsked(LetterPage, TemplateView):
    """All questions of one letter, those without an answer first."""

    template_name = "matchmaking/follow_ups_asked.html"

    def find(self, **kwargs: Any) -> None:
        rungs = FollowUpRung.objects.select_related("edition__series", "part__company")
        self.rung = behind_link(self.request, LINKS, lambda: rungs.filter(token=kwargs["rung"]).first())
        self.edition, self.part = self.rung.edition, self.rung.part

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = list(self.rung.questions.with_sides())
        asked.sort(key=lambda one: (one.state != FollowUp.State.ASKED, one.other.company.folded))
        return super().get_context_data(**kwargs | {"rung": self.rung, "asked": asked})


class AnswerFollowUp(LetterPage, ActionForm):
    """One question: the answer tapped in the letter is chosen already, one more tap records it. GET changes nothing."""

    template_name = "matchmaking/follow_up.html"
    form_class = FollowUpForm
    one: FollowUp

    def find(self, **kwargs: Any) -> None:
        whole = FollowUp.objects.with_sides().select_related("edition__series", "rung", "deal")
        self.one = behind_link(self.request, LINKS, lambda: whole.filter(token=kwargs["follow_up"]).first())
        self.edition, self.part = self.one.edition, self.one.part

    def get_initial(self) -> dict[str, Any]:
        tapped = self.request.GET.get("answer", "")
        said = {name: getattr(self.one, name) for name in ("amount", "reason", "note")} if self._shows() else {}
        state = "" if self.one.state == FollowUp.State.ASKED else self.one.state
        answer = tapped if tapped in dict(ANSWERS) else state
        return said | {"answer": answer, "currency": self.one.currency or "USD"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changing = "answer" in self.request.GET or self.request.method == "POST"
        return super().get_context_data(
            one=self.one,
            said=self.one.state != FollowUp.State.ASKED and not changing,
            left=self.one.rung.questions.open().exclude(pk=self.one.pk).count(),
            mine=self._mine(),
            shows=self._shows(),
            **kwargs,
        )

    def _mine(self) -> bool:
        user = self.request.user
        return bool(user.is_authenticated and self.part.company_id in user.company_ids)

    def _shows(self) -> bool:
        """A letter is forwarded and kept: a month after the answer its link no longer tells what was said."""
        said_at = self.one.answered_at
        return self._mine() or said_at is None or clock.now() - said_at < SHOWN_AFTER

    def act(self, form: Any) -> str:
        answer_follow_up(self.one, by=self.request.user, token=self.one.token, **form.cleaned_data)
        return self.request.path


class NoMoreFollowUps(LetterPage, TemplateView):
    """What it means to be asked no more, one button, and afterwards that it holds."""

    template_name = "matchmaking/no_more_follow_ups.html"

    def find(self, **kwargs: Any) -> None:
        rung, person = FollowUpRung.unsign(kwargs["signed"])
        rungs = FollowUpRung.objects.select_related("edition__series", "part__company")
        self.rung = get_object_or_404(rungs, pk=rung)
        self.reader = get_object_or_404(Person, pk=person, is_active=True)
        self.edition, self.part = self.rung.edition, self.rung.part

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        done = NoFollowUps.objects.filter(edition=self.edition, person=self.reader).exists()
        return super().get_context_data(done=done, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say so."""
        stop_follow_ups(self.edition, person=self.reader, by=request.user)
        return redirect(request.path)

    def _speak(self, request: HttpRequest) -> None:
        if "django_language" not in request.COOKIES:
            translation.activate(self.reader.language)
            request.LANGUAGE_CODE = self.reader.language


class FollowUps(PartyPage, TemplateView):
    """What one's company was asked after the fair, and what it said."""

    template_name = "matchmaking/follow_ups.html"
    current = "matchmaking:agenda"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not self.parts:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = FollowUp.objects.filter(edition=self.edition).asked_of(self.acting.ids)
        whole = own.with_sides().select_related("deal").order_by("-days", "state", "pk")
        rungs = own.by_rung()
        asked = sum(row["questions"] for row in rungs)
        answered = sum(row["answered"] for row in rungs)
        return super().get_context_data(
            page=Paginator(whole, 50).get_page(self.request.GET.get("page")),
            asked=asked,
            answered=answered,
            share=answered / asked if asked else None,
            **kwargs,
        )
