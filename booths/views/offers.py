"""The waiting list at the desk, and the answers to offers from it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Sum
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from booths.actions.offers import decline_offer, make_offers, promised, take_offer
from booths.models import Application, Booth, BoothClass, Offer, SaleTerms
from booths.views.desk import DECIDERS, READERS
from fairs import clock
from fairs.permissions import may
from fairs.views.base import ActionButton, DeskPage, SignedInPage

COLUMNS = [
    {"label": gettext_lazy("Place in line"), "sort": "", "css": "end"},
    {"label": gettext_lazy("Company"), "sort": ""},
    {"label": gettext_lazy("Asks for"), "sort": ""},
    {"label": gettext_lazy("Score"), "sort": "", "css": "end"},
    {"label": gettext_lazy("Handed in"), "sort": ""},
    {"label": gettext_lazy("Why it waits"), "sort": ""},
    {"label": gettext_lazy("Offers"), "sort": ""},
]
LATEST = 30  # offers shown under the list


class Answer(SignedInPage, ActionButton):
    """A button for one offer, of whom it was made to or of the desk on their behalf."""

    @property
    def offer(self) -> Offer:
        """The offer; one that is not theirs does not exist."""
        mine = Offer.objects.visible_to(self.person).select_related("application__edition", "application__company")
        return get_object_or_404(mine, application__edition=self.edition, pk=self.kwargs["pk"])


class TakeOffer(Answer):
    """Says yes, and goes on to the payment notice."""

    def act(self) -> str:
        notice = take_offer(self.offer, by=self.person)
        return reverse("fairs:notice", args=[self.edition.slug, notice.pk])


class DeclineOffer(Answer):
    """Says no."""

    done = gettext_lazy("The offer is declined. The booths go to the next in line.")

    def act(self) -> str:
        offer = decline_offer(self.offer, by=self.person)
        if offer.company_id in self.person.company_ids:
            return reverse("booths:application", args=[self.edition.slug])
        return reverse("booths:waiting_list", args=[self.edition.slug])


class WaitingList(DeskPage, TemplateView):
    """Who waits, in which order and why, what was offered to whom and what became of it."""

    template_name = "booths/waiting_list.html"
    current = "booths:applications_desk"
    roles = READERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = Application.objects.filter(edition=self.edition).in_line()
        offers = Offer.objects.prefetch_related("reservations__booth")
        rows = line.select_related("company__province", "company__craft_village", "booth_class").prefetch_related(
            "zones", Prefetch("offers", offers)
        )
        whole = offers.filter(application__edition=self.edition).select_related("application__company")
        return super().get_context_data(
            columns=COLUMNS,
            page=Paginator(rows, 50).get_page(self.request.GET.get("page")),
            wanted=line.order_by().aggregate(booths=Sum("booth_count"))["booths"] or 0,
            offers=whole[:LATEST],
            free=self._free(),
            terms=SaleTerms.objects.filter(edition=self.edition).first(),
            now=clock.now(),
            may_decide=may(self.request.user, "booths.decide", self.edition),
            **kwargs,
        )

    def _free(self) -> list[dict[str, Any]]:
        """For each class, how many booths are free, kept for accepted exhibitors, and left to be offered."""
        free = Booth.objects.free(clock.now()).filter(edition=self.edition).order_by()
        counted: dict[int, int] = {}
        for booth_class in free.values_list("booth_class", flat=True):
            counted[booth_class] = counted.get(booth_class, 0) + 1
        owed = promised(self.edition)
        return [
            {"class": one, "free": has, "owed": owed[one.pk], "left": max(0, has - owed[one.pk])}
            for one in BoothClass.objects.filter(edition=self.edition)
            if (has := counted.get(one.pk, 0)) or owed[one.pk]
        ]


class MakeOffers(DeskPage, ActionButton):
    """Goes through the list now, instead of with the next heartbeat."""

    roles = DECIDERS

    def act(self) -> str:
        made = make_offers(self.edition, by=self.person)
        if made:
            said = ngettext("%(count)d offer is made.", "%(count)d offers are made.", len(made))
            messages.success(self.request, said % {"count": len(made)})
        else:
            messages.info(self.request, _("Nothing is free that fits anybody on the list and is not kept for others."))
        return reverse("booths:waiting_list", args=[self.edition.slug])
