"""The gate: choose one, read badges, answer in one glance."""

import uuid
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import TemplateView

from buyers.actions.badges import valid_badge
from buyers.actions.gates import add_gate, scan_badge
from buyers.faces import OTHER, kind_words
from buyers.forms import GateForm, ScanForm
from buyers.models import Gate, Scan
from fairs import clock
from fairs.templatetags.fair import language
from fairs.views.base import ActionForm, DeskPage

KEEPERS = frozenset({"gate"})


class Gates(DeskPage, ActionForm):
    """The gates of the edition; a new one is a name away."""

    template_name = "buyers/gates.html"
    current = "buyers:gate"
    roles = KEEPERS
    form_class = GateForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            gates=Gate.objects.filter(edition=self.edition), counts=counts(self.edition), **kwargs
        )

    def act(self, form: BaseForm) -> str:
        """Open a gate."""
        add_gate(self.edition, by=self.request.user, **form.cleaned_data)
        return reverse("buyers:gate", args=[self.edition.slug])


class Scanning(DeskPage, ActionForm):
    """One gate, full screen: the form answers with the page, or with its answer alone when a script asks."""

    shell = "gate"
    template_name = "buyers/scan.html"
    current = "buyers:gate"
    roles = KEEPERS
    form_class = ScanForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Gate.objects.select_related("edition__series")
        self.gate = get_object_or_404(rows, edition=self.edition, pk=kwargs["gate"])

    def get_template_names(self) -> list[str]:
        return ["buyers/_answer.html" if self.request.headers.get("HX-Request") else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = (self.request.POST or self.request.GET).get("direction")
        return super().get_context_data(
            gate=self.gate,
            direction="out" if asked == "out" else "in",
            key=uuid.uuid4().hex,
            now=clock.now(),
            counts=counts(self.edition),
            **kwargs,
        )

    def form_valid(self, form: BaseForm) -> HttpResponse:
        given = form.cleaned_data
        scan = scan_badge(
            self.gate,
            code=given["code"],
            direction=given["direction"] or Scan.Direction.IN,
            came_back=given["came_back"],
            key=given["key"],
            by=self.request.user,
        )
        return self.render_to_response(self.get_context_data(form=form, **answer(scan, given["code"])))


class Counter(DeskPage, TemplateView):
    """The two numbers at the foot of every gate, asked for again whenever a badge was read."""

    shell = "gate"
    template_name = "buyers/_counter.html"
    roles = KEEPERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(counts=counts(self.edition), **kwargs)


# How each answer looks: ground and shape (one class), icon; sound and vibration follow the result in gate.js.
SIGNS = {
    Scan.Result.WELCOME: ("ok", "check"),
    Scan.Result.ALREADY_IN: ("wait", "arrows-exchange"),
    Scan.Result.REVOKED: ("stop", "x"),
    Scan.Result.UNKNOWN: ("strange", "help-circle"),
    Scan.Result.NOT_TODAY: ("later", "calendar-time"),
    Scan.Result.GOODBYE: ("off", "door-exit"),
}


def answer(scan: Scan, code: str) -> dict[str, Any]:
    """Everything the answer shows about one reading."""
    sign, drawing = SIGNS[Scan.Result(scan.result)]
    word, other = words(scan.result)
    shown: dict[str, Any] = {
        "scan": scan, "sign": sign, "drawing": drawing, "word": word, "other": other, "code": code,
    }  # fmt: skip
    if scan.badge:
        shown["kind"], shown["kind_other"] = kind_words(scan.badge, language())
    if scan.result == Scan.Result.ALREADY_IN:
        shown["before"] = Scan.objects.last_entry(scan)
    if scan.badge and scan.result == Scan.Result.REVOKED:
        shown["fresh"] = valid_badge(scan.edition, scan.badge.person)
    return shown


def words(result: str) -> tuple[str, str]:
    """The answer in the keeper's language, and in the other for the guest."""
    spoken = language()
    with override(OTHER[spoken]):
        other = _word(result)
    return _word(result), other


def _word(result: str) -> str:
    return {
        "welcome": _("Welcome"),
        "already_in": _("Already in"),
        "revoked": _("Badge no longer valid"),
        "unknown": _("Unknown badge"),
        "not_today": _("Not today"),
        "goodbye": _("Goodbye"),
    }[result]


def counts(edition: Any) -> dict[str, int]:
    """Visitors' entries of today, and everybody who is inside now."""
    today = Scan.objects.of_day(edition, clock.today(edition))
    return {"visits": today.visits().count(), "inside": today.now_inside()}
