"""The booth desk's applications: the list, and one with everything a decision rests on."""

from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths.actions import appeals, questions
from booths.actions import applications as deeds
from booths.answer_forms import AnswerForm, AppealAnswerForm, QuestionForm
from booths.decision_forms import DecisionForm
from booths.filters import ApplicationFilter
from booths.forms import ReasonForm
from booths.judged import Judged, places_in
from booths.models import Appeal, Application, Zone
from booths.views.mine import Standing
from fairs.errors import Invalid
from fairs.models import Entry, ProductGroup, Province
from fairs.permissions import may
from fairs.telling import told
from fairs.views.base import ActionForm, DeskPage

COLUMNS = [
    {"label": gettext_lazy("Company"), "sort": "company"},
    {"label": gettext_lazy("Village, province"), "sort": "province"},
    {"label": gettext_lazy("Booths"), "sort": "booths", "css": "end"},
    {"label": gettext_lazy("Zones"), "sort": ""},
    {"label": gettext_lazy("Handed in"), "sort": "submitted"},
    {"label": gettext_lazy("State"), "sort": "state"},
]
SCORE = {"label": gettext_lazy("Score"), "sort": "score", "css": "end"}
TICK = {"label": gettext_lazy("Tick"), "sort": "", "hidden": True}
READERS = frozenset({"booth_desk", "finance", "reports"})
WAITING = "waiting"  # what the list opens on


class ApplicationsDesk(DeskPage, TemplateView):
    """All applications that were handed in, to filter, sort and decide on; it opens on what waits for a decision."""

    template_name = "booths/applications_desk.html"
    current = "booths:applications_desk"
    roles = READERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = Application.objects.visible_to(self.request.user).filter(edition=self.edition)
        rows = every.select_related("company__province", "company__craft_village", "booth_class", "entered_by")
        filters = ApplicationFilter(self._asked, rows.with_least().prefetch_related("zones"), edition=self.edition)
        counts = dict(every.order_by().values_list("state").annotate(Count("pk")))
        return super().get_context_data(
            filters=filters,
            sorted=filters.sorted_by,
            state=self._asked["state"],
            page=Paginator(filters.qs, 50).get_page(self.request.GET.get("page")),
            states=self._states(counts),
            asked=every.live().aggregate(booths=Sum("booth_count"))["booths"] or 0,
            zones=Zone.objects.filter(edition=self.edition),
            groups=ProductGroup.objects.filter(company__applications__edition=self.edition).distinct(),
            provinces=Province.objects.filter(company__applications__edition=self.edition).distinct(),
            **self._for_deciders(),
            **kwargs,
        )

    def _for_deciders(self) -> dict[str, Any]:
        """The ticks and the scores, for those who may decide and read."""
        decides = may(self.request.user, "booths.decide", self.edition)
        reads = may(self.request.user, "booths.read_scores", self.edition)
        return {
            "may_decide": decides,
            "reads_scores": reads,
            "columns": [*([TICK] if decides else []), *COLUMNS, *([SCORE] if reads else [])],
            "places": places_in(self.edition.pk) if reads else {},
            "decision": DecisionForm() if decides else None,
        }

    @property
    def _asked(self) -> QueryDict:
        asked = self.request.GET.copy()
        asked["state"] = asked.get("state") or WAITING
        if not may(self.request.user, "booths.read_scores", self.edition):
            asked.pop("reach", None)  # nobody learns by filtering or sorting what they may not read
            if "score" in asked.get("sort", ""):
                asked.pop("sort")
        return asked

    def _states(self, counts: dict[str, int]) -> list[dict[str, Any]]:
        now = self._asked["state"]
        waiting = sum(counts.get(state, 0) for state in Application.WAITING)
        states = [(WAITING, _("To decide"), waiting), ("all", _("All"), sum(counts.values()))]
        states += [(value, str(label), counts.get(value, 0)) for value, label in Application.State.choices]
        return [
            {"label": label, "url": f"?state={value}", "count": count, "current": value == now}
            for value, label, count in states
            if count or value in (WAITING, "all")
        ]


class ApplicationDesk(DeskPage, ActionForm):
    """One application with everything the decision rests on, and its history."""

    template_name = "booths/application_desk.html"
    current = "booths:applications_desk"
    roles = READERS
    FORMS: ClassVar[dict[str, type[forms.Form]]] = {
        "decide": ReasonForm,
        "ask": QuestionForm,
        "answer": AnswerForm,
        "appeal": AppealAnswerForm,
    }
    OF_VERB: ClassVar = {"ask_more": "ask", "answer": "answer", "uphold": "appeal", "dismiss": "appeal"}
    application: Application

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            whole = Application.objects.visible_to(request.user).select_related(
                "company__province",
                "company__craft_village",
                "contact",
                "entered_by",
                "booth_class",
                "edition__sale_terms",
                "withdrawal",
            )
            self.application = get_object_or_404(whole, edition=self.edition, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def _sent(self) -> str:
        """Which of the page's forms was sent."""
        return self.OF_VERB.get(self.request.POST.get("verb", ""), "decide")

    def get_form_class(self) -> type[forms.Form]:
        return self.FORMS[self._sent]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            application=self.application,
            company=self.application.company,
            standing=Standing(self.application),
            entries=told(self._entries()),
            place_in_line=self._place_in_line(),
            may_decide=may(self.request.user, "booths.decide", self.application),
            judged=Judged(self.application) if may(self.request.user, "booths.read_scores", self.application) else None,
            **kwargs,
        )
        blank = {f"{name}_form": form() for name, form in self.FORMS.items()}
        return context | blank | {f"{self._sent}_form": context["form"]}

    def _entries(self) -> QuerySet[Entry]:
        def keys(rows: Any) -> list[str]:
            return [str(pk) for pk in rows.values_list("pk", flat=True)]

        one = self.application
        own = Q(verb__startswith="booths.application.", object_id=str(one.pk))
        concerned = {
            "reservation": one.reservations, "offer": one.offers, "review": one.reviews, "appeal": one.appeals,
        }  # fmt: skip
        for verb, rows in concerned.items():
            own |= Q(verb__startswith=f"booths.{verb}.", object_id__in=keys(rows))
        return Entry.objects.filter(own, edition=self.edition).order_by("-at", "-pk")[:50]

    def _place_in_line(self) -> int | None:
        """Which one it is by time of handing in."""
        if self.application.submitted_at is None:
            return None
        earlier = Application.objects.filter(edition=self.edition, submitted_at__lt=self.application.submitted_at)
        return earlier.count() + 1

    def act(self, form: Any) -> str:
        verb, by, given = self.request.POST.get("verb", ""), self.request.user, form.cleaned_data
        if verb in ("uphold", "dismiss"):
            answer = appeals.uphold_appeal if verb == "uphold" else appeals.dismiss_appeal
            answer(self._open_appeal(), answer=given["appeal_answer"], by=by)
        elif verb == "ask_more":
            questions.ask_more(self.application, question=given["question"], by=by)
        elif verb == "answer":
            questions.answer_question(self.application, answer=given["answer"], by=by)
        else:
            self._decide(verb, given["reason"])
        return self.request.path

    def _decide(self, verb: str, reason: str) -> None:
        verbs = {
            "accept": deeds.accept_application,
            "waitlist": deeds.waitlist_application,
            "reject": deeds.reject_application,
        }
        if verb not in verbs:
            raise Invalid("unknown_verb", _("Choose an answer: accept, waiting list or turn down."))
        verbs[verb](self.application, by=self.request.user, reason=reason)

    def _open_appeal(self) -> Appeal:
        found: Appeal | None = self.application.appeals.filter(state=Appeal.State.OPEN).first()
        if found is None:
            raise Invalid("no_appeal", _("There is no appeal that waits for an answer."))
        return found
