"""The floor plan, and the same as a table."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from booths.drawing import SIGNS
from booths.filters import STATUSES, BoothFilter
from booths.models import Booth, FloorChange, Zone
from booths.plan import Plan, Size, plan_of
from booths.views.choice import Choice
from booths.views.seat import Seat, seat_of
from fairs import clock
from fairs.views.acting import acting_of
from fairs.views.base import EditionPage, EditionTemplate

MOST_RESULTS = 60
MARKS = ("q", "zone", "size", "status")
"""What of an address marks booths on the plan."""
COLUMNS = [
    {"label": _("Booth"), "sort": "code"},
    {"label": _("Zone"), "sort": "zone"},
    {"label": _("Hall"), "sort": ""},
    {"label": _("Class"), "sort": "class"},
    {"label": _("Size"), "sort": "", "css": "end"},
    {"label": _("Open sides"), "sort": "sides"},
    {"label": _("Status"), "sort": "status"},
    {"label": _("Exhibitor"), "sort": "exhibitor"},
]


class FloorPage(EditionTemplate):
    """Pages that show the floor to anybody, under the navigation of whoever looks."""

    seat: Seat
    current = "booths:plan"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.acting = acting_of(request, self.edition)
        self.seat = seat_of(request.user, self.edition, self.acting.ids, request.GET.get("for", ""))
        self.shell = self.seat.shell  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("base", f"base/{self.shell}.html")
        if not self.seat.on_behalf:
            kwargs |= {"acting": self.acting, "switch_url": self.request.path}
        return super().get_context_data(seat=self.seat, words=self.request.GET.get("q", "").strip(), **kwargs)


class PlanPage(FloorPage):
    """The floor to scale; `b` names chosen booths, `hall` looks closer; `q`, `zone`, `size`, `status` mark some."""

    template_name = "booths/plan.html"

    def get_template_names(self) -> list[str]:
        part = "#panel" if self.request.htmx else ""  # type: ignore[attr-defined]
        return [f"{self.template_name}{part}"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = plan_of(self.edition)
        asked = {name: value for name in MARKS if (value := self.request.GET.get(name, "").strip())}
        found = self._found(plan, asked) if asked else []
        choice = self._choice(plan)
        return super().get_context_data(
            plan=plan,
            markup=plan.markup({booth.code for booth in found}),
            choice=choice,
            asked=asked,
            found=found,
            results=_results(found)[:MOST_RESULTS] if "q" in asked and not choice else [],
            sizes=plan.sizes,
            zones=Zone.objects.filter(edition=self.edition).annotate(
                count=Count("booths", filter=Q(booths__retired=False))
            ),
            near=plan.drawing.halls.get(self.request.GET.get("hall", "")),
            by_status=self.request.GET.get("colour") == "status",
            **kwargs,
        )

    def _found(self, plan: Plan, asked: dict[str, str]) -> list[Booth]:
        """The booths to mark. One handed over is drawn, and found, as confirmed."""
        rows = BoothFilter(asked | {"status": ""}, self.edition.booths.all(), edition=self.edition).qs
        sign = SIGNS.get(asked.get("status", ""))
        return [booth for booth in rows if sign in (None, SIGNS[plan.statuses.get(booth.pk, "free")])]

    def _choice(self, plan: Plan) -> Choice | None:
        """The booths named in the address; else those the person holds."""
        booths = Booth.objects.filter(edition=self.edition).select_related("hall", "zone", "booth_class")
        codes = self.chosen_codes()
        if codes:
            found = {booth.code: booth for booth in booths.filter(code__in=codes)}
            chosen = [found[code] for code in dict.fromkeys(codes) if code in found]
        else:
            chosen = list(booths.filter(pk__in=self._held().values("booth"))) if self.seat.may_hold else []
        return Choice(plan, self.seat, chosen) if chosen else None

    def _held(self) -> QuerySet[Any]:
        assert self.seat.application is not None
        return self.seat.application.reservations.live(clock.now()).filter(state="held")

    def chosen_codes(self) -> list[str]:
        """At most twelve: more than anybody may rent."""
        return self.request.GET.getlist("b")[:12]


class BoothPage(PlanPage):
    """The plan with one booth chosen."""

    def chosen_codes(self) -> list[str]:
        code = self.kwargs["code"]
        if not self.edition.booths.filter(code=code).exists():
            raise Http404
        return [code]


class PlanTable(FloorPage):
    """Every booth as a row, to filter and sort."""

    template_name = "booths/plan_table.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Booth.objects.filter(edition=self.edition).with_status().with_exhibitor()
        filters = BoothFilter(
            self.request.GET, rows.select_related("hall", "zone", "booth_class"), edition=self.edition
        )
        return super().get_context_data(
            filters=filters,
            sorted=filters.sorted_by,
            columns=COLUMNS,
            zones=Zone.objects.filter(edition=self.edition),
            statuses=STATUSES,
            sizes=self._sizes(),
            page=Paginator(filters.qs, 50).get_page(self.request.GET.get("page")),
            **kwargs,
        )

    def _sizes(self) -> list[Size]:
        """Each size that booths have, the smallest first."""
        sides = Booth.objects.filter(edition=self.edition).order_by("width", "depth").values_list("width", "depth")
        return [Size(float(width), float(depth)) for width, depth in sides.distinct()]


class PlanSigns(EditionPage):
    """The status of every booth, one letter each in the plan's order: what an open plan asks for after a hint."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        plan = plan_of(self.edition)
        answer = JsonResponse(
            {
                "version": plan.told,
                "floor": plan.version,
                "signs": plan.signs,
                "counts": plan.counts,
                "next": plan.seconds_to_next_lapse,
            }
        )
        answer["Cache-Control"] = "no-store"
        return answer


class PlanChange(EditionPage):
    """What one version of the statuses changed: the same for everybody and for ever, so it is kept by whoever asks."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        change = get_object_or_404(FloorChange, edition=self.edition, version=kwargs["version"])
        answer = JsonResponse(change.told)
        kept = "public, max-age=31536000, immutable" if self.edition.published else "no-store"
        answer["Cache-Control"] = kept
        return answer


def _results(found: list[Booth]) -> list[Booth]:
    """The found booths with what a line about them says."""
    rows = Booth.objects.filter(pk__in=[booth.pk for booth in found]).with_status().with_exhibitor()
    return list(rows.select_related("hall", "zone"))
