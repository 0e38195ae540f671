"""The yard: who is inside, who is late, and the code that is read at an entrance."""

import uuid
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths.actions.yard import Reading, entrances, let_out, miss_vehicle, read_pass
from booths.models import VehiclePass
from booths.moving_forms import ReadForm
from booths.moving_querysets import LATE_AFTER
from booths.vehicle_faces import hours_of, sign_of
from fairs import clock
from fairs.permissions import may
from fairs.templatetags.fair import number
from fairs.text import words_of
from fairs.views.base import ActionButton, DeskPage

ROLES = frozenset({"booth_desk", "gate"})
MOST_ROWS = 200
ENTRANCE = "entrance"  # where an officer stands, kept for the session


class YardPage(DeskPage):
    """A page of those who let vehicles in."""

    current = "booths:yard"
    roles = ROLES

    @property
    def home(self) -> str:
        """The yard."""
        return reverse("booths:yard", args=[self.edition.slug])


class Yard(YardPage, TemplateView):
    """Who is in, who is late, who comes next; it follows the entrances live."""

    template_name = "booths/yard.html"

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}{'#yard' if self.request.htmx else ''}"]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, words = clock.now(), self.request.GET.get("q", "")
        every = search_vehicles(VehiclePass.objects.filter(edition=self.edition), words)
        rows = every.whole()
        inside, late = list(rows.inside()[:MOST_ROWS]), list(rows.late(now)[:MOST_ROWS])
        coming = rows.filter(state="booked", slot__starts_at__gt=now - LATE_AFTER)
        counts = {state: every.filter(state=state).count() for state in ("left", "no_show")}
        return super().get_context_data(
            now=now,
            inside=[(one, minutes(now - one.arrived_at), one.slot.ends_at < now) for one in inside if one.arrived_at],
            late=[(one, minutes(now - one.slot.starts_at), one.slot.ends_at < now) for one in late],
            coming=list(coming.order_by("slot__starts_at", "pk")[:50]),
            figures=_figures(len(inside), len(late), counts),
            may_set_up=may(self.person, "booths.set_up_floor", self.edition),
            q=words,
            **kwargs,
        )


class ReadPass(YardPage, TemplateView):
    """A code is read with the camera or typed; the answer fills the screen."""

    template_name = "booths/read_pass.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "stand" in request.POST:
            request.session[ENTRANCE] = request.POST.get("entrance", "")[:60]
            return redirect(request.path)
        form = ReadForm(request.POST)
        given: dict[str, Any] = form.cleaned_data if form.is_valid() else {"code": "", "key": "", "anyway": False}
        reading = read_pass(self.edition, entrance=self.entrance, by=request.user, **given)
        return self.render_to_response(self.get_context_data(reading=reading, code=given["code"]))

    @property
    def entrance(self) -> str:
        """Where the officer stands; nothing is anywhere."""
        return str(self.request.session.get(ENTRANCE, ""))

    def get_context_data(self, reading: Reading | None = None, code: str = "", **kwargs: Any) -> dict[str, Any]:
        one = reading.vehicle_pass if reading else None
        shown = VehiclePass.objects.whole().get(pk=one.pk) if one else None
        return super().get_context_data(
            reading=reading,
            one=shown,
            sign=sign_of(reading.answer) if reading else None,
            hours=hours_of(shown) if shown else "",
            late=minutes(reading.late) if reading else 0,
            code=code or self.request.GET.get("code", "")[:300],
            key=uuid.uuid4(),
            entrance=self.entrance,
            entrances=entrances(self.edition),
            **kwargs,
        )


class YardDeed(YardPage, ActionButton):
    """A button on one vehicle."""

    @property
    def vehicle_pass(self) -> VehiclePass:
        return get_object_or_404(
            VehiclePass.objects.select_related("edition"), edition=self.edition, pk=self.kwargs["pk"]
        )


class LetOut(YardDeed):
    """The vehicle has left."""

    done = gettext_lazy("It has left.")

    def act(self) -> str:
        let_out(self.vehicle_pass, by=self.request.user)
        return self.home


class Miss(YardDeed):
    """The vehicle did not come."""

    done = gettext_lazy("Noted that it did not come.")

    def act(self) -> str:
        miss_vehicle(self.vehicle_pass, by=self.request.user)
        return self.home


def minutes(span: Any) -> int:
    """A span of time in whole minutes."""
    return int(span.total_seconds() // 60)


def search_vehicles(rows: Any, words: str) -> Any:
    """Those whose plate, exhibitor or booth has every word; dots and dashes of a plate do not matter."""
    for word in words_of(words):
        plate = "".join(letter for letter in word.upper() if letter.isalnum())
        booths = rows.model.objects.filter(reservations__booth__code__icontains=word).values("pk")
        found = Q(company__folded__contains=word) | Q(pk__in=booths)
        rows = rows.filter(found | Q(plate__contains=plate) if plate else found)
    return rows


def _figures(inside: int, late: int, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"label": _("Inside now"), "value": number(inside)},
        {"label": _("Late"), "value": number(late)},
        {"label": _("Have left"), "value": number(counts["left"])},
        {"label": _("Did not come"), "value": number(counts["no_show"])},
    ]
