"""The visa officer’s desk: who asked, what is to be checked, what was issued."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from buyers.actions import visas
from buyers.actions.visa_rules import set_visa_rules
from buyers.models import VisaLetter, VisaRules
from buyers.views.visa import KINDS
from buyers.visa_checks import findings
from buyers.visa_face import verify_url
from buyers.visa_forms import VisaDecisionForm, VisaRulesForm
from fairs.models import Entry
from fairs.telling import told
from fairs.views.base import ActionForm, DeskForm, SignedInPage


class VisaDeskPage(SignedInPage):
    """For the visa officers of the edition alone; for everybody else, the director too, it does not exist."""

    shell = "desk"
    current = "buyers:visa_desk"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and "visa" not in request.user.roles_in(self.edition):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class VisaDesk(VisaDeskPage, TemplateView):
    """The list by state, those who wait first."""

    template_name = "buyers/visa_desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = VisaLetter.objects.visible_to(self.person).filter(edition=self.edition)
        counts = every.counts()
        asked = self.request.GET.get("state", "")
        state = asked if asked in VisaLetter.State.values else ""
        found = every.filter(state=state) if state else every
        page = Paginator(found.select_related("person", "company"), 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            rows=[(letter, KINDS[letter.state]) for letter in page.object_list],
            states=_states(counts, state),
            state=state,
            **kwargs,
        )


class VisaLetterDesk(VisaDeskPage, ActionForm):
    """One letter: the passport (its reading is written down), the checks, the decision, the history."""

    template_name = "buyers/visa_letter.html"
    form_class = VisaDecisionForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = VisaLetter.objects.visible_to(request.user).filter(edition=self.edition)
        self.letter = get_object_or_404(visible.with_rules(), pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letter = self.letter
        passport = visas.read_passport(letter, by=self.person) if letter.readable else None
        found = findings(letter, passport) if passport and letter.state in ("asked", "checked") else []
        return super().get_context_data(
            letter=letter,
            kind=KINDS[letter.state],
            passport=passport,
            findings=found,
            in_order=passport is not None and not any(finding.kind == "stop" for finding in found),
            verify_url=verify_url(letter) if letter.number else "",
            entries=told(_history(letter)),
            **kwargs,
        )

    def act(self, form: Any) -> str:
        """Check, issue, refuse, revoke or replace."""
        given, letter, by = form.cleaned_data, self.letter, self.person
        if given["verb"] == "check":
            visas.check_letter(letter, version=given["version"] or 0, by=by)
        elif given["verb"] == "issue":
            visas.issue_letter(letter, by=by)
        elif given["verb"] == "refuse":
            visas.refuse_letter(letter, reason=given["reason"], by=by)
        elif given["verb"] == "revoke":
            visas.revoke_letter(letter, reason=given["reason"], by=by)
        else:
            letter = visas.replace_letter(letter, reason=given["reason"], by=by)
        return reverse("buyers:visa_letter", args=[self.edition.slug, letter.pk])


class SetVisaRules(VisaDeskPage, DeskForm):
    """Who signs, whom a consulate calls, when passports are forgotten."""

    heading = gettext_lazy("How letters for visas are written")
    back_word = gettext_lazy("Visa letters")
    form_class = VisaRulesForm

    @property
    def home(self) -> str:
        """All letters."""
        return reverse("buyers:visa_desk", args=[self.edition.slug])

    def get_form_kwargs(self) -> dict[str, Any]:
        known = VisaRules.objects.filter(edition=self.edition).first()
        return super().get_form_kwargs() | {"instance": known or VisaRules(edition=self.edition)}

    def act(self, form: Any) -> str:
        """Keep them."""
        set_visa_rules(self.edition, by=self.person, **form.cleaned_data)
        return self.home


def _states(counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    named = [("", "", sum(counts.values()))] + [
        (value, label, counts[value]) for value, label in VisaLetter.State.choices
    ]
    return [
        {"value": value, "label": label, "current": value == current, "count": count} for value, label, count in named
    ]


def _history(letter: VisaLetter) -> Any:
    return Entry.objects.filter(
        verb__startswith="buyers.visaletter.", object_id=str(letter.pk), edition=letter.edition_id
    )[:50]
