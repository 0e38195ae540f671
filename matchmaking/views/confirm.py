"""The other side's answer to a recorded deal, by a link that needs no account."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from fairs import clock
from fairs.callers import behind_link
from fairs.permissions import may
from fairs.views.base import ActionForm
from matchmaking.actions import deals
from matchmaking.actions.contacts import contacts_of
from matchmaking.actions.deal_corrections import agree_correction, refuse_correction
from matchmaking.deal_codes import deal_behind
from matchmaking.deal_forms import ByCodeForm, DifferenceForm
from matchmaking.models import Deal, DealCorrection
from matchmaking.views.seen import SeenCorrection, SeenDeal, letters_of

YES_ID = "yes_%s"  # two forms ask for the number; each control has a name of its own
SHOWN_AFTER = timedelta(days=30)


@method_decorator(never_cache, name="dispatch")
class ConfirmPage:
    """Finds the deal of a link, speaks the language of whoever it was sent to."""

    request: HttpRequest
    deal: Deal
    token: str  # of the letter, or the code from a phone: the one never shows the other

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.token = kwargs["token"]
        self.deal = behind_link(request, "deal-links", lambda: _deal_of(self.token))
        self.edition = self.deal.edition
        timezone.activate(self.edition.zone)
        self._speak(request)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if render := getattr(response, "render", None):
            render()  # while the language still stands
        response["Content-Language"] = translation.get_language() or ""
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The deal and the fair it belongs to."""
        letters = letters_of(self.edition).get(self.deal.product_group_id, "")
        form, fresh = kwargs.setdefault("form", DifferenceForm()), self.answer_form()
        kwargs["token"] = self.token
        return super().get_context_data(  # type: ignore[misc]
            edition=self.edition,
            deal=self.deal,
            shows_value=_shows_value(self.deal),
            seen=SeenDeal(self.deal, self.request.user, letters),
            own=getattr(self.deal, self.deal.other_side),
            yes_form=form if isinstance(self, ConfirmYes) else fresh(auto_id=YES_ID),
            differs_form=form if isinstance(self, ConfirmDiffers) else fresh(),
            corrections=self._asked(),
            may_object=self.token == self.deal.token and self.deal.confirmed_by == Deal.Means.CODE,
            **kwargs,
        )

    def answer_form(self) -> type[DifferenceForm]:
        """By the code it takes the number of the letter, unless one is signed in for the side that is asked."""
        by_account = may(self.request.user, "matchmaking.answer_deal", self.deal)
        return DifferenceForm if self.token == self.deal.token or by_account else ByCodeForm

    def _asked(self) -> list[SeenCorrection]:
        """The corrections that wait for this side, by the link of its letters."""
        if self.token != self.deal.token:
            return []
        asked = self.deal.corrections.filter(state=DealCorrection.State.ASKED, side=self.deal.recorded_side)
        return [SeenCorrection(one, self.request.user) for one in asked.select_related("deal")]

    def _speak(self, request: HttpRequest) -> None:
        """The language of the one it was sent to, unless this browser has chosen one."""
        chosen = "django_language" in request.COOKIES
        people = [] if chosen else contacts_of(getattr(self.deal, self.deal.other_side))
        if people:
            translation.activate(people[0].language)
            request.LANGUAGE_CODE = people[0].language


class Confirm(ConfirmPage, TemplateView):
    """What is claimed, and the question whether it is true."""

    template_name = "matchmaking/confirm.html"


class ConfirmYes(ConfirmPage, ActionForm):
    """Yes, it is true."""

    http_method_names = ["post"]
    template_name = "matchmaking/confirm.html"

    def get_form_class(self) -> Any:
        return self.answer_form()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"auto_id": YES_ID}

    def act(self, form: Any) -> str:
        number = form.cleaned_data.get("number", "")
        deals.confirm_deal(self.deal, by=self.request.user, token=self.token, number=number)
        return self.request.path.removesuffix("yes/")


class ConfirmDiffers(ConfirmPage, ActionForm):
    """No, something differs."""

    http_method_names = ["post"]
    template_name = "matchmaking/confirm.html"

    def get_form_class(self) -> Any:
        return self.answer_form()

    def act(self, form: Any) -> str:
        deals.dispute_deal(self.deal, by=self.request.user, token=self.token, **form.cleaned_data)
        return self.request.path.removesuffix("differs/")


class ConfirmObjects(ConfirmPage, ActionForm):
    """It was confirmed by a code on a phone, and not by them."""

    http_method_names = ["post"]
    template_name = "matchmaking/confirm.html"
    form_class = DifferenceForm

    def act(self, form: Any) -> str:
        deals.object_to_deal(self.deal, by=self.request.user, token=self.token)
        return self.request.path.removesuffix("not-us/")


class ConfirmCorrection(ConfirmPage, ActionForm):
    """A correction of what was confirmed: yes or no."""

    http_method_names = ["post"]
    template_name = "matchmaking/confirm.html"
    form_class = DifferenceForm

    def act(self, form: Any) -> str:
        asked = self.deal.corrections.select_related("deal__edition", "deal__exhibitor", "deal__importer")
        correction = get_object_or_404(asked, pk=self.kwargs["deal_correction"])
        answer = agree_correction if self.request.POST.get("yes") else refuse_correction
        answer(correction, by=self.request.user, token=self.token)
        return reverse("matchmaking:confirm", args=[self.token])


def _shows_value(deal: Deal) -> bool:
    """A letter is forwarded and kept: its link tells the value while an answer is open, and a month after the yes."""
    if deal.state == Deal.State.CONFIRMED:
        return bool(deal.confirmed_at and clock.now() - deal.confirmed_at < SHOWN_AFTER)
    return deal.state in (Deal.State.RECORDED, Deal.State.DISPUTED)


def _deal_of(token: str) -> Deal | None:
    whole = Deal.objects.with_sides().select_related("edition__series", "product_group", "rate", "recorded_by")
    deal: Deal | None = whole.filter(token=token).first()
    if deal is None:
        behind = deal_behind(token)
        return whole.filter(pk=behind).first() if behind else None
    return deal if constant_time_compare(deal.token, token) else None
