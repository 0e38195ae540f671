"""The live sale at the desk: its rounds, the waiting room in front of it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from booths.actions import openings as deeds
from booths.models import Opening, WaitingRoom
from booths.sale_forms import OpeningForm, WaitingRoomForm
from booths.turns import counted, room_at
from booths.views.set_up import FloorForm
from booths.waiting_look import counts_of
from fairs import clock
from fairs.models import ProductGroup
from fairs.views.base import ActionButton, DeskPage


class SaleDesk(DeskPage, TemplateView):
    """Who may choose from when on, for how many that is, and how full the waiting room is."""

    template_name = "booths/sale.html"
    current = "booths:booths_desk"
    roles = frozenset({"booth_desk"})

    def get_template_names(self) -> list[str]:
        part = "#room" if self.request.htmx else ""  # type: ignore[attr-defined]
        return [f"{self.template_name}{part}"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        openings = list(Opening.objects.filter(edition=self.edition))
        counts = counted(openings, self.edition)
        room = WaitingRoom.objects.filter(edition=self.edition).first()
        now = clock.now()
        return super().get_context_data(
            openings=[(opening, counts[opening.pk], opening.opens_at <= now) for opening in openings],
            groups={group.code: group for group in ProductGroup.objects.all()},
            without=counts[0] if openings else 0,
            room=room,
            stands=room_at(self.edition, now) is not None,
            over=room is not None and room.closes_at <= now,
            counts=counts_of(room) if room else None,
            **kwargs,
        )


class SaleForm(FloorForm):
    """A part of the live sale on a page of its own."""

    current = "booths:booths_desk"
    back_word = _("Live sale")

    @property
    def home(self) -> str:
        """The page of the live sale."""
        return reverse("booths:sale", args=[self.edition.slug])


class AddOpening(SaleForm):
    """One more round."""

    form_class = OpeningForm
    heading = _("A round of the sale")

    def act(self, form: Any) -> str:
        deeds.set_opening(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class ChangeOpening(SaleForm):
    """When a round opens, and for whom."""

    form_class = OpeningForm
    heading = _("A round of the sale")

    @cached_property
    def opening(self) -> Opening:
        """The round that the address names."""
        return get_object_or_404(Opening, edition=self.edition, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.opening}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse("booths:remove_opening", args=[self.edition.slug, self.opening.pk])
        return super().get_context_data(remove=remove, remove_question=_("Take this round out of the sale?"), **kwargs)

    def act(self, form: Any) -> str:
        deeds.set_opening(self.edition, opening=self.opening, by=self.request.user, **form.cleaned_data)
        return self.home


class RemoveOpening(DeskPage, ActionButton):
    """A round less."""

    roles = frozenset({"booth_desk"})
    done = _("The round is removed.")

    def act(self) -> str:
        opening = get_object_or_404(
            Opening.objects.select_related("edition"), edition=self.edition, pk=self.kwargs["pk"]
        )
        deeds.remove_opening(opening, by=self.request.user)
        return reverse("booths:sale", args=[self.edition.slug])


class SetWaitingRoom(SaleForm):
    """When the waiting room stands, and how it lets people in."""

    form_class = WaitingRoomForm
    heading = _("Waiting room")
    lead = _("While it stands, exhibitors choose booths only once it has let them in, in the order in which they came.")

    @cached_property
    def room(self) -> WaitingRoom | None:
        """The one there is."""
        return WaitingRoom.objects.filter(edition=self.edition).first()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | ({"instance": self.room} if self.room else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse("booths:remove_waiting_room", args=[self.edition.slug]) if self.room else ""
        return super().get_context_data(remove=remove, remove_question=_("Take the waiting room away?"), **kwargs)

    def act(self, form: Any) -> str:
        deeds.set_waiting_room(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class RemoveWaitingRoom(DeskPage, ActionButton):
    """No waiting room."""

    roles = frozenset({"booth_desk"})
    done = _("The waiting room is gone.")

    def act(self) -> str:
        room = get_object_or_404(WaitingRoom.objects.select_related("edition"), edition=self.edition)
        deeds.remove_waiting_room(room, by=self.request.user)
        return reverse("booths:sale", args=[self.edition.slug])
