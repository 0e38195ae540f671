"""Booths on an officer's phone: handed over at move-in, cleared at move-out, what is to be mended."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from booths.actions.breaches import record_breach
from booths.actions.handover import check_booth, clear_booth, find_fault, is_late, mend_fault
from booths.handover_forms import BreachForm, CheckForm, ClearForm, FaultForm
from booths.handover_look import BoothState, booth_called, booth_states, counts, moment_now, with_states
from booths.models import BoothCheck, Breach, Fault, Hall, Reservation
from fairs.downloads import file_answer
from fairs.templatetags.fair import number
from fairs.views.base import ActionButton, ActionForm, DeskPage, SignedInPage

ROLES = frozenset({"booth_desk"})
FORMS: dict[str, Any] = {"check": CheckForm, "fault": FaultForm, "clear": ClearForm, "breach": BreachForm}


class HandoverPage(DeskPage):
    """A page of those who hand booths over."""

    current = "booths:booths_desk"
    roles = ROLES


class Handover(HandoverPage, TemplateView):
    """The booths of one hall by code, and how far each has come; a code that is read opens its booth."""

    template_name = "booths/handover.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        booth = booth_called(self.edition, request.GET.get("code", ""))
        if booth:
            return redirect("booths:handover_booth", self.edition.slug, booth.code)
        return super().get(request, *args, **kwargs)

    @property
    def moment(self) -> str:
        """Move-in or move-out: as the address says, else as the day is."""
        asked = self.request.GET.get("moment", "")
        return asked if asked in BoothCheck.Moment.values else str(moment_now(self.edition))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        halls = list(Hall.objects.filter(edition=self.edition))
        words = self.request.GET.get("code", "")
        hall = next((one for one in halls if one.code == self.request.GET.get("hall")), halls[0] if halls else None)
        states = booth_states(self.edition, hall=None if words else hall, words=words)
        return super().get_context_data(
            moment=self.moment,
            halls=halls,
            hall=hall,
            words=words,
            states=[one for one in states if not one.is_clear] if self._open_only else states,
            open_only=self._open_only,
            figures=_figures(states, self.moment),
            **kwargs,
        )

    @property
    def _open_only(self) -> bool:
        return self.request.GET.get("show") == "open"


class HandoverBooth(HandoverPage, TemplateView):
    """One booth: who has it, what was found, what an officer can note here."""

    template_name = "booths/handover_booth.html"

    @cached_property
    def reservation(self) -> Reservation:
        """Whoever has the booth; without anybody there is nothing to hand over."""
        rows = Reservation.objects.kept().select_related(
            "booth__hall", "booth__zone", "booth__booth_class", "company", "edition", "application__contact"
        )
        return get_object_or_404(rows, edition=self.edition, booth__code=self.kwargs["code"], booth__retired=False)

    @property
    def home(self) -> str:
        """The booth's own page."""
        return reverse("booths:handover_booth", args=[self.edition.slug, self.kwargs["code"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        [state] = with_states([self.reservation])
        fresh = {name: form(initial=self._before(state) if name == "check" else {}) for name, form in FORMS.items()}
        return super().get_context_data(
            **{
                "state": state,
                "row": self.reservation,
                "moment": str(moment_now(self.edition)),
                "late": is_late(self.reservation),
                "forms": fresh,
                "faults": Fault.objects.filter(reservation=self.reservation).select_related("mended_by"),
                "history": self.reservation.checks.select_related("by").order_by("-pk"),
                "breaches": Breach.objects.filter(reservation=self.reservation),
                "may_take_back": self.reservation.can("take_back"),
            }
            | kwargs
        )

    @staticmethod
    def _before(state: BoothState) -> dict[str, Any]:
        """What was found last is where the next check begins."""
        names = ("built", "occupied", "keys", "sockets", "signed_name")
        standard = state.reservation.booth.booth_class.build == "standard"
        return {name: getattr(state.check, name) for name in names} if state.check else {"built": standard}


class BoothForm(HandoverBooth, ActionForm):
    """One form of a booth's page; a refusal comes back into it with everything typed."""

    http_method_names = ["post"]
    of: ClassVar[str] = ""
    done: ClassVar[Any] = ""
    deed: ClassVar[Callable[..., Any]]  # the action to which the form goes

    def get_form_class(self) -> Any:
        return FORMS[self.of]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        return found | {"forms": found["forms"] | {self.of: found["form"]}, "opened": self.of}

    def act(self, form: Any) -> str:
        self.deed(self.reservation, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, self.done)
        return self.home


class CheckBooth(BoothForm):
    """How it is at move-in."""

    of = "check"
    done = gettext_lazy("Noted.")
    deed = staticmethod(check_booth)


class FindFault(BoothForm):
    """Something to mend."""

    of = "fault"
    done = gettext_lazy("The fault is on the list.")
    deed = staticmethod(find_fault)


class ClearBooth(BoothForm):
    """How it was left."""

    of = "clear"
    done = gettext_lazy("Noted.")
    deed = staticmethod(clear_booth)


class RecordBreach(BoothForm):
    """A rule was broken."""

    of = "breach"
    done = gettext_lazy("Recorded. Another officer confirms it before anything happens.")
    deed = staticmethod(record_breach)


class Faults(HandoverPage, TemplateView):
    """Everything that is to be mended, the oldest first, and what was mended last."""

    template_name = "booths/faults.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Fault.objects.filter(reservation__edition=self.edition)
        whole = rows.select_related("reservation__booth__hall", "reservation__company", "mended_by")
        return super().get_context_data(
            faults=list(whole.open()[:500]),
            mended=list(whole.filter(state="mended").order_by("-state_changed_at", "-pk")[:50]),
            **kwargs,
        )


class MendFault(HandoverPage, ActionButton):
    """A fault is mended."""

    done = gettext_lazy("Mended. The exhibitor gets a letter.")

    def act(self) -> str:
        rows = Fault.objects.filter(reservation__edition=self.edition).select_related("reservation__booth")
        fault = get_object_or_404(rows, pk=self.kwargs["pk"])
        mend_fault(fault, by=self.request.user)
        if self.request.POST.get("back") == "booth":
            return reverse("booths:handover_booth", args=[self.edition.slug, fault.reservation.booth.code])
        return reverse("booths:faults", args=[self.edition.slug])


NOTED: dict[str, Any] = {"fault": Fault, "check": BoothCheck, "breach": Breach}


class NotedPhoto(SignedInPage, View):
    """The photo that goes with something noted, as a file to keep, for whoever may read the note."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        model = NOTED.get(kwargs["noted"])
        if model is None:
            raise Http404
        rows = model.objects.visible_to(request.user).filter(reservation__edition=self.edition).exclude(photo="")
        found = get_object_or_404(rows, pk=kwargs["pk"])
        with found.photo.open() as file:
            return file_answer(file.read(), f"{self.edition.slug}-{kwargs['noted']}-{found.pk}.jpg")


def _figures(states: list[BoothState], moment: str) -> list[dict[str, Any]]:
    found, whole = counts(states), number(len(states))
    if moment == BoothCheck.Moment.OUT:
        return [
            {"label": _("Cleared"), "value": number(found["clear"]), "of": whole},
            {"label": _("Not cleared yet"), "value": number(found["not_clear"])},
        ]
    return [
        {"label": _("Handed over"), "value": number(found["handed_over"]), "of": whole},
        {"label": _("Exhibitor has come"), "value": number(found["occupied"])},
        {"label": _("Built, nobody yet"), "value": number(found["built"])},
        {"label": _("Faults to mend"), "value": number(found["faults"])},
    ]
