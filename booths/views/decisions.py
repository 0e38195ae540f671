"""Deciding on many applications at once: the preview, then the word."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booths.actions.decisions import LETTERS, decide_applications
from booths.decision_forms import VERBS, DecisionForm, above_threshold
from booths.models import Application
from booths.scoring import reaches
from fairs import clock
from fairs.deliveries import write
from fairs.inputs import whole_number, whole_numbers
from fairs.views.base import ActionForm, DeskPage


@dataclass
class Verdict:
    """What a decision would do to one application, or why it cannot be."""

    application: Application
    verb: str

    @property
    def possible(self) -> bool:
        """Whether the table allows it now."""
        return self.application.can(self.verb)

    @property
    def why_not(self) -> str:
        """What stands in the way."""
        return _("is already “%(state)s”") % {"state": self.application.get_state_display()}

    @property
    def state_then(self) -> str:
        """The state it would have."""
        target = Application.TRANSITIONS[self.verb].target
        return str(Application.State(target).label)

    @property
    def reached(self) -> bool:
        """Whether its score is enough."""
        return reaches(self.application.score, self.application.least)  # type: ignore[attr-defined]


class DecisionPage(DeskPage, ActionForm):
    """What both steps share: which applications, and what would become of each."""

    template_name = "booths/decide.html"
    form_class = DecisionForm
    current = "booths:applications_desk"
    roles = frozenset({"booth_desk"})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.home)

    @property
    def home(self) -> str:
        """The list."""
        return reverse("booths:applications_desk", args=[self.edition.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        given = getattr(form, "cleaned_data", {})
        verb = given.get("verb") or ""
        verdicts = [Verdict(one, verb) for one in self._rows(given)] if verb else []
        possible = [one for one in verdicts if one.possible]
        return super().get_context_data(
            verb=verb,
            verb_label=dict(VERBS).get(verb, ""),
            possible=possible,
            impossible=[one for one in verdicts if not one.possible],
            seen=",".join(f"{one.application.pk}:{one.application.version}" for one in possible),
            letter=self._letter(possible[0], given.get("reason", "")) if possible else None,
            sure=bool(possible) and not form.errors.get("reason"),
            **kwargs,
        )

    def chosen(self, given: Any) -> QuerySet[Application]:
        """The applications that are meant."""
        raise NotImplementedError(f"{type(self).__name__} says which applications are meant")

    def _rows(self, given: Any) -> QuerySet[Application]:
        visible = Application.objects.visible_to(self.request.user).filter(edition=self.edition)
        rows = visible.filter(pk__in=self.chosen(given).values("pk")).with_least()
        return rows.select_related("company", "contact", "edition__sale_terms").order_by("company__folded", "pk")

    def _letter(self, verdict: Verdict, reason: str) -> dict[str, Any]:
        """The first of the letters as it would be sent."""
        told = copy(verdict.application)
        told.state, told.reason = Application.TRANSITIONS[verdict.verb].target, reason
        told.state_changed_at = clock.now()
        subject, body = write(LETTERS[verdict.verb], to=told.contact, about=told, edition=self.edition)
        return {"to": told.contact, "subject": subject, "body": body}


class PreviewDecisions(DecisionPage):
    """Who, what, which letters, who not and why; nothing has happened yet."""

    def chosen(self, given: Any) -> QuerySet[Application]:
        if given.get("which") == "above":
            return above_threshold(self.edition, given.get("group"))
        ids = whole_numbers(self.request.POST.getlist("id"))[:500]
        return Application.objects.filter(pk__in=ids)

    def form_valid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


class ConfirmDecisions(DecisionPage):
    """All of them, or none."""

    def chosen(self, given: Any) -> QuerySet[Application]:
        return Application.objects.filter(pk__in=self._seen())

    def act(self, form: Any) -> str:
        decided = decide_applications(
            self.edition,
            seen=self._seen(),
            verb=form.cleaned_data["verb"],
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )
        said = ngettext("%(count)d application is decided.", "%(count)d applications are decided.", len(decided))
        messages.success(self.request, said % {"count": len(decided)})
        return self.home

    def _seen(self) -> dict[int, int]:
        """Keys and versions as the preview wrote them; what cannot be read is left out."""
        pairs = (pair.split(":") for pair in self.request.POST.get("seen", "").split(",") if pair.count(":") == 1)
        read = ((whole_number(pk), whole_number(version)) for pk, version in pairs)
        return {pk: version for pk, version in read if pk is not None and version is not None}
