"""The card on a table: its paper for the exhibitor, and the page to which it leads visitors."""

import uuid
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from fairs.callers import behind_link, caller
from fairs.downloads import file_answer
from fairs.errors import DomainError
from fairs.papers import qr
from fairs.papers.booth_card import CardFace, card_pdf
from fairs.templatetags.fair import day_range
from fairs.views.base import ActionButton, ActionForm, EditionPage, SignedInPage
from matchmaking.actions import booth_cards
from matchmaking.actions.slots import booths_of
from matchmaking.lead_forms import ByBadgeForm, TypedForm
from matchmaking.models import BoothCard, Lead
from matchmaking.views.leads import ExhibitorPage

WRONG_AT_MOST = 30  # a whole hall may share one address
DONE = {"tap", "badge", "typed"}


class CardPage(ExhibitorPage, TemplateView):
    """The card, what it does, and the button that renews it."""

    template_name = "matchmaking/booth_card.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        card = BoothCard.objects.filter(exhibitor=self.exhibitor, revoked_at=None).first()
        address = address_of(card) if card else ""
        return super().get_context_data(
            card=card,
            address=address,
            qr=qr.svg(address, title=_("QR code of your card")) if card else "",
            **kwargs,
        )


class MakeCard(ExhibitorPage, ActionButton):
    """Makes the exhibitor's card."""

    def act(self) -> str:
        booth_cards.make_card(self.exhibitor, by=self.person)
        return card_url(self)


class RenewCard(ExhibitorPage, ActionButton):
    """Makes the card anew; the printed one leads nowhere."""

    done = gettext_lazy("The card has a new code. Print it again: the old one leads nowhere.")

    def act(self) -> str:
        card = get_object_or_404(BoothCard, exhibitor=self.exhibitor, revoked_at=None)
        booth_cards.renew_card(card, by=self.person)
        return card_url(self)


class CardPdf(ExhibitorPage):
    """The card on A6, or two on A5."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        cards = BoothCard.objects.select_related("exhibitor__company__craft_village", "edition__series")
        card = get_object_or_404(cards, exhibitor=self.exhibitor, revoked_at=None)
        return file_answer(card_pdf(face_of(card)), f"{self.edition.slug}-card.pdf", inline=True)


def card_url(page: ExhibitorPage) -> str:
    """The page of the card, for the same company."""
    return reverse("matchmaking:booth_card", args=[page.edition.slug]) + page.acting.address


def address_of(card: BoothCard) -> str:
    """What the QR code holds."""
    return settings.SITE_URL.rstrip("/") + reverse("matchmaking:hello", args=[card.edition.slug, card.token])


def face_of(card: BoothCard) -> CardFace:
    """What the paper says, in both languages whatever the page's."""
    edition, company = card.edition, card.exhibitor.company
    village = company.craft_village
    return CardFace(
        name=company.name_vi,
        name_other=company.name_en if company.name_en != company.name_vi else "",
        place=village.name_vi if village else "",
        booths=booths_of(card.exhibitor),
        address=address_of(card),
        edition=edition.series.short_name or edition.name_en,
        words=(_in("vi"), _in("en")),
        dates=day_range(edition.opens_on, edition.closes_on),
    )


def _in(language: str) -> str:
    """What to do with the card, in one language."""
    with translation.override(language):
        return _("Scan this with your phone to leave us your details. No app, no account.")


@method_decorator(never_cache, name="dispatch")
class Hello(EditionPage, ActionForm):
    """Who the maker is, and three ways to leave one's details; it says nothing of any visitor."""

    template_name = "matchmaking/hello.html"
    card: BoothCard

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.card = behind_link(request, "booth-cards", lambda: self._live(kwargs["card"]), wrong_at_most=WRONG_AT_MOST)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def _live(self, token: str) -> BoothCard | None:
        live = BoothCard.objects.live().filter(edition=self.edition, token=token)
        found: BoothCard | None = live.select_related(
            "edition", "exhibitor__edition", "exhibitor__company__craft_village"
        ).first()
        return found

    @property
    def guesser(self) -> str:
        """From where it comes, for the limits."""
        return f"ip:{caller(self.request)}"

    def get_form_class(self) -> type[Form]:
        ways: dict[str, type[Form]] = {"badge": ByBadgeForm, "typed": TypedForm}
        return ways.get(self.request.POST.get("way", ""), Form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = kwargs.get("form")
        user, company = self.request.user, self.card.exhibitor.company
        mine = user.is_authenticated and company.pk in user.company_ids
        return super().get_context_data(
            card=self.card,
            company=company,
            booths=booths_of(self.card.exhibitor),
            by_badge=given if isinstance(given, ByBadgeForm) else ByBadgeForm(initial={"key": uuid.uuid4().hex}),
            typed=given if isinstance(given, TypedForm) else TypedForm(initial={"key": uuid.uuid4().hex}),
            key=uuid.uuid4().hex,
            mine=mine,
            own_facts=booth_cards.facts_of(self.card, user) if user.is_authenticated and not mine else None,
            done=self.request.GET.get("done") if self.request.GET.get("done") in DONE else "",
            **kwargs,
        )

    def act(self, form: Any) -> str:
        way = self.request.POST.get("way", "")
        given = {name: value for name, value in form.cleaned_data.items() if name != "agreed"}
        if way == "tap" and self.request.user.is_authenticated:
            key = self.request.POST.get("key", "")[:60] or uuid.uuid4().hex
            booth_cards.leave_details(self.card, person=self.request.user, language=_spoken(), key=key)
        elif way == "badge":
            booth_cards.leave_by_badge(self.card, guesser=self.guesser, **given)
        elif way == "typed":
            booth_cards.leave_typed(self.card, language=_spoken(), guesser=self.guesser, **given)
        else:
            raise Http404
        return f"{self.request.path}?done={way}"


@method_decorator(never_cache, name="dispatch")
class Share(TemplateView):
    """The holder of a badge says yes to one maker, by the link of a letter."""

    template_name = "matchmaking/share.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.lead, self.person = booth_cards.asked_in(kwargs["signed"])
        except DomainError:
            raise Http404 from None
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Yes."""
        self.lead = booth_cards.confirm_sharing(kwargs["signed"], language=_spoken())
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shared = self.lead.means == Lead.Means.LETTER and not self.lead.taken_back_at
        return super().get_context_data(
            edition=self.lead.edition, maker=self.lead.exhibitor.company, shared=shared, **kwargs
        )


@method_decorator(never_cache, name="dispatch")
class Makers(SignedInPage, TemplateView):
    """The makers who have my details, and a button to take them back from each."""

    template_name = "matchmaking/makers.html"
    shell = "importer"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = Lead.objects.filter(edition=self.edition, person=self.person).with_contacts()
        return super().get_context_data(leads=mine.order_by("-handed_at", "-pk"), **kwargs)


class TakeBack(SignedInPage, ActionButton):
    """Takes one's details back from one maker."""

    done = gettext_lazy("Taken back. The maker is told; what was sent to them before, they have.")

    def act(self) -> str:
        mine = Lead.objects.filter(edition=self.edition, person=self.person)
        booth_cards.take_back(get_object_or_404(mine, pk=self.kwargs["pk"]), by=self.person)
        return reverse("matchmaking:makers", args=[self.edition.slug])


def _spoken() -> str:
    """The language in which the sentence was read."""
    return (get_language() or "vi")[:8]
