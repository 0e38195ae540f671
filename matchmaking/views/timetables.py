"""Timetables at the desk: the list, one from its work to the agendas, and what an officer does to it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRefresh

from fairs.errors import DomainError
from fairs.inputs import whole_number
from fairs.views.base import ActionButton, ActionForm, DeskPage
from matchmaking.actions import timetable_moves, timetables
from matchmaking.actions.timetable_publishing import publish_timetable
from matchmaking.models import Timetable, TimetablePlan
from matchmaking.timetable_forms import BeginTimetableForm, PinMeetingForm, SeenPlanForm
from matchmaking.timetable_look import BY_IMPORTER, BY_TIME, Look
from matchmaking.timetable_words import sentences_of, why_not

GROUPS = 30  # importers, or times, on a page
LEFT_OUT = 50


class TimetablesDesk(DeskPage):
    """Pages about timetables."""

    roles = frozenset({"matchmaking_desk"})
    current = "matchmaking:meetings_desk"

    @property
    def home(self) -> str:
        """The list of timetables."""
        return reverse("matchmaking:timetables", args=[self.edition.slug])


class Timetables(TimetablesDesk, TemplateView):
    """Every timetable, and the ways to begin one."""

    template_name = "matchmaking/timetables.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Timetable.objects.visible_to(self.person).filter(edition=self.edition).order_by("-number")
        whole = rows.select_related("begun_by", "published_by", "current").defer("problem")
        found = list(whole)
        return super().get_context_data(
            rows=[{"timetable": one} | _counts(one.current) for one in found],
            open_one=next((one for one in found if one.state in Timetable.OPEN), None),
            agreed=self.edition.meetings.filter(state="accepted").count(),
            **{"form": BeginTimetableForm()} | kwargs,
        )


class BeginTimetable(Timetables, ActionForm):
    """Take down what there is to plan, and have it planned."""

    form_class: Any = BeginTimetableForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.home)

    def act(self, form: Any) -> str:
        begun = timetables.begin_timetable(self.edition, by=self.person, **form.cleaned_data)
        return reverse("matchmaking:timetable", args=[self.edition.slug, begun.number])


class BeginRepair(BeginTimetable):
    """Mend what is agreed."""

    form_class = forms.Form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        refused = kwargs.pop("form", None)
        return super().get_context_data(refused=refused.non_field_errors() if refused else [], **kwargs) | {
            "form": BeginTimetableForm()
        }

    def act(self, form: Any) -> str:
        begun = timetable_moves.begin_repair(self.edition, by=self.person)
        return reverse("matchmaking:timetable", args=[self.edition.slug, begun.number])


class OneTimetable(TimetablesDesk):
    """Pages about one timetable."""

    @cached_property
    def planned(self) -> Timetable:
        """The timetable of the address."""
        rows = Timetable.objects.visible_to(self.person).filter(edition=self.edition)
        whole = rows.select_related("edition", "current__before", "current__by", "begun_by", "published_by")
        return get_object_or_404(whole, number=self.kwargs["timetable"])

    @property
    def plan(self) -> TimetablePlan:
        """The plan that stands; there is none for others."""
        if self.planned.current is None:
            raise Http404
        return self.planned.current

    @property
    def url(self) -> str:
        """Where the timetable is looked at."""
        return reverse("matchmaking:timetable", args=[self.edition.slug, self.kwargs["timetable"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"timetable": self.planned, "plan": self.planned.current})


class TimetablePage(OneTimetable, TemplateView):
    """One timetable as it stands: its progress, the plan, or what became of it."""

    template_name = "matchmaking/timetable.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.htmx and request.GET.get("was") != self.planned.state:  # type: ignore[attr-defined]
            return HttpResponseClientRefresh()  # it has gone on: another page altogether
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        if not self.request.htmx:  # type: ignore[attr-defined]
            return [self.template_name]
        if self.planned.state == Timetable.State.RUNNING:
            return [f"{self.template_name}#running"]
        return [f"{self.template_name}#{'booking' if self.request.GET.get('part') == 'booking' else 'plan'}"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.planned.state == Timetable.State.RUNNING:
            kwargs |= _running(self.planned)
        elif self.planned.current is not None:
            kwargs = _shown(self.planned, self.planned.current, self.request.GET) | kwargs
        if self.planned.state == Timetable.State.PUBLISHED:
            kwargs |= self._published()
        return super().get_context_data(**kwargs)

    def _published(self) -> dict[str, Any]:
        """How far booking is, and what did not fit."""
        look = Look(self.planned, self.plan)
        entries = list(self.planned.entries.values_list("item", "reason", "changed"))
        return {
            "gone_through": len(entries),
            "booked": sum(not reason for _item, reason, _changed in entries),
            "new": sum(changed for _item, _reason, changed in entries),
            "unfit": [(look.row(item), why_not(reason)) for item, reason, _changed in entries if reason],
        }


class StopTimetable(OneTimetable, ActionButton):
    """End the work with the best plan so far."""

    done = _("The work ends with the best plan so far, in a moment.")

    def act(self) -> str:
        timetables.stop_timetable(self.planned, by=self.person)
        return self.url


class DropTimetable(OneTimetable, ActionButton):
    """Put the timetable away."""

    done = _("The timetable was dropped. Nobody was told anything, and no meeting has changed.")

    def act(self) -> str:
        timetables.drop_timetable(self.planned, by=self.person)
        return self.home


class OnPlan(TimetablePage, ActionForm):
    """Something done with a plan that was seen; a refusal is said above the plan as it stands now."""

    form_class: Any = SeenPlanForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.url)

    def show_refusal(self, form: forms.BaseForm, refusal: DomainError) -> None:
        super().show_refusal(form, refusal)
        del self.planned  # somebody may have changed it meanwhile

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        said = [sentence for sentences in form.errors.values() for sentence in sentences]
        if self.planned.state == Timetable.State.PROPOSED:
            return self.render_to_response(self.get_context_data(form=form, refused=said), status=422)
        for sentence in said:  # somebody published or dropped it
            messages.error(self.request, str(sentence))
        return redirect(self.url)


class PinMeeting(OnPlan):
    """Keep a meeting where it is, or let it go."""

    form_class = PinMeetingForm

    def act(self, form: Any) -> str:
        timetable_moves.pin_meeting(self.planned, by=self.person, **form.cleaned_data)
        back = self.request.POST.get("back", "")
        return f"{self.url}{back}" if back.startswith("?") else self.url


class RepairTimetable(OnPlan):
    """Fit the plan to what has changed."""

    def act(self, form: Any) -> str:
        before = self.plan
        plan = timetable_moves.repair_timetable(self.planned, by=self.person, **form.cleaned_data)
        found = timetable_moves.difference(before, plan)
        if not (found.moved or found.added or found.dropped):
            messages.success(self.request, _now("Nothing had to change: the plan still fits."))
            return self.url
        return reverse("matchmaking:compare_timetable", args=[self.edition.slug, self.planned.number])


class CompareTimetable(OneTimetable, TemplateView):
    """The plan that stands beside one before it, the last one unless another is named."""

    template_name = "matchmaking/timetable_compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = list(self.planned.plans.exclude(pk=self.plan.pk).order_by("-number"))
        wanted = whole_number(self.request.GET.get("with", ""))
        before = next((one for one in others if one.number == wanted), self.plan.before or next(iter(others), None))
        found = Look(self.planned, self.plan).compared(before) if before else {}
        return super().get_context_data(others=others, before=before, **found | kwargs)


class PublishTimetable(OnPlan):
    """What will happen, and the signature under it."""

    template_name = "matchmaking/timetable_publish.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.planned.state != Timetable.State.PROPOSED:
            return redirect(self.url)
        return self.render_to_response(self.get_context_data())

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        look = Look(self.planned, self.plan)
        rows = look.rows
        news = [row for row in rows if not row.agreed or row.moved]
        return super().get_context_data(
            new=sum(not row.agreed for row in rows),
            kept=len(rows) - len(news),
            moved=[row for row in rows if row.moved],
            lost=[row for row in look.left_out if row.agreed],
            companies=len({one.pk for row in news for one in (row.exhibitor, row.importer)}),
            **kwargs,
        )

    def act(self, form: Any) -> str:
        publish_timetable(self.planned, by=self.person, **form.cleaned_data)
        return self.url


def _counts(plan: TimetablePlan | None) -> dict[str, int]:
    return {"held": len(plan.schedule), "short": len(plan.unscheduled)} if plan else {}


def _running(planned: Timetable) -> dict[str, Any]:
    """What the solver said last; `part` is how much of its time is over, in seconds."""
    said = timetables.progress_of(planned)
    if not said:
        return {"said": {}}
    bound, weight = said.get("weight_bound"), said["weight"]
    return {
        "said": said,
        "part": min(planned.seconds, round(said["seconds"])),
        "gap": max(0.0, bound - weight) / bound if bound else None,
    }


def _shown(planned: Timetable, plan: TimetablePlan, asked: Any) -> dict[str, Any]:
    """The plan, one page of it, as it was asked for."""
    look, by = Look(planned, plan), BY_TIME if asked.get("by") == BY_TIME else BY_IMPORTER
    words = asked.get("q", "")
    return {
        "words_of_plan": sentences_of(planned, plan),
        "page": Paginator(look.groups(by, words), GROUPS).get_page(asked.get("page")),
        "left_out": look.left_out[:LEFT_OUT],
        "left_out_count": len(plan.unscheduled),
        "held": len(plan.schedule),
        "by": by,
        "q": words,
        "ways": [
            {"label": _("By importer"), "url": f"?by={BY_IMPORTER}", "current": by == BY_IMPORTER},
            {"label": _("By time"), "url": f"?by={BY_TIME}", "current": by == BY_TIME},
        ],
    }
