"""What an officer does to a proposed round: moves, pins, the rest again, back and forth, comparing, signing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from booths.actions import round_moves
from booths.actions.round_publishing import publish_round
from booths.models import Proposal, Round
from booths.round_bench import figures, gap
from booths.round_forms import MoveForm, PinForm, SeenForm
from booths.round_letter import Answers
from booths.round_look import Elsewhere, Look, elsewhere
from booths.views.desk import DECIDERS
from booths.views.rounds import OneRound, RoundPage
from fairs.errors import DomainError
from fairs.views.base import ActionForm

NAMED = 3
"""So many are named in the word about a change; the page lists all."""


class OnProposal(OneRound, ActionForm):
    """Something done with a proposal that was seen; a refusal shows how the round stands now."""

    roles = DECIDERS
    form_class: Any = SeenForm

    def show_refusal(self, form: forms.BaseForm, refusal: DomainError) -> None:
        super().show_refusal(form, refusal)
        del self.worked  # somebody may have changed it meanwhile

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        if self.worked.state == Round.State.PROPOSED:
            return self.refused(form, sentences_of(form))
        for sentence in sentences_of(form):  # somebody signed or dropped it
            messages.error(self.request, sentence)
        return redirect(self.url)

    def refused(self, form: forms.BaseForm, said: list[str]) -> HttpResponse:
        """The page again, with what is in the way."""
        return self.render_to_response(self.get_context_data(form=form, refused=said), status=422)


class Deed(OnProposal, RoundPage):
    """A button or small form of the workbench; what is refused is said on the page, above the proposal as it stands."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.url)

    def do(self, given: dict[str, Any]) -> Proposal:
        """Call the action with what was typed."""
        raise NotImplementedError(f"{type(self).__name__} says which action it calls")

    def act(self, form: Any) -> str:
        made = self.do(form.cleaned_data | {"by": self.person})
        self.say(made)
        address = QueryDict(self.request.POST.get("back", "").removeprefix("?"), mutable=True)
        if who := form.cleaned_data.get("who"):
            address["who"] = who
        return f"{self.url}?{address.urlencode()}" if address else self.url

    def say(self, made: Proposal) -> None:
        """What has changed, in a sentence."""

    def refused(self, form: forms.BaseForm, said: list[str]) -> HttpResponse:
        self.touched = form.data.get("who", "")
        context = self.get_context_data(form=form, refused=said, typed=form.data.get("booth", ""))
        return self.render_to_response(context, status=422)


class Move(Deed):
    """Put somebody elsewhere."""

    form_class = MoveForm

    def do(self, given: dict[str, Any]) -> Proposal:
        return round_moves.move_applicant(self.worked, **given)

    def say(self, made: Proposal) -> None:
        step = Look(self.worked, made).last_step
        messages.success(self.request, changed(step) if step else _("It stands there already."))


class Pin(Deed):
    """Keep somebody where it is, or let it go."""

    form_class = PinForm

    def do(self, given: dict[str, Any]) -> Proposal:
        return round_moves.pin(self.worked, **given)


class SolveRest(Deed):
    """Work out again all that is not pinned."""

    def do(self, given: dict[str, Any]) -> Proposal:
        return round_moves.solve_rest(self.worked, **given)

    def say(self, made: Proposal) -> None:
        step = Look(self.worked, made).last_step
        nothing = _("Nothing better was found for what is not pinned: everybody stands where they stood.")
        messages.success(self.request, changed(step) if step else nothing)


class Undo(Deed):
    """Back to the proposal before."""

    def do(self, given: dict[str, Any]) -> Proposal:
        return round_moves.undo(self.worked, **given)


class Redo(Deed):
    """Forward again."""

    def do(self, given: dict[str, Any]) -> Proposal:
        return round_moves.redo(self.worked, **given)


class Compare(OneRound, TemplateView):
    """A proposal beside what the last signed round came to."""

    template_name = "booths/round_compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        signed = Round.objects.published().filter(edition=self.edition, number__lt=self.worked.number)
        last, proposal = signed.select_related("current").first(), self.worked.current
        if proposal is None:
            raise Http404
        if last is not None and last.current is not None:
            kwargs["figures"] = figures(self.worked, proposal, last.current, of=last)
            kwargs["elsewhere"] = elsewhere(last.current.plan, proposal.plan)
        return super().get_context_data(last=last, **kwargs)


class Sign(OnProposal):
    """What signing would send, to whom; then the signature. Nothing has happened before."""

    template_name = "booths/round_sign.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.worked.state != Round.State.PROPOSED:
            return redirect(self.url)
        return super().get(request, *args, **kwargs)

    def act(self, form: Any) -> str:
        offers = publish_round(self.worked, seen=form.cleaned_data["seen"], by=self.person)
        said = ngettext("Signed. %(count)d offer goes out.", "Signed. %(count)d offers go out.", len(offers))
        messages.success(self.request, said % {"count": len(offers)})
        return self.url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal = self.worked.current
        if proposal is None:
            raise Http404
        answers = Answers(Look(self.worked, proposal))
        return super().get_context_data(
            proposal=proposal, answers=answers, letter=answers.first_letter(), gap=gap(proposal), **kwargs
        )


def sentences_of(form: forms.BaseForm) -> list[str]:
    """What is wrong with a form, without the names of its hidden fields."""
    return [str(sentence) for field in form.errors.values() for sentence in field]


def changed(step: list[Elsewhere]) -> str:
    """Who stands elsewhere now, the first few by name."""
    said = [
        (_("%(name)s: %(booths)s") if one.after else _("%(name)s has no place any more"))
        % {"name": one.name, "booths": ", ".join(one.after)}
        for one in step[:NAMED]
    ]
    rest = len(step) - len(said)
    if rest:
        said.append(
            ngettext("%(count)d more stands elsewhere", "%(count)d more stand elsewhere", rest) % {"count": rest}
        )
    return f"{'; '.join(said)}."
