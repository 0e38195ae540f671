"""One's own letter for a visa: asking, changing, fetching it, needing it no more."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from buyers.actions.visas import ask_for_letter, read_passport, withdraw_letter
from buyers.models import Registration, VisaLetter
from buyers.visa_face import invitation_face
from buyers.visa_forms import PassportForm
from fairs.callers import address_of
from fairs.downloads import file_answer
from fairs.papers.invitation import invitation_pdf
from fairs.views.base import ActionButton, ActionForm, SignedInPage

KINDS = {"asked": "wait", "checked": "wait", "issued": "ok", "refused": "stop", "revoked": "stop", "withdrawn": "off"}


class OwnLetter(SignedInPage, ActionForm):
    """How the letter stands; until it is issued, the form, filled in with what was asked."""

    shell = "importer"
    template_name = "buyers/visa.html"
    current = "buyers:registration"
    form_class = PassportForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            self.letter = self._letters().first()
            mine = Registration.objects.live().filter(edition=self.edition, person=self.person)
            if not self.letter and not mine.exclude(state="invited").exists():
                return redirect("buyers:register", self.edition.slug)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """What the guest has typed; the consent is never ticked for anybody."""
        waits = self.letter and self.letter.state in ("asked", "checked") and self.letter.readable
        return dict(read_passport(self.letter, by=self.person).__dict__) if waits and self.letter else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letter = self.letter
        return super().get_context_data(
            letter=letter,
            kind=KINDS[letter.state] if letter else "",
            may_ask=letter is None or letter.state != VisaLetter.State.ISSUED,
            gone_on=(letter or VisaLetter(edition=self.edition)).gone_on,
            **kwargs,
        )

    def act(self, form: Any) -> str:
        """Ask, or change what was asked."""
        ask_for_letter(
            self.edition,
            person=self.person,
            passport=form.typed,
            consents=["passport"],
            language=get_language() or "vi",
            by=self.person,
            ip=address_of(self.request),
        )
        return reverse("buyers:visa", args=[self.edition.slug])

    def _letters(self) -> Any:
        """The newest first; a live one is always the newest."""
        return VisaLetter.objects.with_rules().filter(edition=self.edition, person=self.person)


class WithdrawLetter(SignedInPage, ActionButton):
    """The letter is needed no more."""

    done = gettext_lazy("Your passport data is deleted, and the letter is no longer valid.")

    def act(self) -> str:
        """End one's live letter."""
        own = VisaLetter.objects.with_rules().filter(edition=self.edition, person=self.person)
        for letter in own.filter(state__in=VisaLetter.LIVE):
            withdraw_letter(letter, by=self.person)
        return reverse("buyers:visa", args=[self.edition.slug])


class LetterPdf(SignedInPage):
    """The letter on paper: an issued one for its guest, and every one for the visa officer."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visible = VisaLetter.objects.visible_to(request.user).filter(edition=self.edition).with_rules()
        letter = visible.filter(pk=kwargs["pk"]).first()
        if letter is None or not letter.readable or self._too_early(letter):
            raise Http404
        face = invitation_face(letter, read_passport(letter, by=self.person))
        return file_answer(invitation_pdf(face), f"{letter.number or 'draft'}.pdf", inline=True)

    def _too_early(self, letter: VisaLetter) -> bool:
        """Nobody shows a consulate a draft of their own."""
        return letter.state != VisaLetter.State.ISSUED and "visa" not in self.person.roles_in(self.edition)
